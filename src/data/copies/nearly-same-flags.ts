import type { NumberColumn } from "../columns/counts.ts";
import type { NearlySameOrder } from "./nearly-same-order.ts";

const MOST_FLAGS = 60;
/** Of the rows of the rarer value of either mark, so many may be otherwise: in a hundredth of them, errors of entry. */
const DIFFERENT = 0.02;
/** Rows of the rarer value, below which a few that are the same say nothing. */
const LEAST_ROWS = 50;

/** Two marks that are the same, or each other's opposite, but for a few rows: Spearman's correlation of them is phi. Each mark in one pair, beside the first that is like it. */
export function nearlySameFlags(
  columns: readonly NumberColumn[],
  rows: number,
  isKnown: (first: NumberColumn, second: NumberColumn) => boolean,
): readonly NearlySameOrder[] {
  const found: NearlySameOrder[] = [];
  const taken = new Set<NumberColumn>();
  const flags = columns.slice(0, MOST_FLAGS);
  for (const [i, first] of flags.entries()) {
    for (const second of flags.slice(i + 1)) {
      if (taken.has(first) || taken.has(second) || isKnown(first, second)) continue;
      const like = likenessOf(first, second, rows);
      if (like === null) continue;
      found.push({ columns: [first, second], closest: [first, second], ...like });
      taken.add(second);
    }
  }
  return found;
}

function likenessOf(a: NumberColumn, b: NumberColumn, rows: number): Pick<NearlySameOrder, "correlation" | "compared"> | null {
  const [lowA, lowB] = [lowest(a), lowest(b)];
  // Rows with both at the lower value, a alone above it, b alone, both.
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [x, y] = [a.values[row] ?? Number.NaN, b.values[row] ?? Number.NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    const place = Number(x > lowA) + 2 * Number(y > lowB);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const [neither, onlyA, onlyB, both] = counts;
  const compared = neither + onlyA + onlyB + both;
  const rarer = Math.min(onlyA + both, onlyB + both, compared - onlyA - both, compared - onlyB - both);
  const odd = Math.min(onlyA + onlyB, neither + both);
  if (rarer < LEAST_ROWS || odd === 0 || odd > DIFFERENT * rarer) return null;
  const margins = (onlyA + both) * (neither + onlyB) * (onlyB + both) * (neither + onlyA);
  return { correlation: (both * neither - onlyA * onlyB) / Math.sqrt(margins), compared };
}

function lowest({ values }: NumberColumn): number {
  return values.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
}
