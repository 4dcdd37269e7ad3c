import { count, list } from "./column-names.ts";
import { parseNumber } from "./number-text.ts";
import type { RawColumn, RawTable } from "./raw-table.ts";
import type { Session, SqlValue } from "./session.ts";
import { literal } from "./session.ts";
import { PART_COLUMNS } from "./version.ts";

/** Other rows from which the kind of each column is read, and the fewest that tell it. */
const [USUAL_ROWS, LEAST_USUAL] = [4000, 50];
/** Of more rows the last column is one of its own. */
const [MOST_ROWS, MOST_SHARE] = [1000, 0.05];
const NEARLY_ALL = 0.98;
/** A column of so few values, each in many rows, holds no other. */
const [MOST_LEVELS, ROWS_PER_LEVEL] = [50, 10];
/** Cells that are strange where they stand, for each that would be strange one column to the left, and in all. */
const [TIMES, LEAST_STRANGE] = [4, 3];
/** Columns behind the first moved one that hold numbers or few values: in free text anything fits. */
const LEAST_TELLING = 2;

/**
 * Moves back the cells of rows that stand one column to the right from some column on, as a field too many or an unquoted delimiter leaves them: the last column has no
 * name and is filled in these rows alone, and their cells are of the kind (numbers, a few values) of the column to their left. Where it is not clear that they are, nothing is changed.
 */
export async function withShiftedMoved(
  session: Session,
  raw: RawTable,
  unnamed: boolean,
  delimiter: string,
): Promise<{ raw: RawTable; notes: string[] }> {
  const same = { raw, notes: [] };
  const last = raw.columns.length - 1;
  if (!unnamed || last < LEAST_TELLING + 1 || last >= PART_COLUMNS) return same;
  const isShifted = `coalesce(trim(${raw.columns[last]?.sql ?? ""}), '') <> ''`;
  const cells = raw.columns.map(({ sql }) => sql).join(", ");
  const [counted] = await session.rows(`SELECT count(*), count_if(${isShifted}) FROM ${raw.relation}`);
  const [rows = 0, shifted = 0] = (counted ?? []).map(Number);
  if (shifted === 0 || shifted > Math.min(MOST_ROWS, MOST_SHARE * rows) || rows - shifted < LEAST_USUAL) return same;
  const moved = await session.rows(
    `SELECT n, ${cells} FROM (SELECT *, row_number() OVER () - 1 AS n FROM ${raw.relation}) WHERE ${isShifted} ORDER BY n`,
  );
  const usual = await session.rows(`SELECT ${cells} FROM ${raw.relation} WHERE NOT (${isShifted}) LIMIT ${USUAL_ROWS}`);
  const kinds = raw.columns.slice(0, last).map((_, place) =>
    kindOf(
      usual.map((row) => textOf(row[place])),
      raw.decimal,
    ),
  );
  const found = firstMoved(
    moved.map((row) => row.slice(1).map(textOf)),
    kinds,
  );
  if (found === null) return same;
  return {
    raw: { ...raw, columns: movedColumns(raw.columns, isShifted, found, delimiter), onePass: null },
    notes: [
      noteOf(
        raw.columns,
        found,
        moved.map(([row]) => Number(row)),
      ),
    ],
  };
}

interface FirstMoved {
  /** The column whose own cell stands to the right of it, as those of all behind it. */
  readonly from: number;
  /** The cell before is the beginning of a text that the delimiter cut in two. */
  readonly joins: boolean;
}

interface Kind {
  readonly isTelling: boolean;
  readonly fits: (cell: string) => boolean;
}

function textOf(cell: SqlValue | undefined): string {
  return cell === null || cell === undefined ? "" : String(cell).trim();
}

function kindOf(cells: readonly string[], decimal: "." | ","): Kind {
  const present = cells.filter((cell) => cell !== "");
  const values = new Set(present);
  const isNumber = (cell: string) => parseNumber(cell, decimal) !== null;
  const areNumbers = present.length > 0 && present.filter(isNumber).length >= NEARLY_ALL * present.length;
  if (values.size > 0 && values.size <= Math.min(MOST_LEVELS, present.length / ROWS_PER_LEVEL))
    return { isTelling: true, fits: (cell) => cell === "" || values.has(cell) };
  if (areNumbers) return { isTelling: true, fits: (cell) => cell === "" || isNumber(cell) };
  const mayBeNumbers = present.length === 0 || present.some(isNumber);
  return { isTelling: false, fits: (cell) => cell === "" || mayBeNumbers || !isNumber(cell) };
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

function movedColumns(
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

function noteOf(columns: readonly RawColumn[], { from, joins }: FirstMoved, rows: readonly number[]): string {
  const name = columns[from]?.name ?? "";
  const why = joins
    ? `a delimiter without quotes cut ${columns[from - 1]?.name ?? ""} in two, which was put together again`
    : "a cell too many stands before them";
  return `The cells of ${count(rows.length, "row", "rows")} (from 0: ${list(rows)}) stood one column to the right from ${name} on, the last of them in a column without a name: ${why}. They were moved back.`;
}
