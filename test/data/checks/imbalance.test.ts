import { expect, test } from "vitest";
import { imbalance } from "../../../src/data/checks/imbalance.ts";
import { type Cells, cells, contextOf } from "./context.ts";

const ROWS = 500;

const noise = (label: string, rows = ROWS) => cells(rows, 9, label, (random) => random.normal());

test("imbalance names the metric, and never resamples", async () => {
  const of = (share: number): Cells => cells(ROWS, 9, "y", (_, row) => (row < share * ROWS ? "yes" : "no"));
  const inspect = async (share: number) => await imbalance.inspect(contextOf({ columns: { a: noise("a"), y: of(share) }, target: "y" }));
  expect(await inspect(0.3)).toEqual([]);
  expect(await inspect(0.1)).toMatchObject([{ severity: "cosmetic", fix: { action: "metric", metric: "auc" }, rows: { count: 50 } }]);
  expect(await inspect(0.02)).toMatchObject([{ severity: "costly", fix: { action: "metric", metric: "average-precision" } }]);
  // Of many classes log loss decides anyway: there is nothing to be done.
  const three = cells(ROWS, 9, "y", (_, row) => (row < 20 ? "a" : row < 40 ? "b" : "c"));
  const [many] = await imbalance.inspect(contextOf({ columns: { a: noise("a"), y: three }, target: "y" }));
  expect(many).toMatchObject({ fix: { metric: "log-loss" }, why: expect.stringContaining("Judge by log loss, not by accuracy;") });
  const rare = cells(ROWS, 9, "y", (_, row) => (row < 12 ? "a" : row < 250 ? "b" : "c"));
  const [one] = await imbalance.inspect(contextOf({ columns: { a: noise("a"), y: rare }, target: "y" }));
  expect(one).toMatchObject({ severity: "cosmetic", rows: { count: 12 }, evidence: { rareClasses: ["a"] } });
  // Shares that may as well be below the limits in the population.
  expect(await inspect(0.19)).toEqual([]);
  const nearly = cells(ROWS, 9, "y", (_, row) => (row < 22 ? "a" : row < 250 ? "b" : "c"));
  expect(await imbalance.inspect(contextOf({ columns: { a: noise("a"), y: nearly }, target: "y" }))).toEqual([]);
  const even = cells(ROWS, 9, "y", (_, row) => `c${row % 20}`);
  expect(await imbalance.inspect(contextOf({ columns: { a: noise("a"), y: even }, target: "y" }))).toEqual([]);
});
