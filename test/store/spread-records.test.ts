import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { spreadRecords } from "../../src/store/spread-records.ts";
import { temporaryFolder } from "./temporary.ts";

const path = join(temporaryFolder(), "table.csv");
const lines = Array.from({ length: 2000 }, (_, i) => `${i},ä${"x".repeat(i % 7)}`);
const text = `a,b\n${lines.join("\n")}`;
writeFileSync(path, text);
const bytes = Buffer.byteLength(text);
const syntax = { delimiter: ",", quote: '"', initialSpace: false };
const read = (partBytes: number) => [...spreadRecords(path, 4, bytes, syntax, partBytes)].map((cells) => cells.join(","));

test.each([400, 1000, 1e6])("all records, whole, in parts of %d bytes", (partBytes) => {
  expect(read(partBytes)).toEqual(lines);
});

test("of a large file those in parts from its beginning to its end", () => {
  const known = new Set(lines);
  const found = read(50).filter((line) => known.has(line));
  expect(found.length).toBeGreaterThan(64);
  expect(found.length).toBeLessThan(500);
  expect(found.at(-1)).toBe(lines.at(-1));
  const numbers = found.map((line) => Number(line.split(",")[0]));
  expect(Math.max(...numbers.map((one, i) => one - (numbers[i - 1] ?? 0)))).toBeLessThan(50);
});
