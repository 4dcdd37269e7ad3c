import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { likenessOf } from "../../../src/data/split/likeness.ts";
import { contextOf } from "../checks/context.ts";

const ROWS = 4000;

/** Every row has an id of its own but 98, whose 49 ids come twice; of the others 2 % are bad. */
const key = () => ({ column: "a_id", cut: null, from: "again", groups: ROWS - 49, largest: 2 }) as const;
const codes = Int32Array.from({ length: ROWS }, (_, row) => (row < 98 ? row >> 1 : row));
const bad = (of: (row: number) => boolean) => {
  const random = createRandom(1, "bad");
  const labels = Array.from({ length: ROWS }, (_, row) => ((row < 98 ? of(row) : random.next() < 0.02) ? "bad" : "good"));
  const x = Array.from({ length: ROWS }, () => random.normal());
  return likenessOf(contextOf({ columns: { x, y: labels }, target: "y" }), { ...key(), codes });
};

test("ids that come twice and have fewer events than the others are not alike for that", () => {
  const found = bad((row) => row === 4);
  expect(found?.icc).toBeCloseTo(0, 2);
  expect(found?.low).toBeLessThan(-0.5);
  expect(found?.high).toBeGreaterThan(0.9);
  expect(bad(() => false)).toBeNull();
});

test("those of which both rows are bad are", () => {
  const found = bad((row) => row < 40);
  expect(found?.icc).toBe(1);
  expect(found?.low).toBeGreaterThan(0.8);
});
