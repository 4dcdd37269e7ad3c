import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import type { AuditContext, Check } from "../check.ts";
import { binColumn } from "../columns/column-bins.ts";
import { valueAt } from "../columns/column-facts.ts";
import { allRows, binsOfAll } from "../columns/counts.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { decimalsOfEach } from "../columns/written-decimals.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { emptyRowNumbers } from "../missing/empty-rows.ts";
import { type BlockCounts, blockCounts, shiftBetween } from "../shifts/block-shift.ts";
import { type EndApart, endApart } from "../shifts/end-apart.ts";

const LEAST_ROWS = 200;
const MOST_BLOCKS = 100;
const ROWS_PER_BLOCK = 20;
/** Blocks on either side of a break that are compared: a drift does not show between neighbours. */
const NEAR = 5;
/** Blocks that a part has at least: both its ends are to be alike. */
const LEAST_BLOCKS = 2;
/** Cramer's V of a break that is worth a word, and what may be left of it within the longer part. */
const SHIFT = 0.3;
const WITHIN = 0.5;
/** A file that was sorted by a column changes in it and in what goes with it; another source is otherwise in more. */
const LEAST_COLUMNS = 3;
/** Chance of one false column in a hundred tables, over all columns and places. */
const CHANCE = 0.01;

/** From one row on the columns are made otherwise: rows of another source stand at the end, or at the start. */
export const appendedRows: Check = {
  trap: "appended-rows",
  title: "Rows of another source stand at one end of the file",
  apart: 2,
  async inspect(context) {
    const { rows } = context.frame;
    const order = rowOrderOf(context);
    // Sorted by the target, everything that goes with it changes at its borders.
    if (rows < LEAST_ROWS || order.sortedByTarget) return [];
    const blocks = Math.min(MOST_BLOCKS, Math.floor(rows / ROWS_PER_BLOCK));
    const looks: Look[] = [];
    for (const column of featuresOf(context)) {
      if (infoOf(context, column.name).distinct < 2) continue;
      looks.push({ column, aspect: "values", counts: blockCounts(column.name, binsOfAll(context, column), blocks) });
      looks.push(...ofWriting(context, column, blocks));
      await context.pause();
    }
    // What the target is worth may go with the columns; how it is rounded is the habit of who wrote it.
    if (context.task.kind === "regression") looks.push(...ofWriting(context, columnOf(context.frame, context.roles.target), blocks));
    const found = bestBreak(looks, blocks);
    if (found === null) return ofEnd(context, looks, blocks);
    const border = (found.cut * rows) / blocks;
    if (isOfEmptyRows(context, border)) return [];
    const key = sortKeys(context).find(({ starts }) => starts.some((start) => Math.abs(start - border) <= rows / blocks));
    // One of many borders of a sorted file is no break.
    return key !== undefined && key.starts.length > 1 ? [] : [suspicion(context, found, key?.name ?? null, order.by)];
  },
};

/** Below LIKELY: in a file that was put together of kinds one of them is the last. */
const OF_ONE = 0.4;
/** Different numbers; fewer are levels. */
const LEAST_NUMBERS = 20;

/**
 * One number alone tells a short end. Where columns tell a break the target is no witness more: they may go with it. Not in the order of a time, where what is last is of its time, nor where a column names blocks of rows, one of which is the last.
 */
function ofEnd(context: AuditContext, looks: readonly Look[], blocks: number): Suspicion[] {
  const { task, roles, target, frame } = context;
  const { by, rows } = rowOrderOf(context);
  if (by !== null || sortKeys(context, frame.rows / 2).length > 0) return [];
  const numbers = looks.filter(
    ({ column, aspect }) => aspect === "values" && column.type === "number" && infoOf(context, column.name).distinct >= LEAST_NUMBERS,
  );
  const ends = numbers
    .filter(({ counts }) => endsOtherwise(counts, blocks, CHANCE / numbers.length))
    .flatMap(({ column }) => {
      const values = float64From(rows, (row) => valueAt(column, row));
      const end = values.some(Number.isNaN) ? null : endApart(values, STRETCHES_OF_FEATURE);
      return end === null || end.p * numbers.length >= CHANCE ? [] : [{ name: column.name, end: { ...end, p: end.p * numbers.length } }];
    });
  const ofTarget = task.kind === "regression" ? endApart(float64From(rows, (row) => target[row] ?? Number.NaN)) : null;
  const [best] = [...(ofTarget === null ? [] : [{ name: roles.target, end: ofTarget }]), ...ends].sort((a, b) => a.end.p - b.end.p);
  return best === undefined ? [] : [endFinding(context, best.name, best.end)];
}

/** Of a feature, which is surer (corrected for all of them), a longer end is looked at: a tenth of all. */
const STRETCHES_OF_FEATURE = 9;
/** The longest short end, in blocks; whether some end of the file has other values than the rest of it. */
const END_BLOCKS = 10;

function endsOtherwise(counts: BlockCounts, blocks: number, limit: number): boolean {
  return Array.from({ length: END_BLOCKS }, (_, i) => [i + 1, blocks - i - 1])
    .flat()
    .some((cut) => {
      const { v, p } = shiftBetween(counts, 0, cut, blocks);
      return v >= SHIFT && p() <= limit;
    });
}

function endFinding(context: AuditContext, name: string, end: EndApart): Suspicion {
  const { frame } = context;
  const { rows } = rowOrderOf(context);
  const { length, atEnd } = end;
  const first = (atEnd ? rows[rows.length - length] : rows[length]) ?? 0;
  const row = frame.rowNumbers?.[first] ?? first;
  const which = `${atEnd ? "last" : "first"} ${amount(length)} rows${frame.rowNumbers === null ? "" : " of the sample"}`;
  return {
    trap: "appended-rows",
    columns: [name],
    rows: affectedRows(context, (place) => (atEnd ? place >= first : place < first)),
    severity: "harmful",
    confidence: OF_ONE,
    evidence: { fromRow: row, ...end, share: length / rows.length, columnsShifted: 1, orderedBy: null },
    fix: { action: "advice", text: adviceFor(row, atEnd) },
    counterfactual: null,
    unmeasured: "What the rows have in common no column tells.",
    question: `Do the ${which} come from another source than the others?`,
    why: `In the ${which} the median of \`${name}\` is ${amount(end.median)}, at once and in both halves of them; of ${amount(end.stretches)} other stretches of as many rows none comes nearer than ${amount(end.nearest)} (usually ${amount(end.usual)}, chance ${amount(Number(end.p.toPrecision(1)))}). If they are of another source, the others say little of them.`,
  };
}

function adviceFor(row: number, atEnd: boolean): string {
  return `Find out where the rows ${atEnd ? "from" : "before"} row ${amount(row)} come from. If it is another source, write it into a column and judge with --group.`;
}

/** Rows without a value at one end are told by themselves, and are otherwise than all others. */
const MOST_EMPTY = 0.05;

function isOfEmptyRows(context: AuditContext, border: number): boolean {
  const { rows } = context.frame;
  const isAtEnd = rows - border <= border;
  const empty = emptyRowNumbers(context).filter((row) => row >= border === isAtEnd).length;
  return empty >= MOST_EMPTY * Math.min(border, rows - border) && empty > 0;
}

interface Look {
  readonly column: Column;
  readonly aspect: "values" | "decimals" | "rounding";
  readonly counts: BlockCounts;
}

interface Shifted extends Look {
  readonly v: number;
  /** No value stands on both sides. */
  readonly apart: boolean;
}

interface Break {
  readonly cut: number;
  readonly blocks: number;
  readonly shifted: readonly Shifted[];
}

/** More different values than this are no parts of a file. */
const MOST_PARTS = 50;

/** Columns whose equal values stand together, and the rows at which a new value begins: the file was sorted by them, or put together from their parts. */
function sortKeys(
  { frame, roles }: AuditContext,
  most = MOST_PARTS,
): readonly { readonly name: string; readonly starts: readonly number[] }[] {
  return frame.columns.flatMap((column) => {
    if (column.name === roles.target) return [];
    const seen = new Set<number>();
    const starts: number[] = [];
    let before = Number.NaN;
    for (let row = 0; row < frame.rows; row++) {
      const value = valueAt(column, row);
      if (Object.is(value, before) || Number.isNaN(value)) continue;
      if (seen.has(value) || seen.size >= most) return [];
      if (seen.size > 0) starts.push(row);
      seen.add(value);
      before = value;
    }
    return starts.length === 0 ? [] : [{ name: column.name, starts }];
  });
}

/** More decimals are those of a computation. */
const MOST_DECIMALS = 8;

/** How many decimals each number is written with; null for whole numbers, names and dates. */
function decimalsOf(column: Column): Column | null {
  if (column.type !== "number" || column.values.every((value) => Number.isNaN(value) || Number.isInteger(value))) return null;
  const values = new Float64Array(column.values.length);
  decimalsOfEach(column.values, values, MOST_DECIMALS);
  return { name: column.name, type: "number", values };
}

/** On which end each whole number stands: how many zeros, and whether a 5 is before them; null for others. A 0 ends on nothing. */
function endsOf(column: Column): Column | null {
  if (column.type !== "number" || column.values.some((value) => !Number.isNaN(value) && !Number.isInteger(value))) return null;
  return { name: column.name, type: "number", values: column.values.map(endOf) };
}

function endOf(value: number): number {
  if (!(Math.abs(value) > 0)) return Number.NaN;
  let [rest, zeros] = [Math.abs(value), 0];
  while (rest % 10 === 0) [rest, zeros] = [rest / 10, zeros + 1];
  return 2 * zeros + Number(rest % 5 === 0);
}

/** How the numbers are written, whatever they are worth. */
function ofWriting(context: AuditContext, column: Column, blocks: number): readonly Look[] {
  const look = (aspect: "decimals" | "rounding", written: Column | null) =>
    written === null ? [] : [{ column, aspect, counts: blockCounts(column.name, binColumn(written, allRows(context)), blocks) }];
  return [...look("decimals", decimalsOf(column)), ...look("rounding", endsOf(column))];
}

/** The place at which most columns change, and change for good. */
function bestBreak(looks: readonly Look[], blocks: number): Break | null {
  let best: Break | null = null;
  const limit = CHANCE / (Math.max(1, looks.length) * blocks);
  for (let cut = LEAST_BLOCKS; cut <= blocks - LEAST_BLOCKS; cut++) {
    const shifted = looks.flatMap((look) => shiftedAt(look, cut, blocks, limit) ?? []);
    if (shifted.length > 0 && (best === null || total(shifted) > total(best.shifted))) best = { cut, blocks, shifted };
  }
  if (best === null) return null;
  const names = new Set(best.shifted.map(({ column }) => column.name));
  return names.size < LEAST_COLUMNS ? null : best;
}

function total(shifted: readonly Shifted[]): number {
  return shifted.reduce((sum, { v }) => sum + v, 0);
}

/**
 * Both parts are of one kind within, neighbours on both sides of the cut differ as the parts do, and no other place of the file breaks half as much: tables sorted by
 * something, drifts and blocks of groups break everywhere.
 */
function shiftedAt(look: Look, cut: number, blocks: number, limit: number): Shifted | null {
  const whole = shiftBetween(look.counts, 0, cut, blocks);
  if (whole.v < SHIFT || whole.p() > limit) return null;
  const near = nearby(look, cut, blocks);
  if (near.v < SHIFT || near.p() > CHANCE) return null;
  for (const [from, to] of [
    [0, cut],
    [cut, blocks],
  ] as const) {
    const within = shiftBetween(look.counts, from, Math.floor((from + to) / 2), to);
    // Chance alone makes a V of about the root of (bins - 1) / rows.
    if (within.v > WITHIN * whole.v && within.p() < CHANCE) return null;
  }
  for (let other = 1; other < blocks; other++) {
    if (Math.abs(other - cut) < NEAR) continue;
    const elsewhere = nearby(look, other, blocks);
    if (elsewhere.v > WITHIN * near.v && elsewhere.p() < limit) return null;
  }
  return { ...look, v: whole.v, apart: whole.apart };
}

function nearby({ counts }: Look, cut: number, blocks: number) {
  return shiftBetween(counts, Math.max(0, cut - NEAR), cut, Math.min(blocks, cut + NEAR));
}

/** Every further column halves the doubt. Halved where a column names the two parts, or time explains a change. */
function suspicion(context: AuditContext, { cut, blocks, shifted }: Break, key: string | null, by: string | null): Suspicion {
  const { rows, rowNumbers } = context.frame;
  const first = Math.floor((cut * rows) / blocks);
  const atEnd = rows - first <= first;
  const names = [...new Set(shifted.map(({ column }) => column.name))];
  const separator = key ?? shifted.find(({ apart, column }) => apart && "codes" in column)?.column.name ?? null;
  const explained = separator !== null || by !== null;
  const confidence = Math.min(0.95, 1 - 0.5 ** names.length) * (explained ? 0.5 : 1);
  const row = rowNumbers?.[first] ?? first;
  const share = (atEnd ? rows - first : first) / rows;
  const strongest = shifted.toSorted((a, b) => b.v - a.v).slice(0, 8);
  return {
    trap: "appended-rows",
    columns: names,
    rows: affectedRows(context, (place) => (atEnd ? place >= first : place < first)),
    severity: "harmful",
    confidence,
    evidence: {
      fromRow: row,
      atEnd,
      share,
      columnsShifted: names.length,
      shifts: strongest.map(({ column, aspect, v }) => ({ column: column.name, aspect, cramersV: v })),
      separator,
      orderedBy: by,
    },
    fix: { action: "advice", text: adviceFor(row, atEnd) },
    counterfactual: null,
    question:
      confidence < 0.7
        ? `Do the rows ${atEnd ? "from" : "before"} about row ${amount(row)} come from another source than the others?`
        : null,
    why: `From about row ${amount(row)} on (${counted(blocks, "block")} of rows compared) ${namedColumns(names)} ${names.length === 1 ? "is" : "are"} otherwise than before, at once and for good: the ${atEnd ? "last" : "first"} ${percent(share)} of the rows look like those of another source.`,
  };
}
