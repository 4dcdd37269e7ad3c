import { expect, test } from "vitest";
import { inverse } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { allNear } from "./near.ts";

test("the inverse equals NumPy's", () => {
  const { matrix, inverse: want } = recorded.inverse;
  allNear(inverse(Float64Array.from(matrix.flat()), 5)!, want.flat(), 1e-12);
});

test("Hilbert's matrix has an inverse of whole numbers", () => {
  const hilbert = Float64Array.from({ length: 9 }, (_, i) => 1 / (Math.floor(i / 3) + (i % 3) + 1));
  allNear(inverse(hilbert, 3)!, [9, -36, 30, -36, 192, -180, 30, -180, 180], 1e-10);
});

test("a zero on the diagonal is no hindrance, a singular matrix has no inverse, and the matrix stays as it was", () => {
  const swap = Float64Array.of(0, 1, 1, 0);
  expect(inverse(swap, 2)).toEqual(Float64Array.of(0, 1, 1, 0));
  expect(swap).toEqual(Float64Array.of(0, 1, 1, 0));
  expect(inverse(Float64Array.of(1, 2, 2, 4), 2)).toBeNull();
});
