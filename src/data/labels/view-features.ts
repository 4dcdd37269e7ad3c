import type { Column } from "../../core/column.ts";
import { float64From } from "../../core/typed-from.ts";
import { normalQuantile } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { ColumnBins } from "../columns/column-bins.ts";
import { binsOfAll } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";
import { associationsOf } from "../signal/associations.ts";

/** Columns of numbers of one length, of mean 0 and deviation 1: what a linear model sees of a table. */
export type ViewFeatures = readonly Float64Array[];

/** Those that tell most of the target. More cost time, and tell little more. */
const MOST_COLUMNS = 40;
/** The commonest levels of a name. */
const MOST_LEVELS = 10;
/** Numbers whose products are seen too. */
const MOST_CROSSED = 6;
const MOST_FEATURES = 90;

/**
 * The columns as a linear model sees them: a number as the normal score of its rank (far values pull nothing) with its square and its products with a few others, a name as its
 * commonest levels, and gaps. A row of each place. `names`: the columns that may be looked at.
 */
export function viewFeatures(context: AuditContext, names: readonly string[], rows: Int32Array): ViewFeatures {
  const strength = (name: string) => associationsOf(context).get(name)?.score ?? 0;
  const allowed = new Set(names);
  const columns = featuresOf(context)
    .filter(({ name }) => allowed.has(name))
    .sort((a, b) => strength(b.name) - strength(a.name) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  const seen = columns.map((column) => seenAs(column, binsOfAll(context, column), rows));
  const scores = seen.flatMap(({ score }) => (score === null ? [] : [score])).slice(0, MOST_CROSSED);
  const products = scores.flatMap((one, i) => scores.slice(0, i).map((other) => one.map((value, at) => value * (other[at] ?? 0))));
  return [...seen.flatMap(({ features }) => features), ...products]
    .slice(0, MOST_FEATURES)
    .flatMap((feature) => standardised(feature) ?? []);
}

interface Seen {
  /** Normal scores of a number; null of a name. */
  readonly score: Float64Array | null;
  readonly features: readonly Float64Array[];
}

function seenAs(column: Column, bins: ColumnBins, rows: Int32Array): Seen {
  const counts = new Int32Array(bins.bins);
  for (const row of rows) counts[bins.codes[row] ?? 0] = (counts[bins.codes[row] ?? 0] ?? 0) + 1;
  const marks = (bin: number) => float64From(rows, (row) => Number(bins.codes[row] === bin));
  if ("codes" in column) {
    const common = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
    return { score: null, features: common.slice(0, MOST_LEVELS).map(marks) };
  }
  const missing = counts[bins.missingBin] ?? 0;
  const scoreOf = normalScores(counts.subarray(0, bins.missingBin), rows.length - missing);
  const score = float64From(rows, (row) => scoreOf[bins.codes[row] ?? 0] ?? 0);
  return { score, features: [score, score.map((value) => value * value), ...(missing === 0 ? [] : [marks(bins.missingBin)])] };
}

/** Of each bin's middle rank. */
function normalScores(counts: Int32Array, present: number): Float64Array {
  let below = 0;
  return float64From(counts, (count) => {
    const middle = (below + count / 2) / Math.max(1, present);
    below += count;
    return normalQuantile(Math.min(1 - 1e-4, Math.max(1e-4, middle)));
  });
}

/** null of a constant. */
function standardised(values: Float64Array): Float64Array | null {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / values.length);
  return deviation < 1e-9 ? null : values.map((value) => (value - mean) / deviation);
}
