import { expect, test } from "vitest";
import { missing } from "../../../src/data/checks/missing.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 500;

const gappy = (label: string, share: number) => cells(ROWS, 4, label, (random) => (random.next() < share ? null : random.normal()));

test("rates of missing values: mostly empty columns apart from the others", async () => {
  const context = contextOf({ columns: { a: gappy("a", 0.8), b: gappy("b", 0.1), c: gappy("c", 0), y: coin(ROWS) }, target: "y" });
  const found = await missing.inspect(context);
  expect(found.map(({ columns, severity }) => [columns, severity])).toEqual([
    [["a"], "costly"],
    [["b"], "cosmetic"],
  ]);
  expect(found[0]!.evidence.largestShare).toBeCloseTo(0.8, 1);
  expect(found[0]!.rows.count).toBe(context.dataset.columns[0]!.missing);
});

test("mostly empty columns that tell something, by value or by being missing, are a finding each; those that tell nothing are one", async () => {
  const y = coin(ROWS);
  const there = cells(ROWS, 4, "there", (random, row) => (random.next() < (y[row] === "yes" ? 0.45 : 0.1) ? 1 : null));
  const value = cells(ROWS, 4, "value", (random, row) => (random.next() < 0.3 ? 2 * Number(y[row] === "yes") + random.normal() : null));
  const noise = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`n${i}`, gappy(`n${i}`, 0.8)]));
  const columns = { ...noise, there, value, few: gappy("few", 0.1), y };
  const found = await missing.inspect(contextOf({ columns, target: "y" }));
  expect(found.map((one) => one.columns.toSorted())).toEqual([...["value", "there"].map((name) => [name]), Object.keys(noise), ["few"]]);
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`t${i}`, there]));
  const bound = await missing.inspect(contextOf({ columns: { ...many, y }, target: "y" }));
  expect(bound.map((one) => one.columns.length)).toEqual([11]);
  expect(bound[0]?.why).toContain("values in nearly the same rows");
});

test("many mostly empty columns that tell something are told by the rows that have them, and the rest in one", async () => {
  const y = coin(ROWS);
  const part = (seed: number) =>
    cells(ROWS, seed, `part ${seed}`, (random, row) => (random.next() < (y[row] === "yes" ? 0.45 : 0.1) ? 1 : null));
  const [first, second] = [part(1), part(2)];
  const almost = (cellsOf: typeof first) => cellsOf.map((cell, row) => (row % 60 === 0 ? null : cell));
  const columns = { a1: first, b1: second, a2: almost(first), c: part(3), b2: second, a3: first, d: part(4), y };
  const found = await missing.inspect(contextOf({ columns, target: "y" }));
  expect(found.map((one) => one.columns.toSorted())).toEqual([
    ["a1", "a2", "a3"],
    ["b1", "b2"],
    ["c", "d"],
  ]);
  expect(found.map(({ why }) => why.includes("nearly the same rows"))).toEqual([true, true, false]);
});

test("a column whose gaps say that there is none is not left out for them", async () => {
  const has = cells(ROWS, 4, "has", (random) => random.next() < 0.3);
  const kind = cells(ROWS, 5, "kind", (random, row) => (has[row] ? ["a", "b", "c"][random.integer(3)]! : null));
  const amount = cells(ROWS, 6, "amount", (random, row) => (has[row] ? 20 + random.integer(60) : 0));
  const columns = { rebate_kind: kind, rebate_amount: amount, gaps: gappy("a", 0.8), y: coin(ROWS) };
  const found = await missing.inspect(contextOf({ columns, target: "y" }));
  expect(found.map((one) => one.columns)).toEqual([["gaps"]]);
});

test("a mostly empty column of which it is asked whether a gap says none is marked and stays in; beside kinds that say nothing it goes", async () => {
  const work = cells(ROWS, 4, "work", (random) => ["farmer", "baker", "tailor", "weaver"][random.integer(4)]!);
  const land = cells(ROWS, 5, "land", (random, row) => (work[row] === "farmer" ? 2 + random.integer(60) : null));
  const fixOf = async (columns: Record<string, Cells>) =>
    (await missing.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }))).map(({ columns, severity, fix, why }) => ({
      columns,
      severity,
      op: fix.action === "steps" ? fix.steps[0]?.op : null,
      isOpen: why.includes("may say that there is none"),
    }));
  const left = { columns: ["land"], severity: "costly", op: "drop", isOpen: false };
  expect(await fixOf({ land, work })).toEqual([{ ...left, severity: "cosmetic", op: "missing-indicator", isOpen: true }]);
  expect(await fixOf({ land })).toEqual([left]);
  expect(await fixOf({ land, work: work.map((_, row) => work[(row * 7 + 3) % ROWS]!) })).toEqual([left]);
});

test("rows without any value, and gaps in rows without a label, are no gaps: no flag is made that says the same of all rows", async () => {
  const blank = (row: number) => row % 60 === 0;
  const full = (label: string) => cells(ROWS, 4, label, (random, row) => (blank(row) ? null : random.normal()));
  const y = coin(ROWS).map((label, row) => (blank(row) || row % 50 === 1 ? null : label));
  const late = full("late").map((value, row) => (row % 50 === 1 ? null : value));
  const gaps = full("gaps").map((value, row) => (row % 10 === 3 ? null : value));
  const found = await missing.inspect(contextOf({ columns: { a: full("a"), b: full("b"), late, gaps, y }, target: "y" }));
  const lacking = gaps.filter((value, row) => value === null && !blank(row)).length;
  expect(found).toMatchObject([
    { columns: ["gaps"], rows: { count: lacking }, fix: { steps: [{ op: "missing-indicator", columns: ["gaps"] }] } },
  ]);
  expect(found[0]?.evidence.largestShare).toBeCloseTo(lacking / (ROWS - y.filter((_, row) => blank(row)).length), 10);
});
