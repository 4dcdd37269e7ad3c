/** One step that explains all that a series does beside noise. */
export interface LastingStep {
  /** First value after it. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
  /** In standard errors of the difference of both means. */
  readonly z: number;
  /** How many times as probable the series is by one step as by a smooth course (a cubic), by the Bayesian information criterion. */
  readonly odds: number;
}

const BLOCKS = 60;
const LEAST_PER_BLOCK = 10;
const LEAST_BLOCKS = 12;
/** Part of the blocks that must lie on either side. */
const LEAST_SIDE = 0.1;
/** Of the largest over all places; what is left then must not hang together by more than chance. */
const LEAST_Z = 5.5;
const MOST_LEFT_Z = 2;
const LEAST_ODDS = 30;
const SMOOTH_TERMS = 4;

/**
 * Means of all rows before and after a place tell a small step that spans of a few blocks do not. What tells it from a trend, a season or a walk is that nothing is left once
 * it is taken out: the blocks around both means do not hang together, and a cubic describes them worse.
 * @param noise standard deviation of a value around its mean.
 */
export function lastingStep(values: Float64Array, noise: number): LastingStep | null {
  const blocks = Math.min(BLOCKS, Math.floor(values.length / LEAST_PER_BLOCK));
  if (blocks < LEAST_BLOCKS || !(noise > 0)) return null;
  const start = (block: number) => Math.floor((block * values.length) / blocks);
  const means = Float64Array.from({ length: blocks }, (_, block) => meanOf(values.subarray(start(block), start(block + 1))));
  const margin = Math.max(2, Math.ceil(LEAST_SIDE * blocks));
  let best: Omit<LastingStep, "odds"> & { readonly block: number } = { at: 0, before: 0, after: 0, z: 0, block: 0 };
  for (let block = margin; block <= blocks - margin; block++) {
    const at = start(block);
    const [before, after] = [meanOf(values.subarray(0, at)), meanOf(values.subarray(at))];
    const z = Math.abs(after - before) / (noise * Math.sqrt(1 / at + 1 / (values.length - at)));
    if (z > best.z) best = { at, before, after, z, block };
  }
  if (best.z < LEAST_Z) return null;
  const left = means.map((mean, block) => mean - (block < best.block ? best.before : best.after));
  if (hangsTogether(left) * Math.sqrt(blocks) > MOST_LEFT_Z) return null;
  const [step, smooth] = [squares(left), squares(withoutCubic(means))];
  // Two levels and a place against four coefficients.
  const odds = Math.exp((blocks * Math.log(smooth / step) + Math.log(blocks)) / 2);
  return odds < LEAST_ODDS ? null : { at: best.at, before: best.before, after: best.after, z: best.z, odds: Math.min(odds, 1e6) };
}

/** Correlation of neighbours. */
function hangsTogether(values: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += (values[i] ?? 0) * (values[i - 1] ?? 0);
  return sum / squares(values);
}

/** What a cubic in the place leaves, by Gram and Schmidt. */
function withoutCubic(values: Float64Array): Float64Array {
  const used: Float64Array[] = [];
  let left = values;
  for (let power = 0; power < SMOOTH_TERMS; power++) {
    const raw = values.map((_, i) => ((2 * i) / (values.length - 1) - 1) ** power);
    const own = used.reduce((rest, other) => without(rest, other), raw);
    used.push(own);
    left = without(left, own);
  }
  return left;
}

function without(values: Float64Array, other: Float64Array): Float64Array {
  const along = values.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0) / squares(other);
  return values.map((value, i) => value - along * (other[i] ?? 0));
}

const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value ** 2, 0);
const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
