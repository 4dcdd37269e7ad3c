import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { PART_COLUMNS } from "../../src/store/version.ts";
import { optionsIn, temporaryFolder } from "./temporary.ts";

const HEAD = "age,name,smokes,income,owns,label,";
const row = (i: number) => [
  String(20 + (i % 50)),
  `${"abcdefghij"[i % 10]}n ${i}`,
  "YN"[i % 2],
  String(1000 + 7 * i),
  "YN"[(i >> 1) % 2],
  String(i % 2),
];

type Cells = readonly (string | undefined)[];

async function read(rows: readonly Cells[], head = HEAD, onePassBytes?: number) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.csv"), `${[head, ...rows.map((cells) => cells.join(","))].join("\n")}\n`);
  const options = { ...optionsIn(folder), dataFolder: join(folder, "data"), ...(onePassBytes === undefined ? {} : { onePassBytes }) };
  const dataset = await openDataset(join(folder, "a.csv"), options);
  return { dataset, frame: await loadFrame(dataset, { ...options, maxRows: 1000 }) };
}

const usual = Array.from({ length: 200 }, (_, i) => [...row(i), ""]);
const at = (place: number, cells: Cells) => usual.map((one, i) => (i === place ? cells : one));

test("cells behind one too many are moved back, and the column that only they fill goes", async () => {
  const [age, name, ...others] = row(57);
  const { dataset, frame } = await read(at(57, [age, name, "MARIA", ...others]));
  expect(dataset.columns.map(({ name: one }) => one)).toEqual(["age", "name", "smokes", "income", "owns", "label"]);
  expect(dataset.columns.map(({ type }) => type)).toEqual(["number", "category", "category", "number", "category", "number"]);
  const income = frame.columns[3]!;
  expect("values" in income && income.values[57]).toBe(1000 + 7 * 57);
  expect(dataset.notes.at(-1)).toMatch(/^The cells of 1 row \(from 0: 57\) stood one column to the right from smokes on.*moved back\.$/);
  const rows = { count: 1, first: [57] };
  expect(dataset.noticed?.at(-1)).toEqual({ kind: "shifted-rows", rows, from: "smokes", joined: "name" });
});

test("how the rows were known is kept for files that are read later", async () => {
  const [age, name, ...others] = row(57);
  const { dataset } = await read(at(57, [age, name, "MARIA", ...others]));
  expect(dataset.shifted).toMatchObject({ from: "smokes", joined: "name" });
  expect(dataset.shifted?.columns.map(({ kind }) => kind.holds)).toEqual(["numbers", "words", "levels", "numbers", "levels", "levels"]);
  expect((await read(usual)).dataset).not.toHaveProperty("shifted");
});

test("a text that an unquoted delimiter cut in two is put together", async () => {
  const [age, , ...others] = row(58);
  const { dataset, frame } = await read(at(58, [age, "Smith", "John", ...others]));
  const name = frame.columns[1]!;
  expect("codes" in name && name.levels[name.codes[58]!]).toBe("Smith,John");
  expect(dataset.notes.at(-1)).toContain("a delimiter without quotes cut name in two");
  expect(dataset.shifted).toMatchObject({ from: "smokes", joined: "name" });
});

test("a cell too many behind a column that it would not fit, or whose own cell tells, is left out", async () => {
  const rows = (first: (i: number) => string) =>
    Array.from({ length: 200 }, (_, i) => [first(i), "YN"[i % 2], "PQ"[i % 2], "RS"[(i >> 1) % 2], ""]);
  const texts = await read([["text", "99", "Y", "P", "R"], ...rows((i) => `text ${i}`)], "t,c,d,e,");
  expect(texts.dataset.shifted).toMatchObject({ from: "c", joined: null });
  const numbers = await read([["20", "7", "Y", "P", "R"], ...rows(String)], "a,c,d,e,");
  expect(numbers.dataset.shifted).toMatchObject({ from: "c", joined: null });
  const [a] = numbers.frame.columns;
  expect("values" in a! && a.values[0]).toBe(20);
});

test("ten of many rows are named, and a file that is read once is read alike", async () => {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const [age, name, ...others] = row(i);
    return i < 11 ? [age, name, "MARIA", ...others] : [...row(i), ""];
  });
  const [{ dataset, frame }, once] = [await read(rows), await read(rows, HEAD, 1)];
  expect(dataset.noticed?.at(-1)).toMatchObject({ rows: { count: 11, first: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } });
  expect(once.frame.columns).toEqual(frame.columns);
});

test("a remark in a last column without a name is no cell that was moved", async () => {
  const { dataset } = await read(at(57, [...row(57), "looked at"]));
  expect(dataset.columns).toHaveLength(7);
  // Rows whose cells fit where they stand.
  const { dataset: fits } = await read(at(57, [...row(57), "1"]));
  expect(fits.columns).toHaveLength(7);
  expect(fits.notes.join(" ")).not.toContain("moved back");
});

describe("nothing is moved where it is not clear:", () => {
  /** Whether the cells of some of so many rows are moved back. */
  const isMoved = async (rows: readonly Cells[], head = HEAD) => (await read(rows, head)).dataset.shifted !== undefined;
  const many = (rows: number, shifted: number) =>
    Array.from({ length: rows }, (_, i) => {
      const [age, name, ...others] = row(i);
      return i < shifted ? [age, name, "MARIA", ...others] : [...row(i), ""];
    });

  test("a last column that has a name", async () => {
    expect(await isMoved(many(200, 2), `${HEAD}remark`)).toBe(false);
  });

  test("too few other rows", async () => {
    expect(await isMoved(many(50, 1))).toBe(false);
    expect(await isMoved(many(51, 1))).toBe(true);
  });

  test("too large a share of the rows", async () => {
    expect(await isMoved(many(200, 11))).toBe(false);
    expect(await isMoved(many(200, 10))).toBe(true);
  });

  test("too many rows", async () => {
    expect(await isMoved(many(30_000, 1001))).toBe(false);
    expect(await isMoved(many(30_000, 1000))).toBe(true);
  });

  /** Columns t (a text), a, b (numbers), c, d, e (two values each), of which each may be given otherwise. The rows named are shifted from a on. */
  const spelt = (given: Readonly<Record<string, (i: number) => string>>, shifted: readonly Cells[], rows = 400) => {
    const columns: Record<string, (i: number) => string> = {
      t: (i) => `text ${i}`,
      a: (i) => String(i),
      b: (i) => String(1000 + i),
      c: (i) => "YN"[i % 2]!,
      d: (i) => "PQ"[i % 2]!,
      e: (i) => "RS"[i % 2]!,
      ...given,
    };
    return [...shifted, ...Array.from({ length: rows }, (_, i) => [...Object.values(columns).map((cell) => cell(i)), ""])];
  };
  const WIDE = "t,a,b,c,d,e,";

  test("fewer than three strange cells", async () => {
    const four = (rows: readonly (readonly string[])[]) => rows.map((cells) => cells.filter((_, place) => place !== 5));
    const tableOf = (d: string) => four(spelt({ d: (i) => d[i % 2]! }, [["text", "zz", "1", "2", "Y", "", d[0]!]]) as string[][]);
    expect(await isMoved(tableOf("PQ"), "t,a,b,c,d,")).toBe(true);
    expect(await isMoved(tableOf("YN"), "t,a,b,c,d,")).toBe(false);
  });

  test("fewer than four strange cells for each that would be strange where it is moved to", async () => {
    const shifted = ["text", "zz", "1", "2", "Y", "P", "other"];
    expect(await isMoved(spelt({}, [shifted]), WIDE)).toBe(true);
    expect(await isMoved(spelt({ d: (i) => "YP"[i % 2]! }, [shifted]), WIDE)).toBe(false);
  });

  test("a row among them that stands as it should", async () => {
    const shifted = Array.from({ length: 5 }, (_, i) => [`text ${i}`, "zz", "1", "2", "Y", "P", "R"]);
    const remark = ["text", "1", "2", "Y", "P", "R", "looked at"];
    expect(await isMoved(spelt({}, shifted), WIDE)).toBe(true);
    expect(await isMoved(spelt({}, [...shifted, remark]), WIDE)).toBe(false);
  });

  test("fewer than two columns behind that tell where a cell stands, and a table of two columns", async () => {
    const text = (rows: number) => Array.from({ length: rows }, (_, i) => [`text ${i}`, `word ${i}`, String(i), ""]);
    const shifted = Array.from({ length: 4 }, (_, i) => [`text ${i}`, `word ${i}`, "zz", "1"]);
    expect(await isMoved([...shifted, ...text(200)], "t,u,a,")).toBe(false);
    const before = Array.from({ length: 200 }, (_, i) => [String(i), String(2 * i), `text ${i}`, "YN"[i % 2], ""]);
    expect(await isMoved([...Array.from({ length: 4 }, () => ["1", "2", "text", "zz", "Y"]), ...before], "a,b,t,c,")).toBe(false);
    const two = Array.from({ length: 200 }, (_, i) => [String(i), "YN"[i % 2], ""]);
    expect(await isMoved([...Array.from({ length: 4 }, () => ["zz", "1", "Y"]), ...two], "a,b,")).toBe(false);
    const three = two.map(([a, b]) => [a, b, "PQ"[Number(a) % 2], ""]);
    expect(await isMoved([...Array.from({ length: 4 }, () => ["zz", "1", "Y", "P"]), ...three], "a,b,c,")).toBe(true);
  });

  test("a column of numbers with more words than two in a hundred, where it has to tell", async () => {
    const tableOf = (words: number) => {
      const usualRows = Array.from({ length: 200 }, (_, i) => [`text ${i}`, i < words ? `w${i}` : String(i), "YN"[i % 2], ""]);
      return [...Array.from({ length: 3 }, () => ["text", "zz", "7", "Y"]), ...usualRows];
    };
    expect(await isMoved(tableOf(4), "t,a,c,")).toBe(true);
    expect(await isMoved(tableOf(5), "t,a,c,")).toBe(false);
  });

  test("a column of more than fifty words, or of fewer than ten rows for each, where it has to tell", async () => {
    const tableOf = (levels: number, rows: number) => {
      const usualRows = Array.from({ length: rows }, (_, i) => [`text ${i}`, String(i), `word${i % levels}`, ""]);
      return [...Array.from({ length: 5 }, () => ["text", "zz", "7", "word0"]), ...usualRows];
    };
    expect(await isMoved(tableOf(50, 1000), "t,a,c,")).toBe(true);
    expect(await isMoved(tableOf(51, 1020), "t,a,c,")).toBe(false);
    expect(await isMoved(tableOf(20, 200), "t,a,c,")).toBe(true);
    expect(await isMoved(tableOf(20, 199), "t,a,c,")).toBe(false);
  });

  test("more columns than are read at once", async () => {
    const width = PART_COLUMNS;
    const head = `${Array.from({ length: width }, (_, place) => `c${place}`).join(",")},`;
    const wide = (cells: number) => (i: number) =>
      Array.from({ length: cells }, (_, place) => (place === 0 ? `text ${i}` : place % 2 === 1 ? String(i) : "YN"[i % 2]));
    const rowsOf = (cells: number) => [
      ["text", "zz", ...wide(cells)(1).slice(1)],
      ...Array.from({ length: 60 }, (_, i) => [...wide(cells)(i), ""]),
    ];
    expect(await isMoved(rowsOf(width), head)).toBe(false);
    expect(await isMoved(rowsOf(width - 1), head.replace("c0,", ""))).toBe(true);
  });
});

test("the kinds of cells are read from the first four thousand other rows", async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => [`text ${i}`, i < 4000 ? String(i) : `late ${i}`, "YN"[i % 2], ""]);
  const { dataset } = await read([["text", "zz", "7", "Y"], ["text", "zz", "7", "Y"], ...rows], "t,a,c,");
  expect(dataset.shifted?.columns[1]).toEqual({ name: "a", kind: { holds: "numbers" } });
});
