import { expect, test } from "vitest";
import { dialect } from "../../../src/data/checks/dialect.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 200;

const x = cells(ROWS, 1, "x", (random) => random.normal());

test("what the reader mended is told as cosmetic", async () => {
  const context = contextOf({
    columns: { x, y: coin(ROWS) },
    target: "y",
    dialect: { wholeRowQuoted: true, decimal: ",", delimiter: ";" },
    notes: ["2 columns at the end without name and values (position 16, 17) left out."],
  });
  const [found] = await dialect.inspect(context);
  expect(found).toMatchObject({ severity: "cosmetic", evidence: { wholeRowQuoted: true, decimalComma: true, trailingColumns: true } });
  const header = {
    columns: { x, y: coin(ROWS) },
    target: "y",
    notes: ["The header ends with a delimiter that the rows do not have; it was left out."],
  };
  expect(await dialect.inspect(contextOf(header))).toMatchObject([{ severity: "cosmetic", evidence: { trailingColumns: true } }]);
  expect(await dialect.inspect(contextOf({ columns: { x, y: coin(ROWS) }, target: "y", dialect: { delimiter: ";" } }))).toEqual([]);
});

test("lines under the header that were left out are quoted", async () => {
  const note =
    '1 line under the header left out: no row, but what the columns are ("d d"); to have it read as data, give --no-second-header.';
  const [found] = await dialect.inspect(contextOf({ columns: { x, y: coin(ROWS) }, target: "y", notes: [note] }));
  expect(found).toMatchObject({ severity: "cosmetic", evidence: { secondHeader: true } });
  expect(found?.why).toContain('("d d")');
});

test("a file that ends within its last cell", async () => {
  const tableOf = (last: string) => {
    const sex: string[] = cells(ROWS, 1, "s", (random) => (random.next() < 0.5 ? "male" : "female"));
    sex[ROWS - 1] = last;
    return contextOf({ columns: { x, y: coin(ROWS), sex }, target: "y" });
  };
  const [found] = await dialect.inspect(tableOf("fem"));
  expect(found).toMatchObject({ columns: ["sex"], rows: { count: 1, sample: [ROWS - 1] }, evidence: { lastCell: "fem" } });
  expect(found?.why).toContain('ends with "fem"');
  for (const whole of ["male", "other", ""]) expect(await dialect.inspect(tableOf(whole))).toEqual([]);
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
