import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import type { NumberColumn } from "../../../src/data/columns/counts.ts";
import { encodedMeans } from "../../../src/data/leaks/encoded-means.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const [ROWS, KINDS] = [600, 100];
const random = createRandom(7, "encoded means");
const kind = numbers(ROWS, () => random.integer(KINDS));
const amounts = numbers(ROWS, () => random.normal());
const classes = numbers(ROWS, () => Number(random.next() < 0.3));

/** Of each row's kind: what `make` does of its rows and the mean of their labels. */
function encoded(labels: readonly number[], make: (rows: number, mean: number) => number): number[] {
  const held = Array.from({ length: KINDS }, (_, k) => labels.filter((_, row) => kind[row] === k));
  const values = held.map((own) => make(own.length, own.reduce((sum, label) => sum + label, 0) / own.length));
  return kind.map((k) => values[k] ?? 0);
}

function look(values: readonly number[], labels: readonly number[]) {
  const table = tableOf([
    ["v", values],
    ["x", numbers(ROWS, () => random.next())],
    ["y", labels],
  ]);
  const context = contextOf(table, "y", labels === classes ? {} : { task: { task: "regression" } });
  const [column] = context.frame.columns;
  return column?.type === "number" ? encodedMeans(context, column, 1) : null;
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

describe("means of the labels of all rows", () => {
  test.each<[string, number[], (rows: number, mean: number) => number]>([
    ["of scaled amounts", amounts, (_, mean) => rounded(3 * mean - 1, 3)],
    ["drawn to the whole mean", amounts, (n, mean) => rounded((n * mean + 10 * 0.02) / (n + 10), 4)],
    ["of scaled classes", classes, (_, mean) => rounded(2 * mean - 1, 4)],
  ])("%s", (_, labels, make) => {
    expect(look(encoded(labels, make), labels)).toMatchObject({ column: "v" });
  });
});

describe("silent", () => {
  test.each<[string, number[], number[]]>([
    ["a trait of the kind that gives the mean as far as rows can show it", kind, kind.map((k) => k / 30 + random.normal())],
    [
      "means of other rows",
      encoded(
        numbers(ROWS, () => random.normal()),
        (_, mean) => rounded(mean, 3),
      ),
      amounts,
    ],
    ["a rounded copy of the target", amounts.map((value) => rounded(value, 1)), amounts],
    ["the target itself", amounts.map((value) => rounded(value, 1)), amounts.map((value) => rounded(value, 1))],
    // Each value of one axis meets each of the other once.
    ["a table of all settings", numbers(ROWS, (i) => i % 50), numbers(ROWS, (i) => 0.1 * (i % 50) + Math.sin(Math.floor(i / 50)))],
  ])("%s", (_, values, labels) => {
    expect(look(values, labels)).toBeNull();
  });
});

test("of many columns that are looked at one comes so close by chance", () => {
  const kind = numbers(ROWS, (row) => Math.min(row % 28, 21));
  const means = numbers(22, (k) => {
    const own = amounts.filter((_, row) => kind[row] === k);
    return own.reduce((sum, one) => sum + one, 0) / own.length + ((k % 2 === 0 ? 1 : -1) * 0.12) / Math.sqrt(own.length);
  });
  const values = kind.map((k) => means[k] ?? 0);
  const context = contextOf(
    tableOf([
      ["v", values],
      ["y", amounts],
    ]),
    "y",
    { task: { task: "regression" } },
  );
  const [column] = context.frame.columns as [NumberColumn];
  expect(encodedMeans(context, column, 1)).not.toBeNull();
  expect(encodedMeans(context, column, 1e8)).toBeNull();
});
