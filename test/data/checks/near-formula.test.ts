import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { contextOf, numbers, suspicionsOf, tableOf } from "../table.ts";

/** Loans: the instalment follows from amount, months and rate, rounded. `noise`: of the instalment, by which it is no formula any more. */
function loans(noise: number) {
  const random = createRandom(6, "instalments");
  const amount = numbers(600, () => 500 * (2 + random.integer(60)));
  const months = numbers(600, () => (random.next() < 0.6 ? 36 : 60));
  const rate = amount.map(
    (value, i) => Math.round(100 * (6 + 4 * random.next() + 6 * random.next() + Number(months[i] === 60) + value / 30_000)) / 100,
  );
  const instalment = amount.map((value, i) => {
    const monthly = rate[i]! / 1_200;
    return Math.round(((100 * value * monthly) / (1 - (1 + monthly) ** -months[i]!)) * (1 + noise * random.normal())) / 100;
  });
  return contextOf(
    tableOf([
      ["amount", amount],
      ["months", months],
      ["instalment", instalment],
      ["income", numbers(600, () => 1_000 * (20 + random.integer(80)))],
      ["rate", rate],
    ]),
    "rate",
    { task: { task: "regression" } },
  );
}

test("a ratio that gives the target within each level of a third column is asked about", async () => {
  const [found, ...others] = await suspicionsOf(combinationLeak, loans(0));
  expect([found!.columns, found!.evidence.within, others]).toEqual([["amount", "instalment"], "months", []]);
  // Trees that price form no ratio (harm/severity.ts).
  expect(found!.evidence.hardForTrees).toBe(true);
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.question).toMatch(/amount.*instalment/);
});

test("where it is no formula it is silent", async () => {
  expect(await suspicionsOf(combinationLeak, loans(0.05))).toEqual([]);
});
