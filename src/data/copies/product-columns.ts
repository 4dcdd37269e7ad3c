import { float64From } from "../../core/typed-from.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { roundedProducts } from "../leaks/rounded-products.ts";
import type { ColumnIdentity } from "./column-identities.ts";

/** All pairs are tried for each of so many columns, on so many rows; what is found there is judged on all. */
const MOST_COLUMNS = 16;
const LOOKED_AT = 400;
/** Share of the rows in which it holds: some were counted or rounded in another way. */
const HOLDS = 0.95;

/**
 * Columns that are a constant times the product or the ratio of two others within what the rounding of all three leads to: a density of a population and an area, a price of a piece. Unlike
 * `columnIdentities` it bears zeros and gaps, and parts that were rounded themselves. Each set of three columns once, the form that holds in most rows, a product before a ratio.
 */
export function productColumns(columns: readonly NumberColumn[], rows: number): readonly ColumnIdentity[] {
  const looked = columns.slice(0, MOST_COLUMNS);
  const step = Math.max(1, Math.floor(rows / LOOKED_AT));
  const few = looked.map(({ values }) => float64From({ length: Math.floor(rows / step) }, (_, i) => values[i * step] ?? Number.NaN));
  const sets = new Map<string, ColumnIdentity>();
  looked.forEach((whole, place) => {
    const others = looked.filter((column) => column !== whole);
    const parts = few.filter((_, i) => i !== place);
    const hits = roundedProducts(parts, few[place] ?? new Float64Array(0), parts, HOLDS);
    for (const { a, b } of hits) {
      const found = onAllRows(whole, [others[a] ?? whole, others[b] ?? whole]);
      if (found === null) continue;
      const key = [whole, ...found.parts]
        .map(({ name }) => name)
        .toSorted()
        .join("\u0001");
      const known = sets.get(key);
      if (known === undefined || weight(found) > weight(known)) sets.set(key, found);
    }
  });
  return [...sets.values()];
}

function onAllRows(whole: NumberColumn, parts: readonly [NumberColumn, NumberColumn]): ColumnIdentity | null {
  const values = parts.map((part) => part.values);
  const [found] = roundedProducts(values, whole.values, values, HOLDS);
  if (found === undefined) return null;
  const compared = whole.values.reduce(
    (sum, value, row) => sum + Number(!Number.isNaN(value) && parts.every((part) => isHeld(part, row))),
    0,
  );
  return {
    whole,
    parts: [found.a, found.b].map((i) => parts[i] ?? whole),
    powers: found.operation === "a * b" ? [1, 1] : [1, -1],
    constant: found.constant,
    kind: "product",
    compared,
    exact: Math.round(found.share * compared),
  };
}

function isHeld({ values }: NumberColumn, row: number): boolean {
  return !Number.isNaN(values[row]);
}

function weight({ powers, exact, compared }: ColumnIdentity): number {
  return exact / Math.max(1, compared) + (powers[1] ?? 0) / 1000;
}
