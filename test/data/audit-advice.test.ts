import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { Check } from "../../src/data/check.ts";
import { CHECKS } from "../../src/data/index.ts";
import { auditOf, dropping } from "./audited.ts";
import { numbers, tableOf } from "./table.ts";
import { checkSaying } from "./tiny-lab.ts";

test("whether later times come is asked of a small panel, though its experiments decide nothing", async () => {
  const random = createRandom(2, "a small panel");
  const [units, years] = [4, 9];
  const of = (row: number) => [Math.floor(row / years), row % years] as const;
  const table = tableOf([
    ["year", numbers(units * years, (row) => 2001 + of(row)[1])],
    ["region", numbers(units * years, (row) => of(row)[0]).map((unit) => `region ${unit}`)],
    ["size", numbers(units * years, () => random.normal())],
    ["y", numbers(units * years, () => random.normal())],
  ]);
  const { result } = await auditOf(table, "y", "rmse");
  const found = result.findings.find(({ trap }) => trap === "time-leak");
  expect(found).toMatchObject({ columns: ["year"], state: "open", harm: { undecided: true } });
  expect(found!.question).toContain("judged by `year`");
  expect(found!.choices).toEqual(["later", "any"]);
  expect(result.proposal.why).toContain("--time year judges by it");
});

test("logarithms are advised of no column that another finding leaves out", async () => {
  const random = createRandom(3, "logarithms");
  const amounts = random.shuffle(numbers(300, (row) => Math.exp(row / 30)));
  const [paid, sales] = [amounts, random.shuffle([...amounts])];
  const table = tableOf([
    ["paid", paid],
    ["sales", sales],
    ["y", paid.map((value, row) => Math.log(value) + Math.log(sales[row] ?? 1) + 0.3 * random.normal())],
  ]);
  const advice = async (...checks: readonly Check[]) => {
    const { result } = await auditOf(table, "y", "rmse", {}, [...CHECKS.filter(({ trap }) => trap === "skewed"), ...checks]);
    return result.findings.filter(({ trap }) => trap === "skewed").map(({ columns }) => columns);
  };
  const leak = checkSaying("target-leak", { ...dropping("paid"), confidence: 0.97, evidence: { certain: true } });
  expect(await advice()).toEqual([["paid", "sales"]]);
  expect(await advice(leak)).toEqual([["sales"]]);
});
