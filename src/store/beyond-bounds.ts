import type { BeyondBounds, ColumnBounds, Extremes } from "../core/whole-counts.ts";
import { sqlOf } from "./held-rows.ts";
import { type StoredFacts, storedFacts } from "./parquet-facts.ts";
import { literal, type Session } from "./session.ts";
import type { Part } from "./version.ts";

/** One pass over each file counts all columns; those that have such rows are asked for their values, one after the other. */
export async function countBeyond(
  session: Session,
  parts: readonly Part[],
  bounds: readonly ColumnBounds[],
  most: number,
): Promise<BeyondBounds[]> {
  const asked = bounds.map((one) => conditionOf(parts, one));
  const found: BeyondBounds[] = bounds.map(() => ({ rows: 0, values: [] }));
  for (const part of parts) {
    const own = asked.map((one, place) => ({ ...one, place })).filter((one) => one.part === part);
    if (own.length === 0) continue;
    const from = `FROM read_parquet(${literal(part.path)})`;
    const [counts = []] = await session.rows(`SELECT ${own.map(({ sql }) => `count_if(${sql})`).join(", ")} ${from}`);
    for (const [i, { place, stored, sql }] of own.entries()) {
      const rows = Number(counts[i] ?? 0);
      if (rows === 0) continue;
      const values = await session.rows(`SELECT ${stored} AS v, count(*) ${from} WHERE ${sql} GROUP BY v ORDER BY v LIMIT ${most}`);
      found[place] = { rows, values: values.map((row) => ({ value: Number(row[0]), rows: Number(row[1]) })) };
    }
  }
  return found;
}

/** Answered from the statistics of the files, or in a pass where they have none. */
export async function findRanges(session: Session, parts: readonly Part[], columns: readonly string[]) {
  const asked = columns.map((column) => placeOf(parts, column));
  const found: StoredFacts["range"][] = columns.map(() => null);
  for (const part of parts) {
    const own = [...asked.keys()].filter((place) => asked[place]?.part === part);
    if (own.length === 0) continue;
    // The database itself answers min and max from the statistics of files that it wrote, but not of ours.
    const facts = await storedFacts(session, part.path);
    const factsOf = (place: number) => facts[part.stored.indexOf(asked[place]?.stored ?? "")];
    for (const place of own) found[place] = factsOf(place)?.range ?? null;
    const untold = own.filter((place) => found[place] === null && factsOf(place)?.present !== 0);
    if (untold.length === 0) continue;
    const ends = untold.flatMap((place) => ["min", "max"].map((end) => `${end}(${withoutNaN(asked[place]?.stored ?? "")})`));
    const [row = []] = await session.rows(`SELECT ${ends.join(", ")} FROM read_parquet(${literal(part.path)})`);
    for (const [i, place] of untold.entries()) {
      const [low, high] = [row[2 * i] ?? null, row[2 * i + 1] ?? null];
      found[place] = low === null || high === null ? null : { low: Number(low), high: Number(high) };
    }
  }
  return found;
}

/** NaN is the largest number to DuckDB. A FILTER for each of many columns would take a time that grows with their square. */
function withoutNaN(stored: string): string {
  return `nullif(CAST(${stored} AS DOUBLE), 'NaN'::DOUBLE)`;
}

/** One pass over each file. */
export async function findExtremes(
  session: Session,
  parts: readonly Part[],
  columns: readonly string[],
  most: number,
): Promise<Extremes[]> {
  const asked = columns.map((column) => placeOf(parts, column));
  const found: Extremes[] = columns.map(() => ({ low: [], high: [] }));
  for (const part of parts) {
    const own = asked.map((one, place) => ({ ...one, place })).filter((one) => one.part === part);
    if (own.length === 0) continue;
    const sql = own.flatMap(({ stored }) => ["min", "max"].map((end) => `to_json(${end}(${withoutNaN(stored)}, ${most}))::VARCHAR`));
    const [ends = []] = await session.rows(`SELECT ${sql.join(", ")} FROM read_parquet(${literal(part.path)})`);
    for (const [i, { place }] of own.entries()) {
      const [low = [], high = []] = [ends[2 * i], ends[2 * i + 1]].map((text) => (JSON.parse(String(text ?? "null")) ?? []) as number[]);
      found[place] = { low, high: high.toReversed() };
    }
  }
  return found;
}

function placeOf(parts: readonly Part[], column: string) {
  const part = parts.find(({ columns }) => columns.some(({ name }) => name === column));
  const stored = part?.stored[part.columns.findIndex(({ name }) => name === column)];
  if (part === undefined || stored === undefined) throw new RangeError(`no column "${column}"`);
  return { part, stored };
}

function conditionOf(parts: readonly Part[], { column, low, high }: ColumnBounds) {
  const { part, stored } = placeOf(parts, column);
  const limits = [...(low === null ? [] : [`${stored} < ${sqlOf(low)}`]), ...(high === null ? [] : [`${stored} > ${sqlOf(high)}`])];
  return { part, stored, sql: limits.length === 0 ? "false" : limits.join(" OR ") };
}
