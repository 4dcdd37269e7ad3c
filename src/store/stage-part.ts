import { rmSync } from "node:fs";
import { temporaryName } from "./atomic.ts";
import { decideType, type TypeDecision } from "./column-type.ts";
import { type PassColumns, type ReadOnce, readInOnePass } from "./one-pass.ts";
import { type StoredFacts, storedFacts } from "./parquet-facts.ts";
import type { NumberFacts } from "./plain-pass.ts";
import type { RawKind, RawTable } from "./raw-table.ts";
import { literal, type Session } from "./session.ts";
import { type FirstLook, TextsNeeded } from "./type-amounts.ts";
import { typeTextColumns, typeWordColumns } from "./type-columns.ts";
import { PART_COLUMNS } from "./version.ts";

/** The columns of one file of a version in the table or view `raw`, and how their texts are to be read. */
export interface StagedPart {
  readonly rows: number;
  readonly decisions: ReadonlyMap<string, TypeDecision>;
  /** SQL names of columns that are numbers or dates there already, by our rule. */
  readonly ready: ReadonlySet<string>;
  /** What is known already of columns that are numbers there. */
  readonly counted: ReadonlyMap<string, NumberFacts>;
  /** The Parquet file under the view, its columns named as in the version; null for a table. */
  readonly file: string | null;
  drop(): Promise<void>;
}

/** @param path where the file of the version will be */
export async function stagePart(session: Session, raw: RawTable, part: PassColumns, path: string): Promise<StagedPart> {
  if (isReadOnce(raw) && part.columns.every(({ kind }) => kind === "text")) return stageFile(session, raw, part, temporaryName(path));
  const from = raw.partRelation?.(part.first / PART_COLUMNS) ?? raw.relation;
  const rows = await stage(
    session,
    from,
    part.columns.map(({ sql }) => sql),
    part.names,
  );
  if (raw.rows !== null && rows !== raw.rows) throw new Error(`the reader gave ${rows} rows where ${raw.rows} were counted`);
  const ofKind = (kind: RawKind) => part.names.filter((_, index) => part.columns[index]?.kind === kind);
  const decisions = new Map([
    ...(await typeTextColumns(session, "raw", ofKind("text"), rows, raw.decimal, [], titlesOf(part))),
    ...(await typeWordColumns(session, "raw", ofKind("words"), rows, titlesOf(part))),
  ]);
  return { rows, decisions, ready: new Set(), counted: new Map(), file: null, drop: () => session.run("DROP TABLE raw") };
}

/** Its parts are files that any session can read. */
export function isReadOnce(raw: RawTable): raw is ReadOnce {
  return raw.onePass !== undefined && raw.onePass !== null;
}

/** Stages one expression per column in the table `raw` and gives its number of rows. */
export async function stage(session: Session, relation: string, expressions: readonly string[], names: readonly string[]): Promise<number> {
  const [counted] = await session.rows(
    `CREATE OR REPLACE TEMP TABLE raw AS SELECT ${expressions.map((sql, index) => `${sql} AS ${names[index]}`).join(", ")} FROM ${relation}`,
  );
  return Number(counted?.[0] ?? 0);
}

async function stageFile(session: Session, raw: ReadOnce, part: PassColumns, file: string): Promise<StagedPart> {
  try {
    return await stageGuessed(session, raw, part, file, true).catch((error: unknown) => {
      if (!(error instanceof TextsNeeded)) throw error;
      return stageGuessed(session, raw, part, file, false);
    });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

async function stageGuessed(session: Session, raw: ReadOnce, part: PassColumns, file: string, withGuesses: boolean): Promise<StagedPart> {
  const { rows, numbers, dates, counted } = await readInOnePass(session, raw, part, file, withGuesses);
  const columns = part.names.map((name, index) => `${part.stored[index]} AS ${name}`).join(", ");
  await session.run(`CREATE OR REPLACE TEMP VIEW raw AS SELECT ${columns} FROM read_parquet(${literal(file)})`);
  const texts = part.names.filter((name) => !numbers.has(name) && !dates.has(name));
  const decisions = new Map([
    ...decideRead(part.names, numbers, dates, await storedFacts(session, file)),
    ...(await typeTextColumns(session, "raw", texts, rows, raw.decimal, [...numbers.values()], titlesOf(part))),
  ]);
  const drop = async () => {
    await session.run("DROP VIEW raw");
    rmSync(file, { force: true });
  };
  return { rows, decisions, ready: new Set([...numbers.keys(), ...dates.keys()]), counted, file, drop };
}

/** Names of the columns in the file, by their SQL names. */
function titlesOf({ columns, names }: PassColumns): ReadonlyMap<string, string> {
  return new Map(names.map((name, index) => [name, columns[index]?.name ?? ""]));
}

/** What counting the texts of plain numbers and dates would say. `names`: of the columns of the file, in their order. */
function decideRead(
  names: readonly string[],
  numbers: ReadonlyMap<string, FirstLook>,
  dates: ReadonlyMap<string, string>,
  facts: readonly StoredFacts[],
): Map<string, TypeDecision> {
  const lengths = { strays: null, zeroLed: 0, tooBig: 0, shortest: 0, longest: 0, words: null };
  return new Map(
    names.flatMap((name, index): [string, TypeDecision][] => {
      const present = facts[index]?.present ?? 0;
      const format = dates.get(name);
      if (format !== undefined) {
        const date = { format, cells: present, blanks: 0, why: "" };
        return [[name, decideType({ ...lengths, present, numeric: 0, date })]];
      }
      return numbers.has(name) ? [[name, decideType({ ...lengths, present, numeric: present, date: null })]] : [];
    }),
  );
}
