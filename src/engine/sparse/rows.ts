/** A matrix of few values that are not 0: those of row i stand at `starts[i]` up to `starts[i + 1]`, by ascending column. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/** out = matrix x vector, one number per row. */
export function multiplySparse({ rows, starts, places, values }: SparseRows, vector: Float64Array, out: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) sum += values[at]! * vector[places[at]!]!;
    out[row] = sum;
  }
}

/** out = transposed matrix x vector, one number per column. */
export function multiplySparseTransposed({ rows, starts, places, values }: SparseRows, vector: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let row = 0; row < rows; row++) {
    const factor = vector[row]!;
    if (factor === 0) continue;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) out[places[at]!]! += factor * values[at]!;
  }
}
