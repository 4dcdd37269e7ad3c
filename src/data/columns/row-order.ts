import type { Column } from "../../core/column.ts";
import { columnOf } from "../../core/column.ts";
import { float64From, float64Where, int32Where } from "../../core/typed-from.ts";
import { ascendingOrder, autocorrelation, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { standsInStretches } from "./class-stretches.ts";
import { factsOf, valueAt } from "./column-facts.ts";
import { levelCounts, valueCounts } from "./counts.ts";
import { equalFeaturePairs, equalFeatures } from "./equal-features.ts";
import { featuresOf } from "./features.ts";
import { persistenceAlong } from "./persistence-in-time.ts";

/** What the order of the rows tells about the target. */
export interface RowOrder {
  /** Column that orders the rows, or null for the order of the file. */
  readonly by: string | null;
  /** Labelled rows, in that order. */
  readonly rows: Int32Array;
  /** z of neighbours resembling each other, against all orders of the same rows. */
  readonly persistenceZ: number;
  /** Share of neighbours with equal label, or lag-1 autocorrelation of ranks; and its mean over all orders. */
  readonly persistence: number;
  readonly expected: number;
  /** The file stands sorted by the target itself: neighbours resemble each other for no other reason. False in the order of a time, which nobody chose. */
  readonly sortedByTarget: boolean;
}

/** "the next" row of a file, and what share of rows is of: those of a sample are no neighbours in the file. */
export function neighbourWords({ frame }: AuditContext): { readonly next: string; readonly rows: string } {
  return frame.rowNumbers === null
    ? { next: "the next", rows: "the rows" }
    : { next: "the next row of the sample", rows: `the ${frame.rows.toLocaleString("en")} rows of the sample` };
}

/** Labels persist from here on: a chance of 1 in 10,000 for rows in no order. */
export const PERSISTENT_Z = 3.9;

/** Share of steps in one direction from which numbers count as sorted. */
const SORTED_SHARE = 0.9;

/** The order by the time column, else by a date that follows the rows, else of the file. Once per audit. */
export function rowOrderOf(context: AuditContext): RowOrder {
  return context.shared("row order", () => {
    const by = context.roles.time ?? followingDate(context);
    const time = by === null ? null : columnOf(context.frame, by);
    const rows = orderedRows(context, time);
    const labels = float64From(rows, (row) => context.target[row] ?? Number.NaN);
    const numbers = context.task.kind === "regression";
    const once = withoutCopies(context, rows, time);
    const measured = persistenceAlong(
      float64From(once, (row) => context.target[row] ?? Number.NaN),
      time === null ? null : float64From(once, (row) => valueAt(time, row)),
      numbers,
    );
    return {
      by,
      rows,
      persistenceZ: measured.z,
      persistence: measured.value,
      expected: measured.expected,
      sortedByTarget: by === null && (numbers ? sortedNumbers(labels) || spikeApart(labels) : sortedClasses(labels)),
    };
  });
}

/** A column that numbers the rows: whole numbers or dates that rise or fall with them, nearly every row with its own. */
export interface RowNumbering {
  readonly name: string;
  /** Its name says key, or its steps are all equal: more than a quantity by which the file happens to be sorted. */
  readonly key: boolean;
}

export function rowNumberings(context: AuditContext): readonly RowNumbering[] {
  return context.shared("row numberings", () =>
    context.frame.columns
      .filter(({ name }) => name !== context.roles.target)
      .flatMap((column) => {
        const { monotone, distinct, present, integer } = factsOf(column, context.frame.rows);
        const numbering = monotone !== null && integer && present > 0.9 * context.frame.rows && distinct > 0.95 * present;
        return numbering ? [{ name: column.name, key: meaningOf(column.name).id || evenSteps(column) }] : [];
      }),
  );
}

/** Different values below which a column may happen to rise with the rows. */
const LEAST_RISING = 20;

/** Columns that rise or fall with the rows of the file throughout and are no numbering of them: it was sorted by them, or written as they grew. */
export function columnsAlongFile(context: AuditContext): readonly string[] {
  const { frame, roles } = context;
  const numberings = new Set(rowNumberings(context).map(({ name }) => name));
  return frame.columns
    .filter((column) => "values" in column && column.name !== roles.target && !numberings.has(column.name))
    .filter((column) => {
      const { monotone, distinct, present } = factsOf(column, frame.rows);
      return monotone !== null && distinct >= LEAST_RISING && present === frame.rows;
    })
    .map(({ name }) => name);
}

/** In the order of the file, whatever tells the time, the classes stand in few long blocks. */
export function standsByClass(context: AuditContext): boolean {
  const labels = float64From(orderedRows(context, null), (row) => context.target[row] ?? Number.NaN);
  return context.task.kind !== "regression" && isInBlocks(labels);
}

function evenSteps(column: Column): boolean {
  if (!("values" in column)) return false;
  const { values } = column;
  const step = (values[1] ?? 0) - (values[0] ?? 0);
  return values.every((value, i) => i === 0 || value - (values[i - 1] ?? 0) === step);
}

function followingDate(context: AuditContext): string | null {
  const { frame, roles } = context;
  const date = frame.columns.find(
    (column) =>
      column.type === "date" &&
      !roles.ignored.includes(column.name) &&
      !meaningOf(column.name).birth &&
      factsOf(column, frame.rows).monotone !== null,
  );
  return date?.name ?? null;
}

function orderedRows(context: AuditContext, column: Column | null): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < context.frame.rows; row++) {
    const dated = column === null || !Number.isNaN(valueAt(column, row));
    if (dated && !Number.isNaN(context.target[row])) rows.push(row);
  }
  if (column === null) return Int32Array.from(rows);
  const times = rows.map((row) => valueAt(column, row));
  return ascendingOrder(times).map((place) => rows[place] ?? 0);
}

/** Share of the rows that repeat another, and how many times as many pairs are equal as would be of independent columns: fewer are alike by chance. */
const [LEAST_COPIED, TIMES_CHANCE] = [0.005, 10];

/** A row that was written twice has its own label beside it, which says nothing of neighbours: each counts once that is equal in all features, the time and the label, where chance does not explain it. */
function withoutCopies(context: AuditContext, rows: Int32Array, time: Column | null): Int32Array {
  const { frame, target } = context;
  const { group, sizes } = equalFeatures(context);
  if (frame.rows - sizes.length < LEAST_COPIED * frame.rows) return rows;
  const expected = featuresOf(context).reduce((pairs, column) => pairs * agreementOf(context, column), (frame.rows * (frame.rows - 1)) / 2);
  if (equalFeaturePairs(context) < TIMES_CHANCE * expected) return rows;
  const seen = new Set<string>();
  return int32Where(rows, (row) => {
    if ((sizes[group[row] ?? 0] ?? 1) === 1) return true;
    const key = `${group[row]} ${target[row]} ${time === null ? "" : valueAt(time, row)}`;
    return seen.size < seen.add(key).size;
  });
}

/** Share of the pairs of rows that have the same value, gaps among them. */
function agreementOf(context: AuditContext, column: Column): number {
  const counts = "codes" in column ? levelCounts(context, column) : valueCounts(context, column).counts;
  const { rows } = context.frame;
  const [held, squares] = counts.reduce<[number, number]>(([sum, square], count) => [sum + count, square + count ** 2], [0, 0]);
  return (squares + (rows - held) ** 2) / rows ** 2;
}

function sortedNumbers(values: Float64Array): boolean {
  let up = 0;
  let down = 0;
  for (let i = 1; i < values.length; i++) {
    const step = (values[i] ?? 0) - (values[i - 1] ?? 0);
    if (step > 0) up++;
    if (step < 0) down++;
  }
  return up + down > 0 && Math.max(up, down) / (up + down) >= SORTED_SHARE;
}

/** Share of the values that the most frequent one has at least where it makes a class of its own, and leaves at most. */
const SPIKE = 0.1;

/**
 * The most frequent value in one block at an end, and the others in no order: a file put together of those with a visit and those without. A series that
 * stands still for a stretch or every night goes on moving afterwards.
 */
function spikeApart(values: Float64Array): boolean {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [value, rows] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), [Number.NaN, 0]);
  const share = rows / values.length;
  if (share < SPIKE || share > 1 - SPIKE) return false;
  const isAtEnd = values.subarray(0, rows).every((other) => other === value) || values.subarray(-rows).every((other) => other === value);
  return isAtEnd && autocorrelation(ranks(float64Where(values, (other) => other !== value))).z < PERSISTENT_Z;
}

/** Rows of a class below which it may stand together by chance. */
const LEAST_OF_CLASS = 20;

/** Few long blocks of one class each, as in a file put together class by class, but for a few rows that stand anywhere; or one class that stands apart from the others. */
function sortedClasses(values: Float64Array): boolean {
  if (isInBlocks(values) || standsInStretches(values)) return true;
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts.size > 2 && [...counts].some(([one, rows]) => rows >= LEAST_OF_CLASS && standsApart(values, one, rows));
}

function isInBlocks(values: Float64Array): boolean {
  return values.length >= LEAST_OF_CLASS && runsOf(values) <= Math.max(2 * new Set(values).size, 0.005 * values.length);
}

/** In a stretch or two, of some 25 rows and more each: scattered rows make as many as there are. */
function standsApart(values: Float64Array, one: number, rows: number): boolean {
  return runsOf(values.map((value) => Number(value === one))) <= Math.max(4, (2 * rows) / 50);
}

function runsOf(values: Float64Array): number {
  let runs = 1;
  for (let i = 1; i < values.length; i++) if (values[i] !== values[i - 1]) runs++;
  return runs;
}
