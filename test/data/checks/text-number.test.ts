import { describe, expect, test } from "vitest";
import type { AmountWriting } from "../../../src/core/written-amount.ts";
import { highCardinality } from "../../../src/data/checks/high-cardinality.ts";
import { textNumber } from "../../../src/data/checks/text-number.ts";
import { writtenNumber } from "../../../src/data/meaning/written-number.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;

const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });

const make = <T>(label: string, one: (random: { next(): number; normal(): number; integer(n: number): number }, row: number) => T) =>
  cells(ROWS, 11, label, one);

describe("written numbers", () => {
  test.each([
    ["$1,234.50", 1234.5],
    ["12 %", 12],
    ["3,5", 3.5],
    ["45kg", 45],
    ["1 234 567", 1234567],
    ["1.234,5", 1234.5],
    ["-7", -7],
    ["€ 9.99", 9.99],
  ])("%s", (text, value) => {
    expect(writtenNumber(text)?.value).toBe(value);
  });
  test.each(["10-20", "5+", "2011-01-01", "1.2.3", "A12b", "007", "12:30", "", "x", "1,23,4"])("%s is none", (text) => {
    expect(writtenNumber(text)).toBeNull();
  });
});

test("both marks before the decimals, each cell in one way: all are read, and both ways are shown", async () => {
  const rate = make("rate", (random, row) => {
    const text = (5 + random.integer(300) / 10).toFixed(1);
    return row % 4 === 0 ? `${text.replace(".", ",")} %` : `${text}%`;
  });
  const [found] = await textNumber.inspect(given({ rate }));
  expect(found).toMatchObject({ columns: ["rate"], fix: { action: "steps", steps: [{ op: "to-number", amount: { either: true } }] } });
});

test("numbers as text: dressed, plain or several in one, but no codes or names", async () => {
  const columns = {
    price: make("p", (random) => `$${(1 + random.integer(9)).toString()},${100 + random.integer(800)}.50`),
    plain: make("q", (random) => String(random.integer(90))),
    article: make("r", (random) => String(1000 + random.integer(60))),
    band: make("b", (random) => `${random.integer(30)}-${30 + random.integer(30)}`),
    till: make("s", (random) => `POS${10 + random.integer(60)}`),
    mixed: make("m", (random) => (random.next() < 0.5 ? `${random.integer(90)} kg` : `${random.integer(90)} lb`)),
  };
  const found = await textNumber.inspect(given(columns));
  expect(found.map(({ columns, fix }) => [columns[0], fix.action])).toEqual([
    ["price", "steps"],
    ["plain", "steps"],
    ["band", "steps"],
  ]);
  expect(found[2]).toMatchObject({ fix: { steps: [{ op: "split-numbers", column: "band", between: ["", "-", ""] }] }, question: null });
});

test("a unit that ends in a digit is taken off the number, which is then no name of high cardinality", async () => {
  const flow = make("flow", (random) => `${(600 + random.integer(9000) / 10).toFixed(1)} m3/h`);
  const door = make("door", (random) => `${1 + random.integer(90)} b2`);
  const context = given({ flow, door });
  const found = await textNumber.inspect(context);
  expect(found).toMatchObject([
    {
      columns: ["flow"],
      question: null,
      evidence: { units: ["m3/h"] },
      fix: { action: "steps", steps: [{ op: "to-number", column: "flow" }] },
    },
  ]);
});

test("a point that may part thousands or begin decimals is asked about, and each answer has its reading", async () => {
  const pieces = make("t", (random) => `${1 + random.integer(900)}.${100 + random.integer(900)} pcs`);
  const [found, ...more] = await textNumber.inspect(given({ pieces }));
  expect(more).toEqual([]);
  const step = (decimal: string) => ({ op: "to-number", column: "pieces", amount: { decimal } });
  expect(found).toMatchObject({
    choices: ["thousands", "decimals"],
    fix: { steps: [step(",")] },
    ifRejected: { fix: { steps: [step(".")] } },
  });
  expect(found!.question).toContain("thousands");
  expect(found!.why).toContain("until that is answered they stay names");
  expect(found!.confidence).toBeLessThan(0.5);
});

test("what the reader took for numbers is named and priced against names; letters that are no unit are asked about", async () => {
  const flat = make("f", (random) => random.integer(90));
  const context = given({ weight: flat, door: flat.map((value) => value + 1), plain: flat });
  const unit = (text: string) => ({ decimal: ".", thousands: [], units: [{ text, factor: 1, offset: 0, before: false }] }) as const;
  const written = new Map<string, AmountWriting>([
    ["weight", unit("kg")],
    ["door", unit("B")],
    ["plain", { decimal: ".", thousands: [], units: [], notes: [{ text: "<", before: true }] } as const],
  ]);
  const columns = context.dataset.columns.map((info) => {
    const amount = written.get(info.name);
    const noted =
      info.name === "plain"
        ? {
            noted: [
              { text: "<", before: true, rows: 17 },
              { text: "*", before: false, rows: 1 },
            ],
          }
        : {};
    return amount === undefined ? info : { ...info, amount, ...noted };
  });
  const found = await textNumber.inspect({ ...context, dataset: { ...context.dataset, columns } });
  const asNames = (column: string) => ({ change: "undo", steps: [{ op: "to-category", column }] });
  expect(found).toMatchObject([
    { columns: ["weight"], fix: { action: "reading" }, counterfactual: asNames("weight"), question: null },
    { columns: ["door"], fix: { action: "reading" }, counterfactual: asNames("door"), choices: ["amounts", "names"] },
    {
      columns: ["plain"],
      evidence: { notes: ["<"], noteCells: { "<…": 17, "…*": 1 } },
      why: expect.stringContaining('beyond a limit ("<5") is read as the limit'),
    },
  ]);
  expect(found[2]?.why).toContain('is not kept: "<" in 17 cells, "*" in 1 cell.');
  expect(found[0]?.why).not.toContain("is not kept");
  expect(found[0]?.evidence).not.toHaveProperty("noteCells");
});

test("fractions are numbers; days of a month are none", async () => {
  const spins = ["1/2", "1", "3/2", "5/2"];
  expect(await textNumber.inspect(given({ spin: make("spin", (random) => spins[random.integer(4)]!) }))).toMatchObject([
    {
      columns: ["spin"],
      evidence: { words: false },
      fix: { steps: [{ op: "map", mapping: { "1/2": "0.5", "1": "1", "5/2": "2.5" } }, { op: "to-number" }] },
    },
  ]);
  const days = ["1/2", "12/2", "3/4", "17/8"];
  expect(await textNumber.inspect(given({ day: make("day", (random) => days[random.integer(4)]!) }))).toEqual([]);
});

test("words for numbers are numbers; two of them are a yes and a no", async () => {
  const words = ["two", "three", "four", "six"];
  const doors = make("doors", (random) => words[random.integer(4)]!);
  expect(await textNumber.inspect(given({ doors }))).toMatchObject([
    {
      columns: ["doors"],
      evidence: { words: true },
      fix: { steps: [{ op: "map", mapping: { two: "2", six: "6" } }, { op: "to-number" }] },
    },
  ]);
  expect(await textNumber.inspect(given({ doors: make("two", (random) => words[random.integer(2)]!) }))).toEqual([]);
  expect(await textNumber.inspect(given({ doors: make("many", (random) => [...words, "many"][random.integer(5)]!) }))).toEqual([]);
});

test("lists of as many numbers as there are, and then they are no names that are too many", async () => {
  const heights = Array.from({ length: 120 }, (_, i) =>
    Array.from({ length: 1 + (i % 4) }, (_, k) => 60 + ((7 * i) % 31) + 15 * k).join(i % 2 === 0 ? "; " : "/"),
  );
  const context = contextOf({ columns: { heights, y: coin(120) }, target: "y" });
  expect(await textNumber.inspect(context)).toMatchObject([
    {
      columns: ["heights"],
      fix: { action: "advice" },
      evidence: { lists: true, longest: 4 },
      why: expect.stringContaining("lists of 1 to 4 numbers"),
    },
  ]);
  expect(await highCardinality.inspect(context)).toEqual([]);
  const named = contextOf({ columns: { heights: heights.map((text) => `tower ${text}`), y: coin(120) }, target: "y" });
  expect(await textNumber.inspect(named)).toEqual([]);
});

test("numbers of telephones are no amounts that lost their order", async () => {
  const dialled = make("phone", (random) => `+48 ${500 + random.integer(300)} ${100 + random.integer(800)} ${100 + random.integer(800)}`);
  expect(await textNumber.inspect(given({ numer_telefonu: dialled }))).toEqual([]);
  expect(await textNumber.inspect(given({ weight: make("w", (random) => `${(50 + 40 * random.next()).toFixed(1)} kg`) }))).toHaveLength(1);
});

test("classes of a scheme, few of which begin with 0, are no numbers that are kept as text", async () => {
  const classes = (led: (digit: number) => string) =>
    cells(ROWS, 1, "w", (random, row) =>
      row % 40 === 0 ? led(random.integer(9)) : `${100 + random.integer(60)}.${1 + random.integer(9)}`,
    );
  const columns = {
    dewey: classes((digit) => `00${digit}.6`),
    amount: classes((digit) => `9${digit}.6`),
    other: classes((digit) => `0${digit}.6`),
    y: coin(ROWS),
  };
  const found = await textNumber.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns }) => columns[0])).toEqual(["amount", "other"]);
});

test("steps of an amount in words are one finding for all columns, and become numbers; beside another answer it is advice", async () => {
  const pick = (name: string, texts: readonly string[]) => cells(ROWS, 12, name, (random) => texts[random.integer(texts.length)]!);
  const context = given({
    sleep: pick("s", ["4 or less hours", "5 hours", "6 hours", "10 or more hours"]),
    age: pick("a", ["18-24", "25-34", "35-44", "45-54", "55+"]),
    drive: pick("d", ["Did not drive", "0 days", "1 or 2 days", "3 to 5 days", "All 30 days"]),
    doors: pick("o", ["1 door", "2 doors", "3 doors", "4 doors"]),
  });
  const [numbers, beside, ...others] = await textNumber.inspect(context);
  expect(others).toEqual([]);
  expect(numbers).toMatchObject({ columns: ["sleep", "age"], severity: "cosmetic" });
  expect(numbers!.fix).toMatchObject({
    steps: [
      { op: "map", column: "sleep", mapping: { "4 or less hours": "4", "10 or more hours": "10" } },
      { op: "to-number", column: "sleep" },
      { op: "map", column: "age", mapping: { "18-24": "21", "55+": "55" } },
      { op: "to-number", column: "age" },
    ],
  });
  expect(beside).toMatchObject({ columns: ["drive"], severity: "cosmetic", fix: { action: "advice" } });
  expect(beside!.why).toContain('beside "Did not drive"');
});

test("steps of an amount with blanks around them are known without the blanks too, for a row that comes later", async () => {
  const texts = [" 18-24", " 25-34", " 35-44", " 45+"];
  const age = cells(ROWS, 12, "a", (random) => texts[random.integer(texts.length)]!);
  const [found] = await textNumber.inspect(given({ age }));
  expect(found!.fix).toMatchObject({ steps: [{ op: "map", mapping: { " 18-24": "21", "18-24": "21", " 45+": "45", "45+": "45" } }, {}] });
});
