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
 * is one too, and behind types one of roles ("class", "meta"). A line that could be a row is a row: null. So is one that another line under the header is like, and one of words for "no value". `later`: rows behind the records, looked at only if there is such a line.
 */
export function secondHeader(
  text: string,
  records: readonly ParsedRecord[],
  decimal: "." | ",",
  expected: readonly string[] | null,
  later: () => Iterable<readonly string[]> = () => [],
): SecondHeader | null {
  const [header, ...others] = records;
  if (header === undefined) return null;
  const width = header.cells.length;
  const rows = others.map(({ cells }) => cells.map((cell) => cell.trim()));
  const body = rows.slice(MOST_LINES);
  if (body.length < (expected === null ? LEAST_ROWS : LEAST_EXPECTED_ROWS)) return null;
  // In such a line no cell is a number: of most files that is all that needs to be seen.
  if (rows[0]?.some((cell) => parseNumber(cell, decimal) !== null && isTold(cell))) return null;
  const columns = Array.from({ length: width }, (_, place) => columnOf(body.map((row) => row[place] ?? "").filter(isTold), decimal));
  let lines = 0;
  while (lines < MOST_LINES && (isDescription(rows, lines, columns, decimal) || isBeforeOne(rows, lines, columns, decimal))) lines++;
  const last = records[lines];
  if (lines === 0 || last === undefined || comesBack(rows.slice(0, lines), columns, later())) return null;
  return { from: header.next, to: last.next, lines: records.slice(1, lines + 1).map((one, i) => lineOf(text, records[i], one)) };
}

interface BodyColumn {
  readonly kind: "measure" | "levels" | "words";
  readonly values: ReadonlySet<string>;
  /** Cells with digits, by how they are written. */
  readonly patterns: ReadonlySet<string>;
  readonly isLike: (cell: string) => boolean;
}

/** How nearly all cells of a column are written. */
function columnOf(cells: readonly string[], decimal: "." | ","): BodyColumn {
  const values = new Set(cells);
  const patterns = new Set(cells.filter(hasDigit).map(written));
  const isNumber = (cell: string) => parseNumber(cell, decimal) !== null;
  const most = (holds: (cell: string) => boolean) => cells.length > 0 && cells.filter(holds).length >= NEARLY_ALL * cells.length;
  if (most(isNumber)) return { kind: "measure", values, patterns, isLike: isNumber };
  const [pattern = null] = cells.map(digitsAs9);
  const isAlike = (cell: string) => pattern !== null && digitsAs9(cell) === pattern;
  if (most(isAlike)) return { kind: "measure", values, patterns, isLike: isAlike };
  return { kind: values.size <= cells.length / 2 ? "levels" : "words", values, patterns, isLike: (cell) => values.has(cell) };
}

/** Dates and times of one pattern share it. */
function digitsAs9(cell: string): string | null {
  return /^\d[\d.:/T -]*\d$/.test(cell) ? cell.replace(/\d+/g, "9") : null;
}

/** "C0" and "C1" are written alike. */
function written(cell: string): string {
  return cell.replace(/\d+/g, "9").toLowerCase();
}

function hasDigit(cell: string): boolean {
  return /\d/.test(cell);
}

function isTold(cell: string): boolean {
  return cell !== "" && nullConfidence(cell, ["1"]) < MAYBE_NULL;
}

/** A word where the column holds something else. */
function isStrange(cell: string, column: BodyColumn): boolean {
  return isTold(cell) && !column.isLike(cell);
}

function misfits(row: readonly string[], columns: readonly BodyColumn[]): string[] {
  return row.filter((cell, at) => columns[at]?.kind === "measure" && isStrange(cell, columns[at]));
}

function isDescription(rows: readonly (readonly string[])[], place: number, columns: readonly BodyColumn[], decimal: "." | ","): boolean {
  const line = rows[place] ?? [];
  const rest = rows.slice(MOST_LINES);
  if (line.length !== columns.length || !line.some(isTold)) return false;
  const isOwn = columns.every(({ values, patterns, isLike }, at) => {
    const cell = line[at] ?? "";
    const isNew = !values.has(cell) && !isLike(cell) && !(hasDigit(cell) && patterns.has(written(cell)));
    return !isTold(cell) || (isNew && parseNumber(cell, decimal) === null);
  });
  const isTwin = (row: readonly string[], at: number) => at !== place && isOneShape(line, row, columns);
  if (!isOwn || rows.slice(0, MOST_LINES).some(isTwin)) return false;
  const measures = columns.filter(({ kind }) => kind === "measure").length;
  const found = misfits(line, columns).length;
  if (found >= LEAST_MISFITS && 2 * found >= measures) return rest.every((row) => 2 * misfits(row, columns).length < found);
  if (isOneWord(line, columns)) return true;
  if (place === 1 && areTypes(rows[0] ?? []) && areRoles(line)) return true;
  const filled = (row: readonly string[]) => row.filter((cell) => cell !== "").length;
  const least = Math.min(...rest.map(filled));
  return place > 0 && filled(line) > 0 && 2 * filled(line) <= least;
}

/** Units of a few columns, above a line that describes all of them: words where no row has half as many. */
function isBeforeOne(rows: readonly (readonly string[])[], place: number, columns: readonly BodyColumn[], decimal: "." | ","): boolean {
  const line = rows[place] ?? [];
  const next = rows[place + 1] ?? [];
  if (place + 1 >= MOST_LINES || line.length !== columns.length || !isDescription(rows, place + 1, columns, decimal)) return false;
  const measures = columns.filter(({ kind }) => kind === "measure").length;
  const [found, below] = [misfits(line, columns).length, misfits(next, columns).length];
  const isWhole = below >= LEAST_MISFITS && 2 * below >= measures;
  const isOwn = line.every((cell, at) => !isTold(cell) || !columns[at]?.values.has(cell));
  return isWhole && isOwn && found >= LEAST_MISFITS && rows.slice(MOST_LINES).every((row) => 2 * misfits(row, columns).length < found);
}

/** The second and the third line of a table of Orange: what each column is, and what it is for, with attributes ("meta title=True"). */
const TYPE = /^(?:c|d|s|t|n|m|continuous|numeric|discrete|categorical|string|text|time|meta)$/i;
const ROLE = /^(?:c|class|m|meta|i|ignore|w|weight|f|feature|multiclass|basket)?(?:(?:^|\s+)[\w.]+=\S+)*$/i;

function areTypes(line: readonly string[]): boolean {
  return line.every((cell) => TYPE.test(cell));
}

function areRoles(line: readonly string[]): boolean {
  return line.every((cell) => ROLE.test(cell));
}

/** Whether two lines say the same: where the columns hold something else, in a code that counts on, or nearly everywhere. */
function isOneShape(line: readonly string[], row: readonly string[], columns: readonly BodyColumn[]): boolean {
  const words = new Set(misfits(row, columns).map(written));
  if (misfits(line, columns).some((cell) => words.has(written(cell)))) return true;
  const same = line.filter((cell, at) => isTold(cell) && written(cell) === written(row[at] ?? ""));
  return same.some(hasDigit) || 2 * same.length > line.filter(isTold).length;
}

/** Whether later rows hold a word of the lines in its column, or half as many words where the columns hold something else. */
function comesBack(lines: readonly (readonly string[])[], columns: readonly BodyColumn[], later: Iterable<readonly string[]>): boolean {
  const words = columns.map((_, at) => new Set(lines.map((line) => line[at] ?? "").filter(isTold)));
  const most = Math.min(...lines.map((line) => misfits(line, columns).length).filter((count) => count >= LEAST_MISFITS));
  for (const cells of later) {
    if (cells.length !== columns.length) continue;
    const row = cells.map((cell) => cell.trim());
    if (row.some((cell, at) => words[at]?.has(cell) === true) || 2 * misfits(row, columns).length >= most) return true;
  }
  return false;
}

/** One word in each column, all of which have few values: "d" for discrete. */
function isOneWord(line: readonly string[], columns: readonly BodyColumn[]): boolean {
  const [word = ""] = line;
  const isRepeated =
    line.length >= LEAST_MISFITS && word !== "" && nullConfidence(word, ["1"]) === 0 && line.every((cell) => cell === word);
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
