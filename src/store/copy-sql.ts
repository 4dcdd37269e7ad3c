import { literal } from "./session.ts";

/** Different values of a column beyond which it is written without a dictionary. DuckDB makes room for so many for each column, or for a fifth of the rows of a group where nothing is said. */
const MOST_IN_DICTIONARY = 8192;

/** Writes a Parquet file of a version. `rows`: where they are known. No row is looked up by its values, so filters for that would only take time (a tenth of it in wide tables). */
export function copySql(select: string, path: string, rows: number | null): string {
  const dictionary = (rows ?? 0) > 5 * MOST_IN_DICTIONARY ? `, DICTIONARY_SIZE_LIMIT ${MOST_IN_DICTIONARY}` : "";
  return `COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy${dictionary}, WRITE_BLOOM_FILTER false, USE_TMP_FILE false)`;
}
