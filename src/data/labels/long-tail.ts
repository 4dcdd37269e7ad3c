import { float64Where } from "../../core/typed-from.ts";
import { ascendingOrder, normalQuantile } from "../../stats/index.ts";

/** What the largest values of a target carry of all squared errors. */
export interface LongTail {
  /** Share of the squared deviations from the median that the hundredth of the rows farthest above it carries; of a normal one 7 %. */
  readonly share: number;
  /** Its lower and upper limit at 95 %, one-sided each (jackknife of 20 groups of rows). */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
}

const FAR = 0.01;
const GROUPS = 20;
const Z = normalQuantile(0.95);

/** @param values NaN = missing. Null without a spread. */
export function longTail(values: Float64Array): LongTail | null {
  const present = float64Where(values, (value) => !Number.isNaN(value));
  const order = ascendingOrder(present);
  const median = present[order[order.length >> 1] ?? 0] ?? Number.NaN;
  // A row's group must not go by its place among the others: files are sorted.
  const groupOf = (row: number) => (Math.imul(row + 1, 0x9e3779b1) >>> 16) % GROUPS;
  const shareWithout = (left: number) => {
    let [total, count] = [0, 0];
    for (let row = 0; row < present.length; row++) {
      if (groupOf(row) === left) continue;
      total += ((present[row] ?? 0) - median) ** 2;
      count++;
    }
    let [held, taken] = [0, 0];
    for (let place = order.length - 1; place >= 0 && taken < Math.floor(FAR * count); place--) {
      const row = order[place] ?? 0;
      if (groupOf(row) === left) continue;
      held += ((present[row] ?? 0) - median) ** 2;
      taken++;
    }
    return total > 0 ? held / total : Number.NaN;
  };
  const share = shareWithout(-1);
  if (Number.isNaN(share)) return null;
  const parts = Array.from({ length: GROUPS }, (_, left) => shareWithout(left));
  const middle = parts.reduce((sum, one) => sum + one / GROUPS, 0);
  const error = Math.sqrt(((GROUPS - 1) / GROUPS) * parts.reduce((sum, one) => sum + (one - middle) ** 2, 0));
  return { share, low: Math.max(0, share - Z * error), high: Math.min(1, share + Z * error), rows: Math.floor(FAR * present.length) };
}
