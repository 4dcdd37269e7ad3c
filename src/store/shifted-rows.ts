import type { ReadingNote } from "../core/reading-note.ts";
import type { NamedRows, ShiftRule } from "../core/shifted-row.ts";
import { cellText, type Kind, kindOf, kindsOf } from "./cell-kind.ts";
import type { RawColumn, RawTable } from "./raw-table.ts";
import type { Session } from "./session.ts";
import { literal } from "./session.ts";
import { PART_COLUMNS } from "./version.ts";

/** Other rows from which the kind of each column is read, and the fewest that tell it. */
const [USUAL_ROWS, LEAST_USUAL] = [4000, 50];
/** Of more rows the last column is one of its own. */
const [MOST_ROWS, MOST_SHARE] = [1000, 0.05];
/** Cells that are strange where they stand, for each that would be strange one column to the left, and in all. */
const [TIMES, LEAST_STRANGE] = [4, 3];
/** Columns behind the first moved one that hold numbers or few values: in free text anything fits. */
const LEAST_TELLING = 2;
/** Rows that a note names. */
const NAMED = 10;

export interface ShiftedMoved {
  readonly raw: RawTable;
  readonly noticed: readonly ReadingNote[];
  /** How the rows were known, for files that are read later; null where none were moved. */
  readonly rule: ShiftRule | null;
  /** Rows that fill a last column without a name and stay as they are; null: none. */
  readonly overfull: NamedRows | null;
}

/** The condition for a row that fills the last column, which has no name. */
export function fillsLast(raw: RawTable): string {
  return `${cellText(raw.columns.at(-1)?.sql ?? "''")} <> ''`;
}

/** The first of the rows that meet a condition, and how many they are; null where there are none. */
export async function rowsWhere(session: Session, relation: string, condition: string): Promise<NamedRows | null> {
  const numbered = `SELECT row_number() OVER () - 1 AS n, (${condition}) AS met FROM ${relation}`;
  const [found] = await session.rows(`SELECT count(*), string_agg(n, ' ' ORDER BY n) FILTER (place <= ${NAMED})
    FROM (SELECT n, row_number() OVER (ORDER BY n) AS place FROM (${numbered}) WHERE met)`);
  const count = Number(found?.[0] ?? 0);
  const first = String(found?.[1] ?? "")
    .split(" ")
    .map(Number);
  return count === 0 ? null : { count, first };
}

/**
 * Moves back the cells of rows that stand one column to the right from some column on, as a field too many or an unquoted delimiter leaves them: the last column has no
 * name and is filled in these rows alone, and their cells are of the kind (numbers, a few values) of the column to their left. Where it is not clear that they are, nothing is changed.
 */
export async function withShiftedMoved(session: Session, raw: RawTable, unnamed: boolean, delimiter: string): Promise<ShiftedMoved> {
  const last = raw.columns.length - 1;
  if (!unnamed) return { raw, noticed: [], rule: null, overfull: null };
  const isShifted = fillsLast(raw);
  const shifted = await rowsWhere(session, raw.relation, isShifted);
  const same = { raw, noticed: [], rule: null, overfull: shifted };
  if (shifted === null || last < LEAST_TELLING + 1 || last >= PART_COLUMNS) return same;
  const [counted] = await session.rows(`SELECT count(*) FROM ${raw.relation}`);
  const rows = Number(counted?.[0] ?? 0);
  if (shifted.count > Math.min(MOST_ROWS, MOST_SHARE * rows) || rows - shifted.count < LEAST_USUAL) return same;
  const texts = raw.columns.map(({ sql }) => cellText(sql)).join(", ");
  const textsWhere = async (condition: string) =>
    (await session.rows(`SELECT ${texts} FROM ${raw.relation} WHERE ${condition}`)).map((row) => row.map(String));
  const moved = await textsWhere(isShifted);
  const usual = await textsWhere(`NOT (${isShifted}) LIMIT ${USUAL_ROWS}`);
  const kinds = kindsOf(usual, last, raw.decimal);
  const found = firstMoved(
    moved,
    kinds.map((kind) => kindOf(kind, raw.decimal)),
  );
  if (found === null) return same;
  const nameAt = (place: number) => raw.columns[place]?.name ?? "";
  const rule: ShiftRule = {
    columns: kinds.map((kind, place) => ({ name: nameAt(place), kind })),
    from: nameAt(found.from),
    joined: found.joins ? nameAt(found.from - 1) : null,
  };
  return {
    raw: { ...raw, columns: movedColumns(raw.columns, isShifted, found, delimiter), onePass: null },
    noticed: [shiftedNote(rule, shifted)],
    rule,
    overfull: null,
  };
}

export function shiftedNote({ from, joined }: ShiftRule, rows: NamedRows): ReadingNote {
  return { kind: "shifted-rows", rows, from, joined };
}

export interface FirstMoved {
  /** Place of the column whose own cell stands to the right of it, as those of all behind it. */
  readonly from: number;
  /** The cell before is the beginning of a text that the delimiter cut in two. */
  readonly joins: boolean;
}

/** The column from which on the cells fit one column to the left; null where they do not, or do as well where they stand. */
function firstMoved(rows: readonly (readonly string[])[], kinds: readonly Kind[]): FirstMoved | null {
  const strange = (row: readonly string[], from: number) =>
    kinds.filter(({ fits }, place) => !fits(row[place < from ? place : place + 1] ?? "")).length;
  const asTheyStand = rows.map((row) => strange(row, kinds.length));
  const total = (counts: readonly number[]) => counts.reduce((sum, one) => sum + one, 0);
  const ways = kinds.map((_, from) => total(rows.map((row) => strange(row, from))));
  const least = Math.min(...ways);
  const best = ways.flatMap((one, from) => (one === least ? [from] : []));
  // The cell too many is the one that fits its column worst.
  const misfits = (from: number) => rows.filter((row) => kinds[from]?.fits(row[from] ?? "") === false).length;
  const [from = 0] = [...best].sort((a, b) => misfits(b) - misfits(a));
  const isClear = total(asTheyStand) >= Math.max(LEAST_STRANGE, TIMES * least);
  const isEach = rows.every((row, place) => strange(row, from) < (asTheyStand[place] ?? 0));
  if (!isClear || !isEach || kinds.slice(from).filter(({ isTelling }) => isTelling).length < LEAST_TELLING) return null;
  return { from, joins: best.includes(from - 1) && kinds[from - 1]?.isTelling === false };
}

/** The columns but the last; of rows that meet the condition, the cells from a place on are those one column to the right. */
export function movedColumns(
  columns: readonly RawColumn[],
  isShifted: string,
  { from, joins }: FirstMoved,
  delimiter: string,
): readonly RawColumn[] {
  const either = (moved: string, own: string) => `CASE WHEN ${isShifted} THEN ${moved} ELSE ${own} END`;
  return columns.slice(0, -1).map((column, place) => {
    const next = columns[place + 1];
    if (next === undefined || place < from - Number(joins)) return column;
    const moved = (of: "sql" | "text") => (place < from ? `concat_ws(${literal(delimiter)}, ${column[of]}, ${next[of]})` : next[of]);
    return { ...column, sql: either(moved("sql"), column.sql), text: either(moved("text"), column.text) };
  });
}
