import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDataset } from "../../src/store/index.ts";
import { temporaryFolder } from "./temporary.ts";

function inLetters(row: number): string {
  return String(row).replace(/\d/g, (digit) => "abcdefghij"[Number(digit)]!);
}

/** Cells of a row, the same again every 60 rows but for `unique`. */
function rowOf(row: number): string[] {
  const i = row % 60;
  return [
    ["low", "mid", "high"][i % 3]!,
    // 2 of 60 rows are no numbers, in far more different texts than there are numbers.
    i < 2 ? inLetters(row) : String(i),
    i < 30 ? ["a", "b"][i % 2]! : String(i),
    i % 7 === 0 ? "" : `"$1,${String(100 + 7 * i)}.50"`,
    `${i % 2 === 0 ? i + 1 : 1000 * (i + 1)} ${i % 2 === 0 ? "kg" : "g"}`,
    String(i).padStart(5, "0"),
    `1234567890123456${String(i).padStart(2, "0")}`,
    `${1 + (i % 28)}/${1 + (i % 12)}/2019`,
    ["the quick fox", "a dog"][i % 2]!,
    `key ${row}`,
  ];
}

async function columnsOf(rows: number) {
  const folder = temporaryFolder();
  const path = join(folder, "table.csv");
  const lines = [
    "level,strays,half,price,weight,code,long,day,words,unique",
    ...Array.from({ length: rows }, (_, row) => rowOf(row).join(",")),
  ];
  writeFileSync(path, `${lines.join("\n")}\n`);
  const { columns } = await openDataset(path, { dataFolder: join(folder, "data"), memoryBytes: 1e9, threads: 1, seed: 1 });
  return columns;
}

test("texts that come again are counted once, and read as where each cell is looked at", async () => {
  // Of fewer than 20,000 rows each cell is looked at.
  const [each, counted] = [await columnsOf(12_000), await columnsOf(24_000)];
  expect(counted.map(({ name, type }) => [name, type])).toEqual([
    ["level", "category"],
    ["strays", "number"],
    ["half", "number"],
    ["price", "number"],
    ["weight", "number"],
    ["code", "category"],
    ["long", "category"],
    ["day", "date"],
    ["words", "category"],
    ["unique", "category"],
  ]);
  const read = (columns: typeof each, times: number) =>
    columns.map(({ name, type, amount, dateFormat, missing, unparsedCells }) => ({
      ...{ name, type, amount, dateFormat },
      ...{ missing: missing * times, unparsed: (unparsedCells ?? 0) * times },
    }));
  expect(read(counted, 1)).toEqual(read(each, 2));
});
