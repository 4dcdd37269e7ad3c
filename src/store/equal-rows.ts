import { storeRowNumbers } from "./row-numbers.ts";
import { literal, type Session } from "./session.ts";
import type { Part } from "./version.ts";

/** Columns of one file that are compared. */
export interface Compared {
  readonly file: string;
  readonly stored: readonly string[];
  /** SQL names of those in which a row must hold a value to be compared. */
  readonly present: readonly string[];
}

export function comparedIn(
  parts: readonly Part[],
  isCompared: (name: string) => boolean,
  isNeeded: (name: string) => boolean = () => false,
): readonly Compared[] {
  return parts.flatMap(({ path, stored, columns }) => {
    const named = (holds: (name: string) => boolean) => stored.filter((_, index) => holds(columns[index]?.name ?? ""));
    const compared = named(isCompared);
    return compared.length === 0
      ? []
      : [{ file: `read_parquet(${literal(path)}, file_row_number=true)`, stored: compared, present: named(isNeeded) }];
  });
}

/**
 * Equal rows in two passes, so that memory holds one hash per row and not the rows: first a 64-bit hash of each row; then the rows of those hashes that `having` keeps
 * (the candidates; it is asked of the numbers of a hash's rows) are compared by their values. Of a table in several files each file numbers its
 * candidates by their first equal row, and the numbers are compared together. Makes `equal_rows` of candidates: number, and leader, the first row that it equals.
 * False where there is no candidate: then there is no such table.
 */
export async function findEqualRows(session: Session, compared: readonly Compared[], having: string): Promise<boolean> {
  if (compared.length === 0) return false;
  await findCandidates(session, compared, having);
  return await compareCandidates(session, compared);
}

/** The same of candidates that are known: all rows that equal another are among them. */
export async function findEqualAmong(session: Session, compared: readonly Compared[], candidates: Int32Array): Promise<boolean> {
  if (compared.length === 0) return false;
  await storeRowNumbers(session, "candidates", candidates);
  return await compareCandidates(session, compared);
}

/** Numbers of the rows that may equal another one, ascending: those that share their hash. null where there are more than `most`. */
export async function rowsNotAlone(session: Session, compared: readonly Compared[], most: number): Promise<Int32Array | null> {
  if (compared.length === 0) return null;
  await findCandidates(session, compared, "count(*) > 1");
  const [[count] = []] = await session.rows("SELECT count(*) FROM candidates");
  if (Number(count) > most) return null;
  const found = new Int32Array(Number(count));
  let offset = 0;
  for await (const chunk of session.stream("SELECT CAST(number AS INTEGER) FROM candidates ORDER BY number")) {
    for (const number of chunk.getColumnValues(0)) found[offset++] = Number(number);
  }
  return found;
}

async function findCandidates(session: Session, compared: readonly Compared[], having: string): Promise<void> {
  await session.run(`CREATE TEMP TABLE hashes AS ${hashSql(compared)}`);
  await session.run(
    `CREATE TEMP TABLE candidates AS SELECT number FROM hashes WHERE h IN (SELECT h FROM hashes GROUP BY h HAVING ${having})`,
  );
  await session.run("DROP TABLE hashes");
}

async function compareCandidates(session: Session, compared: readonly Compared[]): Promise<boolean> {
  const [candidates] = await session.rows("SELECT count(*) FROM candidates");
  if (Number(candidates?.[0]) === 0) return false;
  for (const [index, part] of compared.entries()) await session.run(firstEqualSql(part, index));
  const keys = compared.map((_, index) => `f${index}`).join(", ");
  const joined = compared.map((_, index) => `first_${index}`).reduce((sql, name) => `${sql} JOIN ${name} USING (number)`);
  await session.run(`CREATE TEMP TABLE equal_rows AS SELECT number, min(number) OVER (PARTITION BY ${keys}) AS leader FROM ${joined}`);
  return true;
}

function hashSql(parts: readonly Compared[]): string {
  const each = parts.map(({ file, stored, present }, index) => {
    const where = present.length === 0 ? "" : ` WHERE ${present.map((name) => `${name} IS NOT NULL`).join(" AND ")}`;
    return `(SELECT file_row_number AS number, hash(${stored.join(", ")}) AS h${index} FROM ${file}${where}) p${index}`;
  });
  const joined = each.reduce((sql, part) => `${sql} JOIN ${part} USING (number)`);
  return `SELECT number, hash(${parts.map((_, index) => `h${index}`).join(", ")}) AS h FROM ${joined}`;
}

function firstEqualSql({ file, stored }: Compared, index: number): string {
  return `CREATE TEMP TABLE first_${index} AS SELECT number, min(number) OVER (PARTITION BY ${stored.join(", ")}) AS f${index} FROM candidates JOIN ${file} ON number = file_row_number`;
}
