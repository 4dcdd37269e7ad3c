import { createRandom } from "../../core/random.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { halfDecimalOf } from "../columns/written-decimals.ts";
import { codesOf } from "./kinds-of-rows.ts";

/** A column that holds, for each row, the mean of the target over the other rows of its kind: "leave-one-out" encoding. Within a kind it falls as the row's own target rises, so the two together give it. */
export interface MeanOfOthers {
  readonly column: string;
  readonly kind: string;
  /** Class whose share it is; -1 for the mean of numbers. */
  readonly classIndex: number;
  /** Rows with others of their kind, and the share of them that fits. */
  readonly rows: number;
  readonly share: number;
  /** In most of these rows there is one other alone, of which it is the target: a spouse's height, which may be known. */
  readonly isOfOne: boolean;
}

const LEAST_KINDS = 5;
/** Columns that are looked at as kinds, the first of the table. */
const MOST_COLUMNS = 60;
/** Rows to a kind, on average. */
const LEAST_EACH = 2;
const LEAST_ROWS = 50;
/** Rows that are looked at first, and the first of these. */
const [PROBES, FIRST] = [40, 4];
const [PROBED, FITS] = [0.8, 0.95];
/** Different means. */
const LEAST_DIFFERENT = 10;
/** Rows that fit the mean of another row. */
const MOST_BY_CHANCE = 0.4;

/** None of a sample: means are of all rows. */
export async function meansOfOthers(context: AuditContext): Promise<readonly MeanOfOthers[]> {
  const { frame, task } = context;
  if (frame.rowNumbers !== null) return [];
  const kinds = [...levelFeatures(context), ...numberFeatures(context).filter(({ name }) => infoOf(context, name).integer)]
    .filter(({ name }) => {
      const { distinct } = infoOf(context, name);
      return distinct >= LEAST_KINDS && LEAST_EACH * distinct <= frame.rows;
    })
    .slice(0, MOST_COLUMNS);
  const numbers = numberFeatures(context).filter(
    ({ name, type }) => type === "number" && infoOf(context, name).distinct >= LEAST_DIFFERENT,
  );
  if (kinds.length === 0 || numbers.length === 0) return [];
  const classes = task.kind === "regression" ? [-1] : Array.from(task.classes.keys()).slice(task.classes.length === 2 ? 1 : 0);
  const found: MeanOfOthers[] = [];
  for (const classIndex of classes) {
    const target =
      classIndex < 0
        ? context.target
        : float64From(context.target, (label) => (Number.isNaN(label) ? label : Number(label === classIndex)));
    for (const kind of kinds) {
      await context.pause();
      const others = othersOf(target, codesOf(kind));
      if (others === null) continue;
      const probes = drawnRows(others.rows, PROBES, createRandom(context.seed, "means of others", kind.name));
      for (const column of numbers) {
        if (column.name === kind.name || found.some((one) => one.column === column.name)) continue;
        const held = (rows: Int32Array, turned = 0) => fitting(column, 1.01 * halfDecimalOf(context, column), others.means, rows, turned);
        if (held(probes.subarray(0, FIRST)) === 0 || held(probes) < PROBED) continue;
        const share = held(others.rows);
        // Whole numbers fit many a share.
        if (share < FITS || held(others.rows, Math.floor(others.rows.length / 3)) > MOST_BY_CHANCE) continue;
        found.push({ column: column.name, kind: kind.name, classIndex, rows: others.rows.length, share, isOfOne: others.isOfOne });
      }
    }
  }
  return found;
}

interface Others {
  /** Rows whose kind has others of another target. */
  readonly rows: Int32Array;
  /** By row. */
  readonly means: Float64Array;
  readonly isOfOne: boolean;
}

function largestOf(codes: Int32Array): number {
  let largest = -1;
  for (let row = 0; row < codes.length; row++) if ((codes[row] as number) > largest) largest = codes[row] as number;
  return largest;
}

function othersOf(target: Float64Array, codes: Int32Array): Others | null {
  const kinds = 1 + largestOf(codes);
  const [counts, sums] = [new Float64Array(kinds), new Float64Array(kinds)];
  const [low, high] = [new Float64Array(kinds).fill(Number.POSITIVE_INFINITY), new Float64Array(kinds).fill(Number.NEGATIVE_INFINITY)];
  for (let row = 0; row < codes.length; row++) {
    const [code, y] = [codes[row] as number, target[row] as number];
    if (code < 0 || Number.isNaN(y)) continue;
    counts[code] = (counts[code] as number) + 1;
    sums[code] = (sums[code] as number) + y;
    if (y < (low[code] as number)) low[code] = y;
    if (y > (high[code] as number)) high[code] = y;
  }
  const means = new Float64Array(codes.length).fill(Number.NaN);
  const different = new Set<number>();
  for (let row = 0; row < codes.length; row++) {
    const [code, y] = [codes[row] as number, target[row] as number];
    if (code < 0 || Number.isNaN(y) || low[code] === high[code]) continue;
    means[row] = ((sums[code] as number) - y) / ((counts[code] as number) - 1);
    if (different.size < LEAST_DIFFERENT) different.add(means[row] as number);
  }
  const rows = int32Where(placesUpTo(codes.length), (row) => !Number.isNaN(means[row]));
  const pairs = rows.reduce((count, row) => count + Number(counts[codes[row] as number] === 2), 0);
  return rows.length < LEAST_ROWS || different.size < LEAST_DIFFERENT ? null : { rows, means, isOfOne: 2 * pairs > rows.length };
}

/** Share of the rows in which the column is the mean, as far as it is written. turned: the mean of so many rows later. */
function fitting({ values }: NumberColumn, tolerance: number, means: Float64Array, rows: Int32Array, turned: number): number {
  let fit = 0;
  for (let place = 0; place < rows.length; place++) {
    const other = rows[(place + turned) % rows.length] as number;
    if (Math.abs((values[rows[place] as number] as number) - (means[other] as number)) <= tolerance) fit++;
  }
  return fit / rows.length;
}
