import { nullConfidence } from "../core/null-words.ts";
import type { ParsedRecord } from "./cells.ts";
import { parseNumber } from "./number-text.ts";

/** Lines under the header that describe the columns: places in the text, and the lines as they stand there. */
export interface SecondHeader {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** Lines that may stand there: types, units, roles. */
const MOST_LINES = 3;
/** Were such a line a row like the others, it would be the strangest of them with a chance of 1 / (rows + 1). */
const LEAST_ROWS = 20;
/** The same where the names are known from training. */
const LEAST_EXPECTED_ROWS = 5;
/** Columns of numbers or dates in which the line holds something else; in two, a first row may lack its values in words of its own. */
const LEAST_MISFITS = 3;
const NEARLY_ALL = 0.9;
/** From here on a word is rather "no value" than a type or a unit. */
const MAYBE_NULL = 0.5;

/**
 * Looks for lines under the header that are no rows: types ("continuous", "d"), units ("mm"), roles ("class"), long names. In such a line no cell is like its column: words in the columns of numbers and dates (a few may be blank),
 * where no row has half as many, and nothing that recurs in a column of few values; or one word in all columns of few values, which none of them holds. Behind such a line a nearly blank one with words of its own
 * is one too. A line that could be a row is a row: null.
 */
export function secondHeader(
  text: string,
  records: readonly ParsedRecord[],
  decimal: "." | ",",
  expected: readonly string[] | null,
): SecondHeader | null {
  const [header, ...others] = records;
  if (header === undefined) return null;
  const width = header.cells.length;
  const rows = others.map(({ cells }) => cells.map((cell) => cell.trim()));
  const body = rows.slice(MOST_LINES);
  if (body.length < (expected === null ? LEAST_ROWS : LEAST_EXPECTED_ROWS)) return null;
  const columns = Array.from({ length: width }, (_, place) => columnOf(body.map((row) => row[place] ?? "").filter(isTold), decimal));
  let lines = 0;
  while (lines < MOST_LINES && isDescription(rows, lines, columns, decimal)) lines++;
  const last = records[lines];
  if (lines === 0 || last === undefined) return null;
  return { from: header.next, to: last.next, lines: records.slice(1, lines + 1).map((one, i) => lineOf(text, records[i], one)) };
}

interface BodyColumn {
  readonly kind: "measure" | "levels" | "words";
  readonly values: ReadonlySet<string>;
  readonly isLike: (cell: string) => boolean;
}

/** How nearly all cells of a column are written. */
function columnOf(cells: readonly string[], decimal: "." | ","): BodyColumn {
  const values = new Set(cells);
  const isNumber = (cell: string) => parseNumber(cell, decimal) !== null;
  const most = (holds: (cell: string) => boolean) => cells.length > 0 && cells.filter(holds).length >= NEARLY_ALL * cells.length;
  if (most(isNumber)) return { kind: "measure", values, isLike: isNumber };
  const [pattern = null] = cells.map(digitsAs9);
  const isAlike = (cell: string) => pattern !== null && digitsAs9(cell) === pattern;
  if (most(isAlike)) return { kind: "measure", values, isLike: isAlike };
  return { kind: values.size <= cells.length / 2 ? "levels" : "words", values, isLike: (cell) => values.has(cell) };
}

/** Dates and times of one pattern share it. */
function digitsAs9(cell: string): string | null {
  return /^\d[\d.:/T -]*\d$/.test(cell) ? cell.replace(/\d+/g, "9") : null;
}

function isTold(cell: string): boolean {
  return cell !== "" && nullConfidence(cell, ["1"]) < MAYBE_NULL;
}

function isDescription(rows: readonly (readonly string[])[], place: number, columns: readonly BodyColumn[], decimal: "." | ","): boolean {
  const line = rows[place] ?? [];
  const rest = rows.slice(MOST_LINES);
  if (line.length !== columns.length) return false;
  const isStrange = (row: readonly string[]) => (column: BodyColumn, at: number) => isTold(row[at] ?? "") && !column.isLike(row[at] ?? "");
  const isOwn = columns.every(({ values, isLike }, at) => {
    const cell = line[at] ?? "";
    return !isTold(cell) || (!values.has(cell) && !isLike(cell) && parseNumber(cell, decimal) === null);
  });
  if (!isOwn) return false;
  const measures = columns.map((column, at) => ({ column, at })).filter(({ column }) => column.kind === "measure");
  const misfits = (row: readonly string[]) => measures.filter(({ column, at }) => isStrange(row)(column, at)).length;
  const found = misfits(line);
  if (found >= LEAST_MISFITS && 2 * found >= measures.length) return rest.every((row) => 2 * misfits(row) < found);
  if (isOneWord(line, columns)) return true;
  const filled = (row: readonly string[]) => row.filter((cell) => cell !== "").length;
  const least = Math.min(...rest.map(filled));
  return place > 0 && filled(line) > 0 && 2 * filled(line) <= least;
}

/** One word in each column, all of which have few values: "d" for discrete. */
function isOneWord(line: readonly string[], columns: readonly BodyColumn[]): boolean {
  const isRepeated = line.length >= LEAST_MISFITS && line.every((cell) => cell !== "" && cell === line[0]);
  return (
    isRepeated &&
    columns.every(({ kind }) => kind !== "words") &&
    new Set(columns.map(({ values }) => [...values].sort().join("\n"))).size > 1
  );
}

function lineOf(text: string, before: ParsedRecord | undefined, one: ParsedRecord): string {
  return text
    .slice(before?.next ?? 0, one.next)
    .replace(/[\t ]+/g, " ")
    .trim();
}
