import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { errorOf, LIMITS as limits, temporaryFolder, write } from "./temporary.ts";

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

test("dates of which later ones are written by ISO 8601", async () => {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = (row: number) => (row < 4500 ? `${two(1 + (row % 28))}.03.2021` : `2021-03-${two(1 + (row % 28))}`);
  const rows = Array.from({ length: 5000 }, (_, row) => `${row},${day(row)},name${row % 7}`);
  await expectSame(write(folder, "later-iso.csv", `a,seen,c\n${rows.join("\n")}\n`), "later-iso");
});

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
  ["a code with zeros and a point", ["004.678", "823.9"], (row: number) => `${100 + (row % 900)}.${row % 50}`],
  ["zeros of both signs", ["-0", "0.5"], (row: number) => ["0", "-0", "12.5"][row % 3] ?? ""],
  ["hours with zeros", ["07", "09.5"], (row: number) => String(10 + (row % 14))],
  ["years", ["2001", "1999"], (row: number) => String(1900 + (row % 100))],
  ["years and a word", ["2001", "n/a "], (row: number) => String(1900 + (row % 100))],
  ["points between thousands", ["1.234.567", "2.345.678"], (row: number) => `${1 + (row % 9)}.${100 + (row % 900)}`],
  ["points and shorter ones", ["987", "12"], (row: number) => `${1 + (row % 9)}.${100 + (row % 900)}`],
])("cells of one length: %s", (name, late, early) => expectSame(write(folder, `${name}.csv`, lateCells(late, early)), name));

const dayOf = (row: number) => new Date(Date.UTC(2019, 0, 1 + (row % 1500), row % 24, row % 60, row % 7)).toISOString();
test.each([
  ["days", ["2024-02-29", "1999-12-31"], (row: number) => dayOf(row).slice(0, 10)],
  ["days and no value", ["", "2024-02-29"], (row: number) => dayOf(row).slice(0, 10)],
  ["days with blanks around", [" 2024-02-29", "2024-02-28 "], (row: number) => dayOf(row).slice(0, 10)],
  ["days and a time", ["2024-02-29 10:11:12", "2024-02-28T10:11Z"], (row: number) => dayOf(row).slice(0, 10)],
  ["days and one that is none", ["2023-02-29", "2024-02-28"], (row: number) => dayOf(row).slice(0, 10)],
  ["days and a word", ["unknown", "2024-02-28"], (row: number) => dayOf(row).slice(0, 10)],
  ["days and a number", ["20240228", "45000"], (row: number) => dayOf(row).slice(0, 10)],
  ["days among many words", Array(600).fill("soon"), (row: number) => dayOf(row).slice(0, 10)],
  ["days after words", ["2024-02-28"], (row: number) => (row < 2000 ? "" : dayOf(row).slice(0, 10))],
  ["times with zones", ["2024-02-29T10:11:12.5+02:00", "2024-02-29T10:11:12"], (row: number) => dayOf(row)],
  ["times without seconds", ["2024-02-29 10:11", "2024-02-29"], (row: number) => dayOf(row).slice(0, 16).replace("T", " ")],
  ["points between", ["2024.02.29", "2024.2.9"], (row: number) => dayOf(row).slice(0, 10).replaceAll("-", ".")],
  ["names of months", ["29-Feb-2024", "1-Mai-2024"], (row: number) => `${1 + (row % 28)}-Mar-2024`],
  ["a day that is not told from a month", ["13/12/2024", "12/13/2024"], (row: number) => `${1 + (row % 12)}/03/2024`],
])("a column that begins with dates: %s", (name, late, early) => expectSame(write(folder, `${name}.csv`, lateCells(late, early)), name));

test("amounts that only the texts of other columns decide", async () => {
  const rows = Array.from({ length: 3000 }, (_, row) => `${row},"${1 + (row % 99)},${100 + (row % 900)}",${row % 2}`);
  await expectSame(write(folder, "open.csv", `a,price,c\n${rows.join("\n")}\n`), "open");
});

test("a decimal comma and dates", async () => {
  const german = Array.from({ length: 300 }, (_, row) => `${row},5;${1 + (row % 28)}.03.2024;wort${row % 5}`);
  await expectSame(write(folder, "comma.csv", `a;tag;c\n${german.join("\n")}\n`), "comma");
});

/** More columns than a file of a version takes. */
function wideText(columns: number, lineEnd: string): string {
  const cellOf = (row: number, column: number) =>
    column % 9 === 4 ? [`n${row % 3}`, `"a,b"`, `"two\nlines"`, ""][(row + column) % 4] : row * column + 0.25;
  const header = Array.from({ length: columns }, (_, column) => `c${column}`);
  const lines = [header, ...Array.from({ length: 12 }, (_, row) => header.map((_, column) => cellOf(row, column)))];
  return `\uFEFF${lines.map((line) => line.join(",")).join(lineEnd)}`;
}

test.each([
  ["in two files, with a blank line", 260, "\n", "\n"],
  ["whose last file would have one column", 251, "\n", "\n"],
  ["with carriage returns", 252, "\r\n", "\r\n"],
  ["without a last line end", 252, "\n", ""],
])("a wide table %s", async (name, columns, lineEnd, last) => {
  const text = wideText(columns, lineEnd);
  await expectSame(write(folder, `${name}.csv`, `${text}${lineEnd}${text.slice(text.lastIndexOf("\n0.25") + 1)}${last}${last}`), name);
});

test.each([
  ["in files of their columns", 260, "\n"],
  ["whose last file would have one column", 251, "\n"],
  ["with carriage returns", 260, "\r\n"],
])("a wide table of plain lines %s", async (name, columns, lineEnd) => {
  const header = Array.from({ length: columns }, (_, column) => `c${column}`);
  const rows = Array.from({ length: 12 }, (_, row) =>
    header.map((_, column) => (column % 9 === 4 ? `n${row + column}` : row * column + 0.25)),
  );
  const text = [header, ...rows].map((line) => `${line.join(",")}${lineEnd}`).join("");
  await expectSame(write(folder, `plain-${name}.csv`, text), `plain-${name}`);
});

test("files of a wide table that are made side by side are those of one lane", async () => {
  const path = write(folder, "lanes.csv", `${wideText(502, "\n")}\n`);
  const one = { ...limits, dataFolder: join(folder, "one-lane"), onePassBytes: 0 };
  const two = { ...one, memoryBytes: 2 * 1024 ** 3, threads: 2, dataFolder: join(folder, "two-lanes") };
  const dataset = await openDataset(path, two);
  expect(dataset).toEqual(await openDataset(path, one));
  const files = readdirSync(two.dataFolder).toSorted();
  expect(files).toHaveLength(4);
  expect(files).toEqual(readdirSync(one.dataFolder).toSorted());
  expect(await loadFrame(dataset, two)).toEqual(await loadFrame(dataset, one));
  expect(await loadFrame(dataset, { ...two, maxRows: 7 })).toEqual(await loadFrame(dataset, { ...one, maxRows: 7 }));
});

test("a wide table with a row too short is refused, and nothing is left", async () => {
  const path = write(folder, "short.csv", `${wideText(252, "\n")}\n1,2\n`);
  const options = { ...limits, dataFolder: join(folder, "short-data"), onePassBytes: 0 };
  expect((await errorOf(() => openDataset(path, options))).code).toBe("ragged-row");
  expect(readdirSync(options.dataFolder)).toEqual([]);
});
