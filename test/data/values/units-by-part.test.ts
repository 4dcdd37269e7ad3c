import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { coin } from "../checks/context.ts";
import { type Cells, contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1000;
const random = createRandom(8, "units-by-part");
const year = numbers(ROWS, () => 2019 + random.integer(4));
const length = numbers(ROWS, () => 36 * Math.exp(0.25 * random.normal()));
const noise = numbers(ROWS, () => random.normal());
const look = async (columns: Record<string, Cells>) =>
  (await unitMix.inspect(contextOf(tableOf([...Object.entries(columns), ["noise", noise], ["y", coin(ROWS)]]), "y"))).filter(
    ({ evidence }) => evidence.kind === "by part",
  );
const inYear = (factor: number, of = 2021) => length.map((value, row) => (year[row] === of ? factor * value : value));

describe("a year in another unit is asked about", () => {
  test("millimetres, of a number whose name says nothing", async () => {
    const [found, ...more] = await look({ yr: year, tl: inYear(10) });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ columns: ["tl", "yr"], severity: "harmful", evidence: { parts: ["2021"] } });
    expect(found!.question).toContain("`yr` is 2021");
    expect(found!.confidence).toBeLessThan(0.5);
    const [step] = found!.fix.action === "steps" ? found!.fix.steps : [];
    expect(step).toMatchObject({ op: "convert-unit", column: "tl", where: "above", factor: 0.1 });
  });
  test("also where the name says a length, and the year tells the two heaps apart", async () => {
    const [found] = await look({ yr: year, length: inYear(10) });
    expect(found).toMatchObject({ columns: ["length", "yr"], evidence: { parts: ["2021"], units: "millimetres and centimetres" } });
  });
  test("the smaller numbers may be the rarer", async () => {
    const [found] = await look({ year, tl: inYear(0.1) });
    const [step] = found?.fix.action === "steps" ? found.fix.steps : [];
    expect(step).toMatchObject({ where: "below", factor: 10 });
  });
});

describe("stretches of time in another unit", () => {
  const times = { time: "at", features: ["pressure", "hours"] };
  const DAY = 86_400_000;
  const at = Array.from({ length: ROWS }, (_, row) => Date.UTC(2023, 0, 1) + ((row * 7) % ROWS) * (DAY / 4));
  const bars = numbers(ROWS, () => 6.5 * Math.exp(0.1 * random.normal()));
  const between = (from: number, to: number, factor: number) =>
    bars.map((value, row) => (at[row]! >= Date.UTC(2023, 2, from) && at[row]! < Date.UTC(2023, 2, to) ? factor * value : value));
  const told = async (pressure: readonly number[]) => {
    const table = tableOf([
      ["at", at.map((ms) => new Date(ms))],
      ["pressure", [...pressure]],
      // What rises with the time tells the heaps apart, too.
      ["hours", at.map((ms) => Math.round((ms - Date.UTC(2023, 0, 1)) / 3.6e6))],
      ["y", coin(ROWS)],
    ]);
    const found = await unitMix.inspect(contextOf(table, "y", { roles: times }));
    return found.filter(({ evidence }) => evidence.kind === "by part");
  };
  test("are asked about, whatever the order of the file", async () => {
    const [found, ...more] = await told(between(10, 28, 14.5038));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ columns: ["pressure", "at"], evidence: { units: "psi and bar", parts: ["2023-03-10 to 2023-03-27"] } });
    expect(found!.question).toContain("`at` is from 2023-03-10 to 2023-03-27");
    expect(await told(between(10, 28, 1000))).toHaveLength(1);
  });
  test("are none where a row within is in the usual one, or the ratio is of no units", async () => {
    const mixed = between(10, 28, 14.5038);
    mixed[at.indexOf(Date.UTC(2023, 2, 15))]! /= 14.5038;
    expect(await told(mixed)).toEqual([]);
    expect(await told(between(10, 28, 22))).toEqual([]);
  });
});

describe("silent on", () => {
  const kind = year.map((one) => one - 2018);
  test.each<[string, Record<string, Cells>]>([
    ["one unit in all years", { yr: year, tl: length }],
    ["a ratio of no units", { yr: year, tl: inYear(17) }],
    ["a year that is a little larger", { yr: year, tl: inYear(1.5) }],
    ["heaps that years do not tell", { yr: year, tl: length.map((value, row) => (row % 4 === 0 ? 10 * value : value)) }],
    [
      "one row of the year in the usual unit",
      { yr: year, tl: inYear(10).map((value, row) => (row === year.indexOf(2021) ? value / 10 : value)) },
    ],
    ["another shape", { yr: year, tl: inYear(10).map((value, row) => (year[row] === 2021 ? 360 * (value / 360) ** 0.3 : value)) }],
    ["kinds of things, whose sizes may differ so", { kind, tl: inYear(10) }],
    ["half of the years", { yr: year, tl: length.map((value, row) => ((year[row] ?? 0) >= 2021 ? 10 * value : value)) }],
  ])("%s", async (_, columns) => expect(await look(columns)).toEqual([]));
});
