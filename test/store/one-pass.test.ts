import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { LIMITS as limits, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const cases = fileURLToPath(new URL("cases/", import.meta.url));

/** Read in one pass, a table is what it is when all its texts are staged: the version, the manifest and every cell. */
async function expectSame(path: string, name: string): Promise<void> {
  const staged = { ...limits, dataFolder: join(folder, `${name}-staged`), onePassBytes: Number.POSITIVE_INFINITY };
  const read = { ...limits, dataFolder: join(folder, `${name}-read`), onePassBytes: 0 };
  const dataset = await openDataset(path, read);
  expect(dataset).toEqual(await openDataset(path, staged));
  expect(await loadFrame(dataset, read)).toEqual(await loadFrame(dataset, staged));
  expect(readdirSync(read.dataFolder).filter((file) => file.startsWith("."))).toEqual([]);
}

test.each([
  "byte-order-mark",
  "codes-with-leading-zeros",
  "crlf",
  "dates-with-a-token",
  "initial-spaces",
  "number-spellings",
  "numbers-too-big",
  "one-mark-among-numbers",
  "quoted-newline",
  "semicolon-decimal-comma",
  "trailing-empty-columns",
])("%s", (name) => expectSame(join(cases, `${name}.csv`), name));

/** A column whose first 4,100 cells are plain numbers, and what comes then. */
function lateCells(late: readonly string[], early: (row: number) => string = (row) => `${row}.5`): string {
  const cells = [...Array.from({ length: 4100 }, (_, row) => early(row)), ...late];
  return `a,b,c\n${cells.map((cell, row) => `${row},${cell},name${row % 7}`).join("\n")}\n`;
}

test.each([
  ["a word", ["NA", "7.5"]],
  ["spaces", [" 3.5 ", "4.5"]],
  ["a blank cell", ["   ", "4.5"]],
  ["infinity", ["inf", "nan", "4.5"]],
  ["too large", ["1e400", "12345678901234567890", "4.5"]],
  ["an underscore", ["1_000", "4.5"]],
  ["thousands", ["1,5", "4.5"].map((cell) => `"${cell}"`)],
  ["hex and signs", ["0x1A", "+5", "-.5", "5."]],
])("a column that begins with numbers: %s", (name, late) => expectSame(write(folder, `${name}.csv`, lateCells(late)), name));

test.each([
  ["a code with zeros", ["01234", "54321"], (row: number) => String(10_000 + row)],
  ["years", ["2001", "1999"], (row: number) => String(1900 + (row % 100))],
  ["years and a word", ["2001", "n/a "], (row: number) => String(1900 + (row % 100))],
  ["points between thousands", ["1.234.567", "2.345.678"], (row: number) => `${1 + (row % 9)}.${100 + (row % 900)}`],
  ["points and shorter ones", ["987", "12"], (row: number) => `${1 + (row % 9)}.${100 + (row % 900)}`],
])("cells of one length: %s", (name, late, early) => expectSame(write(folder, `${name}.csv`, lateCells(late, early)), name));

test("amounts that only the texts of other columns decide", async () => {
  const rows = Array.from({ length: 3000 }, (_, row) => `${row},"${1 + (row % 99)},${100 + (row % 900)}",${row % 2}`);
  await expectSame(write(folder, "open.csv", `a,price,c\n${rows.join("\n")}\n`), "open");
});

test("a decimal comma, dates, and more columns than a file of a version takes", async () => {
  const german = Array.from({ length: 300 }, (_, row) => `${row},5;${1 + (row % 28)}.03.2024;wort${row % 5}`);
  await expectSame(write(folder, "comma.csv", `a;tag;c\n${german.join("\n")}\n`), "comma");
  const cells = (row: number) => Array.from({ length: 520 }, (_, column) => (column % 9 === 4 ? `n${row % 3}` : row * column + 0.25));
  const wide = [Array.from({ length: 520 }, (_, column) => `c${column}`), ...Array.from({ length: 40 }, (_, row) => cells(row))];
  await expectSame(write(folder, "wide.csv", `${wide.map((line) => line.join(",")).join("\n")}\n`), "wide");
});
