import { literal, type Session } from "./session.ts";

/** What a Parquet file's own statistics say of a column. */
export interface StoredFacts {
  readonly present: number;
  /** The smallest and the largest value of a column of numbers; null where the statistics do not tell: none are written where a NaN or an infinity stands. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

/** Of all columns of a file of a version, in their order. No cell is read. */
export async function storedFacts(session: Session, path: string): Promise<StoredFacts[]> {
  const [low, high] = ["min", "max"].map((end) => `TRY_CAST(stats_${end}_value AS DOUBLE)`);
  const rows = await session.rows(
    `SELECT sum(num_values - stats_null_count),
      bool_and(stats_null_count = num_values OR coalesce(isfinite(${low}) AND isfinite(${high}), false)),
      min(${low}), max(${high})
    FROM parquet_metadata(${literal(path)}) GROUP BY column_id ORDER BY column_id`,
  );
  return rows.map(([present, isTold, least, most]) => ({
    present: Number(present),
    // Statistics may write 0 as -0.
    range: isTold === true && least !== null && most !== null ? { low: Number(least) + 0, high: Number(most) + 0 } : null,
  }));
}
