import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { recordSink } from "../../src/store/record-scan.ts";
import type { CutList } from "../../src/store/split-columns.ts";

const SYNTAX = { delimiter: ",", quote: '"', initialSpace: false };
const WIDTH = 70;

/** What the scan says of the text, given in pieces that end at these places. */
function scanned(text: string, ends: readonly number[], width = WIDTH, isCut = true, initialSpace = false) {
  const cuts: CutList = { block: 16, places: [], isUncertain: false };
  const { sink, count } = recordSink("x.csv", { ...SYNTAX, initialSpace }, { first: width, rest: width }, isCut ? cuts : null);
  const bytes = Buffer.concat([Buffer.alloc(3), Buffer.from(text)]).subarray(3);
  let error: unknown = null;
  try {
    let from = 0;
    for (const end of [...ends, bytes.length]) {
      sink.take(bytes.subarray(from, end));
      from = end;
    }
    sink.end();
  } catch (thrown) {
    error = String(thrown);
  }
  return { count, places: cuts.isUncertain ? [] : cuts.places, isUncertain: cuts.isUncertain, error };
}

const random = createRandom(1, "plain lines");
const plainCell = () => ["", "7", "-0.123456789", "name é 12", "a b"][random.integer(5)] ?? "";
const line = (cells: number, cell = plainCell): string => Array.from({ length: cells }, cell).join(",");
const table = (odd: () => string) => Array.from({ length: 8 }, (_, row) => (row % 5 === 2 ? odd() : `${line(WIDTH)}\n`)).join("");

test.each([
  ["plain", () => `${line(WIDTH)}\n`],
  ["quoted delimiters and line ends", () => `${line(WIDTH - 1)},"x,""\ny"\n`],
  ["blank", () => "\n"],
  ["spaces", () => "  \n"],
  ["a carriage return at the end", () => `${line(WIDTH)}\r\n`],
  ["a carriage return alone", () => `${line(WIDTH)}\r`],
  ["too few", () => `${line(WIDTH - 1)}\n`],
  ["too many", () => `${line(WIDTH + 40)}\n`],
  ["text after a quote", () => `"x"y,${line(WIDTH - 1)}\n`],
  ["an open quote", () => `"x,${line(WIDTH - 1)}\n`],
])("lines that are taken at once are read as byte by byte: %s", (_, odd) => {
  const text = table(odd);
  const bytes = Buffer.byteLength(text);
  const slow = scanned(
    text,
    Array.from({ length: bytes - 1 }, (_, place) => place + 1),
  );
  expect(scanned(text, [])).toEqual(slow);
  expect(
    scanned(
      text,
      [random.integer(bytes), random.integer(bytes)].sort((a, b) => a - b),
    ),
  ).toEqual(slow);
});

test("blocks of cells end at each delimiter that a search finds", () => {
  const text = table(() => `${line(WIDTH)}\n`);
  const { count, places } = scanned(text, []);
  const bytes = Buffer.from(text);
  const expected: number[] = [];
  let cells = 0;
  bytes.forEach((byte, place) => {
    if (byte === 10) expected.push(-(place + 1));
    if (byte === 10) cells = 0;
    else if (byte === 44 && ++cells % 16 === 0) expected.push(place);
  });
  expect(places).toEqual(expected);
  expect(count).toMatchObject({ records: 8, quotedNewline: false, unusual: false });
});

test.each([
  ["line feeds", "\n", 3],
  ["both", "\r\n", 3],
  ["now one, now the other", "", 3],
  ["carriage returns", "\r", 3],
  ["wide lines with both", "\r\n", 40],
])("without cuts all lines of a table are counted as byte by byte: %s", (_, end, width) => {
  const ends = () => end || (random.integer(9) === 0 ? "\r\n" : "\n");
  const quoted = () => (random.integer(20) === 0 ? `"a,""b${random.integer(3) === 0 ? "\n" : ""}",${line(width - 1)}` : line(width));
  const text = Array.from({ length: 300 }, () => `${quoted()}${ends()}`).join("");
  const bytes = Buffer.byteLength(text);
  const slow = scanned(
    text,
    Array.from({ length: bytes - 1 }, (_, place) => place + 1),
    width,
    false,
  );
  expect(slow.error).toBe(null);
  for (const pieces of [[], [random.integer(bytes)], [16, 32, 48]]) expect(scanned(text, pieces, width, false)).toEqual(slow);
  expect(slow.count.records).toBe(300);
});

test.each(["\n", "  \n", "\r\n"])("of one cell a line without any is no record: %j", (odd) => {
  const text = `a${odd === "\r\n" ? "\r" : ""}\n${odd}b\n`;
  const slow = scanned(
    text,
    Array.from({ length: text.length - 1 }, (_, place) => place + 1),
    1,
    false,
  );
  expect(scanned(text, [], 1, false)).toEqual(slow);
  expect(slow.count.records).toBe(2);
});

test("a line whose piece begins behind its spaces is none that is taken at once", () => {
  const text = "a,b\n   c,d\n";
  expect(scanned(text, [6], 2, false, true)).toEqual(scanned(text, [], 2, false, true));
  expect(scanned(text, [6], 2, false, true).count).toMatchObject({ records: 2, longest: 7 });
});

test("of plain lines the longest is told, whatever ends them", () => {
  for (const end of ["\n", "\r\n"]) {
    const text = `a,b,c${end}${"x".repeat(50)},2,3${end}1,2,3${end}`;
    expect(scanned(text, [], 3, false).count).toMatchObject({ records: 3, longest: 55 });
  }
});

test("a file of many lines is held to its cells in every one of them", () => {
  const text = `${"1,2,3\n".repeat(70_000)}1,2\n${"1,2,3\n".repeat(70_000)}`;
  expect(scanned(text, [65_536, 300_000], 3, false).error).toContain("line 70001: 2");
});
