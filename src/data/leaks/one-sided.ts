import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, textAt, valueAt } from "../columns/column-facts.ts";
import { levelCounts, valueCounts } from "../columns/counts.ts";
import { viewOf, zThreshold } from "../signal/associations.ts";

/** A column that says the same of nearly all rows of the other classes, and something else of many rows of one. */
export interface OneSided {
  readonly column: string;
  /** What it says of most rows. */
  readonly usual: string;
  readonly classIndex: number;
  /** Share of the rows of the class, and of the others, that have another value. */
  readonly share: number;
  readonly shareElsewhere: number;
  /** How many times as often, at least (lower limit for all columns and classes, by the normal limit of the log of a ratio of two shares, Katz et al. 1978). */
  readonly times: number;
}

/** Of the rows. */
const USUAL = 0.5;
/** Of the class. */
const LEAST_SHARE = 0.25;
/** What is a cause of the class happens without it too. */
const LEAST_TIMES = 10;
/** The next column that is so may be its equal in a field of strong causes. */
const OVER_OTHERS = 3;
/** More are a field of causes. */
const MOST_TOLD = 3;
const LEAST_ROWS = 20;
/** That are compared with each other: those that are so most clearly. */
const MOST_COMPARED = 50;
/** Of the rows that either of two columns fills: the amount, the reason and the day of one refund. */
const SAME_ROWS = 0.9;

/** With the rows that have another value than the usual one. */
interface Filled extends OneSided {
  readonly filled: Uint8Array;
}

/** Columns that are filled in for one class and hardly for others, as what is written when the outcome comes; none where another one comes near that was not told itself. Once per audit. */
export function oneSided(context: AuditContext): readonly OneSided[] {
  return context.shared("one-sided columns", () => {
    const { task, roles } = context;
    if (task.kind === "regression") return [];
    const looks = roles.features.length * task.classes.length;
    const found = columnsNamed(context.frame, roles.features)
      .flatMap((column) => strongest(context, column, task.classes.length, looks) ?? [])
      .filter(({ times }) => times >= LEAST_TIMES / OVER_OTHERS)
      .toSorted((a, b) => b.times - a.times)
      .slice(0, MOST_COMPARED);
    // Columns that are filled in the same rows are one: none is held against another.
    const together: Filled[][] = [];
    for (const one of found) {
      const same = together.find(([first]) => first !== undefined && isSame(first, one));
      if (same === undefined) together.push([one]);
      else same.push(one);
    }
    const times = together.map(([first]) => first?.times ?? 0);
    // What is written when the outcome comes is written in several columns: none is held against one that was told.
    const next = times.findIndex((one, place) => one < LEAST_TIMES || one < OVER_OTHERS * (times[place + 1] ?? 0));
    const told = together.slice(0, Math.min(MOST_TOLD, next === -1 ? together.length : next)).flat();
    return told.map(({ filled: _, ...one }) => one);
  });
}

function isSame(one: Filled, other: Filled): boolean {
  let [both, either] = [0, 0];
  for (let i = 0; i < one.filled.length; i++) {
    const [a, b] = [one.filled[i] as number, other.filled[i] as number];
    both += a & b;
    either += a | b;
  }
  return both >= SAME_ROWS * either;
}

function strongest(context: AuditContext, column: Column, classes: number, looks: number): Filled | null {
  const { rows } = viewOf(context);
  const present = presentIn(column, rows);
  // Of most columns no value has so many, as the counts of the frame say.
  if (mostRows("values" in column ? valueCounts(context, column).counts : levelCounts(context, column)) < USUAL * present) return null;
  const counts = new Map<number, number>();
  for (const row of rows) {
    const value = valueAt(column, row);
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const [usual, most] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), [Number.NaN, 0]);
  if (most < USUAL * present || present - most < LEAST_ROWS) return null;
  const [filled, all] = [new Float64Array(classes), new Float64Array(classes)];
  let usualRow = -1;
  for (const row of rows) {
    const value = valueAt(column, row);
    const label = context.target[row] ?? Number.NaN;
    if (Number.isNaN(value) || Number.isNaN(label)) continue;
    all[label] = (all[label] ?? 0) + 1;
    if (value === usual) usualRow = row;
    else filled[label] = (filled[label] ?? 0) + 1;
  }
  const z = zThreshold(looks);
  const [allFilled, allRows] = [filled, all].map((some) => some.reduce((sum, one) => sum + one, 0)) as [number, number];
  const isFilled = Uint8Array.from(rows, (row) => Number(!Number.isNaN(valueAt(column, row)) && valueAt(column, row) !== usual));
  let best: Filled | null = null;
  for (let classIndex = 0; classIndex < classes; classIndex++) {
    const [own, rowsOfClass] = [filled[classIndex] ?? 0, all[classIndex] ?? 0];
    const [others, otherRows] = [allFilled - own, allRows - rowsOfClass];
    if (own < LEAST_ROWS || otherRows === 0 || own < LEAST_SHARE * rowsOfClass) continue;
    const [share, shareElsewhere] = [own / rowsOfClass, others / otherRows];
    const error = Math.sqrt(1 / own - 1 / rowsOfClass + 1 / (others + 0.5) - 1 / (otherRows + 1));
    const times = Math.exp(Math.log(share) - Math.log((others + 0.5) / (otherRows + 0.5)) - z * error);
    if (best === null || times > best.times)
      best = { column: column.name, usual: textAt(column, usualRow) ?? "", classIndex, share, shareElsewhere, times, filled: isFilled };
  }
  return best;
}

function presentIn(column: Column, rows: Int32Array): number {
  let present = 0;
  for (let i = 0; i < rows.length; i++) if (!Number.isNaN(valueAt(column, rows[i] as number))) present++;
  return present;
}

function mostRows(counts: Int32Array): number {
  let most = 0;
  for (let i = 0; i < counts.length; i++) if ((counts[i] as number) > most) most = counts[i] as number;
  return most;
}
