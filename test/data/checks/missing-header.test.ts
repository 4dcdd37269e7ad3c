import { expect, test } from "vitest";
import { missingHeader } from "../../../src/data/checks/missing-header.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 200;

const x = cells(ROWS, 1, "x", (random) => random.normal());

test("no header, or a row of data as the header", async () => {
  const none = contextOf({ columns: { column_1: x, y: coin(ROWS) }, target: "y", dialect: { header: false } });
  const told = { ...none, dataset: { ...none.dataset, noticed: [{ kind: "no-header", why: "the first row is one of numbers" } as const] } };
  expect((await missingHeader.inspect(told))[0]?.why).toBe(
    "The file has no header: the first row is one of numbers. Columns are called column_1, column_2, ...",
  );
  expect(await missingHeader.inspect(none)).toMatchObject([{ confidence: 0.95 }]);
  const eaten = contextOf({ columns: { "6 ": x, "148": x, "72": x, "33.6": x, yes: coin(ROWS) }, target: "yes" });
  expect(await missingHeader.inspect(eaten)).toMatchObject([{ severity: "costly" }]);
  const years = contextOf({ columns: { y: coin(ROWS), y1: x }, target: "y" });
  const named = {
    ...years,
    dataset: { ...years.dataset, columns: ["2010", "2011", "2012", "y"].map((name) => ({ ...years.dataset.columns[0]!, name })) },
  };
  expect(await missingHeader.inspect(named)).toEqual([]);
  const counted = ["0", "1", "2", "y"].map((name) => ({ ...years.dataset.columns[0]!, name }));
  expect(await missingHeader.inspect({ ...years, dataset: { ...years.dataset, columns: counted } })).toMatchObject([
    { severity: "cosmetic", why: expect.stringMatching(/only counted/) },
  ]);
  const first = ["1", "24", "M", "technician", "85711"].map((name) => ({ ...years.dataset.columns[0]!, name }));
  const rising = { ...years, dataset: { ...years.dataset, columns: first } };
  expect(await missingHeader.inspect(rising)).toMatchObject([
    { question: "Is the first line of the file a row of data?", confidence: 0.5 },
  ]);
});

test("rows that say the names of the columns again are told; a value that is called as its column is none", async () => {
  const at = (row: number, name: string, value: string) => (row === 50 || row === 120 ? name : value);
  const columns = (names: readonly string[]) => ({
    Island: cells(ROWS, 2, "i", (random, row) => at(row, names[0]!, ["Oahu", "Maui"][random.integer(2)]!)),
    Facility: cells(ROWS, 3, "f", (random, row) => at(row, names[1]!, ["Hotel", "Mall"][random.integer(2)]!)),
    Fee: cells(ROWS, 4, "g", (random, row) => at(row, names[2]!, ["Free", "Paid"][random.integer(2)]!)),
    ports: cells(ROWS, 5, "p", (random, row) => (row === 50 || row === 120 ? null : random.integer(5))),
    y: coin(ROWS),
  });
  const [found, ...others] = await missingHeader.inspect(contextOf({ columns: columns(["Island", "FACILITY", "fee"]), target: "y" }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["Island", "Facility", "Fee"], rows: { count: 2, sample: [50, 120] }, severity: "costly" });
  expect(found!.fix).toMatchObject({
    steps: [{ op: "null-out", column: "Island", values: ["Island"] }, { values: ["FACILITY"] }, { values: ["fee"] }],
  });
  expect(await missingHeader.inspect(contextOf({ columns: columns(["Island", "Hotel", "Free"]), target: "y" }))).toEqual([]);
  // A survey writes what was ticked into a column of that name.
  const ticked = (name: string, seed: number) => cells(ROWS, seed, name, (random) => (random.integer(3) > 0 ? name : null));
  const survey = { White: ticked("White", 6), Asian: ticked("Asian", 7), Other: ticked("Other", 8), y: coin(ROWS) };
  expect(await missingHeader.inspect(contextOf({ columns: survey, target: "y" }))).toEqual([]);
});

test("a row that holds a number is no line of names, whatever was ticked in it", async () => {
  const ticked = (name: string) => Array.from({ length: ROWS }, (_, row) => (row === 50 || row === 120 ? name : "none"));
  const columns = { Milk: ticked("Milk"), Nuts: ticked("Nuts"), Soy: ticked("Soy"), y: coin(ROWS) };
  const age = (isFilled: boolean) =>
    cells(ROWS, 5, "p", (random, row) => (!isFilled && (row === 50 || row === 120) ? null : random.integer(90)));
  expect(await missingHeader.inspect(contextOf({ columns: { ...columns, age: age(true) }, target: "y" }))).toEqual([]);
  expect(await missingHeader.inspect(contextOf({ columns: { ...columns, age: age(false) }, target: "y" }))).toHaveLength(1);
});

test("where most that bear the name of their column stand elsewhere it was ticked, and three in one row are no line of names", async () => {
  const ticked = (name: string, seed: number) =>
    cells(ROWS, seed, name, (random, row) => (row === 50 || random.next() < 0.03 ? name : "no"));
  const survey = { Milk: ticked("Milk", 6), Nuts: ticked("Nuts", 7), Soy: ticked("Soy", 8), y: coin(ROWS) };
  expect(await missingHeader.inspect(contextOf({ columns: survey, target: "y" }))).toEqual([]);
});
