import { type Column, isMissing } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { featuresOf } from "../columns/features.ts";
import { meaningOf } from "../meaning/meaning.ts";
import type { SentinelCode } from "./sentinels.ts";

/** Rows of the account, and what has one value in nearly all of them, which few other rows have (the target may be one of it). */
const [LEAST_ROWS, NEARLY_ALL, FEW_ELSEWHERE, LEAST_ALIKE] = [10, 0.95, 0.05, 2];
/** Of the other things with two rows or more, so many at most have one value of a column: else it is a trait of each thing. */
const MOST_CONSTANT = 0.5;

/** The rows of a number of a thing (a customer) far from all others. */
export interface TestAccount {
  readonly code: SentinelCode;
  /** What has one value in its rows, and hardly anywhere else; the target's name where they have one outcome. */
  readonly alike: readonly string[];
}

/**
 * A customer number 99999 whose rows are alike (one price, one outcome) is an account for tests or a default: nothing is missing there, the rows
 * are no cases. Null for codes of amounts, and where the rows differ as those of others do.
 */
export function testAccount(context: AuditContext, code: SentinelCode): TestAccount | null {
  const { keyOf, entity } = meaningOf(code.column.name);
  if ((keyOf === null && !entity) || code.rows < LEAST_ROWS) return null;
  const isHeld = (row: number) => code.values.includes(code.column.values[row] ?? Number.NaN);
  const others = featuresOf(context).filter((column) => column !== code.column && !isTrait(code, column, isHeld));
  const alike = others.filter((column) =>
    isAlike(context.frame.rows, (row) => (isMissing(column, row) ? null : valueAt(column, row)), isHeld, FEW_ELSEWHERE),
  );
  const isOneClass =
    context.task.kind !== "regression" &&
    isAlike(context.frame.rows, (row) => (Number.isNaN(context.target[row]) ? null : (context.target[row] ?? null)), isHeld, 1);
  const names = [...alike.map(({ name }) => name), ...(isOneClass ? [context.roles.target] : [])];
  return alike.length === 0 || names.length < LEAST_ALIKE ? null : { code, alike: names };
}

function isAlike(
  rows: number,
  valueAtRow: (row: number) => number | null,
  isHeld: (row: number) => boolean,
  mostElsewhere: number,
): boolean {
  const counts = new Map<number | null, number>();
  let held = 0;
  for (let row = 0; row < rows; row++) {
    if (!isHeld(row)) continue;
    held++;
    counts.set(valueAtRow(row), (counts.get(valueAtRow(row)) ?? 0) + 1);
  }
  const [value = null, most = 0] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), [null, 0] as [number | null, number]);
  if (value === null || most < NEARLY_ALL * held) return false;
  let elsewhere = 0;
  for (let row = 0; row < rows; row++) elsewhere += Number(!isHeld(row) && valueAtRow(row) === value);
  return elsewhere <= mostElsewhere * (rows - held);
}

/** It stays the same within the other things too: their rows are all alike in it. */
function isTrait({ column: key }: SentinelCode, column: Column, isHeld: (row: number) => boolean): boolean {
  const first = new Map<number, { readonly value: number; rows: number; isConstant: boolean }>();
  key.values.forEach((thing, row) => {
    if (Number.isNaN(thing) || isHeld(row) || isMissing(column, row)) return;
    const value = valueAt(column, row);
    const known = first.get(thing);
    if (known === undefined) first.set(thing, { value, rows: 1, isConstant: true });
    else {
      known.rows++;
      known.isConstant &&= known.value === value;
    }
  });
  const several = [...first.values()].filter(({ rows }) => rows > 1);
  return several.filter(({ isConstant }) => isConstant).length > MOST_CONSTANT * several.length;
}
