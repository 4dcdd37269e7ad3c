import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { quantityOf } from "../meaning/quantity.ts";
import type { SentinelCode } from "./sentinels.ts";

/** Values 0, 1, 2 and so on; so many rows have 0, and so many 1. */
const [LEAST_VALUES, LEAST_ZEROS, LEAST_ONES] = [5, 3, 30];
/** 1 has so many times the rows of 0, and 1 to 4 differ by no more than so much. */
const [BREAK, LEVEL] = [10, 1.5];
/** What a living thing has at least one of; by the numbers alone it may be an honest "none". */
const [BY_NAME, ASKS] = [0.65, 0.45];

/**
 * A few zeros before numbers that begin at 1: places of a list, persons of a household. Numbers of a list have about as many rows each, which a count of things hardly has, and it begins with its first. Where the
 * name says that it cannot be 0, fewer than half as many zeros as ones suffice.
 */
export function countedFromOne(context: AuditContext, column: NumberColumn): SentinelCode[] {
  const { values, counts, present } = valueCounts(context, column);
  if (column.type !== "number" || values.length < LEAST_VALUES) return [];
  const [zeros = 0, ones = 0, ...next] = counts.subarray(0, LEAST_VALUES);
  const startsSo = [0, 1, 2, 3, 4].every((value, place) => values[place] === value) && values.every((value) => Number.isInteger(value));
  if (!startsSo || zeros < LEAST_ZEROS || ones < LEAST_ONES) return [];
  const cannotBe = quantityOf(column.name)?.zero === "cannot be";
  const level = [ones, ...next];
  const breaks = ones >= BREAK * zeros && Math.max(...level) <= LEVEL * Math.min(...level);
  if (!breaks && !(cannotBe && 2 * zeros < ones)) return [];
  return [
    {
      column,
      values: [0],
      rows: zeros,
      present,
      confidence: cannotBe ? BY_NAME : ASKS,
      rest: { low: 1, high: values.at(-1) ?? 1 },
      evidence: { fromOne: true, ones, neverZero: cannotBe },
    },
  ];
}
