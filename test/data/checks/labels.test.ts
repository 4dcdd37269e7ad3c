import { expect, test } from "vitest";
import { conflictingLabel } from "../../../src/data/checks/conflicting-label.ts";
import { imbalance } from "../../../src/data/checks/imbalance.ts";
import { missingLabel } from "../../../src/data/checks/missing-label.ts";
import { rareClass } from "../../../src/data/checks/rare-class.ts";
import { tooFewRows } from "../../../src/data/checks/too-few-rows.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 500;
const noise = (label: string, rows = ROWS) => cells(rows, 9, label, (random) => random.normal());

test("copied rows with the other label give the best accuracy and AUC that are possible", async () => {
  const [a, b, y] = [noise("a"), noise("b"), coin(ROWS)];
  const flipped = y.slice(0, 50).map((label) => (label === "yes" ? "no" : "yes"));
  const columns = { a: [...a, ...a.slice(0, 50)], b: [...b, ...b.slice(0, 50)], y: [...y, ...flipped] };
  const [found] = await conflictingLabel.inspect(contextOf({ columns, target: "y" }));
  expect(found).toMatchObject({ severity: "costly", rows: { count: 100 }, evidence: { groups: 50, bestAccuracy: 500 / 550 } });
  expect(found!.evidence.bestAuc).toBeLessThan(1);
  expect(found!.evidence.bestAuc).toBeGreaterThan(0.95);
});

test("conflicts in a table of few different rows are to be expected", async () => {
  const flag = (label: string) => cells(ROWS, 9, label, (random) => random.integer(2));
  const [found] = await conflictingLabel.inspect(
    contextOf({ columns: { a: flag("a"), b: flag("b"), c: flag("c"), y: coin(ROWS) }, target: "y" }),
  );
  expect(found).toMatchObject({ severity: "cosmetic" });
  expect(found!.why).toMatch(/to be expected\.$/);
  expect(await conflictingLabel.inspect(contextOf({ columns: { a: noise("a"), y: coin(ROWS) }, target: "y" }))).toEqual([]);
});

test("equal rows with other values bound the R2 of a regression", async () => {
  const [a, value] = [noise("a", 200), noise("v", 200)];
  const columns = { a: [...a, ...a], price: [...value, ...value.map((one) => -one)] };
  const [found] = await conflictingLabel.inspect(contextOf({ columns, target: "price" }));
  expect(found!.evidence.bestR2).toBeCloseTo(0, 6);
});

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
});

test("classes that folds cannot share", async () => {
  const y = cells(ROWS, 9, "y", (_, row) => (row < 3 ? "rare" : row < 200 ? "a" : "b"));
  expect(await rareClass.inspect(contextOf({ columns: { a: noise("a"), y }, target: "y" }))).toMatchObject([
    { severity: "harmful", rows: { count: 3, sample: [0, 1, 2] }, evidence: { classes: { rare: 3 } } },
  ]);
  expect(await rareClass.inspect(contextOf({ columns: { a: noise("a"), y: coin(ROWS) }, target: "y" }))).toEqual([]);
});

test("rows without a label are left out, not filled", async () => {
  const y = coin(ROWS).map((label, row) => (row % 10 === 0 ? null : label));
  const [found] = await missingLabel.inspect(contextOf({ columns: { a: noise("a"), y }, target: "y" }));
  expect(found).toMatchObject({ rows: { count: 50 }, severity: "costly", fix: { steps: [{ op: "drop-unlabelled-rows", target: "y" }] } });
  expect(found!.question).toMatch(/empty in 10 %/);
});

test("too few rows of the rarer class for the columns", async () => {
  const wide = (columns: number, rows: number) =>
    Object.fromEntries(Array.from({ length: columns }, (_, i) => [`c${i}`, noise(`c${i}`, rows)]));
  const inspect = async (columns: number, rows: number) =>
    await tooFewRows.inspect(contextOf({ columns: { ...wide(columns, rows), y: coin(rows) }, target: "y" }));
  expect(await inspect(5, 500)).toEqual([]);
  expect(await inspect(60, 500)).toMatchObject([{ severity: "costly", confidence: 0.5 }]);
  expect(await inspect(300, 100)).toMatchObject([{ severity: "harmful", evidence: { parameters: 300 } }]);
});
