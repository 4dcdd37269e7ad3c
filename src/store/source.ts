import type { Dialect } from "../core/dataset.ts";
import type { Json } from "../core/json.ts";
import type { RawTable } from "./raw-table.ts";
import type { Session } from "./session.ts";

/** A user's file, checked, ready to be read by DuckDB. */
export interface Source {
  readonly format: string;
  readonly dialect: Dialect | null;
  /** SHA-256 of the bytes. */
  readonly contentHash: string;
  /** How it is read: with the bytes it decides the version. */
  readonly how: Json;
  table(session: Session): Promise<{ raw: RawTable; notes: readonly string[] }>;
  /** Removes what was written to make it readable. */
  close(): void;
}
