import type { Judged } from "../../core/metric.ts";
import { type Calibration, calibrationOf } from "../../metrics/index.ts";
import { chiSquareUpperTail, effectiveCount, isotonic, isotonicAt, normalQuantile, weightedMean } from "../../stats/index.ts";
import { digits, percent } from "../phrase.ts";
import { type GateVerdict, judgedBy } from "./gate.ts";

/** Miscalibration stops a release when it is certain (p below this, Bonferroni over three tests) ... */
const CERTAIN = 0.01;
/** ... and matters: recalibration would win back more than this share of what the model gains over always saying the base rate. */
const MATTERS = 0.05;
const PARTS = 5;

/**
 * Spiegelhalter's z, the mean in the large, and chi-square over ten bins; the size of the fault by the CORP decomposition of the Brier score
 * (Dimitriadis, Gneiting and Jordan 2021), cross-fitted: miscalibration against discrimination.
 */
export function probabilityCalibration(judged: Judged): GateVerdict {
  const summary = calibrationOf(judged);
  const p = Math.min(1, 3 * Math.min(...[summary.p, summary.inTheLarge.p, binsP(summary)].map((one) => (Number.isNaN(one) ? 1 : one))));
  const { said, came } = saidAndCame(judged);
  const parts = brierParts(judged);
  const share = parts.miscalibration === 0 ? 0 : parts.miscalibration / Math.max(parts.discrimination, Number.MIN_VALUE);
  const isPassed = !(p < CERTAIN && share > MATTERS);
  const offset = weightedMean(
    came.map((y, row) => y - (said[row] ?? 0)),
    judged.weight,
  );
  const reach = normalQuantile(0.975) * standardError(said, judged.weight);
  const measured = {
    value: offset,
    low: offset - reach,
    high: offset + reach,
    level: 0.95,
    method: "normal, truth minus probability",
    experiments: [],
  };
  const found = `Probabilities are off by ${digits(summary.ece)} on average, ${digits(offset)} in the mean (p ${digits(p)})`;
  const worth = `recalibration would win back ${percent(Math.min(share, 10))} of the model's gain over the base rate`;
  const why = `${found}; ${worth}${isPassed ? "." : `, more than ${percent(MATTERS)}.`}`;
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
function brierParts(judged: Judged): { miscalibration: number; discrimination: number } {
  const { task, truth, outputs, weight } = judged;
  const width = outputs.length / truth.length;
  const classes = task.kind === "binary" ? [1] : Array.from({ length: width }, (_, k) => k);
  const parts = classes.map((k) => {
    const said = task.kind === "binary" ? outputs : truth.map((_, row) => outputs[row * width + k] ?? 0);
    const came = truth.map((label) => (label === k ? 1 : 0));
    return partsOf(said, came, weight);
  });
  const sum = (pick: (part: (typeof parts)[number]) => number) => parts.reduce((total, part) => total + pick(part), 0);
  return { miscalibration: sum((part) => part.miscalibration), discrimination: sum((part) => part.discrimination) };
}

function partsOf(said: Float64Array, came: Float64Array, weight: Float64Array | null) {
  const mended = recalibrated(said, came, weight);
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

/** Each fifth of the rows (every fifth one) recalibrated by the isotonic curve of the others: a curve fitted on its own rows always wins something. */
function recalibrated(said: Float64Array, came: Float64Array, weight: Float64Array | null): Float64Array {
  const mended = new Float64Array(said.length);
  for (let part = 0; part < PARTS; part++) {
    const others = <T extends Float64Array>(values: T) => values.filter((_, row) => row % PARTS !== part);
    const curve = isotonic(others(said), others(came), weight === null ? null : others(weight));
    for (let row = part; row < said.length; row += PARTS) mended[row] = isotonicAt(curve, said[row] ?? 0);
  }
  return mended;
}

/** Chi-square of the counts in the bins; one degree of freedom a bin, since nothing was fitted on these rows. */
function binsP({ bins }: Calibration): number {
  const sum = bins.reduce((total, { predicted, observed, count }) => {
    const edge = Math.min(0.5, 0.5 / count);
    const p = Math.min(1 - edge, Math.max(edge, predicted));
    return total + (count * (observed - predicted) ** 2) / (p * (1 - p));
  }, 0);
  return chiSquareUpperTail(sum, bins.length);
}

function standardError(said: Float64Array, weight: Float64Array | null): number {
  const rows = weight === null ? said.length : effectiveCount(weight);
  const variance = weightedMean(
    said.map((p) => p * (1 - p)),
    weight,
  );
  return Math.sqrt(variance / rows);
}
