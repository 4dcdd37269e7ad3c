import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { numberFeatures } from "../columns/features.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { viewOf, zThreshold } from "../signal/associations.ts";
import { coarserCopies } from "../signal/coarser-copies.ts";
import { honestRanking } from "../signal/leak-odds.ts";

/** Another number that says something of a column beside what the target says of it. */
export interface OneOfCauses {
  readonly by: string;
  /** Share of the column's variance within the target's values that it says. */
  readonly share: number;
  readonly rows: number;
}

const [LEAST_ROWS, MOST_ROWS] = [300, 5_000];
/** Rows with about one value of the target: a straight line takes out what is left of it among them. */
const ROWS_EACH = 30;
/** What is said by chance alone is held off by the number of columns; so little is no cause of the size of a measurement's. */
const LEAST_SHARE = 0.02;
/** Nearly all of it: the column was computed from the target and the other. */
const COMPUTED = 0.9;

/**
 * Whether a number that nearly gives the target looks like one of its causes. What was written down from the target, with noise of its own, has nothing to do with any other column once the target is known. Of a cause
 * among several each tells of the others then (strong sun and little power is a hot day), and of the target beside the column. What was written with the target may be so as well, so it decides for a question only. Witnesses are the numbers
 * that look honest and are no copies of the column. rows: frame rows that are looked at. null: no, or nothing can be told.
 */
export function oneOfCauses(context: AuditContext, column: string, rows: Int32Array = viewOf(context).rows): OneOfCauses | null {
  if (context.task.kind !== "regression") return null;
  const numbers = numberFeatures(context);
  const own = numbers.find(({ name }) => name === column);
  if (own === undefined) return null;
  const out = [column, ...coarserCopies(context, column)];
  const honest = new Set(honestRanking(context).map(({ feature }) => feature));
  const others = numbers.filter((other) => honest.has(other.name) && !out.includes(other.name) && semanticType(other).type !== "code");
  const limit = zThreshold(Math.max(1, others.length));
  const found = others.flatMap(({ name, values }) => {
    const held = thinned(int32Where(rows, (row) => [own.values, values, context.target].every((from) => Number.isFinite(from[row]))));
    const share = shareSaid(held, own.values, values, context.target);
    if (held.length < LEAST_ROWS || share < LEAST_SHARE || share > COMPUTED) return [];
    // A weaker copy that shares its noise says nothing of the target beside the column.
    const least = Math.min(share, shareSaid(held, context.target, values, own.values));
    return Math.sqrt(least * held.length) > limit ? [{ by: name, share, rows: held.length }] : [];
  });
  return found.toSorted((a, b) => b.share - a.share || (a.by < b.by ? -1 : 1))[0] ?? null;
}

function thinned(rows: Int32Array): Int32Array {
  const step = Math.max(1, rows.length / MOST_ROWS);
  return Int32Array.from({ length: Math.floor(rows.length / step) }, (_, i) => rows[Math.floor(i * step)] ?? 0);
}

/** Squared correlation of the ranks of two columns within rows of about one value of the target, where the first is brought to one spread. Ranks of what goes together lie on a straight line. */
function shareSaid(rows: Int32Array, ...columns: readonly [Float64Array, Float64Array, Float64Array]): number {
  const [own, other, target] = columns.map((values) => ranks(float64From(rows, (row) => values[row] ?? 0))) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const sorted = placesUpTo(rows.length).sort((a, b) => (target[a] ?? 0) - (target[b] ?? 0) || a - b);
  let [both, ofOwn, ofOther] = [0, 0, 0];
  for (let from = 0; from + ROWS_EACH <= sorted.length; from += ROWS_EACH) {
    const near = sorted.subarray(from, from + ROWS_EACH);
    const wanted = float64From(near, (place) => target[place] ?? 0);
    const [a, b] = [own, other].map((values) =>
      withoutLine(
        float64From(near, (place) => values[place] ?? 0),
        wanted,
      ),
    ) as [Float64Array, Float64Array];
    const spread = Math.sqrt(a.reduce((sum, value) => sum + value ** 2, 0));
    if (!(spread > 0)) continue;
    a.forEach((value, i) => {
      const second = b[i] ?? 0;
      both += (value / spread) * second;
      ofOwn += (value / spread) ** 2;
      ofOther += second ** 2;
    });
  }
  return ofOwn > 0 && ofOther > 0 ? both ** 2 / (ofOwn * ofOther) : 0;
}

/** What a straight line of x leaves of y. */
function withoutLine(y: Float64Array, x: Float64Array): Float64Array {
  const mean = (of: Float64Array) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [middleX, middleY] = [mean(x), mean(y)];
  const squares = x.reduce((sum, value) => sum + (value - middleX) ** 2, 0);
  const slope = squares > 0 ? x.reduce((sum, value, i) => sum + (value - middleX) * ((y[i] ?? 0) - middleY), 0) / squares : 0;
  return y.map((value, i) => value - middleY - slope * ((x[i] ?? 0) - middleX));
}
