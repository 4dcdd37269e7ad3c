import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import { valueAt } from "../columns/column-facts.ts";

/** How far rows of one group have one value of a column. */
export interface GroupAgreement {
  /** Rows that are not the first of their group, and those of them that have the value of the first. */
  readonly compared: number;
  readonly held: number;
  /** Groups of two rows or more, and those of them in which all rows have one value. */
  readonly groups: number;
  readonly agreeing: number;
  /** Different values. */
  readonly values: number;
  /** That so many groups would agree if the values were dealt anew (binomial). */
  readonly chance: number;
}

const HOLDS = 0.99;
const [FIRST_ROWS, FIRST_HELD] = [50, 0.9];
const [ONE_VALUE, MORE_VALUES] = [1, 2];

/** null where more than one row in a hundred has another value than the first of its group. */
export function groupAgreement(column: Column, groups: Int32Array, count: number, rows: number): GroupAgreement | null {
  const first = new Float64Array(count).fill(Number.NaN);
  /** Groups with one row, with several of one value, and of more. */
  const kinds = new Uint8Array(count);
  const values = new Map<number, number>();
  let [compared, held, present] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [group, value] = [groups[row] ?? -1, valueAt(column, row)];
    if (group < 0 || Number.isNaN(value)) continue;
    present++;
    values.set(value, (values.get(value) ?? 0) + 1);
    const known = first[group] ?? Number.NaN;
    if (Number.isNaN(known)) {
      first[group] = value;
      continue;
    }
    compared++;
    held += Number(known === value);
    kinds[group] = known === value ? Math.max(ONE_VALUE, kinds[group] ?? 0) : MORE_VALUES;
    // The first rows refute nearly all.
    if (compared - held > (1 - HOLDS) * rows || (compared === FIRST_ROWS && held < FIRST_HELD * compared)) return null;
  }
  if (compared === 0 || held < HOLDS * compared) return null;
  let alike = 0;
  for (const own of values.values()) alike += (own / present) ** 2;
  const [agreeing, differing] = [ONE_VALUE, MORE_VALUES].map((kind) => kinds.reduce((sum, one) => sum + Number(one === kind), 0)) as [
    number,
    number,
  ];
  const several = agreeing + differing;
  const chance = Math.max(Number.MIN_VALUE, binomialUpperTail(agreeing, several, alike));
  return { compared, held, groups: several, agreeing, values: values.size, chance };
}
