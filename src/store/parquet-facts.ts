import { literal, type Session } from "./session.ts";

/** What a Parquet file's own statistics say of a column. */
export interface StoredFacts {
  readonly present: number;
  /** The largest absolute value of a column of numbers; null where the statistics do not tell: DuckDB writes none where a NaN or an infinity stands. */
  readonly largest: number | null;
}

/** Of all columns of a file that DuckDB wrote, in their order. No cell is read. */
export async function storedFacts(session: Session, path: string): Promise<StoredFacts[]> {
  const number = (name: string) => `abs(TRY_CAST(${name} AS DOUBLE))`;
  const isEmpty = "stats_null_count = num_values";
  const rows = await session.rows(
    `SELECT sum(num_values - stats_null_count),
      bool_and(${isEmpty} OR coalesce(isfinite(${number("stats_min_value")}) AND isfinite(${number("stats_max_value")}), false)),
      coalesce(max(greatest(${number("stats_min_value")}, ${number("stats_max_value")})), 0)
    FROM parquet_metadata(${literal(path)}) GROUP BY column_id ORDER BY column_id`,
  );
  return rows.map(([present, isTold, largest]) => ({ present: Number(present), largest: isTold === true ? Number(largest) : null }));
}
