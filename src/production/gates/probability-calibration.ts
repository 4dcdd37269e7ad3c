import { digits } from "../../core/digits.ts";
import type { Judged } from "../../core/metric.ts";
import { calibrationOf, WORTHWHILE_LOSS } from "../../metrics/index.ts";
import { clusteredSum, effectiveCount, isotonic, isotonicAt, normalQuantile, tQuantile, weightedMean } from "../../stats/index.ts";
import { percent } from "../phrase.ts";
import { type GateVerdict, judgedBy } from "./gate.ts";

/** Miscalibration stops a release when it is certain (p below this, Bonferroni over three tests) ... */
const CERTAIN = 0.01;
/** ... and matters: recalibration would win back more than this share of what the model gains over always saying the base rate (declared: docs/production.md). */
const MATTERS = WORTHWHILE_LOSS;
const PARTS = 5;

/**
 * Spiegelhalter's z, the mean in the large, and chi-square over ten bins; the size of the fault by the CORP decomposition of the Brier score
 * (Dimitriadis, Gneiting and Jordan 2021), cross-fitted: miscalibration against discrimination. Where rows come in groups, groups are the units of the tests
 * and of the cross-fit.
 */
export function probabilityCalibration(judged: Judged, groups: Int32Array | null = null): GateVerdict {
  const summary = calibrationOf(judged, groups);
  const surest = surestTest(summary);
  const p = Math.min(1, 3 * surest.p);
  const { said, came } = saidAndCame(judged);
  const parts = brierParts(judged, partsOf(judged.truth.length, groups));
  const share = parts.miscalibration === 0 ? 0 : parts.miscalibration / Math.max(parts.discrimination, Number.MIN_VALUE);
  const isPassed = !(p < CERTAIN && share > MATTERS);
  const { offset, reach } = offsetOf(said, came, judged.weight, groups);
  const measured = {
    value: offset,
    low: offset - reach,
    high: offset + reach,
    level: 0.95,
    method: groups === null ? "normal, truth minus probability" : "cluster-robust t over groups, truth minus probability",
    experiments: [],
  };
  const found = `Probabilities are off by ${digits(summary.ece)} on average over ten parts of the rows, ${digits(offset)} in the mean of all.`;
  const test = `the surest of three tests, ${surest.asks}: p ${digits(p)}, counted thrice`;
  const shown = p < CERTAIN ? `That they are not exact is shown (${test})` : `That they are not exact is not shown (${test})`;
  const worth = `recalibration would win back ${percent(Math.min(share, 10))} of the model's gain over the base rate`;
  const why = `${found} ${shown}; ${worth}, ${share > MATTERS ? "more than" : "less than"} the ${percent(MATTERS)} from which it counts.`;
  return judgedBy(isPassed, why, {
    measured,
    evidence: {
      p,
      spiegelhalterZ: summary.z,
      inTheLargeZ: summary.inTheLarge.z,
      ece: summary.ece,
      brier: summary.brier,
      miscalibration: parts.miscalibration,
      discrimination: parts.discrimination,
      certainBelow: CERTAIN,
      mattersAbove: MATTERS,
    },
  });
}

/** Of the three, the one that speaks most clearly, and what it asks. */
function surestTest({ p, inTheLarge, binsP }: ReturnType<typeof calibrationOf>): { readonly p: number; readonly asks: string } {
  const tests = [
    { p, asks: "whether the squared errors are as large as the probabilities say" },
    { p: inTheLarge.p, asks: "whether the mean of what was said is the mean of what came true" },
    { p: binsP, asks: "whether what was said came true in each of ten parts of the rows" },
  ].map((test) => ({ ...test, p: Number.isNaN(test.p) ? 1 : test.p }));
  return tests.reduce((best, one) => (one.p < best.p ? one : best));
}

/** Binary: P(positive) and the truth. Multiclass: probability of the most probable class, and whether it was right. */
function saidAndCame({ task, truth, outputs }: Judged): { said: Float64Array; came: Float64Array } {
  if (task.kind === "binary") return { said: outputs, came: truth };
  const width = outputs.length / truth.length;
  const best = Int32Array.from(truth, (_, row) => {
    const own = outputs.subarray(row * width, (row + 1) * width);
    return own.reduce((at, p, k) => (p > (own[at] ?? 0) ? k : at), 0);
  });
  return {
    said: Float64Array.from(best, (k, row) => outputs[row * width + k] ?? 0),
    came: truth.map((label, row) => (label === best[row] ? 1 : 0)),
  };
}

/** Summed over classes, each against the rest; for a binary task the positive class alone. */
function brierParts(judged: Judged, parts: Int32Array): { miscalibration: number; discrimination: number } {
  const { task, truth, outputs, weight } = judged;
  const width = outputs.length / truth.length;
  const classes = task.kind === "binary" ? [1] : Array.from({ length: width }, (_, k) => k);
  const perClass = classes.map((k) => {
    const said = task.kind === "binary" ? outputs : truth.map((_, row) => outputs[row * width + k] ?? 0);
    const came = truth.map((label) => (label === k ? 1 : 0));
    return decomposed(said, came, weight, parts);
  });
  const sum = (pick: (part: (typeof perClass)[number]) => number) => perClass.reduce((total, part) => total + pick(part), 0);
  return { miscalibration: sum((part) => part.miscalibration), discrimination: sum((part) => part.discrimination) };
}

function decomposed(said: Float64Array, came: Float64Array, weight: Float64Array | null, parts: Int32Array) {
  const mended = recalibrated(said, came, weight, parts);
  const rate = weightedMean(came, weight);
  const brier = (of: (row: number) => number) =>
    weightedMean(
      came.map((y, row) => (y - of(row)) ** 2),
      weight,
    );
  const best = Math.min(
    brier((row) => mended[row] ?? 0),
    brier((row) => said[row] ?? 0),
  );
  return { miscalibration: brier((row) => said[row] ?? 0) - best, discrimination: Math.max(0, brier(() => rate) - best) };
}

/** Each fifth of the rows recalibrated by the isotonic curve of the others: a curve fitted on its own rows always wins something. */
function recalibrated(said: Float64Array, came: Float64Array, weight: Float64Array | null, parts: Int32Array): Float64Array {
  const mended = new Float64Array(said.length);
  for (let part = 0; part < PARTS; part++) {
    const others = <T extends Float64Array>(values: T) => values.filter((_, row) => parts[row] !== part);
    const curve = isotonic(others(said), others(came), weight === null ? null : others(weight));
    for (let row = 0; row < said.length; row++) if (parts[row] === part) mended[row] = isotonicAt(curve, said[row] ?? 0);
  }
  return mended;
}

/** Every fifth row, or every fifth group whole: rows of a group must not mend one another. */
function partsOf(rows: number, groups: Int32Array | null): Int32Array {
  const partOf = new Map<number, number>();
  let next = 0;
  return Int32Array.from({ length: rows }, (_, row) => {
    const group = groups?.[row] ?? -1;
    const part = group < 0 ? next++ % PARTS : (partOf.get(group) ?? next++ % PARTS);
    if (group >= 0) partOf.set(group, part);
    return part;
  });
}

/** Mean of truth minus probability, with the half-width of its 95 % interval. */
function offsetOf(said: Float64Array, came: Float64Array, weight: Float64Array | null, groups: Int32Array | null) {
  const excess = came.map((y, row) => y - (said[row] ?? 0));
  const offset = weightedMean(excess, weight);
  if (groups === null) return { offset, reach: normalQuantile(0.975) * standardError(said, weight) };
  const total = weight?.reduce((sum, w) => sum + w, 0) ?? said.length;
  const about = excess.map((one, row) => (weight?.[row] ?? 1) * (one - offset));
  const { se, clusters } = clusteredSum(about, groups);
  return { offset, reach: clusters < 2 ? Number.POSITIVE_INFINITY : (tQuantile(0.975, clusters - 1) * se) / total };
}

function standardError(said: Float64Array, weight: Float64Array | null): number {
  const rows = weight === null ? said.length : effectiveCount(weight);
  const variance = weightedMean(
    said.map((p) => p * (1 - p)),
    weight,
  );
  return Math.sqrt(variance / rows);
}
