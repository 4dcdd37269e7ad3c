import type { Column, Frame } from "../core/column.ts";
import type { Dataset } from "../core/dataset.ts";
import { loadColumns } from "./load-columns.ts";
import { storeRowNumbers } from "./row-numbers.ts";
import { sampleRows } from "./sample-rows.ts";
import { literal, type Session, withSession } from "./session.ts";
import { inLanes } from "./side-by-side.ts";
import { type Part, partsOf, spillFolder } from "./version.ts";

export interface LoadOptions {
  readonly dataFolder: string;
  /** Names of the wanted columns, in that order; all when absent. */
  readonly columns?: readonly string[];
  /** At most this many rows: a uniform sample by the seed, in the order of the table. */
  readonly maxRows?: number;
  /** These rows of the table, ascending, instead. */
  readonly rows?: Int32Array;
  readonly seed: number;
  readonly memoryBytes: number;
  readonly threads: number;
}

/**
 * Columns of a dataset version in shared memory. Levels are sorted by text (by UTF-8 bytes) and hold what occurs in the loaded rows.
 * `rowNumbers` is null when all rows are loaded. @throws RangeError for a column that is not there.
 */
export async function loadFrame(dataset: Dataset, options: LoadOptions): Promise<Frame> {
  const wanted = options.columns ?? dataset.columns.map((column) => column.name);
  const known = new Set(dataset.columns.map((column) => column.name));
  const unknown = wanted.find((name) => !known.has(name));
  if (unknown !== undefined) throw new RangeError(`no column "${unknown}" in dataset ${dataset.version}`);
  const { maxRows } = options;
  const rowNumbers =
    options.rows ?? (maxRows !== undefined && maxRows < dataset.rows ? sampleRows(dataset.rows, maxRows, options.seed) : null);
  const rows = rowNumbers?.length ?? dataset.rows;
  const loaded = new Map<string, Column>();
  const parts = partsOf(options.dataFolder, dataset.version, dataset.columns);
  await withSession(options, spillFolder(options.dataFolder), async (session) => {
    const columns = await inLanes(session, parts.length, async (place, { session: lane, isFirst }) => {
      if (rowNumbers !== null && isFirst) await storeRowNumbers(lane, "picked_rows", rowNumbers);
      const part = parts[place];
      return part === undefined ? [] : await loadPart(lane, part, new Set(wanted), rows, rowNumbers !== null);
    });
    for (const column of columns.flat()) loaded.set(column.name, column);
  });
  return { rows, columns: wanted.flatMap((name) => loaded.get(name) ?? []), rowNumbers };
}

async function loadPart(session: Session, part: Part, wanted: ReadonlySet<string>, rows: number, sampled: boolean): Promise<Column[]> {
  const chosen = part.columns.flatMap((info, index) => (wanted.has(info.name) ? [{ info, stored: part.stored[index] ?? "" }] : []));
  if (chosen.length === 0) return [];
  const path = literal(part.path);
  if (!sampled) return loadColumns(session, `read_parquet(${path})`, chosen, rows);
  const from = `read_parquet(${path}, file_row_number=true) SEMI JOIN picked_rows ON file_row_number = number`;
  const stored = chosen.map((one) => one.stored).join(", ");
  await session.run(`CREATE OR REPLACE TEMP TABLE picked AS SELECT ${stored} FROM ${from} ORDER BY file_row_number`);
  return loadColumns(session, "picked", chosen, rows);
}
