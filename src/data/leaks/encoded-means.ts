import { chiSquareUpperTail, linearWeights } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";

/** A column whose values follow the means of the target over the rows that share them closer than so few rows can know. */
export interface EncodedMeans {
  readonly column: string;
  /** Class whose share it is; -1 for the mean of numbers. */
  readonly classIndex: number;
  readonly values: number;
  readonly rowsPerValue: number;
  /** Squared distance of the means from the formula, as a share of what the sampling of the rows leads to: 1 for an honest column that gives the mean. */
  readonly ofSampling: number;
}

const LEAST_VALUES = 20;
/** Groups of fewer rows on average hold no mean worth the name. */
const LEAST_PER_VALUE = 3;
/** Of what the sampling leads to. */
const MUCH_CLOSER = 0.02;
const BY_CHANCE = 1e-9;
/** The formula follows means that differ, by chance at least. */
const LEAST_FOLLOWED = 0.5;
/** In a table in which each value meets all values of the other columns equally often, means are exact without a leak: its groups are of one size. */
const LEAST_SIZES = 3;
/** Of the formula, and the constant that least squares add. */
const PARAMETERS = 5;
/** Share of the target's variance that is left within the values: where hardly any is, the column is the target itself. */
const LEAST_WITHIN = 1e-6;

/**
 * The mean of the target over the n rows of a value v is c0 + c1 v + c2 / n + c3 v / n: so it is where v was made from these means, scaled in any way or drawn to the whole
 * mean by a prior of k rows, (n mean + k whole) / (n + k), as long as no two kinds share a value. Of an honest column the mean of n rows strays from any formula by the deviation of the rows over sqrt(n): the sum of
 * squares over the values is chi-square, and here it is a small part of its mean.
 */
export function encodedMeans(context: AuditContext, column: NumberColumn): EncodedMeans | null {
  if (context.frame.rowNumbers !== null || column.type !== "number") return null;
  const { task, target } = context;
  const places = placesOf(column.values, target);
  if (places === null) return null;
  const classes = task.kind === "regression" ? [-1] : Array.from(task.classes.keys()).slice(task.classes.length === 2 ? 1 : 0);
  for (const classIndex of classes) {
    const found = closeness(places, (row) => (classIndex < 0 ? (target[row] ?? 0) : Number(target[row] === classIndex)));
    if (found !== null)
      return {
        column: column.name,
        classIndex,
        values: places.values.length,
        rowsPerValue: places.rows.length / places.values.length,
        ofSampling: found,
      };
  }
  return null;
}

interface Places {
  /** Labelled rows with a value, and the place of it. */
  readonly rows: readonly number[];
  readonly codes: Int32Array;
  readonly values: readonly number[];
  readonly counts: Float64Array;
}

function placesOf(cells: Float64Array, target: Float64Array): Places | null {
  const places = new Map<number, number>();
  const rows: number[] = [];
  const codes = new Int32Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const value = cells[row] ?? Number.NaN;
    if (Number.isNaN(value) || Number.isNaN(target[row])) continue;
    const place = places.get(value) ?? places.size;
    if (place * LEAST_PER_VALUE > cells.length) return null;
    places.set(value, place);
    codes[rows.length] = place;
    rows.push(row);
  }
  if (places.size < LEAST_VALUES || places.size * LEAST_PER_VALUE > rows.length) return null;
  const counts = new Float64Array(places.size);
  for (let i = 0; i < rows.length; i++) counts[codes[i] ?? 0] = (counts[codes[i] ?? 0] ?? 0) + 1;
  return new Set(counts).size < LEAST_SIZES ? null : { rows, codes, values: [...places.keys()], counts };
}

/** Null unless the means lie on the formula far closer than chance. */
function closeness({ rows, codes, values, counts }: Places, label: (row: number) => number): number | null {
  const means = new Float64Array(values.length);
  rows.forEach((row, i) => {
    means[codes[i] ?? 0] = (means[codes[i] ?? 0] ?? 0) + label(row) / (counts[codes[i] ?? 0] ?? 1);
  });
  const whole = rows.reduce((sum, row) => sum + label(row), 0) / rows.length;
  let [within, all] = [0, 0];
  rows.forEach((row, i) => {
    within += (label(row) - (means[codes[i] ?? 0] ?? 0)) ** 2;
    all += (label(row) - whole) ** 2;
  });
  const variance = within / (rows.length - values.length);
  if (!(within > LEAST_WITHIN * all)) return null;
  const fitted = formula(values, counts, means);
  const squares = (of: (place: number) => number) => values.reduce((sum, _, place) => sum + (counts[place] ?? 0) * of(place) ** 2, 0);
  const freedom = values.length - PARAMETERS;
  const missed = squares((place) => (means[place] ?? 0) - (fitted[place] ?? 0)) / variance;
  const followed = squares((place) => (fitted[place] ?? 0) - whole) / variance;
  if (!(missed <= MUCH_CLOSER * freedom) || followed < LEAST_FOLLOWED * values.length) return null;
  return 1 - chiSquareUpperTail(missed, freedom) < BY_CHANCE ? missed / freedom : null;
}

/** Least squares, each value with the weight of its rows. */
function formula(values: readonly number[], counts: Float64Array, means: Float64Array): Float64Array {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
  const terms = values.map((value, place) => {
    const v = (value - middle) / scale;
    const n = counts[place] ?? 1;
    return [1, v, 1 / n, v / n].map((term) => term * Math.sqrt(n));
  });
  const columns = [0, 1, 2, 3].map((term) => Float64Array.from(terms, (row) => row[term] ?? 0));
  const { weights, constant } = linearWeights(
    columns,
    means.map((mean, place) => mean * Math.sqrt(counts[place] ?? 1)),
  );
  return Float64Array.from(values, (_, place) => {
    const sum = columns.reduce((total, column, term) => total + (weights[term] ?? 0) * (column[place] ?? 0), constant);
    return sum / Math.sqrt(counts[place] ?? 1);
  });
}
