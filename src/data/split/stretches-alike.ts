import { columnOf } from "../../core/column.ts";
import { float64From } from "../../core/typed-from.ts";
import { autocorrelation, labelPersistence, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { meaningOf } from "../meaning/meaning.ts";

/** A value stands in one stretch of rows, as a rule, of so many rows on average. */
const [MOST_RUNS, LEAST_EACH] = [1.2, 10];
/** Shorter stretches tell nothing of what goes on within them. */
const LEAST_STRETCH = 8;
/** Of the rows, those in stretches that are long enough. */
const LEAST_SHARE = 0.5;

/**
 * How alike neighbours are within the stretches of a column that a file was put together by (five breeds, one after the other): what lies between the stretches is taken out. The smallest z over all such
 * columns, stretches taken together by the roots of their lengths (Stouffer, Lipták 1958); null where no column stands so. A column that is called a time is none: it is what is asked about.
 * @param rows labelled rows in the order of the file
 */
export function alikeWithinStretches(context: AuditContext, rows: Int32Array): number | null {
  const { features, ids } = context.roles;
  const found = [...features, ...ids].flatMap((name) => {
    const stretches = meaningOf(name).time ? null : stretchesOf(context, name, rows);
    return stretches === null ? [] : [alikeIn(context, stretches)];
  });
  const some = found.filter((z) => z !== null);
  return some.length === 0 ? null : Math.min(...some);
}

function stretchesOf(context: AuditContext, name: string, rows: Int32Array): readonly Int32Array[] | null {
  const column = columnOf(context.frame, name);
  const values = float64From(rows, (row) => valueAt(column, row));
  const distinct = new Set(values).size;
  if (distinct < 2 || rows.length < LEAST_EACH * distinct) return null;
  const starts = [0, ...Array.from(values.keys()).filter((i) => i > 0 && !Object.is(values[i], values[i - 1]))];
  if (starts.length > MOST_RUNS * distinct) return null;
  const long = starts.map((start, i) => rows.subarray(start, starts[i + 1] ?? rows.length)).filter(({ length }) => length >= LEAST_STRETCH);
  return long.reduce((sum, { length }) => sum + length, 0) < LEAST_SHARE * rows.length ? null : long;
}

function alikeIn({ target, task }: AuditContext, stretches: readonly Int32Array[]): number | null {
  let [sum, weights] = [0, 0];
  for (const stretch of stretches) {
    const labels = float64From(stretch, (row) => target[row] ?? Number.NaN);
    if (new Set(labels).size < 2) continue;
    const { z } = task.kind === "regression" ? autocorrelation(ranks(labels)) : labelPersistence(labels);
    if (!Number.isFinite(z)) continue;
    sum += Math.sqrt(stretch.length) * z;
    weights += stretch.length;
  }
  return weights === 0 ? 0 : sum / Math.sqrt(weights);
}
