import { expect, test } from "vitest";
import { mixedTypes } from "../../../src/data/checks/mixed-types.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 1000;

test("numbers with words among them, from one lost cell on", async () => {
  const infos = {
    weight: {
      unparsedCells: 6,
      unparsed: [
        { value: "12kg", count: 1 },
        { value: "?", count: 5 },
      ],
    },
  };
  const columns = {
    weight: cells(ROWS, 1, "w", (random) => 60 + random.integer(40)),
    dose: cells(ROWS, 1, "d", (random) => (random.next() < 0.2 ? "trace" : String(random.integer(90)))),
    ticket: cells(ROWS, 1, "t", (random) => (random.next() < 0.4 ? `PC ${random.integer(900)}` : String(random.integer(9000)))),
    grade: cells(ROWS, 1, "g", (random) => ["1", "2", "A"][random.integer(3)]!),
    y: coin(ROWS),
  };
  const found = await mixedTypes.inspect(contextOf({ columns, target: "y", infos }));
  expect(found.map(({ columns, severity, rows }) => [columns[0], severity, rows.count])).toEqual([
    ["weight", "cosmetic", 1],
    ["dose", "costly", expect.any(Number)],
  ]);
  expect(found[1]!.fix).toEqual({ action: "steps", steps: [{ op: "to-number", column: "dose" }] });
});

test("lost cells are counted beyond the spellings that are kept of them", async () => {
  const unparsed = [{ value: "n/a", count: 9 }, ...Array.from({ length: 19 }, (_, place) => ({ value: `EUR ${10 + place}`, count: 1 }))];
  const columns = { price: cells(ROWS, 1, "p", (random, row) => (row < 71 ? null : 60 + random.integer(40))), y: coin(ROWS) };
  const context = contextOf({ columns, target: "y", infos: { price: { unparsed, unparsedCells: 71 } } });
  const [found] = await mixedTypes.inspect(context);
  const share = 62 / (ROWS - 71 + 62);
  expect(found).toMatchObject({ rows: { count: 62 }, evidence: { strayCells: 62, share }, counterfactual: { change: "cells", share } });
  expect(found!.why).toContain("62 cells");
});

test("numbers by which a spreadsheet keeps days are named among dates", async () => {
  const day = (text: string) => Date.parse(text);
  const columns = { seen: cells(ROWS, 1, "s", (random) => day("2021-01-01") + random.integer(1000) * 86_400_000), y: coin(ROWS) };
  const look = async (...values: string[]) => {
    const unparsed = values.map((value) => ({ value, count: 2 }));
    const infos = { seen: { type: "date" as const, unparsed, unparsedCells: 2 * values.length } };
    return (await mixedTypes.inspect(contextOf({ columns, target: "y", infos, dates: ["seen"] })))[0]?.why;
  };
  expect(await look("44763", "45128")).toContain("(44763 is 2022-07-21)");
  // Days far beyond the others, and words.
  expect(await look("84763", "95128")).not.toContain("spreadsheet");
  expect(await look("44763", "soon")).not.toContain("spreadsheet");
});

test("text in the same rows of several columns of numbers is one finding: a line of units, or of totals", async () => {
  const lost = (value: string) => ({ unparsedCells: 1, missing: 1, unparsed: [{ value, count: 1 }] });
  const numbers = (label: string, at: number) => cells(ROWS, 1, label, (random, row) => (row === at ? null : random.integer(90)));
  const look = (places: readonly number[]) =>
    mixedTypes.inspect(
      contextOf({
        columns: {
          ...Object.fromEntries(["width", "weight", "load"].map((name, i) => [name, numbers(name, places[i]!)])),
          y: coin(ROWS),
        },
        target: "y",
        infos: { width: lost("mm"), weight: lost("kg"), load: lost("N") },
      }),
    );
  const [found, ...more] = await look([0, 0, 0]);
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    columns: ["width", "weight", "load"],
    rows: { count: 1, sample: [0] },
    evidence: { oddRows: 1, columns: 3 },
  });
  expect((await look([0, 5, 9])).map(({ columns }) => columns)).toEqual([["width"], ["weight"], ["load"]]);
});

test("ranges of which a spreadsheet made days are given back", async () => {
  const columns = { nodes: cells(300, 1, "n", (random) => ["0-2", "15-17", "24-26", "5-Mar", "Oct-14"][random.integer(5)]!), y: coin(300) };
  const [found] = await mixedTypes.inspect(contextOf({ columns, target: "y" }));
  expect(found!.fix).toEqual({ action: "steps", steps: [{ op: "map", column: "nodes", mapping: { "5-Mar": "3-5", "Oct-14": "10-14" } }] });
  const days = { day: cells(300, 1, "d", (random) => ["5-Mar", "6-Mar", "1-Apr", "2-Apr"][random.integer(4)]!), y: coin(300) };
  expect(await mixedTypes.inspect(contextOf({ columns: days, target: "y" }))).toEqual([]);
});

test("numbers among codes of letters are another list of names; answers of one digit are not", async () => {
  const port = (some: readonly string[]) => ({ port: cells(300, 1, "p", (random) => some[random.integer(some.length)]!), y: coin(300) });
  const [found] = await mixedTypes.inspect(contextOf({ columns: port(["ATL", "ORD", "LAX", "10397", "13930"]), target: "y" }));
  expect(found).toMatchObject({ columns: ["port"], evidence: { numbers: 2, codes: 3 }, fix: { action: "advice" } });
  for (const some of [
    ["a", "b", "c", "1", "2"],
    ["ATL", "ORD", "LAX", "7bis", "10397"],
  ])
    expect(await mixedTypes.inspect(contextOf({ columns: port(some), target: "y" }))).toEqual([]);
});

test("a few numbers among words are strays; steps of a scale, and numbers as frequent as the words, are not", async () => {
  const region = (number: string, share: number) => ({
    region: cells(600, 1, "r", (random) => (random.next() < share ? number : ["North", "South", "East"][random.integer(3)]!)),
    y: coin(600),
  });
  expect(await mixedTypes.inspect(contextOf({ columns: region("12", 0.03), target: "y" }))).toMatchObject([
    { columns: ["region"], evidence: { numbers: 1, words: 3 }, fix: { steps: [{ op: "null-out", values: ["12"] }] } },
  ]);
  expect(await mixedTypes.inspect(contextOf({ columns: region("12", 0.3), target: "y" }))).toEqual([]);
  expect(await mixedTypes.inspect(contextOf({ columns: region("7bis", 0.03), target: "y" }))).toEqual([]);
});

test("digits of one length of which some begin with 0 are codes, whatever stands beside them", async () => {
  const code = (zeros: number) => (random: { integer: (below: number) => number; next: () => number }) =>
    random.next() < 0.1 ? `${"0".repeat(zeros)}446${random.integer(3)}` : `${"9".repeat(zeros)}${1000 + random.integer(60)}`;
  const columns = {
    id: cells(ROWS, 1, "i", code(2)),
    noted: cells(ROWS, 1, "n", (random, row) => (row % 50 === 0 ? "unknown" : code(2)(random))),
    dewey: cells(ROWS, 1, "w", (random, row) =>
      row % 9 === 0 ? `00${random.integer(9)}.678` : `${100 + random.integer(800)}.${random.integer(40)}`,
    ),
    padded: cells(ROWS, 1, "p", (random, row) =>
      row % 9 === 0 ? `007.${random.integer(9)}` : `${7 + random.integer(800)}.${random.integer(40)}`,
    ),
    dose: cells(ROWS, 1, "d", (random) => (random.next() < 0.2 ? "trace" : String(1000 + random.integer(90)))),
    y: coin(ROWS),
  };
  const found = await mixedTypes.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns }) => columns[0])).toEqual(["padded", "dose"]);
});

test("numbers of things of which some have a letter are names, and amounts with words among them are none", async () => {
  const inBlocks = (row: number, mark: string) => (row < 900 ? String(2000 + Math.floor(row / 9)) : `${mark}${Math.floor(row / 9) % 3}`);
  const columns = {
    haul_no: cells(ROWS, 1, "h", (random) => (random.next() < 0.1 ? `H${random.integer(3)}` : String(2000 + random.integer(90)))),
    haul: cells(ROWS, 1, "b", (_, row) => inBlocks(row, "H")),
    dose: cells(ROWS, 1, "d", (random) => (random.next() < 0.1 ? `<${random.integer(3)}` : String(random.integer(90)))),
    y: coin(ROWS),
  };
  const found = await mixedTypes.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns: [name] }) => name)).toEqual(["dose"]);
});
