import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDataset } from "../../src/store/open-dataset.ts";
import { LIMITS, temporaryFolder } from "./temporary.ts";

const ROWS = 2400;

/** The type and the format of each column, and its cells that are lost. */
async function read(columns: Readonly<Record<string, (row: number) => string>>) {
  const folder = temporaryFolder();
  const lines = Array.from({ length: ROWS }, (_, row) => Object.values(columns).map((cell) => cell(row)));
  writeFileSync(join(folder, "t.csv"), [Object.keys(columns), ...lines].map((cells) => cells.join(",")).join("\n"));
  const dataset = await openDataset(join(folder, "t.csv"), { ...LIMITS, dataFolder: join(folder, "data"), seed: 1 });
  return dataset.columns.map(({ name, type, dateFormat, missing }) => [name, type, dateFormat, missing]);
}

const month = (row: number) => ["Jan.", "Feb.", "Mar.", "Apr."][row % 4] ?? "";

test("the name of a column and all its cells decide whether texts are periods, and no cell is lost", async () => {
  const found = await read({
    x: (row) => String(row),
    semaine: (row) => `S${1 + (row % 20)} 2020`,
    model: (row) => `S${1 + (row % 20)} 2020`,
    months: (row) => `${month(row)} ${2010 + (row % 9)}`,
    late: (row) => `${row === ROWS - 1 ? "May" : month(row)} ${2010 + (row % 9)}`,
    mixed: (row) => (row === ROWS - 1 ? "14.02.2023" : `Q${1 + (row % 4)} ${2010 + (row % 9)}`),
    iso: (row) => (row === ROWS - 1 ? "2023-02-14" : `Q${1 + (row % 4)} ${2010 + (row % 9)}`),
    last: (row) => (row === ROWS - 1 ? "Q5 2010" : `Q${1 + (row % 4)} ${2010 + (row % 9)}`),
  });
  expect(found.slice(1)).toEqual([
    ["semaine", "date", "S%V %G", 0],
    ["model", "category", null, 0],
    ["months", "date", "%b. %Y", 0],
    ["late", "category", null, 0],
    ["mixed", "category", null, 0],
    ["iso", "date", "Q%q %Y", 0],
    ["last", "category", null, 0],
  ]);
});
