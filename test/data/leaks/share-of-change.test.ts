import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { inspect, numbers, tableOf } from "../table.ts";

const random = createRandom(6, "changes");
const ROWS = 400;
const price = numbers(ROWS, () => Math.round(100 * Math.exp(3 + random.normal())) / 100);
const percentOff = numbers(ROWS, () => 5 * random.integer(10));
const other = numbers(ROWS, () => Math.round(1000 * random.normal()) / 1000);
const cents = (value: number) => Math.round(100 * value) / 100;
const REGRESSION = { task: { task: "regression" as const } };

async function found(columns: readonly (readonly [string, readonly number[]])[], target: string) {
  return (await inspect(combinationLeak, tableOf(columns), target, REGRESSION)).map(({ columns: names, why }) => [
    names.toSorted().join(),
    why,
  ]);
}

test.each<[string, (row: number) => number, RegExp]>([
  ["a discount in percent", (row) => cents(price[row]! * (1 - percentOff[row]! / 100)), /^`paid` = `price` x \(1 - `off` \/ 100\) in/],
  ["and a tax", (row) => cents(1.19 * price[row]! * (1 - percentOff[row]! / 100)), /^`paid` = 1\.19 x `price` x \(1 - `off` \/ 100\) in/],
  [
    "a price before the discount",
    (row) => cents(price[row]! / (1 - percentOff[row]! / 100)),
    /^`paid` = `price` \/ \(1 - `off` \/ 100\) in/,
  ],
])("the amount after a change is told by the one before it and the share: %s", async (_, paid, says) => {
  const table = [
    ["price", price],
    ["off", percentOff],
    ["other", other],
    ["paid", numbers(ROWS, paid)],
  ] as const;
  expect(await found(table, "paid")).toEqual([["off,price", expect.stringMatching(says)]]);
});

test("a share of change is told by the two amounts, rounded to four digits", async () => {
  const before = numbers(ROWS, () => 1000 + random.integer(90_000));
  const after = before.map((value) => Math.round(value * (1.05 + 0.08 * random.normal())));
  const change = before.map((value, row) => Math.round(1e4 * (after[row]! / value - 1)) / 1e4);
  const columns = [
    ["in_2016", before],
    ["in_2021", after],
    ["other", other],
  ] as const;
  expect(await found([...columns, ["change", change]], "change")).toEqual([
    ["in_2016,in_2021", expect.stringMatching(/^1 \+ `change` = `in_2021` \/ `in_2016` in/)],
  ]);
  // Nor does the number itself, when the change is a column: a few percent give the later amount.
  expect(
    await found(
      [
        ["in_2016", before],
        ["change", change],
        ["other", other],
        ["in_2021", after],
      ],
      "in_2021",
    ),
  ).toEqual([["change,in_2016", expect.stringMatching(/^`in_2021` = `in_2016` x \(1 \+ `change`\) in/)]]);
});

test("amounts that merely go together are none", async () => {
  const paid = numbers(ROWS, (row) => cents(price[row]! * (1 - percentOff[row]! / 100) * (1 + 0.05 * random.normal())));
  expect(
    await found(
      [
        ["price", price],
        ["off", percentOff],
        ["other", other],
        ["paid", paid],
      ],
      "paid",
    ),
  ).toEqual([]);
});
