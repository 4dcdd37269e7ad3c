import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { conceptShift } from "../../../src/data/checks/concept-shift.ts";
import { covariateShift } from "../../../src/data/checks/covariate-shift.ts";
import { newCategory } from "../../../src/data/checks/new-category.ts";
import { samplingBias } from "../../../src/data/checks/sampling-bias.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";
import { given, isTest, ROWS, TEST } from "./given-test-table.ts";

test("200 columns drawn alike stay silent, and so does everything without a test set", async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [
      `c${i}`,
      cells(ROWS, 1, `c${i}`, (random) => (i % 3 === 0 ? random.normal() : i % 3 === 1 ? `l${random.integer(30)}` : random.integer(4))),
    ]),
  );
  expect(await covariateShift.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(await samplingBias.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(await newCategory.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(
    await covariateShift.inspect(contextOf({ columns: { a: cells(ROWS, 1, "a", (_, row) => row), y: coin(ROWS) }, target: "y" })),
  ).toEqual([]);
});

test("rows of whole groups on one side are no evidence each: values, shares and relations of 10 new groups against 40", async () => {
  const groupOf = (row: number) => (isTest(row) ? 28 + ((row - ROWS + TEST) % 12) : row % 28);
  const columns: Record<string, Cells> = { shop: Array.from({ length: ROWS }, (_, row) => `shop ${groupOf(row)}`) };
  for (let i = 0; i < 30; i++) {
    const random = createRandom(i, "own");
    const own = Array.from({ length: 40 }, () => random.normal());
    columns[`n${i}`] = cells(ROWS, 1, `n${i}`, (noise, row) =>
      i % 3 === 2 && own[groupOf(row)]! > 1 ? null : own[groupOf(row)]! + 0.2 * noise.normal(),
    );
    columns[`l${i}`] = cells(ROWS, 1, `l${i}`, (noise, row) => (noise.next() < 0.9 ? `level ${groupOf(row) % (2 + (i % 5))}` : "other"));
  }
  const level = createRandom(9, "labels");
  const share = Array.from({ length: 40 }, () => level.next());
  const y = cells(ROWS, 1, "y", (noise, row) => (noise.next() < share[groupOf(row)]! ? "yes" : "no"));
  for (const check of [covariateShift, conceptShift, samplingBias]) {
    expect(await check.inspect(contextOf({ columns: { ...columns, y }, target: "y", testRows: TEST, roles: { group: "shop" } }))).toEqual(
      [],
    );
  }
  const { shop: _, ...blind } = columns;
  expect((await covariateShift.inspect(given({ ...blind, y })))[0]?.columns.length).toBeGreaterThan(10);
  expect(await conceptShift.inspect(given({ ...blind, y }))).toHaveLength(1);
});
