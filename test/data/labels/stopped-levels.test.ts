import { describe, expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
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
    rows = ROWS,
    levels = 5,
    each = 4,
    task = "regression" as "regression" | "binary" | "multiclass",
    name = (one: number, _row: number) => `source ${one}` as string | number | null,
    more = [] as readonly (readonly [string, (one: number, row: number) => string | number | null])[],
  } = {},
) {
  const random = createRandom(seed, "stopped");
  const source = numbers(rows, () => random.integer(levels));
  const table = tableOf([
    ["day", Array.from({ length: rows }, (_, row) => day(row, each))],
    ["source", source.map(name)],
    ...more.map(([column, make]) => [column, source.map(make)] as const),
    ["x", numbers(rows, () => random.normal())],
    ["y", source.map((one, row) => make(random, one, row))],
  ]);
  const found = await unobservedAsZero.inspect(contextOf(table, "y", { task: { task }, roles: { time: "day" } }));
  return found.filter(({ evidence }) => evidence.kind === "stopped" || evidence.kind === "unstarted");
}

const fromOf = ({ evidence }: Suspicion) => (evidence.levels as { from: string }[])[0]!.from;

const broken =
  (at: number, zeros: number, which = 2) =>
  (random: Random, source: number, row: number) =>
    (source === which && row >= at) || random.next() < zeros ? 0 : sales(random);

describe("a source that stops to report", () => {
  test.each([0, 0.05, 0.3])("is asked about where %f are 0 anyway", async (zeros) => {
    const [one, ...more] = await told(broken(1000, zeros));
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      columns: ["source", "y", "day"],
      evidence: { levels: [{ level: "source 2", value: 0 }] },
      choices: ["no", "yes"],
    });
    expect(Math.abs(Date.parse(fromOf(one!)) - day(1000).getTime())).toBeLessThan(10 * 86_400_000);
    expect(one!.rows.count).toBeGreaterThan(80);
    expect(one!.question).toContain('still recorded in rows where `source` is "source 2"');
  });

  test("with the chance of the rows before and of the others, for all levels and columns, and from the first whole day on", async () => {
    const [one] = await told(broken(1050, 0.5), { each: 100 });
    const { labelledRows, before, elsewhere, p } = one!.evidence as Record<string, number>;
    expect(fromOf(one!)).toBe("2023-01-12");
    expect(before).toBeGreaterThan(0.4);
    // Far above 0.45 to the power of the rows, by the upper limit of the share elsewhere.
    expect(Math.log(p! / 10) / Math.log(elsewhere!)).toBeLessThan(labelledRows!);
    expect(p).toBeGreaterThan(1e-40);
  });

  test("whatever the value is, of classes too, and of sources that are numbers", async () => {
    expect(await told((random, source, row) => (source === 2 && row >= 1000 ? 17 : sales(random)))).toMatchObject([
      { evidence: { levels: [{ value: 17 }] } },
    ]);
    const classes = (random: Random, source: number, row: number) => ((source === 2 && row >= 800) || random.next() < 0.6 ? "no" : "yes");
    expect(await told(classes, { task: "binary" })).toMatchObject([{ evidence: { levels: [{ value: "no" }] } }]);
    expect(await told(broken(1000, 0.1), { name: (one) => 10 + one })).toMatchObject([{ evidence: { levels: [{ level: "12" }] } }]);
  });
});

describe("levels that stop together", () => {
  const together =
    (stopped: readonly number[], at = (_source: number) => 1400, value = (_source: number) => 0): Make =>
    (random, source, row) =>
      stopped.includes(source) && row >= at(source) ? value(source) : random.next() < 0.3 ? 0 : sales(random);

  test("are one finding, of up to a quarter of the levels", async () => {
    for (const stopped of [[2], [2, 5], [2, 5, 7]]) {
      const [one, ...more] = await told(together(stopped), { levels: 12, rows: 4800 });
      expect(more).toEqual([]);
      expect((one!.evidence.levels as { level: string }[]).map(({ level }) => level).sort()).toEqual(stopped.map((at) => `source ${at}`));
      // Those that stopped are not among the rows that go on.
      expect(one!.evidence.elsewhere).toBeLessThan(0.33);
      expect(one!.why).toContain("or it ended");
      const days = (one!.evidence.levels as { from: string }[]).map(({ from }) => from);
      expect(one!.why.match(/from 20/g)).toHaveLength(new Set(days).size === 1 ? 1 : days.length);
      expect(one!.why).toMatch(stopped.length === 1 ? /% of its rows just before/ : /up to [\d.]+ % of their rows just before/);
    }
    expect(await told(together([2, 5, 7, 9]), { levels: 12, rows: 4800 })).toEqual([]);
  });

  test("on days and at values of their own too", async () => {
    const [one, ...more] = await told(
      together(
        [2, 5],
        (source) => (source === 2 ? 1400 : 2600),
        (source) => source + 10,
      ),
      { levels: 12, rows: 4800 },
    );
    expect(more).toEqual([]);
    expect(one!.evidence.levels).toMatchObject([{ value: 15 }, { value: 12 }]);
    expect(one!.question).toMatch(/is "source 5" \(from 2024-\S+ on\) or "source 2" \(from 2023-\S+ on\)\?/);
    expect(one!.why).toContain("= 15 or 12");
  });
});

test("the chance is counted over all levels, few ones too, and all columns", async () => {
  const p = async (short: number, columns: number) => {
    const name = (one: number, row: number) => (row % 10 > 0 ? `source ${one}` : short > 0 ? `few ${row % (10 * short)}` : null);
    const more = Array.from({ length: columns }, (_, i) => [`more ${i}`, (_one: number, row: number) => (row * 7919 + i) % 3] as const);
    return Number((await told(broken(1000, 0.3), { name, more }))[0]!.evidence.p);
  };
  const alone = await p(0, 0);
  expect((await p(0, 6)) / alone).toBeCloseTo(1 + 6, 6);
  // Each of the few has less than the rows of a level that is looked at.
  expect((await p(10, 0)) / alone).toBeCloseTo((5 + 10) / 5, 6);
});

test("no levels of measures, nor of more than a thousand names", async () => {
  expect(await told(broken(1000, 0.1), { name: (one) => 10 + one })).toHaveLength(1);
  expect(await told(broken(1000, 0.1), { name: (one) => 10.5 + one })).toEqual([]);
  const many = (each: number) => (one: number, row: number) => (row % 2 === 0 ? `source ${one}` : `few ${row % each}`);
  expect(await told(broken(1000, 0.1), { rows: 3000, name: many(1800) })).toHaveLength(1);
  expect(await told(broken(1000, 0.1), { rows: 3000, name: many(2400) })).toEqual([]);
});

test("of two columns that hold the same rows one is told, of others both", async () => {
  expect(await told(broken(1000, 0.1), { more: [["code", (one) => 40 + one]] })).toHaveLength(1);
  const both = (random: Random, source: number, row: number) =>
    row >= 1000 && (source === 2 || row % 7 === 3) ? 0 : random.next() < 0.1 ? 0 : sales(random);
  expect(
    (await told(both, { rows: 3000, more: [["line", (_, row) => `line ${row % 7}`]] })).map(({ columns }) => columns[0]).sort(),
  ).toEqual(["line", "source"]);
});

test("many rows of the table are harmful, few costly", async () => {
  expect(await told(broken(1000, 0.1))).toMatchObject([{ severity: "harmful" }]);
  expect(await told(broken(1350, 0.1))).toMatchObject([{ severity: "costly" }]);
});

test("no column from which the target is computed", async () => {
  const random = createRandom(5, "stopped");
  const source = numbers(ROWS, () => random.integer(5));
  const x = source.map((one, row) => (one === 2 && row >= 1000 ? -2 : random.integer(500)));
  const found = async (y: readonly number[]) => {
    const table = tableOf([
      ["day", Array.from({ length: ROWS }, (_, row) => day(row))],
      ["source", source],
      ["x", x],
      ["y", y],
    ]);
    return await unobservedAsZero.inspect(contextOf(table, "y", { task: { task: "regression" }, roles: { time: "day" } }));
  };
  expect(await found(source.map((one, row) => one + (x[row] ?? 0)))).toEqual([]);
  const loose = source.map((one, row) => (one === 2 && row >= 1000 ? 0 : one + (x[row] ?? 0) + random.integer(300)));
  expect((await found(loose)).some(({ columns }) => columns[0] === "source")).toBe(true);
});

describe("silent", () => {
  test("where it had other values before so seldom that their lack is chance", async () => {
    const seen = new Map<number, number>();
    const seldom = (random: Random, source: number, row: number) => {
      const nth = (seen.get(source) ?? 0) + 1;
      seen.set(source, nth);
      if (source !== 2) return sales(random);
      return row < 1250 && nth % 20 === 0 ? 5 : 0;
    };
    expect(await told(seldom)).toEqual([]);
  });

  test("where another level had the value as long and went on, or from its start to its end", async () => {
    const always = (random: Random, source: number, row: number) =>
      (source === 2 && row >= 1200) || source === 3 || random.next() < 0.1 ? 0 : sales(random);
    expect(await told(always)).toEqual([]);
  });

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

describe("a source that begins to report", () => {
  const late =
    (at: number, zeros: number) =>
    (random: Random, source: number, row: number): number =>
      source === 2 && row < at ? 0 : random.next() < zeros ? 0 : 1 + sales(random);

  test("is asked about where it is 0 up to a day and never again, as no other is; the answer empties these labels", async () => {
    const [one, ...more] = await told(late(700, 0));
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      columns: ["source", "y", "day"],
      evidence: { kind: "unstarted", levels: [{ level: "source 2", value: 0 }] },
      question: expect.stringContaining("already recorded"),
    });
    expect(one!.confidence).toBeLessThanOrEqual(0.7);
    const { fix } = one!.ifConfirmed!;
    const [step] = fix!.action === "steps" ? fix!.steps : [];
    const [part] = step?.op === "read-labels" ? (step.unrecorded ?? []) : [];
    expect(part).toMatchObject({ column: "source", values: ["source 2"], label: "0", by: "day" });
    expect(Math.abs(part!.until! - day(700).getTime())).toBeLessThan(10 * 86_400_000);
  });

  test("not of the first of three classes, which is the smallest by name alone", async () => {
    const kinds = (random: Random, source: number, row: number): string =>
      source === 2 && row < 700 ? "a" : random.next() < 0.5 ? "b" : source !== 2 && random.next() < 0.03 ? "a" : "c";
    expect(await told(kinds, { task: "multiclass" })).toEqual([]);
  });

  test("not where zeros come back, or others have them", async () => {
    expect(await told(late(700, 0.1))).toEqual([]);
    expect(await told((random, source, row) => (source === 2 && (row < 600 || (row > 900 && row < 960)) ? 0 : 1 + sales(random)))).toEqual(
      [],
    );
  });
});
