import { float64From } from "../../core/typed-from.ts";
import { exactLinear, linearWeights, standardDeviation } from "../../stats/index.ts";
import { lastDecimal } from "../columns/written-decimals.ts";

/** A target that is a weighted sum of columns, up to rounding, in nearly all rows that have them. */
export interface SumWithGaps {
  /** Places of the columns. */
  readonly places: readonly number[];
  readonly weights: readonly number[];
  readonly constant: number;
  /** Rows in which all parts are present, and the share of them in which the sum holds. */
  readonly compared: number;
  readonly share: number;
}

const MOST_SAMPLES = 4;
const ROWS_MORE = 20;
/** Share of a column's cells that may be missing, and of the rows that must have all. */
const MOST_GAPS = 0.3;
const LEAST_COMPLETE = 1 / 3;
/** Rows in which a part was corrected later, or is not in the table. */
const HOLDS = 0.97;
/** Rounding of the target and of its parts, in units of the former's variance. */
const ROUNDINGS = 8;
/** How many steps of rounding wide the deviation of the target is at least. */
const LEAST_SPREAD = 20;
/** A fit through rounded values finds a weight of 1 nearly. */
const NEAR_WHOLE = 0.02;

/** From small samples of complete rows, of which a wrong row spoils one only. null without one that holds. */
export function sumWithGaps(columns: readonly Float64Array[], target: Float64Array): SumWithGaps | null {
  const labelled = Array.from(target.keys()).filter((row) => Number.isFinite(target[row]));
  const places = Array.from(columns.keys()).filter((place) => gapsOf(columns[place], labelled) <= MOST_GAPS * labelled.length);
  const used = places.flatMap((place) => columns[place] ?? []);
  const complete = labelled.filter((row) => used.every((values) => Number.isFinite(values[row])));
  const size = 3 * used.length + ROWS_MORE;
  if (used.length < 2 || complete.length < Math.max(size, LEAST_COMPLETE * labelled.length)) return null;
  const samples = Math.min(MOST_SAMPLES, Math.floor(complete.length / size));
  const step = Math.floor(complete.length / (samples * size));
  for (let sample = 0; sample < samples; sample++) {
    const rows = Array.from({ length: size }, (_, i) => complete[(i * samples + sample) * step] ?? 0);
    const found = sumIn(used, target, rows, labelled);
    if (found !== null) return { ...found, places: found.places.flatMap((place) => places[place] ?? []) };
  }
  return null;
}

function gapsOf(values: Float64Array | undefined, rows: readonly number[]): number {
  return rows.reduce((gaps, row) => gaps + Number(!Number.isFinite(values?.[row])), 0);
}

function sumIn(
  columns: readonly Float64Array[],
  target: Float64Array,
  sample: readonly number[],
  labelled: readonly number[],
): SumWithGaps | null {
  const pick = (values: Float64Array) => float64From(sample, (row) => values[row] ?? 0);
  const y = pick(target);
  const [spread, step] = [standardDeviation(y), lastDecimal(y)];
  const rounding = (ROUNDINGS * step ** 2) / 12 / Math.max(Number.MIN_VALUE, spread ** 2);
  const places = exactLinear(columns.map(pick), y, Math.min(1e-3, Math.max(1e-9, rounding)));
  if (places === null || places.length < 2) return null;
  const parts = places.flatMap((place) => columns[place] ?? []);
  const fitted = linearWeights(parts.map(pick), y);
  const weights = fitted.weights.map((weight) => (Math.abs(weight - Math.round(weight)) < NEAR_WHOLE ? Math.round(weight) : weight));
  const steps = parts.map((values, i) => Math.abs(weights[i] ?? 0) * roundedTo(pick(values)));
  const tolerance = 0.51 * steps.reduce((sum, one) => sum + one, roundedTo(y)) + 1e-6 * spread;
  const isTold = parts.every((values, i) => Math.abs(weights[i] ?? 0) * standardDeviation(pick(values)) > tolerance);
  if (!isTold || spread < LEAST_SPREAD * tolerance) return null;
  const rest = (row: number) => parts.reduce((left, values, i) => left - (weights[i] ?? 0) * (values[row] ?? 0), target[row] ?? 0);
  const middle = sample.map(rest).sort((a, b) => a - b)[sample.length >> 1] ?? 0;
  const constant = Math.abs(middle) <= tolerance ? 0 : middle;
  const compared = labelled.filter((row) => parts.every((values) => Number.isFinite(values[row])));
  const share = compared.filter((row) => Math.abs(rest(row) - constant) <= tolerance).length / compared.length;
  return share >= HOLDS ? { places, weights, constant, compared: compared.length, share } : null;
}

/** Whole numbers count and are exact. */
function roundedTo(values: Float64Array): number {
  const step = lastDecimal(values);
  return step === 1 ? 0 : step;
}
