import { expect, test } from "vitest";
import { missingnessLeak } from "../../../src/data/checks/missingness-leak.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 500;

const gappy = (label: string, share: number) => cells(ROWS, 4, label, (random) => (random.next() < share ? null : random.normal()));

test("a value that is only there for one outcome is a leak; missing at random is none", async () => {
  const y = coin(ROWS);
  const boat = cells(ROWS, 4, "boat", (random, row) => ((y[row] === "yes") === random.next() < 0.97 ? random.integer(9) : null));
  const context = contextOf({ columns: { boat, noise: gappy("n", 0.4), y }, target: "y" });
  const found = await missingnessLeak.inspect(context);
  expect(found).toMatchObject([{ columns: ["boat"], severity: "blocker", counterfactual: { flatters: true } }]);
  expect(found[0]!.evidence.auc).toBeGreaterThan(0.9);
  expect(found[0]!.question).toMatch(/before the outcome/);
});

test("a few values that all belong to one class are a leak although the AUC is small", async () => {
  const y = coin(ROWS);
  let left = 40;
  const body = y.map((label) => (label === "no" && left-- > 0 ? 1 + left : null));
  const [found] = await missingnessLeak.inspect(contextOf({ columns: { body, y }, target: "y" }));
  expect(found).toMatchObject({ columns: ["body"], severity: "blocker", evidence: { pure: true } });
});

test("so are fewer still, where the class is rare enough to rule out chance", async () => {
  const y = Array.from({ length: ROWS }, (_, row) => (row % 20 === 0 ? "died" : "lived"));
  const cause = (rows: number) => y.map((_, row) => (row % 20 === 0 && row < 20 * rows ? 1 + (row % 3) : null));
  const context = (rows: number) => contextOf({ columns: { cause: cause(rows), y }, target: "y" });
  expect(await missingnessLeak.inspect(context(12))).toMatchObject([{ columns: ["cause"], evidence: { pure: true } }]);
  expect(await missingnessLeak.inspect(context(5))).toEqual([]);
});

test("the class that is named is one whose share differs beyond chance, not one of a few rows", async () => {
  const y = cells(ROWS, 4, "y", (random, row) => (row % 125 === 0 ? "pig" : random.next() < 0.6 ? "dog" : "cat"));
  const breed = cells(ROWS, 4, "breed", (random, row) => (y[row] === "pig" || random.next() < (y[row] === "dog" ? 0.45 : 0.9) ? null : 1));
  const [found] = await missingnessLeak.inspect(contextOf({ columns: { breed, y }, target: "y" }));
  expect(found!.why).toMatch(/of the rows are "(dog|cat)"/);
});

test("missing values that follow a regression target are seen", async () => {
  const price = cells(ROWS, 4, "price", (random) => random.normal());
  const size = price.map((value, row) => (value > 0.3 ? row : null));
  const [found] = await missingnessLeak.inspect(contextOf({ columns: { size, price }, target: "price" }));
  expect(found!.evidence.auc).toBeGreaterThan(0.95);
});

test("months that stop being written with the outcome are one finding; a column that another cause empties is its own", async () => {
  const y = coin(ROWS);
  const stop = cells(ROWS, 4, "stop", (random, row) => (y[row] === "yes" ? random.integer(12) : 12)).map(Number);
  const months = Object.fromEntries(
    Array.from({ length: 12 }, (_, month) => [`m${month}`, stop.map((at) => (at <= month ? null : month))] as const),
  );
  const other = cells(ROWS, 4, "other", (random, row) => ((y[row] === "no") === random.next() < 0.95 ? null : 1));
  const found = await missingnessLeak.inspect(contextOf({ columns: { ...months, other, y }, target: "y" }));
  expect(found.map(({ columns }) => columns.length)).toEqual([expect.any(Number), 1]);
  expect(found[0]!.columns.length).toBeGreaterThan(9);
  expect(found[0]).toMatchObject({ severity: "blocker", evidence: { strongest: "m11" } });
  expect(found[0]!.why).toMatch(/^Where `m11` is missing 100 % .* go together with these, more than the target explains/);
  expect(found[1]!.columns).toEqual(["other"]);
});

test("gaps that only both tell the label do not go together, even where one column is nearly empty", async () => {
  const y = coin(4000);
  const gaps = (name: string, of: number, others: number) =>
    cells(4000, 4, name, (random, row) => (random.next() < (y[row] === "yes" ? of : others) ? null : 1));
  const found = await missingnessLeak.inspect(contextOf({ columns: { a: gaps("a", 0.6, 0.2), b: gaps("b", 1, 0.93), y }, target: "y" }));
  expect(found.map(({ columns }) => columns)).toEqual([["a"], ["b"]]);
});

test("a survey that one outcome answers three times as often is asked about where nothing else tells as much, and not beside a column that does", async () => {
  const rows = 4000;
  const y = coin(rows);
  const near = (name: string, shift: number) => cells(rows, 4, name, (random, row) => random.normal() + (y[row] === "yes" ? shift : 0));
  const survey = cells(rows, 4, "survey", (random, row) =>
    random.next() < (y[row] === "yes" ? 0.34 : 0.12) ? 1 + random.integer(5) : null,
  );
  const mild = cells(rows, 4, "mild", (random, row) => (random.next() < (y[row] === "yes" ? 0.5 : 0.42) ? 1 + random.integer(5) : null));
  const beside = (shift: number) => ({ a: near("a", shift), b: near("b", 0.1), c: near("c", 0), d: near("d", 0) });
  const foundBeside = async (shift: number) =>
    missingnessLeak.inspect(contextOf({ columns: { survey, mild, ...beside(shift), y }, target: "y" }));
  const found = await foundBeside(0.15);
  expect(found).toMatchObject([{ columns: ["survey"], severity: "harmful" }]);
  expect(found[0]!.confidence).toBeLessThan(0.5);
  expect(found[0]!.evidence.auc).toBeLessThan(0.65);
  expect(found[0]!.why).toMatch(/more than any other column tells by its values/);
  expect(await foundBeside(0.6)).toEqual([]);
});

test("of 300 columns with values missing at random none is called a leak", async () => {
  const columns = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`c${i}`, gappy(`c${i}`, 0.1 + (i % 8) / 10)]));
  expect(await missingnessLeak.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }))).toEqual([]);
});

test("many columns whose gaps tell a little each are told by how many a row lacks", async () => {
  const y = coin(1200);
  const columns = (share: (label: unknown) => number) => ({
    ...Object.fromEntries(
      Array.from("abcdefgh", (name) => [
        name,
        cells(1200, 4, name, (random, row) => (random.next() < share(y[row]) ? null : random.normal())),
      ]),
    ),
    y,
  });
  const [found, ...more] = await missingnessLeak.inspect(
    contextOf({ columns: columns((label) => (label === "yes" ? 0.12 : 0.03)), target: "y" }),
  );
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: [..."abcdefgh"], fix: { action: "advice" }, evidence: { kind: "gaps per row" } });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(Number(found!.evidence.score)).toBeGreaterThan(Number(found!.evidence.bestAlone) + 0.05);
  expect(await missingnessLeak.inspect(contextOf({ columns: columns(() => 0.08), target: "y" }))).toEqual([]);
});

test("gaps of few rows among which the rarer class is the rule, written as a word", async () => {
  const y = cells(1500, 4, "y", (random) => (random.next() < 0.25 ? "dead" : "live"));
  const table = (share: number) => {
    const smoker = cells(1500, 5, "smoker", (random, row) => {
      const isGap = random.next() < (y[row] === "dead" ? share : 0.01);
      return isGap ? "NA" : random.next() < 0.5 ? "yes" : "no";
    });
    return contextOf({ columns: { smoker, y }, target: "y" });
  };
  expect(await missingnessLeak.inspect(table(0.2))).toMatchObject([{ columns: ["smoker"], evidence: { pure: false } }]);
  expect(await missingnessLeak.inspect(table(0.05))).toEqual([]);
});

test("gaps that are pure but hold hardly any of a class are asked about, and block nothing", async () => {
  const y = Array.from({ length: 4000 }, (_, row) => (row % 2 === 0 ? "yes" : "no"));
  const part = (gaps: number) => y.map((_, row) => (row % 2 === 0 && row < 2 * gaps ? null : row % 7));
  const severity = async (gaps: number) =>
    (await missingnessLeak.inspect(contextOf({ columns: { part: part(gaps), y }, target: "y" }))).map((one) => one.severity);
  expect(await severity(60)).toEqual(["harmful"]);
  expect(await severity(300)).toEqual(["blocker"]);
});
