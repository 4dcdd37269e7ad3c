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
