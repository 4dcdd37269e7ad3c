import { describe, expect, test } from "vitest";
import { codeAsNumber } from "../../../src/data/checks/code-as-number.ts";
import { duplicateColumn } from "../../../src/data/checks/duplicate-column.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { personalData } from "../../../src/data/checks/personal-data.ts";
import { textNumber } from "../../../src/data/checks/text-number.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { inferRoles } from "../../../src/data/index.ts";
import { quantityOf } from "../../../src/data/meaning/quantity.ts";
import { writtenNumber } from "../../../src/data/meaning/written-number.ts";
import { farValues } from "../../../src/data/values/far-values.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;
const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });
const make = <T>(label: string, one: (random: { next(): number; normal(): number; integer(n: number): number }, row: number) => T) =>
  cells(ROWS, 11, label, one);

test("equal columns, and columns that say the same in other words", async () => {
  const a = make("a", (random) => random.normal());
  const level = make("l", (random) => random.integer(5));
  const name = level.map((value) => ["none", "basic", "school", "college", "doctor"][value]!);
  const found = await duplicateColumn.inspect(given({ a, b: a, level, name, other: make("o", (random) => random.integer(5)) }));
  expect(found.map(({ columns, evidence }) => [columns, evidence.sameCells])).toEqual([
    [["a", "b"], true],
    [["level", "name"], false],
  ]);
});

test("measurements that stay the same within an entity are no copies of each other", async () => {
  const patient = make("p", (_random, row) => row % 100);
  const [height, weight] = ["h", "w"].map((label) => {
    const ofPatient = cells(100, 5, label, (random) => 100 + 20 * random.normal());
    return patient.map((id) => ofPatient[id]!);
  });
  const id = patient.map((value) => `patient ${value}`);
  expect(await duplicateColumn.inspect(given({ id, height: height!, weight: weight! }))).toEqual([]);
});

test("one number in another unit is a copy", async () => {
  const celsius = make("c", (random) => random.integer(40));
  const found = await duplicateColumn.inspect(given({ celsius, fahrenheit: celsius.map((value) => 1.8 * value + 32) }));
  expect(found.map(({ columns }) => columns)).toEqual([["celsius", "fahrenheit"]]);
});

test("rare flags that agree by chance among many columns are no duplicates", async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 500 }, (_, i) => [`f${i}`, cells(100, i, "f", (_random, row) => (row === (i * 7919) % 100 ? 1 : 0))]),
  );
  expect(await duplicateColumn.inspect(contextOf({ columns: { ...columns, y: coin(100) }, target: "y" }))).toEqual([]);
});

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

test("numbers as text: dressed or plain, but no codes, ranges or names", async () => {
  const columns = {
    price: make("p", (random) => `$${(1 + random.integer(9)).toString()},${100 + random.integer(800)}.50`),
    plain: make("q", (random) => String(random.integer(90))),
    article: make("r", (random) => String(1000 + random.integer(60))),
    band: make("b", (random) => `${random.integer(30)}-${30 + random.integer(30)}`),
    mixed: make("m", (random) => (random.next() < 0.5 ? `${random.integer(90)} kg` : `${random.integer(90)} lb`)),
  };
  const found = await textNumber.inspect(given(columns));
  expect(found.map(({ columns, fix }) => [columns[0], fix.action])).toEqual([
    ["price", "steps"],
    ["plain", "steps"],
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
  const written = new Map([
    ["weight", unit("kg")],
    ["door", unit("B")],
  ]);
  const columns = context.dataset.columns.map((info) => {
    const amount = written.get(info.name);
    return amount === undefined ? info : { ...info, amount };
  });
  const found = await textNumber.inspect({ ...context, dataset: { ...context.dataset, columns } });
  const asNames = (column: string) => ({ change: "undo", steps: [{ op: "to-category", column }] });
  expect(found).toMatchObject([
    { columns: ["weight"], fix: { action: "reading" }, counterfactual: asNames("weight"), question: null },
    { columns: ["door"], fix: { action: "reading" }, counterfactual: asNames("door"), choices: ["amounts", "names"] },
  ]);
});

test("codes by name and gaps; ratings, counts and real measures are amounts", async () => {
  const columns = {
    zip: make("z", (random) => [10115, 20095, 50667, 80331, 1067][random.integer(5)]!),
    product_type: make("t", (random) => 1 + random.integer(6)),
    rating: make("r", (random) => 1 + random.integer(5)),
    store_count: make("c", (random) => random.integer(40)),
    income: make("i", (random) => Math.round(Math.exp(10 + random.normal()))),
  };
  const found = await codeAsNumber.inspect(given(columns));
  expect(found.map(({ columns, fix }) => [columns[0], fix])).toEqual([
    ["zip", { action: "steps", steps: [{ op: "to-category", column: "zip" }] }],
    ["product_type", { action: "steps", steps: [{ op: "to-category", column: "product_type" }] }],
  ]);
  expect(found[1]!.question).not.toBeNull();
});

test("codes are known by their names in other languages too", async () => {
  const columns = {
    plz: make("p", (random) => 10_000 + 97 * random.integer(60)),
    codigo_postal: make("c", (random) => 28_000 + 31 * random.integer(60)),
    menge: make("m", (random) => 10_000 + 97 * random.integer(60)),
  };
  expect((await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name)).toEqual(["plz", "codigo_postal"]);
});

test("phone numbers as they are written at home are known by the name of their column", async () => {
  const digits = make("t", (random) => `0${30 + random.integer(60)} ${1_000_000 + random.integer(8e6)}`);
  const context = given({ telefon: digits, artikel: digits, size: make("s", (random) => random.normal()) });
  const meanings = inferRoles(context.dataset, context.frame, { target: "y" }).meanings;
  const found = await personalData.inspect({ ...context, roles: { ...context.roles, meanings } });
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.kind])).toEqual([["telefon", "phone"]]);
});

test("values beyond what the quantity can be, and ends before starts", async () => {
  const day = 86_400_000;
  const start = make("s", (random) => Date.parse("2020-01-01") + day * random.integer(500));
  const columns = {
    age: make("a", (random, row) => (row === 5 ? 455 : row === 6 ? -3 : 18 + random.integer(60))),
    humidity: make("h", (random) => 200 + random.integer(60)),
    start_date: start,
    end_date: start.map((value, row) => (row === 9 ? value - 5 * day : value + day * (1 + (row % 30)))),
  };
  const found = await impossibleValue.inspect(given(columns, ["start_date", "end_date"]));
  expect(found.map(({ columns, rows }) => [columns, rows])).toEqual([
    [["age"], { count: 2, sample: [5, 6] }],
    [["start_date", "end_date"], { count: 1, sample: [9] }],
  ]);
  expect(found[0]!.fix).toMatchObject({ steps: [{ op: "null-out", column: "age", values: [-3, 455] }] });
});

describe("values that no tail of the others reaches, in a column whose name says no bounds", () => {
  type Draw = (random: { next(): number; normal(): number }) => number;
  const shapes: [string, Draw][] = [
    ["normal", (random) => 50 + 8 * random.normal()],
    ["uniform", (random) => random.next()],
    ["log-normal", (random) => Math.exp(random.normal())],
    ["exponential", (random) => -Math.log(1 - random.next())],
    [
      "Student t with 3 degrees",
      (random) => random.normal() / Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3),
    ],
  ];
  const drawn = (seed: number, draw: Draw, slips: readonly number[] = []) =>
    farValues(countValues(Float64Array.from([...cells(ROWS, seed, "far", draw), ...slips])), 2);

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("three far ones above and three below are found, and no other (draw %i)", (seed) => {
    const slips = [-900, -800, -700, 800, 900, 1000];
    expect(drawn(seed, shapes[0]![1], slips).flatMap(({ values }) => values)).toEqual(slips);
  });

  test.each(shapes)("%s columns have none in at least 19 of 20 draws", (_, draw) => {
    const told = Array.from({ length: 20 }, (_, seed) => drawn(seed, draw)).filter((found) => found.length > 0);
    expect(told.length).toBeLessThanOrEqual(1);
  });

  test("what is a usual distance on the other side is not far", () => {
    const packed: Draw = (random) => (random.next() < 0.5 ? 5 + 0.1 * random.next() : 5 - 4 * random.next());
    expect(drawn(1, packed, [6, 6, 6, 6])).toEqual([]);
    expect(drawn(1, packed, [16, 16, 16, 16]).map(({ values }) => values)).toEqual([[16]]);
  });

  test("it asks, and takes nothing out by itself", async () => {
    const thickness = make("t", (random, row) => (row < 4 ? 3000 + 500 * row : 50 + 8 * random.normal()));
    const [found, ...others] = await impossibleValue.inspect(given({ thickness, gloss: make("g", (random) => random.normal()) }));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: ["thickness"], rows: { count: 4, sample: [0, 1, 2, 3] }, choices: ["mistake", "true value"] });
    expect(found!.fix).toMatchObject({ steps: [{ op: "null-out", column: "thickness", values: [3000, 3500, 4000, 4500] }] });
    expect(found!.confidence).toBeLessThan(0.5);
  });
});

test("quantities by name", () => {
  expect(quantityOf("BloodPressure")).toMatchObject({ zero: "cannot be" });
  expect(quantityOf("heart_rate")).toMatchObject({ zero: "cannot be" });
  expect(quantityOf("glucose_diff")).toBeNull();
  expect(quantityOf("visit_count")).toBeNull();
  expect(quantityOf("capital-gain")).toBeNull();
});

test("mails, cards and people are named without showing one", async () => {
  const columns = {
    mail: make("m", (random, row) => `p${row}.${random.integer(99)}@example.org`),
    card: make(
      "c",
      (_, row) => ["4111111111111111", "5500005555555559", "340000000000009", "6011000000000004", "4012888888881881"][row % 5]!,
    ),
    name: make("n", (random, row) => `Smith, Mr. John ${"ABCDEFGH"[random.integer(8)]}${row}`),
    code: make("k", (random) => `${random.integer(900)}-${random.integer(900)}`),
    amount: make("a", (random) => String(4_000_000_000_000_000 + random.integer(1e9))),
  };
  const found = await personalData.inspect(given(columns));
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.kind])).toEqual([
    ["mail", "email"],
    ["card", "card"],
    ["name", "person"],
  ]);
  for (const { why } of found) expect(why).not.toMatch(/example\.org|Smith|4111/);
});
