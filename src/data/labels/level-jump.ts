import { NORMAL_OF_DEVIATIONS, quantile } from "../../stats/index.ts";

/** A step in a series that stays. */
export interface LevelJump {
  /** First value after the step. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
  /** In standard errors of the mean of a span of blocks, from the differences of neighbouring blocks. */
  readonly z: number;
  /** Over the largest change of the same span elsewhere, 1000 at most. */
  readonly overOthers: number;
}

const BLOCKS = 60;
const LEAST_PER_BLOCK = 20;
const LEAST_BLOCKS = 12;
/** Part of the blocks on either side of a step that are compared. */
const SPAN = 1 / 8;
/** The nearest blocks on either side make this share of the change, and a larger change than such blocks do anywhere else: what takes longer is a slope or a walk. */
const AT_ONCE = 0.5;
const NEAREST = 2;
/** Share of the step that must still be there in the mean of all that comes after, against all before. */
const LASTING = 0.6;

/**
 * The largest change between a span of blocks and the next, against the noise of neighbouring blocks (robust, so that seasons and slow movement count as
 * noise), and against the largest change elsewhere: a trend, a season or a random walk has several like it. null when there are too few values or the step does not last.
 * @param noiseOf smallest standard deviation of a block's mean, from its rows alone.
 */
export function levelJump(values: Float64Array, noiseOf: (rows: number) => number): LevelJump | null {
  const blocks = Math.min(BLOCKS, Math.floor(values.length / LEAST_PER_BLOCK));
  if (blocks < LEAST_BLOCKS) return null;
  const start = (block: number) => Math.floor((block * values.length) / blocks);
  const means = Array.from({ length: blocks }, (_, block) => meanOf(values, start(block), start(block + 1)));
  const steps = means.slice(1).map((value, i) => Math.abs(value - (means[i] ?? 0)));
  const noise = Math.max((NORMAL_OF_DEVIATIONS * quantile(steps, 0.5)) / Math.SQRT2, noiseOf(values.length / blocks));
  const span = Math.max(3, Math.floor(SPAN * blocks));
  const change = (at: number, over: number) => average(means, at, at + over) - average(means, at - over, at);
  const places = Array.from({ length: blocks - 2 * span + 1 }, (_, i) => i + span);
  const best = places.reduce((top, at) => (Math.abs(change(at, span)) > Math.abs(change(top, span)) ? at : top), places[0] ?? span);
  const others = Math.max(...places.filter((at) => Math.abs(at - best) > span).map((at) => Math.abs(change(at, span))), 1e-12);
  const size = change(best, span);
  const [before, after] = [meanOf(values, 0, start(best)), meanOf(values, start(best), values.length)];
  if (noise === 0 || (after - before) / size < LASTING || change(best, NEAREST) / size < AT_ONCE) return null;
  const near = Math.max(...places.filter((at) => Math.abs(at - best) > NEAREST).map((at) => Math.abs(change(at, NEAREST))));
  if (Math.abs(change(best, NEAREST)) <= near) return null;
  return {
    at: start(best),
    before,
    after,
    z: Math.abs(size) / (noise * Math.sqrt(2 / span)),
    overOthers: Math.min(1000, Math.abs(size) / others),
  };
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] ?? 0;
  return sum / (to - from);
}

function average(values: readonly number[], from: number, to: number): number {
  return values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
}
