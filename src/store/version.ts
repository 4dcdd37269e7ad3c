import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ColumnInfo, Dataset } from "../core/dataset.ts";
import { storedNames } from "./column-names.ts";
import { makeFolders } from "./make-folder.ts";
import { identifier } from "./session.ts";

/** Columns in one Parquet file. Wider tables are kept in several, since DuckDB holds a buffer for each column of a file. */
export const PART_COLUMNS = 250;

export interface Part {
  readonly path: string;
  /** SQL name of each column in the file, in the order of `columns`. */
  readonly stored: readonly string[];
  readonly columns: readonly ColumnInfo[];
}

/** Where a version lies: `<version>.parquet`, and for wide tables `<version>-1.parquet`, ... */
export function partsOf(dataFolder: string, version: string, columns: readonly ColumnInfo[]): Part[] {
  const stored = storedNames(columns.map((column) => column.name)).map(identifier);
  return Array.from({ length: Math.max(1, Math.ceil(columns.length / PART_COLUMNS)) }, (_, part) => ({
    path: partPath(dataFolder, version, part),
    stored: stored.slice(part * PART_COLUMNS, (part + 1) * PART_COLUMNS),
    columns: columns.slice(part * PART_COLUMNS, (part + 1) * PART_COLUMNS),
  }));
}

export function partPath(dataFolder: string, version: string, part: number): string {
  return join(dataFolder, `${version}${part === 0 ? "" : `-${part}`}.parquet`);
}

export function manifestPath(dataFolder: string, version: string): string {
  return join(dataFolder, `${version}.json`);
}

/** The dataset of a version that is there whole, or null. The manifest is written last, so it vouches for the rest. */
export function readVersion(dataFolder: string, version: string): Dataset | null {
  const path = manifestPath(dataFolder, version);
  if (!existsSync(path)) return null;
  try {
    const dataset = JSON.parse(readFileSync(path, "utf8")) as Dataset;
    return partsOf(dataFolder, version, dataset.columns).every((part) => existsSync(part.path)) ? dataset : null;
  } catch {
    return null;
  }
}

/** Where DuckDB spills to while it works on this folder. */
export function spillFolder(dataFolder: string): string {
  makeFolders(dataFolder);
  return join(dataFolder, `.spill-${process.pid}`);
}
