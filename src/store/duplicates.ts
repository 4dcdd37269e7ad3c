import { literal, type Session } from "./session.ts";
import type { DuplicateGroups } from "./table-engine.ts";
import type { Part } from "./version.ts";

const SAMPLE = 20;
const NONE: DuplicateGroups = { rows: 0, groups: 0, sample: [], repeats: new Int32Array(0) };

/**
 * Equal rows in two passes, so that memory holds one hash per row and not the rows: first a 64-bit hash of each row; then the rows whose
 * hash occurs more than once (the candidates) are compared by their values. Of a table in several files each file numbers its
 * candidates by their first equal row, and the numbers are compared together.
 */
export async function countDuplicates(session: Session, parts: readonly Part[], ignoring: ReadonlySet<string>): Promise<DuplicateGroups> {
  const compared = parts.flatMap((part) => {
    const stored = part.stored.filter((_, index) => !ignoring.has(part.columns[index]?.name ?? ""));
    return stored.length === 0 ? [] : [{ file: `read_parquet(${literal(part.path)}, file_row_number=true)`, stored }];
  });
  if (compared.length === 0) return NONE;
  await session.run(`CREATE TEMP TABLE hashes AS ${hashSql(compared)}`);
  await session.run(
    "CREATE TEMP TABLE candidates AS SELECT number FROM hashes WHERE h IN (SELECT h FROM hashes GROUP BY h HAVING count(*) > 1)",
  );
  await session.run("DROP TABLE hashes");
  const [candidates] = await session.rows("SELECT count(*) FROM candidates");
  if (Number(candidates?.[0]) === 0) return NONE;
  for (const [index, part] of compared.entries()) await session.run(firstEqualSql(part, index));
  const keys = compared.map((_, index) => `f${index}`).join(", ");
  const joined = compared.map((_, index) => `first_${index}`).reduce((sql, name) => `${sql} JOIN ${name} USING (number)`);
  await session.run(`CREATE TEMP TABLE equal_rows AS SELECT number, min(number) OVER (PARTITION BY ${keys}) AS leader FROM ${joined}`);
  const [row] = await session.rows("SELECT count(DISTINCT leader) FROM equal_rows WHERE number <> leader");
  const repeats: number[] = [];
  for await (const chunk of session.stream("SELECT CAST(number AS INTEGER) FROM equal_rows WHERE number <> leader ORDER BY number")) {
    for (const number of chunk.getColumnValues(0)) repeats.push(Number(number));
  }
  return { rows: repeats.length, groups: Number(row?.[0] ?? 0), sample: repeats.slice(0, SAMPLE), repeats: Int32Array.from(repeats) };
}

interface Compared {
  readonly file: string;
  readonly stored: readonly string[];
}

function hashSql(parts: readonly Compared[]): string {
  const each = parts.map(
    ({ file, stored }, index) => `(SELECT file_row_number AS number, hash(${stored.join(", ")}) AS h${index} FROM ${file}) p${index}`,
  );
  const joined = each.reduce((sql, part) => `${sql} JOIN ${part} USING (number)`);
  return `SELECT number, hash(${parts.map((_, index) => `h${index}`).join(", ")}) AS h FROM ${joined}`;
}

function firstEqualSql({ file, stored }: Compared, index: number): string {
  return `CREATE TEMP TABLE first_${index} AS SELECT number, min(number) OVER (PARTITION BY ${stored.join(", ")}) AS f${index} FROM candidates JOIN ${file} ON number = file_row_number`;
}
