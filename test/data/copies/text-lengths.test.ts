import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { derivedColumn } from "../../../src/data/checks/derived-column.ts";
import { inspect, tableOf } from "../table.ts";

const ROWS = 300;
const random = createRandom(3, "lengths of texts");
const texts = Array.from({ length: ROWS }, () => "acgt".repeat(3).slice(0, 3 + random.integer(9)) + random.integer(90));

test.each<[string, (text: string, row: number) => number, number]>([
  ["the length of a text", (text) => text.length, 1],
  ["but for a row in a hundred", (text, row) => text.length + Number(row % 150 === 7), 1],
  ["of another row", (_, row) => texts[(row + 1) % ROWS]!.length, 0],
  ["one less than it", (text) => text.length - 1, 0],
])("a number that is %s", async (_, count, expected) => {
  const table = tableOf([
    ["junction", texts],
    ["signs", texts.map(count)],
    ["y", texts.map(() => random.normal())],
  ]);
  const found = (await inspect(derivedColumn, table, "y")).filter(({ evidence }) => evidence.kind === "length of text");
  expect(found.map(({ columns }) => columns)).toEqual(expected === 1 ? [["signs", "junction"]] : []);
});
