import type { Dataset } from "../core/dataset.ts";
import { countDuplicates } from "./duplicates.ts";
import { literal, type Session, type SessionOptions, withSession } from "./session.ts";
import type { DuplicateGroups, TableEngine } from "./table-engine.ts";
import { aggregate } from "./type-columns.ts";
import { type Part, partsOf, spillFolder } from "./version.ts";

export type EngineOptions = SessionOptions & { readonly dataFolder: string };

/** A TableEngine over the Parquet files of a version. Each call opens and closes its own session. */
export function duckdbEngine(dataset: Dataset, options: EngineOptions): TableEngine {
  const parts = partsOf(options.dataFolder, dataset.version, dataset.columns);
  const work = <T>(task: (session: Session) => Promise<T>) => withSession(options, spillFolder(options.dataFolder), task);
  return {
    countMissing: (columns) =>
      work(async (session) => counts(session, parts, columns, dataset.rows, (name) => `count(*) - count(${name})`)),
    exactDistinct: (columns) => work(async (session) => counts(session, parts, columns, dataset.rows, (name) => `count(DISTINCT ${name})`)),
    duplicateGroups: (ignoring) => work((session) => countDuplicates(session, parts, new Set(ignoring))),
  };
}

/** `duckdbEngine(dataset, options).duplicateGroups(ignoring)`. */
export function duplicateGroups(dataset: Dataset, ignoring: readonly string[], options: EngineOptions): Promise<DuplicateGroups> {
  return duckdbEngine(dataset, options).duplicateGroups(ignoring);
}

async function counts(
  session: Session,
  parts: readonly Part[],
  columns: readonly string[],
  rows: number,
  sql: (stored: string) => string,
): Promise<Map<string, number>> {
  const wanted = new Set(columns);
  const found = new Map<string, number>();
  for (const part of parts) {
    const chosen = part.columns.flatMap((column, index) =>
      wanted.has(column.name) ? [{ name: column.name, stored: part.stored[index] ?? "" }] : [],
    );
    const from = `read_parquet(${literal(part.path)})`;
    const facts = await aggregate(
      session,
      from,
      chosen.map((one) => one.stored),
      rows,
      (stored) => [sql(stored)],
    );
    for (const { name, stored } of chosen) found.set(name, Number(facts.get(stored)?.[0] ?? 0));
  }
  return found;
}
