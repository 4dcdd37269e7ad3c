import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { derivedColumn } from "../../../src/data/checks/derived-column.ts";
import { textLengths } from "../../../src/data/copies/text-lengths.ts";
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

test.each<[string, (text: string) => number]>([
  ["code points", (text) => [...text].length],
  ["UTF-16 units", (text) => text.length],
])("signs beyond U+FFFF are counted as one or as two: %s", async (countedAs, count) => {
  const smiling = texts.map((text, row) => (row % 3 === 0 ? `${text} \u{1F600}` : text));
  const table = tableOf([
    ["junction", smiling],
    ["signs", smiling.map(count)],
    ["y", texts.map(() => random.normal())],
  ]);
  const [found] = (await inspect(derivedColumn, table, "y")).filter(({ evidence }) => evidence.kind === "length of text");
  expect(found).toMatchObject({ columns: ["signs", "junction"], evidence: { countedAs, exactRows: ROWS } });
  expect(found!.why).toContain(`the number of signs (${countedAs}) of \`junction\``);
});

test("a number that is known for few different lengths says nothing by them", () => {
  const levels = Array.from({ length: ROWS }, (_, row) => "a".repeat(row < 100 ? 1 + (row % 3) : 4 + (row % 9)) + (row % 7));
  const text = { name: "text", type: "category" as const, levels, codes: Int32Array.from(levels.keys()) };
  const known = (rows: number) =>
    textLengths(
      [text],
      [{ name: "signs", type: "number", values: Float64Array.from(levels, (level, row) => (row < rows ? level.length : Number.NaN)) }],
    );
  expect(known(100)).toEqual([]);
  expect(known(ROWS)).toMatchObject([{ number: "signs", text: "text", held: ROWS, countedAs: null }]);
});
