import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { countOfItems } from "../../../src/data/leaks/count-of-items.ts";
import { contextOf, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 400;
const ITEMS = 9;

/** Answers of people who have more or less of something. */
function answers(highest: number) {
  const random = createRandom(8, "items");
  const people = numbers(ROWS, () => random.normal());
  return Array.from({ length: ITEMS }, () =>
    people.map((one) => Math.max(0, Math.min(highest, Math.round(highest / 2 + one + random.normal())))),
  );
}

const sums = (items: readonly number[][]) => numbers(ROWS, (i) => items.reduce((sum, item) => sum + (item[i] ?? 0), 0));
const tableWith = (items: readonly number[][], sick: readonly number[]) =>
  tableOf([...items.map((item, i) => [`item ${i}`, item] as const), ["age", numbers(ROWS, (i) => 20 + ((7 * i) % 50))], ["sick", sick]]);

test.each([1, 3])("a diagnosis from so many answers of 0 to %i is asked about", async (highest) => {
  const items = answers(highest);
  const total = sums(items);
  const table = tableWith(
    items,
    total.map((value) => Number(value > (ITEMS * highest) / 2)),
  );
  const [found] = await inspect(combinationLeak, table, "sick");
  expect(found).toMatchObject({ evidence: { operation: "count", columns: ITEMS } });
  expect(found!.columns).not.toContain("age");
  expect(found!.confidence).toBeLessThan(LIKELY);
});

test("answers that only go with the diagnosis are none", () => {
  const random = createRandom(9, "noise");
  const items = answers(1);
  const sick = sums(items).map((value) => Number(value + 3 * random.normal() > ITEMS / 2));
  expect(countOfItems(contextOf(tableWith(items, sick), "sick"))).toBeNull();
});
