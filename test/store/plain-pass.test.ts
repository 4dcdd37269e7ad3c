import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { CellKind } from "../../src/store/cell-layout.ts";
import { endPlainPasses, plainPassBeside } from "../../src/store/plain-beside.ts";
import { type PlainResult, plainPass } from "../../src/store/plain-pass.ts";
import { literal, withSession } from "../../src/store/session.ts";
import { LIMITS, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const made = join(folder, "made.parquet");
const [MUCH, LITTLE] = [1e9, 64 * 1024];

interface Lines {
  readonly kinds: readonly CellKind[];
  readonly rows: number;
  readonly room?: number;
  readonly header?: boolean;
  readonly kept?: readonly number[];
  /** Bytes of the longest line, which the first piece is longer by. */
  readonly longest?: number;
}

/** What the pass says of the text, and what a database reads in the file that it makes. */
async function passOf(text: string, { kinds, rows, room = MUCH, header = false, kept = kinds.map((_, i) => i), ...more }: Lines) {
  const path = write(folder, "lines.csv", text);
  const longest = more.longest ?? text.split("\n").reduce((most, line) => Math.max(most, Buffer.byteLength(line)), 0) + 1;
  const lines = { path, header, delimiter: ",", quote: '"', longest, kinds, rows, room };
  rmSync(made, { force: true });
  const columns = kept.map((place) => ({ stored: `c ${place}`, place }));
  const result: PlainResult = await plainPass(lines, columns, made);
  const isWritten = typeof result === "object" && "facts" in result;
  return { result, table: isWritten ? await readParquet() : null };
}

function readParquet() {
  return withSession(LIMITS, join(folder, "spill"), (session) => session.rows(`SELECT * FROM read_parquet(${literal(made)})`));
}

async function numbersOf(texts: readonly string[]): Promise<unknown[]> {
  const { table } = await passOf(texts.map((text) => `${text},x\n`).join(""), { kinds: ["number", "text"], rows: texts.length });
  return (table ?? []).map(([value]) => value);
}

function unsigned(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** Between two doubles, at the ends of what a mantissa holds, and as programs write them. */
const NUMBERS = [
  ["0", "-0", "1", "-1", "+7", "007", "5.", ".5", "-.5", "1e5", "1E-5", "2e+3", "1.5e10", "0.1", "0.3", "123456789.987654321"],
  ["9007199254740991", "9007199254740992", "9007199254740993", "9007199254740995", "18446744073709551615", "18446744073709551616"],
  ["0.49671415301123270", "-0.13826430117118466", "0.00012345678901234567", "3.141592653589793238462643383279", "1e22", "1e23", "8.5e22"],
  ["1e-22", "1e-23", "1.7976931348623157e308", "4.9e-324", "2.2250738585072014e-308", "1e-400", "0e999", "0.000000000000000000000001"],
  ["4503599627370496.5", "4503599627370497.5", "4503599627370496.4999", "0.500000000000000166533453693773481063544750213623046875"],
  ["0.99999999999999999", "9007199254740991.75", "1.9999999999999999999", "-0.999999999999999999", "4.5035996273704965e-5", "1.5e-31"],
];

test.each(NUMBERS.map((texts) => [texts[0], texts] as const))("numbers are the nearest doubles: %s ...", async (_, texts) => {
  expect((await numbersOf(texts)).map(unsigned)).toEqual(texts.map(Number).map(unsigned));
});

test("numbers of any digits, point and exponent are the nearest doubles", async () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 24 }).map((all) => all.join(""));
  const number = fc.tuple(fc.constantFrom("", "-"), digits, fc.option(digits), fc.option(fc.integer({ min: -60, max: 60 })));
  const texts = fc.sample(number, { numRuns: 20_000, seed: 7 }).map(([sign, whole, fraction, exponent]) => {
    return `${sign}${whole}${fraction === null ? "" : `.${fraction}`}${exponent === null ? "" : `e${exponent}`}`;
  });
  // Of doubles as they are written, too: 15 to 17 digits.
  const random = createRandom(3, "doubles");
  const written = Array.from({ length: 20_000 }, () => String(random.normal() * 10 ** (random.integer(30) - 15)));
  const all = [...texts, ...written];
  expect(await numbersOf(all)).toEqual(all.map(Number));
});

test("texts, empty cells and letters of several bytes, of any length", async () => {
  const random = createRandom(5, "texts");
  const cell = () => ["", "x", "é", "日本語", "name", "a longer text of some words", "12345678", "123456789"][random.integer(8)] ?? "";
  const rows = Array.from({ length: 3000 }, () => [cell(), `${cell()}${cell()}${random.integer(5000)}`, String(random.integer(9) - 4)]);
  const text = `a,b,c\n${rows.map((row) => row.join(",")).join("\r\n")}`;
  const expected = rows.map(([a, b, c]) => [a === "" ? null : a, b, Number(c)]);
  const kinds = ["text", "text", "number"] as const;
  for (const room of [MUCH, LITTLE]) {
    const { table, result } = await passOf(text, { kinds, rows: rows.length, room, header: true });
    expect(table).toEqual(expected);
    const distinct = new Set(rows.map(([, , c]) => c)).size;
    expect(result).toEqual({ facts: room === MUCH ? [null, null, { present: rows.length, distinct, integer: true }] : null });
  }
});

test("numbers of few and of many different values, with gaps, in one group and in many", async () => {
  const random = createRandom(9, "gaps");
  const columns = [
    () => String(random.integer(3)),
    () => (random.integer(4) === 0 ? "" : String(random.normal())),
    () => (random.integer(2) === 0 ? "" : String(random.integer(6000) / 4)),
    () => "",
    () => (random.integer(2) === 0 ? "0" : "-0"),
  ];
  const rows = Array.from({ length: 9001 }, () => columns.map((draw) => draw()));
  const text = rows.map((row) => `${row.join(",")}\n`).join("");
  const values = rows.map((row) => row.map((cell) => (cell === "" ? null : Number(cell))));
  const facts = columns.map((_, place) => {
    const present = values.flatMap((row) => (row[place] === null ? [] : [row[place] ?? 0]));
    return { present: present.length, distinct: new Set(present).size, integer: present.length > 0 && present.every(Number.isInteger) };
  });
  for (const room of [MUCH, LITTLE]) {
    const { table, result } = await passOf(text, { kinds: columns.map(() => "number"), rows: rows.length, room });
    // Of 0 and -0 the one that comes first stands for both.
    expect(table?.map((row) => row.map(unsigned))).toEqual(values.map((row) => row.map(unsigned)));
    expect(result).toEqual({ facts: room === MUCH ? facts : null });
  }
  const sql = `SELECT stats_null_count, stats_min_value, stats_max_value FROM parquet_metadata(${literal(made)}) WHERE row_group_id = 0 ORDER BY column_id`;
  const [few, , , none] = await withSession(LIMITS, join(folder, "spill"), (session) => session.rows(sql));
  expect(few?.map(Number)).toEqual([0, 0, 2]);
  expect(none?.slice(1)).toEqual([null, null]);
});

test("lines that go on in the next piece of a long file; columns that are not kept", async () => {
  const rows = Array.from({ length: 60_000 }, (_, row) => [`${row}.25`, `${"text ".repeat(row % 40)}${row}`, String(row % 7)]);
  const { table } = await passOf(`${rows.map((row) => row.join(",")).join("\n")}\n`, {
    kinds: ["number", "text", "text"],
    rows: rows.length,
    kept: [1, 0],
  });
  expect(table?.length).toBe(rows.length);
  expect(table).toEqual(rows.map(([number, text]) => [text, Number(number)]));
});

test("lines that the end of a piece cuts anywhere", async () => {
  const line = "12345678901234567890123e1,x\r\n";
  const [rows, value] = [160_000, Number("12345678901234567890123e1")];
  const text = line.repeat(rows);
  // A byte of what is read at once is kept for a last line end.
  const upTo = (part: string) => (line.length * 1000 + part.length - (4 * 1024 * 1024 - 1)) % line.length;
  for (const part of [
    "",
    "1234567890",
    "12345678901234567890123e",
    "12345678901234567890123e1",
    "12345678901234567890123e1,",
    "12345678901234567890123e1,x",
    "12345678901234567890123e1,x\r",
  ]) {
    const { result } = await passOf(text, { kinds: ["number", "text"], rows, longest: 2 * line.length + upTo(part) });
    expect([part, result]).toEqual([part, { facts: null }]);
    const sql = `SELECT count(*), count(DISTINCT "c 0"), min("c 0"), count(DISTINCT "c 1"), min("c 1") FROM read_parquet(${literal(made)})`;
    const [told] = await withSession(LIMITS, join(folder, "spill"), (session) => session.rows(sql));
    expect(told?.map((one, place) => (place === 4 ? one : Number(one)))).toEqual([rows, 1, value, 1, "x"]);
  }
});

test("few values are codes, many are none, also where only later rows have them", async () => {
  const words = ["a", "bc", "defghijk", "lmnopqrstu"];
  const rows = Array.from({ length: 7000 }, (_, row) => {
    const late = row < 1000 ? row % 3 : row;
    return [words[row % 4] ?? "", `${"x".repeat(row % 9)}${row}`, `w${late}`, String(late), row % 2 === 0 ? "-0" : "0"];
  });
  const { table } = await passOf(rows.map((row) => `${row.join(",")}\n`).join(""), {
    kinds: ["text", "text", "text", "number", "number"],
    rows: rows.length,
  });
  expect(table?.map((row) => row.slice(0, 4))).toEqual(rows.map(([a, b, c, d]) => [a, b, c, Number(d)]));
  expect(table?.every((row) => Object.is(row[4], -0))).toBe(true);
  const sql = `SELECT encodings LIKE '%DICTIONARY%', total_compressed_size FROM parquet_metadata(${literal(made)}) ORDER BY column_id`;
  const told = await withSession(LIMITS, join(folder, "spill"), (session) => session.rows(sql));
  expect(told.map(([isCoded]) => isCoded)).toEqual([true, false, false, false, true]);
  // Four words of 21 letters, and two bits for each row.
  expect(Number(told[0]?.[1])).toBeLessThan(7000 / 4 + 21 + 4 * 4 + 100);
});

test.each([
  ["a quote in a text", 'x,"1"\n', "unusual"],
  ["a quote in a number", '"1",x\n', "unusual"],
  ["a carriage return alone", "1,a\rb\n", "unusual"],
  ["a carriage return behind the first cell", "1\r,a\n", "unusual"],
  ["too few cells", "1\n", "unusual"],
  ["too many cells", "1,x,y\n", "unusual"],
  ["a cut line", "1,x\n2", "unusual"],
  ["a word", "1,x\n2,y\nNA,z\n", { column: 0, cell: "NA" }],
  ["spaces", " 1,x\n", { column: 0, cell: " 1" }],
  ["two points", "1.2.3,x\n", { column: 0, cell: "1.2.3" }],
  ["an exponent without digits", "1e,x\n", { column: 0, cell: "1e" }],
  ["a sign alone", "-,x\n", { column: 0, cell: "-" }],
  ["a point alone", ".,x\n", { column: 0, cell: "." }],
  ["two signs", "-+1,x\n", { column: 0, cell: "-+1" }],
  ["more than a double holds", "1e400,x\n", { column: 0, cell: "1e400" }],
])("what is not plain: %s", async (_, text, said) => {
  const isQuoted = text.startsWith("x");
  const { result } = await passOf(text, { kinds: isQuoted ? ["text", "text"] : ["number", "text"], rows: 3 });
  expect(result).toEqual(said);
});

test("an exponent that as many digits behind the point make up for", async () => {
  const zeros = (count: number) => "0".repeat(count);
  const texts = [`0.${zeros(12_345)}1e12346`, `0.${zeros(123_455)}1e+123456`, `0.${zeros(123_456)}25e123457`, `1${zeros(12_345)}e-123456`];
  expect(await numbersOf(texts)).toEqual([1, 1, 2.5, 0]);
  const { result } = await passOf(`0.${zeros(12_344)}1e123456,x\n`, { kinds: ["number", "text"], rows: 1 });
  expect(result).toMatchObject({ column: 0 });
});

test.each([
  [
    false,
    "1,x\n2,y\n",
    [
      [1, "x"],
      [2, "y"],
    ],
  ],
  [true, "a,b\n1,x\n", [[1, "x"]]],
])("a byte order mark belongs to no cell; the first line names the columns: %s", async (header, text, rows) => {
  const { table } = await passOf(`\uFEFF${text}`, { kinds: ["number", "text"], rows: rows.length, header });
  expect(table).toEqual(rows);
});

test.each([
  ["1,x\n02,y\n", { column: 0, cell: "02" }],
  ["0,x\n0.5,y\n-02,z\n", null],
])("numbers that may be codes: %j", async (text, said) => {
  const { result, table } = await passOf(text, { kinds: ["careful", "text"], rows: 3 });
  if (said === null) expect(table?.length).toBe(3);
  else expect(result).toEqual(said);
});

test("in another thread it is the same, and what fails there fails here", async () => {
  const path = write(folder, "beside.csv", "1,x\n2.5,\n");
  const lines = { path, header: false, delimiter: ",", quote: '"', longest: 10, kinds: ["number", "text"] as const, rows: 2, room: MUCH };
  const kept = [0, 1].map((place) => ({ stored: `c${place}`, place }));
  const beside = (to: string) => plainPassBeside({ lines, kept, to }, Number.POSITIVE_INFINITY);
  const both = await Promise.all([beside(made), beside(join(folder, "other.parquet"))]);
  expect(both).toEqual(Array(2).fill({ facts: [{ present: 2, distinct: 2, integer: false }, null] }));
  expect(await readParquet()).toEqual([
    [1, "x"],
    [2.5, null],
  ]);
  await expect(beside(join(folder, "nowhere", "made.parquet"))).rejects.toThrow("ENOENT");
  expect(await beside(made)).toEqual(both[0]);
  const noMemory = { lines: { ...lines, longest: 5e9 }, kept, to: made };
  expect([await plainPassBeside(noMemory, 0), await plainPassBeside(noMemory, Number.POSITIVE_INFINITY)]).toEqual(["unusual", "unusual"]);
  await endPlainPasses();
});
