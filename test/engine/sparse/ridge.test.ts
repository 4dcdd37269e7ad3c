import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { fitRidge } from "../../../src/engine/linear/index.ts";
import { fitSparseRidge } from "../../../src/engine/sparse/ridge.ts";
import { multiplySparse, multiplySparseTransposed, type SparseRows } from "../../../src/engine/sparse/rows.ts";

function sparse(dense: readonly (readonly number[])[]): SparseRows {
  const starts = [0];
  const [places, values]: [number[], number[]] = [[], []];
  for (const row of dense) {
    for (const [place, value] of row.entries())
      if (value !== 0) {
        places.push(place);
        values.push(value);
      }
    starts.push(places.length);
  }
  return {
    rows: dense.length,
    columns: dense[0]?.length ?? 0,
    starts: Int32Array.from(starts),
    places: Int32Array.from(places),
    values: Float64Array.from(values),
  };
}

const random = createRandom(7);
const dense = Array.from({ length: 40 }, () => Array.from({ length: 6 }, () => (random.next() < 0.5 ? 0 : random.normal())));
const target = Float64Array.from(dense, (row) => 3 + 2 * row[0]! - row[3]! + random.normal());
const times = Float64Array.from(dense, () => random.integer(3));

describe("sparse rows", () => {
  it("multiply as the dense matrix does", () => {
    const matrix = sparse(dense);
    const [out, back] = [new Float64Array(40), new Float64Array(6)];
    multiplySparse(matrix, Float64Array.of(1, 2, 3, 4, 5, 6), out);
    multiplySparseTransposed(matrix, target, back);
    for (const [row, cells] of dense.entries())
      expect(out[row]).toBeCloseTo(
        cells.reduce((sum, cell, j) => sum + cell * (j + 1), 0),
        12,
      );
    for (let j = 0; j < 6; j++)
      expect(back[j]).toBeCloseTo(
        dense.reduce((sum, cells, row) => sum + cells[j]! * target[row]!, 0),
        11,
      );
  });
});

describe("ridge on sparse rows", () => {
  it("is the one that is solved directly, rows counted as often as they are said to be", () => {
    const found = fitSparseRidge(sparse(dense), target, times, { l2: 0.7, tolerance: 1e-12 });
    const features = Array.from({ length: 6 }, (_, j) => ({
      name: `x${j}`,
      kind: "numeric" as const,
      values: Float64Array.from(dense, (row) => row[j]!),
    }));
    const direct = fitRidge({ matrix: { rows: 40, features }, target, weight: times }, { l2: 0.7 });
    expect(found.intercept).toBeCloseTo(direct.intercepts[0]!, 9);
    for (const [j, weight] of found.weights.entries()) expect(weight).toBeCloseTo(direct.coefficients[j]!, 9);
  });

  it("answers the mean without rows that tell, and 0 without any", () => {
    const empty = sparse([[0], [0]]);
    expect(fitSparseRidge(empty, Float64Array.of(1, 3), Float64Array.of(1, 1), { l2: 1 })).toEqual({
      intercept: 2,
      weights: Float64Array.of(0),
    });
    expect(fitSparseRidge(empty, Float64Array.of(1, 3), Float64Array.of(0, 0), { l2: 1 }).intercept).toBe(0);
  });
});
