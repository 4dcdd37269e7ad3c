import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { createBlock } from "../../../src/engine/neighbours/block.ts";
import { createComparer, type Measure } from "../../../src/engine/neighbours/comparer.ts";

type Points = readonly (readonly number[])[];

/** By the definitions, one column after the other. */
const apartBy = (measure: Measure, a: readonly number[], b: readonly number[]) => {
  if (measure.kind === "squares") return a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0) || Number.POSITIVE_INFINITY;
  const spans = a.flatMap((from, k) => (k % 2 === 0 ? [Math.max(a[k + 1]!, b[k + 1]!) - Math.min(from, b[k]!)] : []));
  return spans.reduce((product, span) => product * (Math.min(1, Math.max(measure.least, span)) / measure.least), 1);
};

/** Of steps of a tenth, so that some points are equal and some as near as others. */
function drawn(count: number, width: number, seed: string): Points {
  const random = createRandom(1, "comparer", seed);
  return Array.from({ length: count }, () => Array.from({ length: width }, (_, k) => random.integer(8) / 10 + (k % 2 === 0 ? 0 : 1)));
}

const measures: readonly Measure[] = [{ kind: "squares" }, { kind: "products", least: 0.005 }];

describe.each(measures)("$kind", (measure) => {
  test.each([1, 2, 5, 40, 131])("the nearest of %i points are those by the definition, to the bit", (count) => {
    const [width, kept, others] = [6, 3, Math.ceil((2 * count) / 3)];
    const points = drawn(count, width, String(count));
    const comparer = createComparer(count, width, kept);
    const part = comparer.take(count);
    for (const [i, point] of points.entries()) {
      part.places[i] = i;
      for (const [k, number] of point.entries()) part.values[k * part.stride + i] = number;
    }
    comparer.compare(measure, others);
    for (const [i, point] of points.entries()) {
      const far = points.slice(0, others).map((other, j) => (j === i ? Number.POSITIVE_INFINITY : apartBy(measure, point, other)));
      const wanted = [...far, ...new Array<number>(kept).fill(Number.POSITIVE_INFINITY)].sort((a, b) => a - b).slice(0, kept);
      expect([...comparer.apart.subarray(i * kept, (i + 1) * kept)]).toEqual(wanted);
      const rows = [...comparer.rows.subarray(i * kept, (i + 1) * kept)];
      expect(rows.map((row) => far[row] ?? Number.POSITIVE_INFINITY)).toEqual(wanted);
      expect(new Set(rows.filter((row) => row >= 0)).size).toBe(rows.filter((row) => row >= 0).length);
    }
  });
});

test("points that were compared before are kept once", () => {
  const comparer = createComparer(3, 1, 2);
  for (let time = 0; time < 2; time++) {
    const part = comparer.take(3);
    part.places.set([2, 0, 1]);
    part.values.set([5, 1, 2]);
    comparer.compare({ kind: "squares" }, 3);
  }
  expect([...comparer.rows]).toEqual([1, 2, 0, 2, 1, 0]);
  expect([...comparer.apart]).toEqual([1, 16, 1, 9, 9, 16]);
});

test("a block tells how far its points are from another", () => {
  const points = drawn(11, 5, "block");
  const block = createBlock(11, 5);
  for (const [i, point] of points.entries()) for (const [k, number] of point.entries()) block.values[k * block.stride + i] = number;
  block.own.set(points[7]!);
  const squares = block.squares(9);
  expect([...squares.subarray(0, 9)]).toEqual(points.slice(0, 9).map((point) => apartBy({ kind: "squares" }, points[7]!, point)));
});
