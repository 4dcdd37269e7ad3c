import { expect, test } from "vitest";
import { parseRecords } from "../../src/store/cells.ts";
import { secondHeader } from "../../src/store/second-header.ts";

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
])("%s are found", (_, lines) => {
  expect(linesOf([...lines, ...rows(30)])).toEqual(lines);
});

test.each<[string, string[]]>([
  ["an honest first row", [row(40)]],
  ["a number in its column", ["text,mg,12,cm,class"]],
  ["a value that recurs", ["ann,pending,pending,pending,ok"]],
  ["words for a gap", ["ann,n/a,NA,missing,class"]],
  ["two columns only", ["text,mg,years,,class"]],
  ["a nearly blank row alone", [",,,,class"]],
])("%s is a row", (_, lines) => {
  expect(linesOf([...lines, ...rows(30)])).toBeNull();
});

test("where other rows hold words too it is a row", () => {
  expect(linesOf(["text,mg,years,cm,class", ...rows(10), "p,broken,unknown to us,lost,ok", ...rows(20)])).toBeNull();
});

test("few rows tell only where the names are known", () => {
  const lines = ["text,mg,years,cm,class", ...rows(10)];
  expect(linesOf(lines)).toBeNull();
  expect(linesOf(lines, ["name", "dose"])).toEqual(lines.slice(0, 1));
});
