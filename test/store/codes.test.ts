import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { openDataset } from "../../src/store/index.ts";
import { areCodes } from "../../src/store/letter-codes.ts";
import { openText, optionsIn, temporaryFolder } from "./temporary.ts";

const texts = (...some: string[]) => some.map((text) => ({ text, cells: 5 }));

test.each<[string, ReturnType<typeof texts>, number, boolean]>([
  ["single letters beside single digits", texts("a", "b"), 1, true],
  ["invoices that were cancelled", texts("C536379", "C536391"), 7, true],
  ["invoices beside a gap", texts("C536379", "C536391", "?"), 7, true],
  ["one text alone", texts("V57"), 6, false],
  ["units", texts("12kg", "15kg"), 5, false],
  ["words", texts("rotary"), 6, false],
  ["gaps", texts("?", "NA"), 4, false],
  ["a letter beside longer numbers", texts("a"), 3, false],
])("%s", (_, strays, longest, codes) => {
  expect(areCodes(strays, longest)).toBe(codes);
});

const folder = temporaryFolder();
const DEWEY = ["004.678", "020.9", "152.4", "398.2", "510", "641.5", "658.8", "796.334", "813.54", "823.912", "914.4", "940.53"];
const FEW_LED = ["004.678", ...DEWEY.slice(2)];
const SCHEMES: readonly (readonly [string, readonly string[], string])[] = [
  ["classes of a library", DEWEY, "category"],
  ["of which few begin with 0", FEW_LED, "category"],
  ["sectors of two digits", ["01.1", "01.25", "10.3", "46", "47.11", "62", "63.1", "70.2", "85.59", "86", "95.1"], "category"],
  ["amounts, none of which begins so", DEWEY.slice(2), "number"],
  ["amounts below one", DEWEY.map((text) => text.replace(/^\d+(\.|$)/, "0.1")), "number"],
  ["a stray zero before digits of any length", [...DEWEY.slice(2), "7.25", "0012.5"], "number"],
  ["zeros without a mark", ["05", "12", "7.5", "31", "28", "44.1", "55", "66", "77.2", "88", "99"], "number"],
];

test.each(SCHEMES)("%s: digits before the decimal mark", async (name, some, type) => {
  const cells = Array.from({ length: 120 }, (_, row) => some[row % some.length] ?? "");
  const csv = await openText(folder, `${name}.csv`, `y,code\n${cells.map((cell, row) => `${row % 2},${cell}`).join("\n")}\n`);
  expect(csv.columns[1]).toMatchObject({ type, unparsedCells: 0 });
  const semicolons = cells.map((cell, row) => `${row}\x2c5;${cell.replace(".", ",")}`).join("\n");
  expect((await openText(folder, `${name}-de.csv`, `y;code\n${semicolons}\n`)).columns[1]).toMatchObject({ type });
  const path = join(folder, `${name}.parquet`);
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `COPY (SELECT * FROM (VALUES ${cells.map((cell, row) => `(${row}, '${cell}')`).join(", ")}) t(y, code)) TO '${path}' (FORMAT parquet)`,
  );
  const typed = (await openDataset(path, optionsIn(folder))).columns[1];
  expect(typed).toMatchObject({ type, unparsedCells: 0 });
  expect(typed?.why).not.toMatch(/read as missing/);
});

test("a word for none beside codes says nothing against them", async () => {
  const cells = Array.from({ length: 120 }, (_, row) => (row % 20 === 3 ? "n/a" : (DEWEY[row % DEWEY.length] ?? "")));
  const dataset = await openText(folder, "none.csv", `y,code\n${cells.map((cell, row) => `${row % 2},${cell}`).join("\n")}\n`);
  expect(dataset.columns[1]).toMatchObject({ type: "category" });
});

/** A row of each of 130 hauls of six, of which the last 30 have a letter. */
const hauls = (few: (haul: number) => string) => Array.from({ length: 780 }, (_, row) => few(Math.floor(row / 6)));

test.each<[string, string, readonly string[], string]>([
  [
    "numbers of things by their name",
    "haul_no",
    hauls((haul) => (haul < 100 ? String(2000 + ((haul * 37) % 100)) : `H${haul % 3}`)),
    "category",
  ],
  ["one of them alone", "roomNumber", hauls((haul) => (haul === 50 ? "12A" : String(1 + ((haul * 7) % 60)))), "category"],
  ["numbers of things by their order", "haul", hauls((haul) => (haul < 100 ? String(2000 + haul) : `H${haul % 3}`)), "category"],
  [
    "readings of which some are errors",
    "lux",
    Array.from({ length: 780 }, (_, row) => (row % 40 === 3 ? `E${row % 3}` : String((row * 7919) % 613))),
    "number",
  ],
  ["words beside numbers of things", "haul_no", hauls((haul) => (haul < 100 ? String(2000 + haul) : "lost")), "number"],
])("letters beside digits: %s", async (_, name, cells, type) => {
  const dataset = await openText(folder, "letters.csv", `y,${name}\n${cells.map((cell, row) => `${row % 2},${cell}`).join("\n")}\n`);
  expect(dataset.columns[1]).toMatchObject({ type, ...(type === "category" ? { unparsedCells: 0 } : {}) });
});

test.each<[string, readonly string[], string, number]>([
  ["the rest of a count", ["0", "1", "2", "3+"], "category", 0],
  ["of which three stand alone and one is a word for none", ["1", "2", "3 or more", "n/a"], "category", 0],
  ["ranges beside numbers", ["10 or 11", "12", "13", "14 and 15"], "category", 0],
  ["a step that others overlap", ["1", "2", "3", "1-3", "4"], "number", 12],
  ["another answer", ["1", "2", "3", "none of these", "4"], "number", 12],
  ["an amount of many values", [...Array.from({ length: 30 }, (_, i) => String(i)), "29+"], "number", 1],
])("steps of an amount beside plain numbers: %s", async (name, some, type, unparsed) => {
  const cells = Array.from({ length: 60 }, (_, row) => some[row % some.length] ?? "");
  const csv = await openText(folder, `steps ${name}.csv`, `y,steps\n${cells.map((cell, row) => `${row % 2},${cell}`).join("\n")}\n`);
  expect(csv.columns[1]).toMatchObject({ type, unparsedCells: unparsed });
});

test("one cell among many rows that says a range is a slip, and the numbers stay numbers", async () => {
  const cells = Array.from({ length: 200 }, (_, row) => (row === 77 ? "3-4" : String(1 + (row % 9))));
  const csv = await openText(folder, "range.csv", `y,steps\n${cells.map((cell, row) => `${row % 2},${cell}`).join("\n")}\n`);
  expect(csv.columns[1]).toMatchObject({ type: "number", unparsedCells: 1 });
});
