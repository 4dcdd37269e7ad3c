import { literal } from "./session.ts";

/** Writes a Parquet file of a version. */
export function copySql(select: string, path: string): string {
  return `COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy, USE_TMP_FILE false)`;
}
