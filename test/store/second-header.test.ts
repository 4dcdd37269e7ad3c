import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRecords } from "../../src/store/cells.ts";
import { openDataset } from "../../src/store/index.ts";
import { secondHeader } from "../../src/store/second-header.ts";
import { optionsIn, temporaryFolder } from "./temporary.ts";

const row = (i: number) => `p${i},${i * 7},${i % 9},${(i * 3.7).toFixed(1)},${i % 2 === 0 ? "ok" : "low"}`;
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i));

function linesOf(lines: readonly string[], expected: readonly string[] | null = null): readonly string[] | null {
  const text = `${["name,dose,age,size,state", ...lines].join("\n")}\n`;
  const records = parseRecords(text, { delimiter: ",", quote: '"', initialSpace: false }, 200, true);
  const found = secondHeader(text, records, ".", expected);
  if (found !== null) expect(text.slice(found.from, found.to).trim().split("\n")).toEqual(found.lines);
  return found?.lines ?? null;
}

test.each<[string, string[]]>([
  ["units", ["text,mg,years,cm,class"]],
  ["a unit that is also a word for a gap", ["nr,mg,years,cm,"]],
  ["types and roles", ["string,c,d,c,d", "meta,,,,class"]],
  ["types and roles of most columns", ["string,c,d,c,d", "meta title=True,i,,meta,class"]],
])("%s are found", (_, lines) => {
  expect(linesOf([...lines, ...rows(30)])).toEqual(lines);
});

test.each<[string, string[]]>([
  ["an honest first row", [row(40)]],
  ["a number in its column", ["text,mg,12,cm,class"]],
  ["a value that recurs", ["ann,pending,pending,pending,ok"]],
  ["words for a gap", ["ann,n/a,NA,missing,class"]],
  ["two columns only", ["text,mg,years,,class"]],
  ["a row of new words behind no types", ["ann,over,meta,over,ok"]],
  ["a nearly blank row alone", [",,,,class"]],
  ["the first of two that say the same", ["blank,over,over,over,control", "ref,over,over,over,other"]],
  ["the first of two that count on", ["C1,over,high,above,control", "C2,lost,low,under,other"]],
])("%s is a row", (_, lines) => {
  expect(linesOf([...lines, ...rows(30)])).toBeNull();
});

test("units of some columns stand above a line of long names", () => {
  const names = Array.from({ length: 12 }, (_, i) => `c${i}`);
  const text = (lines: readonly string[]) =>
    `${[names.join(","), ...lines, ...Array.from({ length: 30 }, (_, row) => names.map((_, i) => (row * (i + 3)) % 17).join(","))].join("\n")}\n`;
  const found = (lines: readonly string[]) => {
    const records = parseRecords(text(lines), { delimiter: ",", quote: '"', initialSpace: false }, 200, true);
    return secondHeader(text(lines), records, ".", null)?.lines ?? null;
  };
  const units = "Units,,,A,V,A,,,,,,";
  const long = names.map((name) => `snl_${name}x`).join(",");
  expect(found([units, long])).toEqual([units, long]);
  // Alone it is a row that lacks most of its values.
  expect(found([units])).toBeNull();
});

test("where other rows hold words too it is a row", () => {
  expect(linesOf(["text,mg,years,cm,class", ...rows(10), "p,broken,unknown to us,lost,ok", ...rows(20)])).toBeNull();
});

test("few rows tell only where the names are known", () => {
  const lines = ["text,mg,years,cm,class", ...rows(10)];
  expect(linesOf(lines)).toBeNull();
  expect(linesOf(lines, ["name", "dose"])).toEqual(lines.slice(0, 1));
});

const level = (i: number) => `${["a", "b"][i % 2]},${["a", "b", "c"][i % 3]},${i % 5}`;

test.each(["NA", "unknown", "none"])("one word for no value (%s) in all columns is a row", (word) => {
  const text = (line: string) => `${["q1,q2,q3", line, ...Array.from({ length: 30 }, (_, i) => level(i))].join("\n")}\n`;
  const found = (line: string) => {
    const records = parseRecords(text(line), { delimiter: ",", quote: '"', initialSpace: false }, 200, true);
    return secondHeader(text(line), records, ".", ["q1", "q2", "q3"])?.lines ?? null;
  };
  expect(found("d,d,d")).toEqual(["d,d,d"]);
  expect(found(`${word},${word},${word}`)).toBeNull();
});

const folder = temporaryFolder();
const options = optionsIn(folder);

/** Rows of a file as it is opened. */
async function rowsIn(header: string, lines: readonly string[]): Promise<number> {
  const path = join(folder, "table.csv");
  writeFileSync(path, `${[header, ...lines].join("\n")}\n`);
  return (await openDataset(path, options)).rows;
}

test("a word that comes back anywhere in the file makes the line a row", async () => {
  const levels = Array.from({ length: 400 }, (_, i) => level(i));
  expect(await rowsIn("q1,q2,q3", ["never,never,never", ...levels])).toBe(400);
  expect(await rowsIn("q1,q2,q3", ["never,never,never", ...levels, "a,never,3"])).toBe(402);
});

test("rows with other words far below make it a row, whose own words come back too, also in a large file", async () => {
  const line = "text,mg,years,cm,class";
  expect(await rowsIn("name,dose,age,size,state", [line, ...rows(400)])).toBe(400);
  expect(await rowsIn("name,dose,age,size,state", [line, ...rows(400), "p,broken,unclear,3,ok"])).toBe(402);
  const many = rows(50_000);
  expect(await rowsIn("name,dose,age,size,state", [line, ...many])).toBe(50_000);
  expect(await rowsIn("name,dose,age,size,state", [line, ...many, "p,1,2,cm,ok", ...many])).toBe(100_002);
});

test("a few rows of one kind at the top and at the end are rows", async () => {
  const controls = (from: number, count: number) => Array.from({ length: count }, (_, i) => `C${from + i},over,over,over,control`);
  expect(await rowsIn("name,dose,age,size,state", [...controls(0, 3), ...rows(300), ...controls(3, 6)])).toBe(309);
});
