import { expect, test } from "vitest";
import { covariateShift } from "../../../src/data/checks/covariate-shift.ts";
import { cells, coin } from "./context.ts";
import { given, isTest, ROWS } from "./given-test-table.ts";

test("moved values, moved shares and moved gaps, the largest effect first", async () => {
  const columns = {
    same: cells(ROWS, 1, "s", (random) => random.normal()),
    age: cells(ROWS, 1, "a", (random, row) => random.normal() + (isTest(row) ? 1 : 0)),
    town: cells(ROWS, 1, "t", (random, row) => (random.next() < (isTest(row) ? 0.75 : 0.5) ? "north" : "south")),
    income: cells(ROWS, 1, "i", (random, row) => (random.next() < (isTest(row) ? 0.6 : 0.05) ? null : random.normal())),
    y: coin(ROWS),
  };
  const [found] = await covariateShift.inspect(given(columns));
  expect(found).toMatchObject({ columns: ["income", "age", "town"], severity: "harmful" });
  const effects = found!.evidence.effects as Record<string, number>;
  expect(effects.age).toBeCloseTo(0.38, 1);
  expect(effects.town).toBeCloseTo(0.25, 1);
});
