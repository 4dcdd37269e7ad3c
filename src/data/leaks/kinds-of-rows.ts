import type { Column } from "../../core/column.ts";
import { int32From } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";

/** Columns that are looked at, the first of the table. */
const MOST_COLUMNS = 60;
/** Rows to a kind, on average. */
const LEAST_EACH = 1.2;

/** Columns whose values may put rows together: keys, texts, days and whole numbers that come back, of so many values at least. */
export function kindsOfRows({ frame, roles }: AuditContext, least: number): readonly Column[] {
  return frame.columns
    .filter((column) => {
      if (column.name === roles.target || roles.ignored.includes(column.name)) return false;
      const { distinct, present, integer } = factsOf(column, frame.rows);
      if (column.type === "number" && !integer) return false;
      return distinct >= least && LEAST_EACH * distinct <= present;
    })
    .slice(0, MOST_COLUMNS);
}

/** Codes of the kinds from 0 on, -1 = none. */
export function codesOf(kind: Column): Int32Array {
  if ("codes" in kind) return kind.codes;
  const places = new Map<number, number>();
  return int32From(kind.values, (value) => {
    if (Number.isNaN(value)) return -1;
    const known = places.get(value) ?? places.size;
    if (known === places.size) places.set(value, known);
    return known;
  });
}
