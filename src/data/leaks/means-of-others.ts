import { createRandom } from "../../core/random.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { halfDecimal } from "../columns/written-decimals.ts";

/** A column that holds, for each row, the mean of the target over the other rows of its kind: "leave-one-out" encoding. Within a kind it falls as the row's own target rises, so the two together give it. */
export interface MeanOfOthers {
  readonly column: string;
  readonly kind: string;
  /** Class whose share it is; -1 for the mean of numbers. */
  readonly classIndex: number;
  /** Rows with others of their kind, and the share of them that fits. */
  readonly rows: number;
  readonly share: number;
}

const LEAST_KINDS = 5;
/** Rows to a kind, on average. */
const LEAST_EACH = 2;
const LEAST_ROWS = 50;
const PROBES = 40;
const [PROBED, FITS] = [0.8, 0.95];
/** Different means. */
const LEAST_DIFFERENT = 10;
/** Rows that fit the mean of another row. */
const MOST_BY_CHANCE = 0.4;

/** None of a sample: means are of all rows. */
export function meansOfOthers(context: AuditContext): readonly MeanOfOthers[] {
  const { frame, task } = context;
  if (frame.rowNumbers !== null) return [];
  const kinds = [...levelFeatures(context), ...numberFeatures(context).filter(({ name }) => infoOf(context, name).integer)].filter(
    ({ name }) => {
      const { distinct } = infoOf(context, name);
      return distinct >= LEAST_KINDS && LEAST_EACH * distinct <= frame.rows;
    },
  );
  const numbers = numberFeatures(context).filter(
    ({ name, type }) => type === "number" && infoOf(context, name).distinct >= LEAST_DIFFERENT,
  );
  if (kinds.length === 0 || numbers.length === 0) return [];
  const classes = task.kind === "regression" ? [-1] : Array.from(task.classes.keys()).slice(task.classes.length === 2 ? 1 : 0);
  const found = classes.flatMap((classIndex) => {
    const target =
      classIndex < 0 ? context.target : context.target.map((label) => (Number.isNaN(label) ? label : Number(label === classIndex)));
    return kinds.flatMap((kind) => {
      const others = othersOf(target, (row) => valueAt(kind, row), frame.rows);
      if (others === null) return [];
      const probes = drawnRows(others.rows, PROBES, createRandom(context.seed, "means of others", kind.name));
      return numbers.flatMap((column): MeanOfOthers[] => {
        if (column.name === kind.name || fitting(column, others.means, probes) < PROBED) return [];
        const share = fitting(column, others.means, others.rows);
        // Whole numbers fit many a share.
        return share < FITS || fitting(column, others.means, others.rows, Math.floor(others.rows.length / 3)) > MOST_BY_CHANCE
          ? []
          : [{ column: column.name, kind: kind.name, classIndex, rows: others.rows.length, share }];
      });
    });
  });
  return found.filter(({ column }, place) => found.findIndex((one) => one.column === column) === place);
}

interface Others {
  /** Rows whose kind has others of another target. */
  readonly rows: Int32Array;
  /** By row. */
  readonly means: Float64Array;
}

function othersOf(target: Float64Array, kindOf: (row: number) => number, count: number): Others | null {
  const sums = new Map<number, { n: number; sum: number; low: number; high: number }>();
  for (let row = 0; row < count; row++) {
    const [kind, y] = [kindOf(row), target[row] ?? Number.NaN];
    if (Number.isNaN(kind) || Number.isNaN(y)) continue;
    const own = sums.get(kind) ?? { n: 0, sum: 0, low: y, high: y };
    if (own.n === 0) sums.set(kind, own);
    own.n++;
    own.sum += y;
    own.low = Math.min(own.low, y);
    own.high = Math.max(own.high, y);
  }
  const means = new Float64Array(count).fill(Number.NaN);
  const rows: number[] = [];
  for (let row = 0; row < count; row++) {
    const [own, y] = [sums.get(kindOf(row)), target[row] ?? Number.NaN];
    if (own === undefined || Number.isNaN(y) || own.n < 2 || own.low === own.high) continue;
    means[row] = (own.sum - y) / (own.n - 1);
    rows.push(row);
  }
  return rows.length < LEAST_ROWS || new Set(rows.map((row) => means[row])).size < LEAST_DIFFERENT
    ? null
    : { rows: Int32Array.from(rows), means };
}

/** Share of the rows in which the column is the mean, as far as it is written. turned: the mean of so many rows later. */
function fitting({ values }: NumberColumn, means: Float64Array, rows: Int32Array, turned = 0): number {
  const tolerance = 1.01 * halfDecimal(Float64Array.from(rows, (row) => values[row] ?? Number.NaN).filter((value) => !Number.isNaN(value)));
  let fit = 0;
  rows.forEach((row, place) => {
    const other = rows[(place + turned) % rows.length] ?? row;
    if (Math.abs((values[row] ?? Number.NaN) - (means[other] ?? Number.NaN)) <= tolerance) fit++;
  });
  return fit / rows.length;
}
