import { float64From } from "../../core/typed-from.ts";
import { chiSquareUpperTail, linearWeights } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";

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
/** Over all columns and classes. */
const BY_CHANCE = 1e-6;
/** The formula follows means that differ, by chance at least. */
const LEAST_FOLLOWED = 0.5;
/** In a table in which each value meets all values of the other columns equally often, means are exact without a leak: its groups are of one size. */
const LEAST_SIZES = 3;
/** Of the formula, and the constant that least squares add. */
const PARAMETERS = 5;
/** Share of the target's variance that is left within the values: where hardly any is, the column is the target itself. */
const LEAST_WITHIN = 1e-6;

/**
 * The mean of the target over the n rows of a value v is c0 + c1 / n + c2 v + c3 v / n: so it is where v was made from these means, scaled in any way or drawn to the whole
 * mean by a prior of k rows, (n mean + k whole) / (n + k), as long as no two kinds share a value. Of an honest column the mean of n rows strays from any formula by the deviation of the rows over sqrt(n): the sum of
 * squares over the values is chi-square, and here it is a small part of its mean. looks: columns that are looked at.
 */
export function encodedMeans(context: AuditContext, column: NumberColumn, looks: number): EncodedMeans | null {
  if (context.frame.rowNumbers !== null || column.type !== "number") return null;
  const { task, target } = context;
  if (!mayHaveMeans(context, column)) return null;
  const places = placesOf(column.values, target);
  if (places === null) return null;
  const classes = task.kind === "regression" ? [-1] : Array.from(task.classes.keys()).slice(task.classes.length === 2 ? 1 : 0);
  for (const classIndex of classes) {
    const labels = float64From(places.rows, (row) => (classIndex < 0 ? (target[row] ?? 0) : Number(target[row] === classIndex)));
    const found = closeness(places, labels, BY_CHANCE / (looks * classes.length));
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

/** Whether enough rows share their values, as far as the column alone tells: in rows without a label there may be others. */
function mayHaveMeans(context: AuditContext, column: NumberColumn): boolean {
  const { values, present } = valueCounts(context, column);
  const unlabelled = countMissing(context.target);
  return values.length >= LEAST_VALUES && (values.length - unlabelled) * LEAST_PER_VALUE <= present;
}

function countMissing(target: Float64Array): number {
  let count = 0;
  for (let row = 0; row < target.length; row++) if (Number.isNaN(target[row] as number)) count++;
  return count;
}

interface Places {
  /** Labelled rows with a value, and the place of it. */
  readonly rows: Int32Array;
  readonly codes: Int32Array;
  readonly values: readonly number[];
  readonly counts: Float64Array;
}

function placesOf(cells: Float64Array, target: Float64Array): Places | null {
  const places = new Map<number, number>();
  const [rows, codes] = [new Int32Array(cells.length), new Int32Array(cells.length)];
  let count = 0;
  for (let row = 0; row < cells.length; row++) {
    const value = cells[row] ?? Number.NaN;
    if (Number.isNaN(value) || Number.isNaN(target[row])) continue;
    const place = places.get(value) ?? places.size;
    if (place * LEAST_PER_VALUE > cells.length) return null;
    places.set(value, place);
    codes[count] = place;
    rows[count++] = row;
  }
  if (places.size < LEAST_VALUES || places.size * LEAST_PER_VALUE > count) return null;
  const counts = rowsOf(codes.subarray(0, count), places.size);
  if (new Set(counts).size < LEAST_SIZES) return null;
  return { rows: rows.subarray(0, count), codes: codes.subarray(0, count), values: [...places.keys()], counts };
}

function rowsOf(codes: Int32Array, values: number): Float64Array {
  const counts = new Float64Array(values);
  for (let i = 0; i < codes.length; i++) counts[codes[i] as number] = (counts[codes[i] as number] as number) + 1;
  return counts;
}

/**
 * Null unless the means lie on the formula far closer than chance. Only values whose rows differ in the target can stray: where all rows of a value are of one class, its mean
 * lies on many a formula. What the sizes alone give (one chosen of each set: 1 / n) is no work of the value.
 */
function closeness({ codes, values, counts }: Places, labels: Float64Array, most: number): number | null {
  const sums = new Float64Array(values.length);
  const squaresOf = new Float64Array(values.length);
  let [whole, all] = [0, 0];
  for (let i = 0; i < labels.length; i++) whole += (labels[i] as number) / labels.length;
  for (let i = 0; i < labels.length; i++) {
    const [code, away] = [codes[i] as number, (labels[i] as number) - whole];
    sums[code] = (sums[code] ?? 0) + away;
    squaresOf[code] = (squaresOf[code] ?? 0) + away * away;
    all += away * away;
  }
  const means = sums.map((sum, place) => sum / (counts[place] ?? 1));
  const within = squaresOf.map((sum, place) => sum - (counts[place] ?? 0) * (means[place] ?? 0) ** 2);
  const places = Array.from(values.keys()).filter((place) => (within[place] ?? 0) > LEAST_WITHIN * (squaresOf[place] ?? 0));
  const inside = places.reduce((sum, place) => sum + (within[place] ?? 0), 0);
  const variance = inside / places.reduce((sum, place) => sum + (counts[place] ?? 0) - 1, 0);
  if (places.length < LEAST_VALUES || !(inside > LEAST_WITHIN * all)) return null;
  const known = { values: places.map((place) => values[place] ?? 0), counts: of(counts, places), means: of(means, places) };
  const [fitted, bySize] = [formula(known, 4), formula(known, 2)];
  const squares = (away: (place: number) => number) =>
    known.values.reduce((sum, _, place) => sum + (known.counts[place] ?? 0) * away(place) ** 2, 0) / variance;
  const freedom = places.length - PARAMETERS;
  const missed = squares((place) => (known.means[place] ?? 0) - (fitted[place] ?? 0));
  const followed = squares((place) => (fitted[place] ?? 0) - (bySize[place] ?? 0));
  if (!(missed <= MUCH_CLOSER * freedom) || followed < LEAST_FOLLOWED * places.length) return null;
  return 1 - chiSquareUpperTail(missed, freedom) < most ? missed / freedom : null;
}

function of(all: Float64Array, places: readonly number[]): Float64Array {
  return Float64Array.from(places, (place) => all[place] ?? 0);
}

interface Known {
  readonly values: readonly number[];
  readonly counts: Float64Array;
  readonly means: Float64Array;
}

/** Least squares, each value with the weight of its rows; of two terms, by the sizes alone. */
function formula({ values, counts, means }: Known, terms: 2 | 4): Float64Array {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
  const rows = values.map((value, place) => {
    const v = (value - middle) / scale;
    const n = counts[place] ?? 1;
    return [1, 1 / n, v, v / n].map((term) => term * Math.sqrt(n));
  });
  const columns = Array.from({ length: terms }, (_, term) => Float64Array.from(rows, (row) => row[term] ?? 0));
  const { weights, constant } = linearWeights(
    columns,
    means.map((mean, place) => mean * Math.sqrt(counts[place] ?? 1)),
  );
  return Float64Array.from(values, (_, place) => {
    const sum = columns.reduce((total, column, term) => total + (weights[term] ?? 0) * (column[place] ?? 0), constant);
    return sum / Math.sqrt(counts[place] ?? 1);
  });
}
