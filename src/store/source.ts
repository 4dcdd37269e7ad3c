import type { Dataset, Dialect } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import type { Json } from "../core/json.ts";
import type { Said } from "../core/reading-note.ts";
import type { NamedRows, ShiftRule } from "../core/shifted-row.ts";
import type { RawTable } from "./raw-table.ts";
import type { Session } from "./session.ts";

/** A user's table, checked, ready to be read by DuckDB. */
export interface Source {
  /** As the dataset calls it; without passwords. */
  readonly name: string;
  readonly bytes: number;
  readonly format: string;
  readonly dialect: Dialect | null;
  /** No line end follows the last row. */
  readonly endsOpen?: boolean;
  /** Names of the columns where they stand in a row that could be data; null where the format names them. */
  readonly names: readonly string[] | null;
  /** The name of what it was read as, and whether its own bytes say so; absent: UTF-8, or no text. */
  readonly encoding?: { readonly name: string; readonly isSure: boolean };
  /** SHA-256 of the bytes; of a database, of the rows as they came. */
  readonly contentHash: string;
  /** How it is read: with the bytes it decides the version. */
  readonly how: Json;
  /** `cells`: with the types of the file (default), or as texts where what a type makes of a value would hide how it is written. */
  table(session: Session, cells?: Cells): Promise<ReadTable>;
  /** Lines that were taken for no rows; absent: none. */
  readonly leftOut?: readonly Said[];
  /** What is wrong with the file where reading its rows failed later than that; null or absent: nothing that is known. */
  explain?(): Promise<OldhandError | null>;
  /** Removes what was written to make it readable. */
  close(): void;
}

export interface ReadTable {
  readonly raw: RawTable;
  readonly notes: readonly Said[];
  /** How rows that stand one column to the right were known; absent: none were moved back. */
  readonly shifted?: ShiftRule;
  /** Rows that fill a last column without a name and were left as they are; absent: none. */
  readonly overfull?: NamedRows;
}

export type Cells = "typed" | "written";

/** What a dataset keeps of its source. */
export function originOf({ name, bytes, format, dialect, endsOpen }: Source): Dataset["source"] {
  return { name, bytes, format, dialect, ...(endsOpen === true ? { endsOpen } : {}) };
}

/** What reading a source failed with, as the user should see it. */
export async function explained(error: unknown, source: Source): Promise<unknown> {
  return error instanceof OldhandError ? error : ((await source.explain?.()) ?? error);
}

/** Where a source may write, and how much memory it may take. */
export interface Desk {
  /** Takes temporary copies. */
  readonly workFolder: string;
  readonly memoryBytes: number;
  /** Delimited files from so many bytes on are read once (`OnePass`); absent: what measured best. */
  readonly onePassBytes?: number;
  /** Columns that the question needs: of several tables in one file, one that has them is proposed. */
  readonly wanted?: readonly string[];
  /** false: lines under the header are rows, whatever they say. */
  readonly secondHeader?: false;
  /** How rows that stand one column to the right were known in the training file; absent: it had none, or this is the training file. */
  readonly shifted?: ShiftRule;
  /** What the training file, or another table like it, was read as (`encodingOf`): few words do not say it by themselves; absent: UTF-8, or there is none. */
  readonly encoding?: string;
}
