import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { unobservedAsZero } from "../../../src/data/checks/unobserved-as-zero.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1600;
const day = (row: number, each = 4) => new Date(Date.UTC(2023, 0, 1 + Math.floor(row / each)));
const sales = (random: Random) => Math.round(Math.exp(3 + random.normal()));

type Make = (random: Random, source: number, row: number) => number | string;

async function told(
  make: Make,
  {
    seed = 1,
    levels = 5,
    each = 4,
    task = "regression" as "regression" | "binary",
    name = (one: number) => `source ${one}` as string | number | null,
  } = {},
) {
  const random = createRandom(seed, "stopped");
  const source = numbers(ROWS, () => random.integer(levels));
  const table = tableOf([
    ["day", Array.from({ length: ROWS }, (_, row) => day(row, each))],
    ["source", source.map(name)],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", source.map((one, row) => make(random, one, row))],
  ]);
  const found = await unobservedAsZero.inspect(contextOf(table, "y", { task: { task }, roles: { time: "day" } }));
  return found.filter(({ evidence }) => evidence.kind === "stopped");
}

const broken =
  (at: number, zeros: number, which = 2) =>
  (random: Random, source: number, row: number) =>
    (source === which && row >= at) || random.next() < zeros ? 0 : sales(random);

describe("a source that stops to report", () => {
  test.each([0, 0.05, 0.3])("is asked about where %f are 0 anyway", async (zeros) => {
    const [one, ...more] = await told(broken(1000, zeros));
    expect(more).toEqual([]);
    expect(one).toMatchObject({ columns: ["source", "y", "day"], evidence: { level: "source 2", value: 0 }, choices: ["no", "yes"] });
    expect(Math.abs(Date.parse(String(one!.evidence.from)) - day(1000).getTime())).toBeLessThan(10 * 86_400_000);
    expect(one!.rows.count).toBeGreaterThan(80);
    expect(one!.question).toContain('still recorded in rows where `source` is "source 2"');
  });

  test("with the chance of the rows before and of the others, for all levels and columns, and from the first whole day on", async () => {
    const [one] = await told(broken(1050, 0.5), { each: 100 });
    const { labelledRows, before, elsewhere, from, p } = one!.evidence as Record<string, number>;
    expect(from).toBe("2023-01-12");
    expect(before).toBeGreaterThan(0.4);
    // Far above 0.45 to the power of the rows, by the upper limit of the share elsewhere.
    expect(Math.log(p! / 10) / Math.log(elsewhere!)).toBeLessThan(labelledRows!);
    expect(p).toBeGreaterThan(1e-40);
  });

  test("whatever the value is, of classes too, and of sources that are numbers", async () => {
    expect(await told((random, source, row) => (source === 2 && row >= 1000 ? 17 : sales(random)))).toMatchObject([
      { evidence: { value: 17 } },
    ]);
    const classes = (random: Random, source: number, row: number) => ((source === 2 && row >= 800) || random.next() < 0.6 ? "no" : "yes");
    expect(await told(classes, { task: "binary" })).toMatchObject([{ evidence: { value: "no" } }]);
    expect(await told(broken(1000, 0.1), { name: (one) => 10 + one })).toMatchObject([{ evidence: { level: "12" } }]);
  });
});

describe("silent", () => {
  test("where all stop, or so many that it is how things end", async () => {
    expect(await told((random, _, row) => (row >= 1000 || random.next() < 0.1 ? 0 : sales(random)))).toEqual([]);
    expect(
      await told((random, source, row) => (row >= 900 + 150 * source || random.next() < 0.1 ? 0 : sales(random)), { levels: 4 }),
    ).toEqual([]);
  });

  test("where it stood as long before, or another does", async () => {
    const twice = (random: Random, source: number, row: number) =>
      (source === 2 && (row >= 1200 || (row >= 300 && row < 600))) || random.next() < 0.1 ? 0 : sales(random);
    expect(await told(twice)).toEqual([]);
    const other = (random: Random, source: number, row: number) =>
      (source === 2 && row >= 1200) || (source === 3 && row >= 300 && row < 600) || random.next() < 0.1 ? 0 : sales(random);
    expect(await told(other)).toEqual([]);
  });

  test("where it faded, where it was so from the start, and where no other goes on", async () => {
    const fading = (random: Random, source: number, row: number) =>
      (source === 2 && random.next() < row / 1150) || random.next() < 0.1 ? 0 : sales(random);
    for (const seed of [1, 2, 3]) expect(await told(fading, { seed })).toEqual([]);
    expect(await told(broken(0, 0.1))).toEqual([]);
    const alone = (random: Random, source: number, row: number) => (source === 2 && row >= 1000 ? 0 : sales(random));
    expect(await told(alone, { name: (one) => (one === 2 ? "source 2" : null) })).toEqual([]);
  });

  test("where the others are hardly ever anything else by then, and after few rows", async () => {
    const falling = (random: Random, source: number, row: number) => (row >= 1000 && (source === 2 || row % 10 !== 0) ? 0 : sales(random));
    expect(await told(falling)).toEqual([]);
    expect(await told(broken(60, 0.1))).toEqual([]);
  });

  test("where it comes back, and by chance", async () => {
    const back = (random: Random, source: number, row: number) =>
      (source === 2 && row >= 1000 && row < 1550) || random.next() < 0.1 ? 0 : sales(random);
    expect(await told(back)).toEqual([]);
    for (let seed = 0; seed < 40; seed++) expect(await told(broken(ROWS, 0.8), { seed, levels: 20 })).toEqual([]);
  });

  test("without a time", async () => {
    const random = createRandom(3, "stopped");
    const source = numbers(ROWS, () => random.integer(5));
    const table = tableOf([
      ["source", source.map((one) => `source ${one}`)],
      ["y", source.map((one, row) => broken(1000, 0.1)(random, one, row))],
    ]);
    expect(await unobservedAsZero.inspect(contextOf(table, "y", { task: { task: "regression" } }))).toEqual([]);
  });
});
