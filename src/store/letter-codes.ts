import { endsAsKey } from "../core/key-words.ts";
import { nullConfidence } from "../core/null-words.ts";
import { steppedAmounts } from "../core/stepped-amounts.ts";
import { numberSql } from "./number-text.ts";
import type { Session } from "./session.ts";

/** Of the cells that are no numbers and do not stand for "no value", so many must be codes. */
const MOSTLY_CODES = 0.9;
const CODE_WITH_LETTER = /^\p{L}{1,3}[-_ ]?\d{2,}(\.\d+)?$/u;
/** The same where the column is known to hold numbers of things: "H1", "12A", "B-7/2". */
const LETTERS_AND_DIGITS = /^(?=.*\p{L})(?=.*\d)[\p{L}\d]+(?:[-_ ./][\p{L}\d]+)*$/u;
/** Letters in front of any number: a reading may be "E1" too, one that stands in blocks is none. */
const LETTER_FIRST = /^\p{L}{1,3}[-_ ]?\d+$/u;

interface CountedStray {
  readonly text: string;
  readonly cells: number;
}

/**
 * Whether the cells beside numbers are codes of their kind: single letters beside single digits ("0", "a", "b"), or letters in front of digits, as of an invoice that was cancelled ("536365",
 * "C536379"). strays: cells that are no numbers, the most frequent spellings. longest: characters of the longest cell. isKey: the column's name is that of numbers of things ("haul_no"), of which
 * each with letters and digits is one more.
 */
export function areCodes(strays: readonly CountedStray[], longest: number, isKey = false): boolean {
  if (isKey && areOf(strays, LETTERS_AND_DIGITS, 1)) return true;
  return longest === 1 ? areOf(strays, /^\p{L}$/u, 1) : areOf(strays, CODE_WITH_LETTER, 2);
}

function areOf(strays: readonly CountedStray[], form: RegExp, least: number): boolean {
  const kept = strays.filter(({ text }) => nullConfidence(text, ["1"]) < 0.5);
  const of = (some: readonly CountedStray[]) => some.reduce((sum, one) => sum + one.cells, 0);
  const coded = kept.filter(({ text }) => form.test(text));
  return coded.length >= least && of(coded) >= MOSTLY_CODES * of(kept);
}

/** Spellings that are looked at. */
const STRAYS_SHOWN = 100;

/** A column of a table that holds numbers and other texts; digits: cells among the others that have one. */
export interface StrayedColumn {
  readonly name: string;
  /** In the file. */
  readonly title: string;
  readonly present: number;
  readonly numeric: number;
  readonly digits: number;
  /** Characters of the longest cell. */
  readonly width: number;
}

/** What the cells beside the numbers of a column are: codes of the same kind, or steps of the same amount ("0", "1", "2", "3+"). */
export type BesideNumbers = "codes" | "steps";

/** The columns of numbers whose other cells are codes of the same kind, or steps of the same amount. Where their form does not tell, they are codes where the numbers are those of things by the column's name, or by their order. */
export async function findCodes(
  session: Session,
  table: string,
  columns: readonly StrayedColumn[],
  decimal: "." | ",",
): Promise<ReadonlyMap<string, BesideNumbers>> {
  const found = new Map<string, BesideNumbers>();
  for (const { name, title, present, numeric, digits, width } of columns) {
    // Codes have digits in them, or stand beside single ones.
    if (numeric === present || (digits === 0 && width > 1)) continue;
    const rows = await session.rows(
      `SELECT ${name}, count(*) AS n FROM ${table} WHERE ${name} IS NOT NULL AND ${numberSql(name, decimal)} IS NULL GROUP BY ${name} ORDER BY n DESC, ${name} LIMIT ${STRAYS_SHOWN}`,
    );
    const strays = rows.map(([text, cells]) => ({ text: String(text), cells: Number(cells) }));
    if (areCodes(strays, width, endsAsKey(title)) || (areOf(strays, LETTER_FIRST, 2) && (await standInBlocks(session, table, name))))
      found.set(name, "codes");
    else if (await areSteps(session, table, name, strays, present, decimal)) found.set(name, "steps");
  }
  return found;
}

/** Of an amount in steps few numbers stand alone, and what stands beside them is no slip of one row. */
const [MOST_ALONE, LEAST_BESIDE, LEAST_STEPS] = [20, 0.02, 3];

async function areSteps(
  session: Session,
  table: string,
  name: string,
  strays: readonly CountedStray[],
  present: number,
  decimal: "." | ",",
): Promise<boolean> {
  const steps = strays.filter(({ text }) => nullConfidence(text, ["1"]) < 0.5);
  if (steps.length === 0 || steps.reduce((sum, { cells }) => sum + cells, 0) < LEAST_BESIDE * present) return false;
  const numbers = await session.rows(
    `SELECT DISTINCT ${name} FROM ${table} WHERE ${numberSql(name, decimal)} IS NOT NULL ORDER BY 1 LIMIT ${MOST_ALONE + 1}`,
  );
  if (numbers.length > MOST_ALONE) return false;
  const found = steppedAmounts([...numbers.map(([text]) => String(text)), ...steps.map(({ text }) => text)], LEAST_STEPS);
  return found?.others.length === 0;
}

/** Different whole numbers, rows of each on average, and stretches of rows in which each stands. */
const [LEAST_NUMBERS, ROWS_EACH, STRETCHES] = [8, 3, 1.2];

/** Whole numbers each of which stands in about one stretch of several rows: the cases of a thing are written one after the other. So do amounts by which a file was sorted: where both may be, no cell is lost. */
async function standInBlocks(session: Session, table: string, name: string): Promise<boolean> {
  const whole = `CASE WHEN regexp_full_match(trim(${name}), '[0-9]+') THEN trim(${name}) END`;
  const [row] = await session.rows(
    `SELECT count(v), count(DISTINCT v), count_if(v IS NOT NULL AND v IS DISTINCT FROM before) FROM (
      SELECT v, lag(v) OVER (ORDER BY n) AS before FROM (SELECT ${whole} AS v, row_number() OVER () AS n FROM ${table}))`,
  );
  const [held = 0, different = 0, stretches = 0] = (row ?? []).map(Number);
  return different >= LEAST_NUMBERS && held >= ROWS_EACH * different && stretches <= STRETCHES * different;
}
