import { statSync } from "node:fs";
import { OldhandError } from "../core/error.ts";
import { periodFormat } from "../core/written-period.ts";
import { aggregate } from "./aggregate.ts";
import type { CellKind } from "./cell-layout.ts";
import { isCode } from "./column-type.ts";
import { copySql } from "./copy-sql.ts";
import { dateSql, guessDate, HEAD_ROWS, isIsoSql, letsZonesIn, plainDateSql } from "./date-pattern.ts";
import { errorText, writeError } from "./io-error.ts";
import { numberSql, plainNumberSql } from "./number-text.ts";
import { storedFacts } from "./parquet-facts.ts";
import { plainPassBeside } from "./plain-beside.ts";
import type { NumberFacts } from "./plain-pass.ts";
import type { OnePass, RawColumn, RawTable } from "./raw-table.ts";
import { literal, type Session } from "./session.ts";
import { FIRST_ROWS, type FirstLook, firstLooks } from "./type-amounts.ts";
import { PART_COLUMNS } from "./version.ts";

/** Rows from which the columns of numbers and dates are guessed, those of a first look; and again where a guess was wrong. What it misses costs another pass, never a wrong cell. */
const GUESS_ROWS = FIRST_ROWS;
const SECOND_GUESS_ROWS = 4000;

/** Passes that may fail at one column each; then all columns are read as texts. */
const MOST_FAILURES = 4;

/** Whole numbers from here on are not told apart by doubles. */
const MOST_EXACT = 2 ** 53;

/** Columns of one file of the version. */
export interface PassColumns {
  readonly columns: readonly RawColumn[];
  /** Their names in SQL while the table is staged, and in the version. */
  readonly names: readonly string[];
  readonly stored: readonly string[];
  /** Position of the first in the file. */
  readonly first: number;
}

export type ReadOnce = RawTable & { readonly onePass: OnePass };

export interface PassResult {
  readonly rows: number;
  /** First looks at the columns of numbers, by their names in SQL. */
  readonly numbers: ReadonlyMap<string, FirstLook>;
  /** The patterns of the columns of dates, all of whose cells are read by them. */
  readonly dates: ReadonlyMap<string, string>;
  /** What was counted of columns of numbers meanwhile. */
  readonly counted: ReadonlyMap<string, NumberFacts>;
}

/** A column that is read as numbers, or as dates. */
type Guess = NumberGuess | { readonly format: string };

interface NumberGuess {
  readonly look: FirstLook;
  /** Its cells have one length, or one before the decimal mark, so some may be codes such as 02134 or 004.678: read as text, which the pass looks at. */
  readonly mayBeCode: boolean;
}

/**
 * Writes the columns to a Parquet file in one pass over the delimited file: columns of plain numbers as numbers, of dates in one pattern as dates, the others as
 * texts. Which ones they are is guessed from the first rows and proved by the pass, which fails at the first cell that is none; then that column is read as text.
 * `withGuesses` false: texts only.
 */
export async function readInOnePass(
  session: Session,
  raw: ReadOnce,
  part: PassColumns,
  path: string,
  withGuesses: boolean,
): Promise<PassResult> {
  let guesses = withGuesses ? await guessColumns(session, raw, part, GUESS_ROWS) : new Map<string, Guess>();
  let isPlain = raw.onePass.plain !== null;
  for (let failures = 0; ; failures++) {
    guesses = withoutOpenPoints(guesses);
    const plain: PlainTry = isPlain ? await readPlain(session, raw, part, guesses, path) : "unusual";
    isPlain = plain !== "unusual";
    const { failed, counted } =
      plain === "unusual" ? { failed: await failedColumns(session, raw, part, guesses, path), counted: NOTHING } : plain;
    if (failed.length === 0) return { rows: await countRows(session, raw, path), ...sorted(guesses), counted };
    const again = failures === 0 ? await guessColumns(session, raw, part, SECOND_GUESS_ROWS) : guesses;
    const rest = new Map([...guesses].filter(([name]) => !failed.includes(name) && again.has(name)));
    guesses = failures < MOST_FAILURES && rest.size < guesses.size ? rest : new Map();
  }
}

const NOTHING: ReadonlyMap<string, NumberFacts> = new Map();

function sorted(guesses: ReadonlyMap<string, Guess>): Omit<PassResult, "rows" | "counted"> {
  const [numbers, dates] = [new Map<string, FirstLook>(), new Map<string, string>()];
  for (const [name, guess] of guesses) {
    if ("format" in guess) dates.set(name, guess.format);
    else numbers.set(name, guess.look);
  }
  return { numbers, dates };
}

/** Columns of which all cells in the first rows are plain numbers, or dates in one pattern. */
async function guessColumns(
  session: Session,
  raw: ReadOnce,
  { columns, names, first }: PassColumns,
  rows: number,
): Promise<Map<string, Guess>> {
  const from = raw.onePass.relation(new Set(), first / PART_COLUMNS);
  const cells = columns.map(({ sql }, index) => `${sql} AS ${names[index]}`).join(", ");
  await session.run(`CREATE OR REPLACE TEMP TABLE first_rows AS SELECT ${cells} FROM ${from} LIMIT ${rows}`);
  const counts = await aggregate(session, "first_rows", names, rows, (name) => [
    `count(${name})`,
    `count(${numberSql(name, raw.decimal)})`,
    `count_if(${isZeroLed(name)})`,
    `min(strlen(${name}))`,
    `max(strlen(${name}))`,
    `count_if(${name} >= '0' AND ${name} < ':')`,
    ...["min", "max"].map((end) => `${end}(strlen(split_part(${name}, '${raw.decimal}', 1)))`),
  ]);
  const looks = await firstLooks(session, { name: "first_rows", rows }, names);
  const digitLed = names.filter((name) => {
    const [present = 0, numeric = 0, , , , led = 0] = (counts.get(name) ?? []).map(Number);
    return present > 0 && numeric === 0 && led === present;
  });
  const guesses = new Map<string, Guess>(await guessDates(session, digitLed));
  await session.run("DROP TABLE first_rows");
  for (const name of names) {
    const [present = 0, numeric = 0, zeroLed = 0, shortest = 0, longest = 0, , least = 0, most = 0] = (counts.get(name) ?? []).map(Number);
    const look = looks.get(name);
    if (look === undefined || present === 0 || numeric < present || isCode({ zeroLed, shortest, longest })) continue;
    // One zero-led cell with a decimal mark makes them codes, as one of one length does.
    const mayBePointed = least === most && most > 1;
    guesses.set(name, { look, mayBeCode: mayBePointed || isCode({ zeroLed: 1, shortest, longest }) });
  }
  return guesses;
}

/** Columns in whose first rows all texts are dates in one pattern, which does not wait for later rows to tell day from month. */
async function guessDates(session: Session, columns: readonly string[]): Promise<[string, Guess][]> {
  if (columns.length === 0) return [];
  const rows = await session.rows(`SELECT ${columns.join(", ")} FROM first_rows LIMIT ${HEAD_ROWS}`);
  return columns.flatMap((name, index): [string, Guess][] => {
    const texts = rows.flatMap((row) => (typeof row[index] === "string" ? [row[index]] : []));
    const [format = null, other] = guessDate(texts, 1)?.formats ?? [];
    // Whether there are enough different periods, and whether some times name no zone, only all rows tell.
    return format === null || other !== undefined || periodFormat(format) !== null || letsZonesIn(format) ? [] : [[name, { format }]];
  });
}

/** Points may stand between thousands where no column shows that they are decimal ones: only texts tell. */
function withoutOpenPoints(guesses: Map<string, Guess>): Map<string, Guess> {
  const looks = [...guesses.values()].flatMap((guess) => ("look" in guess ? [guess.look] : []));
  if (looks.some(({ decimals }) => decimals > 0)) return guesses;
  return new Map([...guesses].filter(([, guess]) => !("look" in guess) || guess.look.points === 0));
}

/** What a pass over plain lines says: the columns that are not what they were guessed to be, or that the lines are none such. */
type PlainTry = { readonly failed: readonly string[]; readonly counted: ReadonlyMap<string, NumberFacts> } | "unusual";

/** Makes the pass without the database, where all lines are plain and no dates are to be read. */
async function readPlain(
  session: Session,
  raw: ReadOnce,
  { columns, names, stored, first }: PassColumns,
  guesses: ReadonlyMap<string, Guess>,
  path: string,
): Promise<PlainTry> {
  const file = raw.onePass.plain?.(first / PART_COLUMNS);
  const isAsWritten = columns.every(({ sql }, place) => sql === `c${first + place}`);
  if (file === undefined || file.width < 2 || !isAsWritten || [...guesses.values()].some((guess) => "format" in guess)) return "unusual";
  const kinds = Array.from({ length: file.width }, (_, place): CellKind => {
    const guess = guesses.get(names[place] ?? "");
    return guess === undefined ? "text" : "look" in guess && guess.mayBeCode ? "careful" : "number";
  });
  const kept = stored.map((name, place) => ({ stored: unquoted(name), place }));
  const result = await plainPassBeside(
    { lines: { ...file, kinds, rows: raw.rows ?? 0, room: session.outsideBytes }, kept, to: path },
    statSync(file.path).size,
  ).catch((error: unknown) => {
    throw writeError(error, path);
  });
  if (result === "unusual") return "unusual";
  if ("facts" in result) {
    const counted = new Map(
      names.flatMap((name, place): [string, NumberFacts][] => {
        const facts = result.facts?.[place] ?? null;
        return facts === null ? [] : [[name, facts]];
      }),
    );
    return { failed: await inexactNumbers(session, names, stored, guesses, path), counted };
  }
  const isRead = `${plainNumberSql("cell", ".")} IS NOT NULL AND NOT contains(cell, '_')`;
  const isCareful = kinds[result.column] === "careful" ? ` AND NOT (${isZeroLed("cell")})` : "";
  const [[isNumber] = []] = await session.rows(`SELECT ${isRead}${isCareful} FROM (SELECT ${literal(result.cell)} AS cell)`);
  return isNumber === true ? "unusual" : { failed: [names[result.column] ?? ""], counted: NOTHING };
}

/** Makes the pass. Names the columns that are not all what they were guessed to be; all of them when the reader does not say which. */
async function failedColumns(
  session: Session,
  raw: ReadOnce,
  { columns, names, stored, first }: PassColumns,
  guesses: ReadonlyMap<string, Guess>,
  path: string,
): Promise<string[]> {
  const isRead = (guess: Guess | undefined) => guess !== undefined && "look" in guess && !guess.mayBeCode && raw.onePass.readsNumbers;
  const select = columns.map(({ sql }, index) => {
    const guess = guesses.get(names[index] ?? "");
    const value = guess === undefined ? sql : isRead(guess) ? `c${first + index}` : provingSql(sql, guess, raw.decimal, first + index);
    return `${value} AS ${stored[index]}`;
  });
  const asNumbers = new Set(names.flatMap((name, index) => (isRead(guesses.get(name)) ? [first + index] : [])));
  try {
    await session.run(copySql(`SELECT ${select.join(", ")} FROM ${raw.onePass.relation(asNumbers, first / PART_COLUMNS)}`, path, raw.rows));
  } catch (error) {
    if (error instanceof OldhandError || guesses.size === 0) throw error;
    const position = /column "c(\d+)"/.exec(errorText(error))?.[1];
    const name = position === undefined ? undefined : names[Number(position) - first];
    return name === undefined ? [...guesses.keys()] : [name];
  }
  return inexactNumbers(session, names, stored, guesses, path);
}

/** Columns of numbers of the written file that are not exact, or no numbers to us. */
async function inexactNumbers(
  session: Session,
  names: readonly string[],
  stored: readonly string[],
  guesses: ReadonlyMap<string, Guess>,
  path: string,
): Promise<string[]> {
  const facts = await storedFacts(session, path);
  const open = [...sorted(guesses).numbers.keys()].filter((name) => {
    const { present = 0, range = null } = facts[names.indexOf(name)] ?? {};
    return present > 0 && (range === null || Math.max(-range.low, range.high) >= MOST_EXACT);
  });
  return await inexactColumns(session, path, new Map(open.map((name) => [name, stored[names.indexOf(name)] ?? ""])));
}

/** Columns with infinities, which are none to us, or with numbers so large that their texts must tell whether they are codes. `columns`: stored by name. */
async function inexactColumns(session: Session, path: string, columns: ReadonlyMap<string, string>): Promise<string[]> {
  if (columns.size === 0) return [];
  const counts = [...columns.values()].map((stored) => `count_if(NOT abs(${stored}) < ${MOST_EXACT})`);
  const [row = []] = await session.rows(`SELECT ${counts.join(", ")} FROM read_parquet(${literal(path)})`);
  return [...columns.keys()].filter((_, index) => Number(row[index]) > 0);
}

async function countRows(session: Session, raw: RawTable, path: string): Promise<number> {
  const [[rows] = []] = await session.rows(`SELECT count(*) FROM read_parquet(${literal(path)})`);
  if (raw.rows !== null && Number(rows) !== raw.rows) throw new Error(`the reader gave ${rows} rows where ${raw.rows} were counted`);
  return Number(rows);
}

/** A cell as a date or a number; the query fails where it is none, or where a number begins with 0 and another digit. */
function provingSql(cell: string, guess: Guess, decimal: "." | ",", position: number): string {
  const fail = `error('not what was guessed in column "c${position}"')`;
  if ("format" in guess) {
    // Where it changes to ISO 8601 it is written in two ways, which counting tells.
    const odd = guess.format.startsWith("%Y-%m-%d") ? "false" : isIsoSql(cell);
    const read = `coalesce(${plainDateSql(cell, guess.format)}, CASE WHEN NOT (${odd}) THEN ${dateSql(cell, guess.format)} END, ${fail})`;
    return `CASE WHEN ${cell} IS NULL THEN NULL ELSE ${read} END`;
  }
  const isOdd = `${isZeroLed(cell)} OR contains(${cell}, '_')`;
  return `CASE WHEN ${cell} IS NULL THEN NULL WHEN ${isOdd} THEN ${fail} ELSE coalesce(${plainNumberSql(cell, decimal)}, ${fail}) END`;
}

/** The name that an SQL identifier writes. */
function unquoted(identifier: string): string {
  return identifier.slice(1, -1).replaceAll('""', '"');
}

function isZeroLed(cell: string): string {
  return `${cell} >= '00' AND ${cell} < '0:'`;
}
