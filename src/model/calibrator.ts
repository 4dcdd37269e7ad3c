import { outputsOf, type Task } from "../core/task.ts";
import { isotonic, isotonicAt, platt, plattAt } from "../stats/index.ts";

/** A curve from said to meant probability. */
export type CalibrationCurve =
  /** 1 / (1 + exp(-(slope logit(p) + intercept))), p kept EDGE away from 0 and 1. */
  | { readonly kind: "platt"; readonly slope: number; readonly intercept: number }
  /** Linear between the knots, flat outside. x strictly rising, y not falling. */
  | { readonly kind: "isotonic"; readonly x: readonly number[]; readonly y: readonly number[] };

/** Plain JSON. One curve for P(positive), or one per class, normalised afterwards. Without curves: as it is. */
export interface Calibrator {
  readonly method: "none" | "isotonic" | "platt";
  readonly curves: readonly CalibrationCurve[];
}

export const NO_CALIBRATION: Calibrator = { method: "none", curves: [] };

/** Logits are taken of probabilities no nearer to 0 and 1. */
export const EDGE = 1e-6;

/** Rows per group before pooling: keeps the steps of the curve from following single rows. */
const ROWS_PER_GROUP = 20;
const MOST_GROUPS = 100;

/** Fits a curve per output. outputs: rows x outputsOf(task), row-major; `repeats`: how often each row is there. @throws RangeError for regression. */
export function fitCalibrator(
  method: Calibrator["method"],
  task: Task,
  truth: Float64Array,
  outputs: Float64Array,
  weight: Float64Array | null,
  repeats = 1,
): Calibrator {
  if (task.kind === "regression") throw new RangeError("calibration is for probabilities, not for regression");
  if (method === "none") return NO_CALIBRATION;
  const width = outputsOf(task);
  const curves = Array.from({ length: width }, (_, k) => {
    const said = Float64Array.from(truth, (_, row) => outputs[row * width + k] ?? 0);
    const came = truth.map((label) => (label === (width === 1 ? 1 : k) ? 1 : 0));
    return method === "platt" ? plattCurve(came, said, weight) : isotonicCurve(came, said, weight, ROWS_PER_GROUP * repeats);
  });
  return { method, curves };
}

/** Calibrated copy of the outputs; class probabilities sum to 1 again. */
export function calibrate({ curves }: Calibrator, outputs: Float64Array): Float64Array {
  const width = curves.length;
  if (width === 0) return outputs.slice();
  const meant = outputs.map((p, i) => curveAt(curves[i % width], p));
  if (width === 1) return meant;
  for (let at = 0; at < meant.length; at += width) {
    const row = meant.subarray(at, at + width);
    const sum = row.reduce((total, p) => total + p, 0);
    for (let k = 0; k < width; k++) row[k] = sum > 0 ? (row[k] ?? 0) / sum : 1 / width;
  }
  return meant;
}

function curveAt(curve: CalibrationCurve | undefined, p: number): number {
  if (curve === undefined) return p;
  if (curve.kind === "platt") return plattAt(curve, logit(p));
  return isotonicAt(curve, p);
}

function logit(p: number): number {
  const inside = Math.min(1 - EDGE, Math.max(EDGE, p));
  return Math.log(inside / (1 - inside));
}

function plattCurve(came: Float64Array, said: Float64Array, weight: Float64Array | null): CalibrationCurve {
  const { slope, intercept } = platt(came, said.map(logit), weight);
  // A falling curve would turn the ranking round: the sign of noise, not of the model.
  if (slope > 0) return { kind: "platt", slope, intercept };
  const share = weightedShare(came, weight);
  return { kind: "platt", slope: 0, intercept: logit(share) };
}

function weightedShare(came: Float64Array, weight: Float64Array | null): number {
  let [sum, total] = [0, 0];
  for (const [row, y] of came.entries()) {
    const w = weight === null ? 1 : (weight[row] ?? 0);
    sum += w * y;
    total += w;
  }
  return total > 0 ? sum / total : 0.5;
}

interface Groups {
  readonly x: number[];
  readonly y: number[];
  readonly weight: number[];
}

/**
 * Centred isotonic regression (Oron and Flournoy 2017): pooled blocks stand at their mean x and are joined by lines, so the curve has no cliffs on
 * which a rounding error of x would show. Ends are kept from 0 and 1 by half a row.
 */
function isotonicCurve(came: Float64Array, said: Float64Array, weight: Float64Array | null, rowsPerGroup: number): CalibrationCurve {
  const groups = groupBySaid(came, said, weight, rowsPerGroup);
  const curve = isotonic(groups.x, groups.y, groups.weight);
  const blocks: { x: number; y: number; weight: number }[] = [];
  for (const [i, x] of groups.x.entries()) {
    const y = isotonicAt(curve, x);
    const own = groups.weight[i] ?? 0;
    const last = blocks.at(-1);
    if (last === undefined || y > last.y + 1e-12) blocks.push({ x, y, weight: own });
    else {
      last.x = (last.x * last.weight + x * own) / (last.weight + own);
      last.weight += own;
    }
  }
  const least = 0.5 / ((blocks[0]?.weight ?? 1) + 1);
  const most = 1 - 0.5 / ((blocks.at(-1)?.weight ?? 1) + 1);
  return {
    kind: "isotonic",
    x: blocks.map(({ x }) => x),
    y: blocks.map(({ y }) => Math.min(Math.max(y, least), Math.max(least, most))),
  };
}

/** Neighbours in p together, equal p never apart; rows of weight 0 left out. */
function groupBySaid(came: Float64Array, said: Float64Array, weight: Float64Array | null, rowsPerGroup: number): Groups {
  const rows = Array.from(said.keys()).filter((row) => weight === null || (weight[row] ?? 0) > 0);
  rows.sort((a, b) => (said[a] ?? 0) - (said[b] ?? 0) || a - b);
  const size = Math.max(rowsPerGroup, Math.ceil(rows.length / MOST_GROUPS));
  const groups: Groups = { x: [], y: [], weight: [] };
  let [sumX, sumY, total, count] = [0, 0, 0, 0];
  for (const [i, row] of rows.entries()) {
    const w = weight === null ? 1 : (weight[row] ?? 0);
    sumX += w * (said[row] ?? 0);
    sumY += w * (came[row] ?? 0);
    total += w;
    count++;
    const next = rows[i + 1];
    const isLast = next === undefined;
    if (!isLast && (count < size || said[next] === said[row] || rows.length - 1 - i < size / 2)) continue;
    groups.x.push(sumX / total);
    groups.y.push(sumY / total);
    groups.weight.push(total);
    [sumX, sumY, total, count] = [0, 0, 0, 0];
  }
  return groups;
}
