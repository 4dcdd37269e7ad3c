import { describe, expect, test } from "vitest";
import type { Random } from "../../../src/core/random.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 1500;

const make = <T>(label: string, one: (random: Random, row: number) => T): T[] => cells(ROWS, 41, label, one) as T[];

/** Incomes over so wide a range that a twelfth of one is another one's. */
const income = make("income", (random) => Math.exp(10.5 + 1.1 * random.normal()));
const spending = (noise: number) => make("spending", (random, row) => Math.round(income[row]! * 0.4 * Math.exp(noise * random.normal())));
const spend = spending(0.3);
const isMonthly = (row: number) => row % 25 === 7;
const monthly = income.map((value, row) => Math.round(isMonthly(row) ? value / 12 : value));
const annual = income.map(Math.round);

const money = { type: "money", unit: null, confidence: 0.9, why: "by name" } as const;
const meanings = { income: money, spend: money, wage: money, y: money };

const found = async (columns: Record<string, Cells>, target = "y") =>
  (await unitMix.inspect(contextOf({ columns: { ...columns, y: columns.y ?? coin(ROWS) }, target, roles: { meanings } }))).filter(
    ({ evidence }) => evidence.kind === "by others",
  );

describe("a number in another unit than the others of its row foretell", () => {
  test("monthly among annual incomes, whose sizes overlap", async () => {
    const [one, ...more] = await found({ income: monthly, spend });
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      columns: ["income"],
      rows: { count: 59 },
      confidence: 0.65,
      question: expect.stringContaining("in another unit"),
    });
    expect(one?.evidence).toMatchObject({ factor: 12, by: ["spend"], ratio: expect.closeTo(1 / 12, 2) });
    expect(one?.why).toContain("it is about 12 times less");
  });

  test("cents among whole units, where a kind says which", async () => {
    const land = make("land", (random) => "ABCDEF"[random.integer(6)]!);
    const cents = spend.map((value, row) => (land[row] === "D" && row % 4 !== 0 ? 100 * value : value));
    const [one, ...more] = await found({ income: annual, spend: cents, land });
    expect(more).toEqual([]);
    expect(one).toMatchObject({ columns: ["spend"], evidence: { source: "land" } });
    expect(one?.why).toMatch(/about 100 times that, .*`land` tells which/);
  });

  test("a quarter of the things, each met in many rows, beside a copy of the column", async () => {
    const things = cells(500, 7, "things", (random) => ({
      size: Math.exp(7 + random.normal()),
      each: 30 * Math.exp(0.2 * random.normal()),
      isOff: random.next() < 0.2,
    }));
    const of = Array.from({ length: ROWS }, (_, row) => things[row % 500]!);
    const size = of.map((thing) => Math.round((thing.isOff ? 10.7639 : 1) * thing.size));
    const columns = { area_m2: size, area_again: size, beds: of.map((thing) => Math.max(1, Math.round(thing.size / thing.each))) };
    const area = { type: "quantity", unit: "m2", confidence: 0.9, why: "by name" } as const;
    const told = await unitMix.inspect(
      contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", roles: { meanings: { area_m2: area, area_again: area } } }),
    );
    expect(told.filter(({ evidence }) => evidence.kind === "by others").map(({ columns: own, rows }) => [own[0], rows.count])).toEqual(
      expect.arrayContaining([["area_m2", of.filter((thing) => thing.isOff).length]]),
    );
  });

  test("of kinds that foretell together with a number", async () => {
    const trade = make("trade", (random) => "ABCD"[random.integer(4)]!);
    const wage = income.map((value, row) => Math.round((isMonthly(row) ? value / 12 : value) * 5 ** "ABCD".indexOf(trade[row]!)));
    expect(await found({ wage, spend, trade })).toMatchObject([{ columns: ["wage"], evidence: { by: ["trade", "spend"] } }]);
  });

  test("what lies far off on the other side, or nearer to the others, is their own tail", async () => {
    const cents = (low: number) => spend.map((value, row) => (row % 25 === 7 ? 100 * value : row % 8 === 3 ? value * low : value));
    expect(await found({ income: annual, spend: cents(1 / 30) })).toMatchObject([
      { columns: ["spend"], rows: { count: expect.closeTo(59, -1) } },
    ]);
    expect(await found({ income: annual, spend: cents(7) })).toMatchObject([
      { columns: ["spend"], rows: { count: expect.closeTo(59, -1) } },
    ]);
    const ofSpend = (await found({ income: annual, spend: cents(20) })).filter(({ columns }) => columns[0] === "spend");
    expect(ofSpend).toEqual([]);
  });

  test("the target is only asked about", async () => {
    const [one] = await found({ spend, y: monthly });
    expect(one).toMatchObject({ columns: ["y"], confidence: 0.45, question: expect.stringContaining("in another unit") });
  });

  test("the factor that is no unit of money is none", async () => {
    const other = income.map((value, row) => Math.round(isMonthly(row) ? value / 31 : value));
    expect(await found({ income: other, spend })).toEqual([]);
  });

  test.each<[string, Record<string, Cells>]>([
    ["one unit", { income: annual, spend }],
    ["nothing foretells it", { income: monthly, spend: make("other", (random) => Math.round(1e4 * Math.exp(random.normal()))) }],
    ["it is foretold too roughly", { income: monthly, spend: spending(0.7) }],
    ["too few rows", { income: income.map((value, row) => Math.round(row % 250 === 7 ? value / 12 : value)), spend }],
    [
      "rows that lie anywhere",
      { income: income.map((value, row) => Math.round(isMonthly(row) ? value / (4 + ((row * 13) % 40)) : value)), spend },
    ],
    [
      "a heap wider than the others",
      { income: income.map((value, row) => Math.round(isMonthly(row) ? value / (9 + ((row * 7) % 8)) : value)), spend: spending(0.05) },
    ],
    ["a heap of one ratio", { income: income.map((value, row) => (isMonthly(row) ? Math.round(spend[row]! / 0.4) / 12 : value)), spend }],
  ])("%s: silent", async (_, columns) => {
    expect(await found(columns)).toEqual([]);
  });

  test("of a number that nobody says the measure of, steps of a hundred and a thousand alone are told", async () => {
    const inches = income.map((value, row) => Math.round(isMonthly(row) ? 100 * value : 254 * value));
    expect(await found({ points: inches, spend: spending(0.05) })).toEqual([]);
    const cents = income.map((value, row) => Math.round(isMonthly(row) ? value : 100 * value));
    expect(await found({ points: cents, spend })).toMatchObject([{ columns: ["points"], evidence: { units: "units and hundredths" } }]);
  });

  test("a mark of the kind silences it, whatever other column names the rows", async () => {
    const job = make("job", (random) => `job ${random.integer(4)}`);
    expect(await found({ income: monthly, spend, part_time: annual.map((_, row) => Number(isMonthly(row))), job })).toEqual([]);
  });

  test("what another number tells is of another kind", async () => {
    const hours = make("hours", (random, row) => (isMonthly(row) ? 3 + random.integer(4) : 30 + random.integer(20)));
    expect(await found({ income: monthly, spend, hours })).toEqual([]);
  });
});
