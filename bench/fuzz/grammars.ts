import type { Random } from "../../src/core/random.ts";

const pick = <T>(random: Random, items: readonly T[]): T => items[random.integer(items.length)] as T;

/** Cells as people and programs write them, and as nobody should. */
const WORDS = [
  "",
  " ",
  "a",
  "yes",
  "no",
  "NA",
  "?",
  "null",
  "-",
  "NaN",
  "inf",
  "#REF!",
  "=1+1",
  "é",
  "中文",
  "\u00a0",
  "\ufffd",
  "𝒳",
  "__proto__",
  "constructor",
  "toString",
  "x".repeat(300),
];
const NUMBERS = [
  "0",
  "-1",
  "3.5",
  "1e308",
  "1e999",
  "-0",
  "007",
  "1,234.5",
  "1.234,5",
  "$12.50",
  "12 kg",
  "45%",
  "€4.1M",
  "3,4 Mio. €",
  "130/85",
  "5' 10\"",
  "9007199254740993",
  "0x1F",
  ".5",
  "5.",
  "1_000",
  "１２",
];
const DATES = [
  "2020-01-31",
  "31/01/2020",
  "01/31/2020",
  "2020-02-30",
  "9999-12-31",
  "0000-00-00",
  "20200131",
  "2020-01-31T25:61:00Z",
  "1 Jan 2020",
  "12:30",
];

type Cell = (row: number) => string;

function cellMaker(random: Random): Cell {
  const odd = () => pick(random, [...WORDS, ...NUMBERS, ...DATES]);
  const share = random.next() < 0.5 ? 0 : random.next() / 3;
  const plain = pick<Cell>(random, [
    (row) => String(row),
    () => String(random.integer(100)),
    () => random.normal().toFixed(random.integer(6)),
    () => pick(random, ["red", "green", "blue"]),
    () => pick(random, ["yes", "no"]),
    (row) => new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10),
    () => pick(random, NUMBERS),
    () => pick(random, DATES),
    () => pick(random, WORDS),
    () => "",
    () => "same",
  ]);
  return (row) => (random.next() < share ? odd() : plain(row));
}

function nameMaker(random: Random): (column: number) => string {
  const odd = random.next() < 0.3;
  return (column) => (odd && random.next() < 0.5 ? pick(random, [...WORDS, ...NUMBERS, ...DATES]) : `c${column}`);
}

function grid(random: Random): string[][] {
  const rows = random.integer(random.next() < 0.2 ? 3 : 120);
  const width = 1 + random.integer(random.next() < 0.1 ? 300 : 8);
  const columns = Array.from({ length: width }, () => cellMaker(random));
  const name = nameMaker(random);
  const body = Array.from({ length: rows }, (_, row) => columns.map((cell) => cell(row)));
  return random.next() < 0.9 ? [columns.map((_, column) => name(column)), ...body] : body;
}

/** A CSV file of a random grammar: delimiter, quotes, line ends, ragged and blank lines, marks, rows quoted as a whole, and cut off anywhere. */
export function csvText(random: Random): string {
  const delimiter = pick(random, [",", ",", ";", "\t", "|", " ", ":", "\u0001"]);
  const quote = pick(random, ['"', '"', "'", ""]);
  const end = pick(random, ["\n", "\n", "\r\n", "\r"]);
  const [quoted, ragged, blank] = [random.next() < 0.3 ? random.next() : 0, random.next() < 0.2 ? 0.05 : 0, random.next() < 0.1 ? 0.1 : 0];
  const doubles = random.next() < 0.8;
  const written = (cell: string) => {
    const needs =
      quote !== "" && (random.next() < quoted || (doubles && [delimiter, quote, "\n", "\r"].some((mark) => cell.includes(mark))));
    return needs ? `${quote}${doubles ? cell.replaceAll(quote, quote + quote) : cell}${quote}` : cell;
  };
  const wholeRow = random.next() < 0.1;
  const lines = grid(random).map((cells) => {
    if (random.next() < blank) return "";
    const own = random.next() < ragged ? cells.slice(random.integer(cells.length + 1)) : cells;
    const line = own.map(written).join(delimiter) + (random.next() < ragged ? delimiter : "");
    return wholeRow ? `"${line.replaceAll('"', '""')}"` : line;
  });
  const mark = random.next() < 0.1 ? "\ufeff" : "";
  const text = mark + lines.join(end) + (random.next() < 0.8 ? end : "");
  return random.next() < 0.15 ? text.slice(0, random.integer(text.length + 1)) : text;
}

function jsonValue(random: Random, depth: number): string {
  if (depth > 0 && random.next() < 0.2)
    return random.next() < 0.5
      ? `[${Array.from({ length: random.integer(3) }, () => jsonValue(random, depth - 1)).join(",")}]`
      : `{${Array.from({ length: random.integer(3) }, (_, i) => `"k${i}":${jsonValue(random, depth - 1)}`).join(",")}}`;
  return pick(random, [
    "null",
    "true",
    "false",
    "1",
    "-2.5",
    "1e999",
    "12345678901234567890",
    '"a"',
    '"2020-01-01"',
    '"\\u0000"',
    '"\\ud800"',
    '"1,234.5"',
    '""',
    "NaN",
    "01",
    "{",
    JSON.stringify(pick(random, WORDS)),
  ]);
}

/** JSON lines, an array of records, or what only looks like them. */
export function jsonText(random: Random): string {
  const keys = Array.from({ length: 1 + random.integer(6) }, (_, i) => (random.next() < 0.1 ? pick(random, WORDS) : `k${i}`));
  const clean = random.next() < 0.5;
  const value = (row: number, i: number) =>
    clean ? (i % 2 === 0 ? String(row * (i + 1)) : `"v${(row * 7 + i) % 3}"`) : jsonValue(random, random.integer(4));
  const lines = Array.from({ length: random.integer(60) }, (_, row) => {
    const own = random.next() < 0.1 ? keys.slice(1) : keys;
    return `{${own.map((key, i) => `${JSON.stringify(key)}:${value(row, i)}`).join(",")}}`;
  });
  if (random.next() < 0.05) return "[".repeat(random.integer(20_000));
  if (random.next() < 0.05) return `${'{"a":'.repeat(random.integer(5000))}1`;
  return random.next() < 0.2 ? `[${lines.join(",\n")}]` : lines.join(pick(random, ["\n", "\n", "\r\n", "\n\n", " "]));
}

/** An ARFF file, not always a right one. */
export function arffText(random: Random): string {
  const types = [
    "numeric",
    "real",
    "integer",
    "string",
    "{a,b,'c d'}",
    "{yes, no}",
    "date",
    'date "yyyy-MM-dd"',
    "relational",
    "NUMERIC",
    "{}",
    "{a",
    "unknown",
  ];
  const width = random.integer(6);
  const attributes = Array.from(
    { length: width },
    (_, i) =>
      `@${pick(random, ["attribute", "ATTRIBUTE", "Attribute"])} ${pick(random, [`a${i}`, `'a ${i}'`, `"a${i}"`, ""])} ${pick(random, types)}`,
  );
  const rows = Array.from({ length: random.integer(40) }, () =>
    Array.from({ length: width + (random.next() < 0.03 ? 1 : 0) }, () =>
      pick(random, ["1", "2.5", "?", "a", "'c d'", "yes", "", "%", "{0 1}", "2020-01-01"]),
    ).join(","),
  );
  return [
    "% comment",
    `@relation ${pick(random, ["r", "'r r'", ""])}`,
    ...attributes,
    pick(random, ["@data", "@DATA", "", "@data "]),
    ...rows,
  ].join(pick(random, ["\n", "\r\n"]));
}
