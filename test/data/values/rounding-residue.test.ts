import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { roundingResidue } from "../../../src/data/values/rounding-residue.ts";
import { coin, contextOf } from "../checks/context.ts";

const random = createRandom(5, "residue");
const counts = (values: readonly number[]) => countValues(Float64Array.from(values));

test("what a difference of equal numbers leaves is all but 0", () => {
  const steps = Array.from({ length: 300 }, (_, row) => (row % 3) + (row % 7 === 0 ? 2 ** -52 : 1));
  const drawn = Array.from({ length: 300 }, (_, row) => (row % 10 === 0 ? 0.1 + 0.2 - 0.3 : row % 10 === 1 ? 0 : random.normal()));
  expect(roundingResidue(counts(steps.map((value) => (value < 1 ? 2 ** -52 : value))))).toEqual({ values: [2 ** -52], rows: 15 });
  expect(roundingResidue(counts(drawn))).toMatchObject({ rows: 30 });
});

test("quantities of many orders of magnitude, and plain numbers, have none", () => {
  const lives = Array.from({ length: 2000 }, () => 10 ** (40 * random.next() - 20));
  const plain = Array.from({ length: 500 }, () => 1e-15 * random.next());
  for (const values of [lives, plain, plain.map(() => 0), [1e-6, 1, 2, 3]]) expect(roundingResidue(counts(values))).toBeNull();
});

test("the audit says where 0 is meant", async () => {
  const level = Array.from({ length: 400 }, (_, row) => (row % 5 === 0 ? 2 ** -52 : 1 + (row % 4)));
  const found = await impossibleValue.inspect(contextOf({ columns: { level, y: coin(400) }, target: "y" }));
  expect(found).toMatchObject([{ columns: ["level"], severity: "cosmetic", rows: { count: 80 }, evidence: { kind: "rounding-residue" } }]);
});
