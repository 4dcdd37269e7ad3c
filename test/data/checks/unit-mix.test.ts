import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { textNumber } from "../../../src/data/checks/text-number.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { type Cells, contextOf as inferred, numbers, tableOf } from "../table.ts";
import { coin } from "./context.ts";

const ROWS = 600;
const random = createRandom(4, "unit-mix");
const heights = numbers(ROWS, () => Math.round(170 + 9 * random.normal()));
const weights = numbers(ROWS, () => 75 * Math.exp(0.16 * random.normal()));
const heat = numbers(ROWS, () => 36.8 + 0.5 * random.normal());
const prices = numbers(ROWS, () => Math.round(3000 * Math.exp(0.4 * random.normal())) * 100);
const noise = numbers(ROWS, () => random.normal());
const country = numbers(ROWS, () => random.integer(5)).map((place) => ["US", "DE", "FR", "ES", "IT"][place]!);
const every = (step: number, values: readonly number[], change: (value: number) => number) =>
  values.map((value, row) => (row % step === 0 ? change(value) : value));
const look = (columns: Record<string, Cells>) =>
  unitMix.inspect(inferred(tableOf([...Object.entries(columns), ["noise", noise], ["y", coin(ROWS)]]), "y"));

describe("found", () => {
  test.each<[string, string, Cells, object]>([
    ["a third in inches", "height_cm", every(3, heights, (value) => value / 2.54), { where: "below", factor: 2.54 }],
    ["a fiftieth in inches", "height", every(50, heights, (value) => value / 2.54), { where: "below", factor: 2.54 }],
    ["pounds", "body weight", every(4, weights, (value) => value / 0.45359237), { where: "above", factor: 0.45359237 }],
    ["grams a litre", "hémoglobine", every(20, weights, (value) => value * 10), { where: "above", factor: 0.1 }],
    ["thousands", "price", every(10, prices, (value) => value / 1000), { where: "below", factor: 1000 }],
    ["Fahrenheit, an affine map", "temp", every(5, heat, (value) => value * 1.8 + 32), { where: "above" }],
  ])("%s", async (_, name, cells, step) => {
    const [found, ...more] = await look({ [name]: cells });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ trap: "unit-mix", columns: [name], severity: "harmful", fix: { action: "steps" } });
    const [made] = found!.fix.action === "steps" ? found!.fix.steps : [];
    expect(made).toMatchObject({ op: "convert-unit", column: name, ...step, factor: expect.any(Number) });
    if ("factor" in step && made?.op === "convert-unit") expect(made.factor).toBeCloseTo(Number(step.factor), 6);
    expect(found!.confidence).toBeGreaterThan(0.5);
  });

  test("the source that tells the unit is named", async () => {
    const mixed = heights.map((value, row) => (country[row] === "US" ? value / 2.54 : value));
    const pounds = weights.map((value, row) => (country[row] === "US" ? value / 0.45359237 : value));
    const found = await look({ height: mixed, weight: pounds, country });
    expect(found).toMatchObject([{ columns: ["height"] }, { columns: ["weight"] }]);
    for (const one of found) expect(one).toMatchObject({ evidence: { source: "country" } });
  });

  test("the source is named behind many other columns, and heaps that are unlike are said to be", async () => {
    const others = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x${i}`, noise.map((_, row) => noise[(row + i) % ROWS]!)]));
    const mixed = heights.map((value, row) => (country[row] === "US" ? value / 2.54 : value));
    const [found] = await look({ height: mixed, ...others, country });
    expect(found).toMatchObject({ evidence: { source: "country" }, why: expect.stringContaining("two heaps of one shape") });
  });

  test("a tenth of the rents to be told is of a year: it asks", async () => {
    const rents = prices.map((value) => value / 300);
    const of = (y: readonly number[]) =>
      unitMix.inspect(
        inferred(
          tableOf([
            ["noise", noise],
            ["rent_eur", y],
          ]),
          "rent_eur",
        ),
      );
    const [found, ...more] = await of(every(10, rents, (value) => 12 * value));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ columns: ["rent_eur"], fix: { action: "advice" }, question: expect.stringContaining("per month") });
    expect(found!.confidence).toBeLessThan(0.5);
    expect(await of(rents)).toEqual([]);
  });

  test("units that are written beside the numbers, which text-number leaves alone", async () => {
    const written = heights.map((value, row) => (row % 4 === 0 ? `${(value / 100).toFixed(2)} m` : `${value} cm`));
    const context = inferred(
      tableOf([
        ["height", written],
        ["noise", noise],
        ["y", coin(ROWS)],
      ]),
      "y",
    );
    expect(await textNumber.inspect(context)).toEqual([]);
    const [found] = await unitMix.inspect(context);
    const units = [
      { text: "cm", factor: 1, offset: 0, before: false },
      { text: "m", factor: 100, offset: 0, before: false },
    ];
    const amount = { decimal: ".", thousands: [","], units };
    expect(found!.fix).toEqual({ action: "steps", steps: [{ op: "to-number", column: "height", amount }] });
    const money = prices.map((value, row) => (row % 4 === 0 ? `$${value}` : `€${value}`));
    expect(await look({ paid: money })).toMatchObject([{ fix: { action: "advice" } }]);
  });
});

describe("silent", () => {
  const wide = createRandom(9, "wide");
  test.each<[string, Record<string, Cells>]>([
    ["normal", { height: heights }],
    ["lognormal over six decades", { income: numbers(ROWS, () => Math.exp(8 + 3 * wide.normal())) }],
    ["uniform", { distance: numbers(ROWS, () => 1000 * wide.next()) }],
    ["exponential", { duration: numbers(ROWS, () => -60 * Math.log(1 - wide.next())) }],
    ["many zeros and far amounts", { price: numbers(ROWS, () => (wide.next() < 0.5 ? 0 : 800 + 60 * wide.normal())) }],
    ["two heaps in a ratio of no units", { weight: every(2, weights, (value) => value * 4.4) }],
    ["two heaps of unlike shape", { height: every(3, heights, (value) => 66.9 + (value - 170) * 0.05) }],
    ["words behind a few numbers", { style: weights.map((_, row) => ["1Story", "2Story", "1.5Fin", "2.5Unf"][row % 4]!) }],
    ["one unit spelt in two ways", { load: weights.map((value, row) => `${Math.round(value)} ${row % 2 === 0 ? "kg" : "Kg"}`) }],
  ])("%s", async (_, columns) => {
    expect(await look(columns)).toEqual([]);
  });

  test("two kinds of things: other numbers know which", async () => {
    const kinds = every(3, weights, (value) => value / 0.45359237);
    const wheels = weights.map((_, row) => (row % 3 === 0 ? 9 : 4) + wide.normal());
    expect(await look({ weight: kinds, wheels })).toEqual([]);
  });

  test("of fifty columns in two heaps, whose ratios are any, none is told for the one that meets a unit", async () => {
    const columns = Object.fromEntries(
      numbers(50, (i) => i).map((i) => [`q${i}`, every(2, weights, (value) => value * (i === 7 ? 2.2046 : 1.5 * 1.11 ** i))]),
    );
    expect(await look(columns)).toEqual([]);
    expect(await look({ q7: columns.q7! })).toHaveLength(1);
  });

  test("300 columns of every plain shape", async () => {
    const makers = [
      () => wide.normal(),
      () => Math.exp(wide.normal()),
      () => Math.exp(2 * wide.normal()),
      () => wide.next(),
      () => Math.round(20 * wide.next()),
      () => (wide.next() < 0.3 ? wide.normal() - 3 : wide.normal() + 3),
    ];
    const columns = Object.fromEntries(numbers(300, (i) => i).map((i) => [`weight ${i}`, numbers(300, makers[i % makers.length]!)]));
    const found = await unitMix.inspect(inferred(tableOf([...Object.entries(columns), ["y", coin(300)]]), "y"));
    expect(found.length).toBeLessThanOrEqual(1);
  });
});

describe("from one row on", () => {
  const flow = numbers(ROWS, () => Math.round(600 * Math.exp(0.5 * random.normal())) / 100);
  const from = (first: number, values: readonly number[], change: (value: number) => number) =>
    values.map((value, row) => (row < first ? value : change(value)));

  test("a column whose heaps overlap is ten times as large", async () => {
    const [found, ...more] = await look({ flow: from(480, flow, (value) => value * 10) });
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      trap: "unit-mix",
      columns: ["flow"],
      evidence: { atEnd: true, units: "a factor of 10" },
      fix: { action: "advice" },
    });
    expect(Math.abs(Number(found?.evidence.fromRow) - 480)).toBeLessThan(10);
    expect(found?.confidence).toBeGreaterThan(0.5);
  });

  test.each<[string, Record<string, Cells>]>([
    ["a factor of no unit", { flow: from(480, flow, (value) => value * 4.5) }],
    [
      "another column changes as well",
      { flow: from(480, flow, (value) => value * 10), site: flow.map((_, row) => (row < 480 ? "a" : "b")) },
    ],
    ["a sorted column", { flow: [...flow].sort((a, b) => a - b) }],
    ["a drift", { flow: flow.map((value, row) => value * 10 ** (row / 400)) }],
    ["rows in no order", { flow }],
  ])("silent: %s", async (_, columns) => {
    expect(await look(columns)).toEqual([]);
  });
});

describe("units written beside", () => {
  const units = heights.map((_, row) => (row % 5 === 0 ? "ng/mL" : "mg/dL"));
  const lengths = heights.map((_, row) => ["cm", "mm"][row % 2]!);
  const inUnits = weights.map((value, row) => (value as number) * (row % 2 === 0 ? 1 : 10));
  test.each<[string, Record<string, Cells>, readonly string[][]]>([
    ["of a number of no name of its own", { result: weights, unit: units }, [["result", "unit"]]],
    ["of a number of the same name", { dose: weights, age: heights, dose_unit: units }, [["dose", "dose_unit"]]],
    ["one unit", { result: weights, unit: heights.map(() => "mg/dL") }, []],
    ["flats, which are units too", { result: weights, unit: heights.map((_, row) => `flat ${row % 5}`) }, []],
    [
      "amounts of money in several currencies",
      { salary: weights, age: heights, salary_currency: heights.map((_, row) => (row % 7 === 0 ? "USD" : "EUR")) },
      [["salary", "salary_currency"]],
    ],
    [
      "a price and its currency",
      { preis: weights, waehrung: heights.map((_, row) => (row % 3 === 0 ? "CHF" : "EUR")) },
      [["preis", "waehrung"]],
    ],
    [
      "amounts for an hour and for a year",
      { current_salary: weights, salary_type: heights.map((_, row) => (row % 9 === 0 ? "hour" : "year")) },
      [["current_salary", "salary_type"]],
    ],
    ["ways of paying", { salary: weights, salary_type: heights.map((_, row) => (row % 9 === 0 ? "cash" : "bank")) }, []],
    ["of no number that is called so", { age: weights, dose_unit: units }, []],
    ["of numbers that differ by it, whatever they are called", { age: heights, outcome: inUnits, unit: lengths }, [["outcome", "unit"]]],
    ["in a column of no such name that holds nothing but units", { age: heights, outcome: inUnits, kind: lengths }, [["outcome", "kind"]]],
    ["of no number that differs by it", { age: heights, unit: lengths }, []],
    ["sizes of clothes", { outcome: inUnits, size: lengths.map((one) => (one === "cm" ? "S" : "M")) }, []],
  ])("%s", async (_, columns, told) => {
    const found = await look(columns);
    expect(found.filter(({ evidence }) => evidence.kind === "written beside").map((one) => one.columns)).toEqual(told);
  });
});
