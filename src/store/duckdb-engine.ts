import type { Dataset } from "../core/dataset.ts";
import { aggregate } from "./aggregate.ts";
import { countBeyond, findExtremes, findRanges } from "./beyond-bounds.ts";
import { countDuplicates } from "./duplicates.ts";
import { comparedIn, rowsNotAlone } from "./equal-rows.ts";
import { countHeld } from "./held-rows.ts";
import { inTurn } from "./in-turn.ts";
import { countConflicts } from "./label-conflicts.ts";
import { literal, type Session, type SessionOptions, withSession } from "./session.ts";
import type { DuplicateGroups, TableEngine } from "./table-engine.ts";
import { countOverlap } from "./test-overlap.ts";
import { type Part, partsOf, spillFolder } from "./version.ts";

export type EngineOptions = SessionOptions & { readonly dataFolder: string };

/** A TableEngine over the Parquet files of a version. Each call opens and closes its own session, and waits for the ones before: a session may take all memory that there is. */
export function duckdbEngine(dataset: Dataset, options: EngineOptions): TableEngine {
  const parts = partsOf(options.dataFolder, dataset.version, dataset.columns);
  const run = inTurn();
  const work = <T>(task: (session: Session) => Promise<T>) => run(() => withSession(options, spillFolder(options.dataFolder), task));
  const known = new Map<string, Promise<Int32Array | null>>();
  const notAlone = (columns: readonly string[]) => {
    const key = keyOf(columns);
    const before = known.get(key);
    if (before !== undefined) return before;
    const named = new Set(columns);
    const compared = comparedIn(parts, (name) => named.has(name));
    const found = work((session) => rowsNotAlone(session, compared, MOST_NOT_ALONE));
    known.set(key, found);
    // What failed may succeed when it is asked again.
    found.catch(() => known.delete(key));
    return found;
  };
  return {
    countMissing: async (columns) => {
      const present = await work(async (session) => counts(session, parts, columns, dataset.rows, (name) => `count(${name})`));
      return new Map([...present].map(([name, number]) => [name, dataset.rows - number]));
    },
    exactDistinct: (columns) => work(async (session) => counts(session, parts, columns, dataset.rows, (name) => `count(DISTINCT ${name})`)),
    rowsHolding: (lists) => work((session) => countHeld(session, parts, lists)),
    ranges: (columns) => work((session) => findRanges(session, parts, columns)),
    extremes: (columns, most) => work((session) => findExtremes(session, parts, columns, most)),
    beyond: (bounds, most) => work((session) => countBeyond(session, parts, bounds, most)),
    labelConflicts: async (features, labels) => {
      const among = known.has(keyOf(features)) ? await notAlone(features) : null;
      return await work((session) => countConflicts(session, parts, new Set(features), labels, among));
    },
    duplicateGroups: async (ignoring, unlike = []) => {
      const ignored = new Set(ignoring);
      const among = unlike.length === 0 || unlike.some((name) => ignored.has(name)) ? null : await notAlone(unlike);
      return await work((session) => countDuplicates(session, parts, ignored, among));
    },
    testOverlap: (longer, columns, present) =>
      work((session) => {
        const both = partsOf(options.dataFolder, longer.version, longer.columns);
        return countOverlap(session, both, dataset.rows, new Set(columns), new Set(present));
      }),
  };
}

/** Rows that share a hash over some columns; of more, comparing all rows once more takes no longer than keeping them. */
const MOST_NOT_ALONE = 1e6;

function keyOf(columns: readonly string[]): string {
  return JSON.stringify(columns.toSorted());
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
    for (const type of ["number", "date", "category", "text"] as const) {
      const stored = part.stored.filter((_, index) => part.columns[index]?.type === type && wanted.has(part.columns[index]?.name ?? ""));
      const facts = await aggregate(session, `read_parquet(${literal(part.path)})`, stored, rows, (name) => [sql(name)]);
      for (const name of stored) found.set(part.columns[part.stored.indexOf(name)]?.name ?? "", Number(facts.get(name)?.[0] ?? 0));
    }
  }
  return found;
}
