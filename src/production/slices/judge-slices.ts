import type { Estimate } from "../../core/estimate.ts";
import type { Judged, Metric } from "../../core/metric.ts";
import { intervalOf, takeJudged, WORTHWHILE_LOSS } from "../../metrics/index.ts";
import { falseCoverageLevel, falseDiscoveryQ, weightedMean } from "../../stats/index.ts";
import { type AnswerLoss, answerLoss } from "./answer-loss.ts";
import { againstRest, type Clustering, pairedMean, sumsByCluster, type WholeSums, wholeSums } from "./paired-mean.ts";
import type { Slice } from "./slice.ts";

/** Share of false calls among slices called bad (Benjamini and Hochberg), over both tests of all slices. */
export const FALSE_CALLS = 0.05;
/** The rarer classes of a slice must have so many rows before its own constant answer is a yardstick. */
const ROWS_OF_OTHERS = 20;
const SHOWN = 12;

export interface JudgedSlice {
  readonly slice: Slice;
  /** 1 - loss / loss of the slice's own constant answer; at or below 0 the model knows nothing there. */
  readonly skill: number;
  /** q of "loses to the constant answer of all rows", and of "loses more than on the other rows, and to the slice's own constant answer". */
  readonly worseThanConstant: number;
  readonly farWorse: number;
  readonly fault: "worse-than-constant" | "far-worse" | null;
}

export interface SliceVerdict {
  readonly tested: number;
  readonly faults: readonly JudgedSlice[];
  /** Weakest first, by the bound of their interval on the good side: weak beyond doubt before weak by chance. */
  readonly weakest: readonly (JudgedSlice & { readonly score: Estimate })[];
}

export interface SliceGround {
  readonly judged: Judged;
  readonly metric: Metric;
  readonly groups: Int32Array | null;
  readonly seed: number;
}

export function judgeSlices(slices: readonly Slice[], ground: SliceGround): SliceVerdict {
  const loss = answerLoss(ground.judged, ground.metric);
  const whole = wholeSums(loss.ofModel, clusteringOf(ground));
  const tests = slices.map((slice) => testSlice(slice, loss, whole, ground));
  const q = falseDiscoveryQ(tests.flatMap(({ constantP, farP }) => [constantP, farP]));
  const found = slices.map((slice, i): JudgedSlice & { readonly likelySkill: number } => {
    const { skill = Number.NaN, likelySkill = Number.NaN } = tests[i] ?? {};
    const [worseThanConstant = 1, farWorse = 1] = [q[2 * i], q[2 * i + 1]];
    const fault = worseThanConstant <= FALSE_CALLS ? "worse-than-constant" : farWorse <= FALSE_CALLS ? "far-worse" : null;
    return { slice, skill, worseThanConstant, farWorse, fault, likelySkill };
  });
  const ranked = [...found].sort((a, b) => Number(a.fault === null) - Number(b.fault === null) || a.likelySkill - b.likelySkill);
  const faults = ranked.filter(({ fault }) => fault !== null);
  return { tested: slices.length, faults, weakest: scored(ranked.slice(0, SHOWN), slices.length, ground) };
}

function testSlice({ rows }: Slice, loss: AnswerLoss, whole: WholeSums, ground: SliceGround) {
  const { judged } = ground;
  const clustering = clusteringOf(ground);
  const weight = judged.weight === null ? null : valuesAt(judged.weight, rows);
  const model = valuesAt(loss.ofModel, rows);
  const own = loss.ofOwnConstant(rows);
  const constant = valuesAt(loss.ofConstant, rows);
  const over = (yardstick: (place: number) => number) =>
    pairedMean(
      model.map((one, place) => one - yardstick(place)),
      rows,
      clustering,
    );
  const overOwn = over((place) => own[place] ?? 0);
  // Beyond the own constant's loss by what counts: the interval decides, not the measured size.
  const farOverOwn = over((place) => (1 + WORTHWHILE_LOSS) * (own[place] ?? 0));
  const least = weightedMean(own, weight);
  const isYardstick = least > 0 && rowsOfOthers(judged, rows) >= ROWS_OF_OTHERS;
  return {
    constantP: over((place) => constant[place] ?? 0).p,
    // Both must hold, so the larger p counts (intersection-union test).
    farP: isYardstick ? Math.max(farOverOwn.p, againstRest(sumsByCluster(model, rows, clustering), whole).p) : Number.NaN,
    skill: isYardstick ? -overOwn.mean / least : Number.NaN,
    likelySkill: isYardstick ? (-overOwn.mean + 1.96 * overOwn.se) / least : Number.POSITIVE_INFINITY,
  };
}

function clusteringOf({ judged: { weight }, groups }: SliceGround): Clustering {
  return { weight, groups };
}

function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
}

/** Rows that are not of the slice's most frequent class; all of them for a regression. */
function rowsOfOthers({ task, truth }: Judged, rows: Int32Array): number {
  if (task.kind === "regression") return rows.length;
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(truth[row] ?? 0, (counts.get(truth[row] ?? 0) ?? 0) + 1);
  return rows.length - Math.max(...counts.values());
}

/** Scores with intervals that stay true although these slices were picked out of all (false coverage rate). */
function scored(picked: readonly JudgedSlice[], tested: number, { judged, metric, groups, seed }: SliceGround) {
  const level = falseCoverageLevel(picked.length, Math.max(tested, picked.length + 1), FALSE_CALLS);
  const sign = metric.better === "higher" ? 1 : -1;
  return picked
    .map((one) => {
      const own = groups === null ? null : Int32Array.from(one.slice.rows, (row) => groups[row] ?? -1);
      return { ...one, score: intervalOf(metric, takeJudged(judged, one.slice.rows), { level, seed, groups: own, resamples: 300 }) };
    })
    .filter(({ score }) => !Number.isNaN(score.value))
    .sort((a, b) => sign * ((sign > 0 ? a.score.high : a.score.low) - (sign > 0 ? b.score.high : b.score.low)));
}
