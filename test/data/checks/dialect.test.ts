import { describe, expect, test } from "vitest";
import { dialect } from "../../../src/data/checks/dialect.ts";
import { cells, coin, contextOf, type Given } from "./context.ts";

const ROWS = 200;

const x = cells(ROWS, 1, "x", (random) => random.normal());

test("what the reader mended is told as cosmetic", async () => {
  const context = contextOf({
    columns: { x, y: coin(ROWS) },
    target: "y",
    dialect: { wholeRowQuoted: true, decimal: ",", delimiter: ";" },
    noticed: [{ kind: "blank-columns", positions: [16, 17] }, { kind: "lone-returns" }],
  });
  const [found] = await dialect.inspect(context);
  expect(found).toMatchObject({
    severity: "cosmetic",
    evidence: { wholeRowQuoted: true, decimalComma: true, trailingColumns: true, loneReturns: true },
  });
  expect(found?.why).toContain(
    "2 columns at the end without name and values (position 16, 17) left out. Lines end with a carriage return alone, so",
  );
  const header: Given = { columns: { x, y: coin(ROWS) }, target: "y", noticed: [{ kind: "header-delimiter" }] };
  expect(await dialect.inspect(contextOf(header))).toMatchObject([{ severity: "cosmetic", evidence: { trailingColumns: true } }]);
  expect(await dialect.inspect(contextOf({ columns: { x, y: coin(ROWS) }, target: "y", dialect: { delimiter: ";" } }))).toEqual([]);
});

test("lines under the header that were left out are quoted", async () => {
  const noticed = [{ kind: "left-out", which: "secondHeader", lines: ["d d"] }] as const;
  const [found] = await dialect.inspect(contextOf({ columns: { x, y: coin(ROWS) }, target: "y", noticed }));
  expect(found).toMatchObject({ severity: "cosmetic", evidence: { secondHeader: true } });
  expect(found?.why).toContain('("d d")');
  for (const which of ["titles", "totals"] as const) {
    const given: Given = { columns: { x, y: coin(ROWS) }, target: "y", noticed: [{ kind: "left-out", which, lines: ["Sum 3"] }] };
    expect(await dialect.inspect(contextOf(given))).toMatchObject([{ evidence: { [which]: true } }]);
  }
  const names: Given = { columns: { x, y: coin(ROWS) }, target: "y", noticed: [{ kind: "left-out", which: "repeatedNames" }] };
  expect(await dialect.inspect(contextOf(names))).toMatchObject([{ evidence: { repeatedNames: true } }]);
});

test("rows whose cells were moved back are named", async () => {
  const note = { kind: "shifted-rows", rows: { count: 1012, first: [894, 2724, 16162] }, from: "c", joined: null } as const;
  const [found, ...others] = await dialect.inspect(contextOf({ columns: { x, y: coin(ROWS) }, target: "y", noticed: [note] }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    severity: "harmful",
    rows: { count: 1012, sample: [894, 2724, 16162] },
    fix: { action: "reading" },
    evidence: { movedBack: true, rows: 1012, from: "c", joined: null },
    why: "The cells of 1,012 rows (from 0: 894, 2724, 16162 and 1,009 more) stood one column to the right from c on, the last of them in a column without a name: a cell too many stands before them. They were moved back.",
  });
  // Of one of several files: its rows stand behind those of the others, where it is known how many these are.
  const sampleOf = async (rowsBefore: number | null) => {
    const given: Given = { columns: { x, y: coin(ROWS) }, target: "y", noticed: [{ ...note, file: "b.csv", rowsBefore }] };
    return (await dialect.inspect(contextOf(given)))[0]?.rows;
  };
  expect(await sampleOf(100)).toEqual({ count: 1012, sample: [994, 2824, 16262] });
  expect(await sampleOf(null)).toEqual({ count: 1012, sample: [] });
});

describe("a file that ends within its last cell", () => {
  const tableOf = (last: string, values: readonly string[], more: readonly string[] = [], endsOpen = true) => {
    const rows = 1000;
    const names: string[] = cells(rows, 1, "s", (random) => values[random.integer(values.length)]!);
    names.splice(rows - 1 - more.length, more.length + 1, ...more, last);
    const columns = { x: cells(rows, 1, "x", (random) => random.normal()), y: coin(rows), names };
    return contextOf({ columns, target: "y", ...(endsOpen ? { endsOpen } : {}) });
  };
  const SEXES = ["male", "female"];

  test("is told where the cell is the beginning of values that others have", async () => {
    const [found] = await dialect.inspect(tableOf("fem", SEXES));
    expect(found).toMatchObject({ columns: ["names"], rows: { count: 1, sample: [999] }, evidence: { lastCell: "fem", beginningOf: 1 } });
    expect(found?.why).toContain('no line end follows its last row, which ends with "fem"');
    for (const whole of ["male", "other", ""]) expect(await dialect.inspect(tableOf(whole, SEXES))).toEqual([]);
  });

  test("is not where a line end follows it", async () => {
    expect(await dialect.inspect(tableOf("fem", SEXES, [], false))).toEqual([]);
  });

  test("is not where another row has it, in the sample or beyond", async () => {
    expect(await dialect.inspect(tableOf("fem", SEXES, ["fem"]))).toEqual([]);
    const whole = tableOf("fem", SEXES, ["fem"]);
    const kept = Int32Array.from({ length: 500 }, (_, place) => 2 * place + 1);
    const columns = whole.frame.columns.map((column) =>
      "codes" in column ? { ...column, codes: column.codes.filter((_, row) => row % 2 === 1) } : column,
    );
    const sampled = { ...whole, frame: { rows: 500, columns, rowNumbers: kept } };
    expect(await dialect.inspect(sampled)).toHaveLength(0);
    const only = tableOf("fem", SEXES);
    expect(await dialect.inspect({ ...sampled, whole: only.whole })).toMatchObject([{ evidence: { lastCell: "fem" } }]);
  });

  test("is not where the values that it begins are rare themselves", async () => {
    expect(await dialect.inspect(tableOf("oth", SEXES, ["other", "other"]))).toEqual([]);
    expect(await dialect.inspect(tableOf("oth", SEXES, ["other", "other", "other"]))).toHaveLength(1);
  });

  test("is not where the cell ends with a word", async () => {
    const cities = ["Santa Cruz de Tenerife", "San Jose-Sur", "Lagos"];
    for (const whole of ["Santa Cruz", "San Jose", "Santa Cruz "]) expect(await dialect.inspect(tableOf(whole, cities))).toEqual([]);
    expect(await dialect.inspect(tableOf("Santa Cru", cities))).toHaveLength(1);
  });

  test("is not where other single values are beginnings too", async () => {
    const names = ["Johnson", "Williamson", "Robertson", "Alexander"];
    expect(await dialect.inspect(tableOf("John", names, ["Alex"]))).toEqual([]);
    expect(await dialect.inspect(tableOf("John", names, ["Mary", "Eve"]))).toMatchObject([{ evidence: { otherBeginnings: 0 } }]);
  });
});

test("a mark within sentences parts no columns", async () => {
  const words = ["soft", "light", "warm", "lined", "long", "wide"];
  const prose = cells(
    ROWS,
    1,
    "p",
    (random) => `A shirt that is ${words[random.integer(6)]} and ${words[random.integer(6)]} for days out | color: ${random.integer(99)}`,
  );
  const named = cells(ROWS, 1, "n", (random) => `New ${words[random.integer(6)]} town|${random.integer(99)}`);
  const found = await dialect.inspect(contextOf({ columns: { prose, named, y: coin(ROWS) }, target: "y" }));
  expect(found.map(({ columns }) => columns)).toEqual([["named"]]);
});

test("several columns that were read as one", async () => {
  const joined = cells(ROWS, 1, "j", (random) => `${random.integer(9)};${random.integer(9)};${random.integer(9)}`);
  const note = cells(ROWS, 1, "n", (random) => (random.next() < 0.5 ? "first; then" : "only this"));
  const found = await dialect.inspect(contextOf({ columns: { joined, note, y: coin(ROWS) }, target: "y" }));
  expect(found).toMatchObject([{ columns: ["joined"], severity: "harmful", evidence: { delimiter: ";", parts: 3 } }]);
});
