/** Counts of two categories together, rows x columns, row-major. Counts may be weights. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly counts: Float64Array;
}

/** Table of two code columns; pairs with a missing side (code < 0) are left out. */
export function crossTable(
  a: ArrayLike<number>,
  levelsA: number,
  b: ArrayLike<number>,
  levelsB: number,
  weight: ArrayLike<number> | null = null,
): Table {
  const counts = new Float64Array(levelsA * levelsB);
  for (let i = 0; i < a.length; i++) {
    if (a[i]! >= 0 && b[i]! >= 0) counts[a[i]! * levelsB + b[i]!]! += weight === null ? 1 : weight[i]!;
  }
  return { rows: levelsA, columns: levelsB, counts };
}

/** Sums over columns, over rows and over all. */
export function margins(table: Table): { rows: Float64Array; columns: Float64Array; total: number } {
  const rows = new Float64Array(table.rows);
  const columns = new Float64Array(table.columns);
  let total = 0;
  for (let r = 0; r < table.rows; r++) {
    for (let c = 0; c < table.columns; c++) {
      const count = table.counts[r * table.columns + c]!;
      rows[r]! += count;
      columns[c]! += count;
      total += count;
    }
  }
  return { rows, columns, total };
}
