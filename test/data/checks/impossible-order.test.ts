import { describe, expect, test } from "vitest";
import type { Random } from "../../../src/core/random.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

describe("a number that is at most another in nearly all rows", () => {
  const rows = 1200;
  const make = <T>(label: string, one: (random: Random, row: number) => T) => cells(rows, 11, label, one);
  const wholes = make("whole", (random) => 50 + random.integer(150));
  const parts = make("part", (random, row) => Math.floor(wholes[row]! * (0.1 + 0.85 * random.next())));
  const look = (parts: Cells, wholes: Cells) =>
    impossibleValue.inspect(contextOf({ columns: { answered: parts, calls: wholes, y: coin(rows) }, target: "y" }));

  test("as a part is of its whole, whatever they are called: rows that break it are asked about", async () => {
    const [found, ...more] = await look(
      parts.map((part, row) => (row === 7 || row % 400 === 90 ? wholes[row]! + 60 : part)),
      wholes,
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      columns: ["answered", "calls"],
      rows: { count: 4, sample: [7, 90, 490, 890] },
      evidence: { brokenRows: 4, comparedRows: rows },
      choices: ["mistake", "true value"],
    });
    expect(found!.confidence).toBeLessThan(0.5);
  });

  test("rows that break it are no mistakes where they are all rows of one thing: there it is so", async () => {
    const broken = parts.map((part, row) => (row % 100 === 7 ? wholes[row]! + 60 : part));
    const told = async (site: Cells) => {
      const found = await impossibleValue.inspect(
        contextOf({ columns: { site, answered: broken, calls: wholes, y: coin(rows) }, target: "y" }),
      );
      return found.map(({ columns }) => columns);
    };
    expect(await told(wholes.map((_, row) => (row % 100 === 7 ? "s9" : `s${row % 9}`)))).toEqual([]);
    expect(await told(wholes.map((_, row) => `s${row % 9}`))).toEqual([["answered", "calls"]]);
  });

  test("rows that break it in one run are mistakes where neighbours differ as any two do, and one event where they are alike", async () => {
    const low = make("low", (random) => 1000 + random.integer(400));
    const isBroken = (row: number) => (row >= 200 && row < 208) || (row >= 700 && row < 708);
    const above = (gap: (row: number) => number) => low.map((value, row) => Math.round(value + (isBroken(row) ? -90 : gap(row))));
    const told = async (wholes: Cells) => (await look(low, wholes)).filter(({ columns }) => columns.length === 2).length;
    const gaps = make("gap", (random) => 60 + random.integer(200));
    expect(await told(above((row) => gaps[row]!))).toBe(1);
    expect(await told(above((row) => 160 + 100 * Math.sin(row / 30)))).toBe(0);
  });

  test("after midnight the clock begins again: an hour that is smaller, or the first minute of a day, is no mistake", async () => {
    const clock = (minutes: number) => 100 * (Math.floor(minutes / 60) % 24) + (minutes % 60);
    const start = make("start", (random, row) => (row % 100 === 3 ? 1380 + random.integer(60) : 600 + random.integer(500)));
    const took = make("took", (random) => 90 + random.integer(200));
    const ends = start.map((at, row) => at + took[row]!);
    // The same as minutes since the day began, which know no midnight.
    expect(await look(start.map(clock), ends.map(clock))).toEqual([]);
    expect(
      await look(
        start,
        ends.map((at) => at % 1440),
      ),
    ).not.toEqual([]);
  });

  test("pairs that share a column are one finding", async () => {
    const other = make("other", (random, row) => Math.floor(wholes[row]! * (0.1 + 0.85 * random.next())));
    // The whole is wrong where it is far too small.
    const calls = wholes.map((value, row) => (row === 7 || row % 400 === 90 ? 1 : value));
    const found = await impossibleValue.inspect(
      contextOf({ columns: { answered: parts, returned: other, calls, y: coin(rows) }, target: "y" }),
    );
    const orders = found.filter(({ evidence }) => "brokenByChance" in evidence);
    expect(orders.map(({ columns }) => columns.toSorted())).toEqual([["answered", "calls", "returned"]]);
    expect(orders[0]!.why).toMatch(/Likewise `(answered|returned)` above `calls` in 4 rows\.$/);
    expect(orders[0]!.question).toMatch(/`answered` is larger than `calls`/);
  });

  test.each<[string, () => readonly [Cells, Cells]]>([
    ["no row breaks it", () => [parts, wholes]],
    [
      "a tail of two that go together does",
      () => {
        const level = make("level", (random) => random.normal());
        const of = (label: string, more: number) =>
          make(label, (random, row) => Math.round(1000 + more + 100 * level[row]! + 10 * random.normal()));
        const [low, high] = [of("low", 0), of("high", 40)];
        expect(low.filter((value, row) => value > high[row]!).length).toBeGreaterThan(0);
        return [low, high];
      },
    ],
    [
      "visitors of two places have their days",
      () => {
        const busy = make("busy", (random) => 1000 * Math.exp(0.5 * random.normal()));
        const noise = (random: Random) => 0.04 * random.normal() * (1 - random.next()) ** -0.7;
        const full = make("full", (random, row) => Math.round(2.2 * busy[row]! * Math.exp(noise(random))));
        const quiet = make("quiet", (random, row) => Math.round(busy[row]! * Math.exp(noise(random))));
        expect(quiet.filter((value, row) => value > full[row]!).length).toBeGreaterThan(5);
        return [quiet, full];
      },
    ],
    ["they are the same but for a few changes", () => [wholes, wholes.map((value, row) => (row % 97 === 0 ? value - 40 : value))]],
    ["they never meet", () => [make("small", (random) => random.integer(10)).map((value, row) => (row === 5 ? 300 : value)), wholes]],
  ])("silent where %s", async (_, make) => {
    const found = await look(...make());
    expect(found.filter(({ columns }) => columns.length === 2)).toEqual([]);
  });
});

test("two amounts that are swapped in a few rows are asked about, unless those are the rows of one thing", async () => {
  const rows = 1500;
  const make = (label: string, one: (random: Random, row: number) => number) => cells(rows, 11, label, one);
  const low = make("low", (random) => Math.round(78 + 9 * random.normal()));
  const high = make("high", (random, row) => Math.max(low[row]! + 18, Math.round(low[row]! + 44 + 11 * random.normal())));
  const isSwapped = (row: number) => row % 250 === 7;
  const turned = (own: readonly number[], other: readonly number[]) => own.map((value, row) => (isSwapped(row) ? other[row]! : value));
  const told = async (more: Readonly<Record<string, Cells>>) =>
    await impossibleValue.inspect(
      contextOf({ columns: { sistolica: turned(high, low), diastolica: turned(low, high), ...more, y: coin(rows) }, target: "y" }),
    );
  const [found, ...others] = await told({});
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    columns: ["sistolica", "diastolica"],
    rows: { count: 6, sample: [7, 257, 507, 757, 1007, 1257] },
    evidence: { kind: "swapped", rows: 6, comparedRows: rows, margin: 18 },
    fix: { action: "advice" },
    question: "In these rows, do `sistolica` and `diastolica` stand in each other's place?",
  });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(await told({ clinic: low.map((_, row) => (isSwapped(row) ? "c9" : `c${row % 9}`)) })).toEqual([]);
  expect(await told({ clinic: low.map((_, row) => `c${row % 9}`) })).toHaveLength(1);
});

test("a code of missing values is no reversed row", async () => {
  const rows = 1500;
  const make = (label: string, one: (random: Random, row: number) => number) => cells(rows, 11, label, one);
  const low = make("low", (random) => Math.round(78 + 9 * random.normal()));
  const high = make("high", (random, row) => Math.max(low[row]! + 18, Math.round(low[row]! + 44 + 11 * random.normal())));
  const columns = {
    sistolica: high.map((value, row) => (row % 250 === 7 ? low[row]! : row % 30 === 3 ? -999 : value)),
    diastolica: low.map((value, row) => (row % 250 === 7 ? high[row]! : value)),
    y: coin(rows),
  };
  const found = await impossibleValue.inspect(contextOf({ columns, target: "y" }));
  expect(found.filter(({ evidence }) => evidence.kind === "swapped")).toMatchObject([{ rows: { count: 6 } }]);
});

test("a part that is above its whole in many rows is wrong all the same; two bounds of which many are turned are something else", async () => {
  const small = cells(600, 3, "s", (random) => 5 + random.integer(20));
  const large = small.map((one, row) => (row % 10 === 0 ? Number(one) - 1 : Number(one) + 4));
  const look = async (names: readonly [string, string]) =>
    await impossibleValue.inspect(contextOf({ columns: { [names[0]]: small, [names[1]]: large, y: coin(600) }, target: "y" }));
  const [found, ...more] = await look(["PM2_5", "PM10"]);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["PM2_5", "PM10"], rows: { count: 60 }, confidence: 0.8 });
  expect(found?.why).toBe(
    "`PM2_5` is larger than `PM10` in 60 rows of 600, and by their names the one is part of the other: the two instruments disagree.",
  );
  expect(await look(["Vmin", "Vmax"])).toEqual([]);
  const slips = small.map((one, row) => (row === 9 ? Number(one) - 1 : Number(one) + 4));
  const few = await impossibleValue.inspect(contextOf({ columns: { PM2_5: small, PM10: slips, y: coin(600) }, target: "y" }));
  expect(few).toMatchObject([{ columns: ["PM2_5", "PM10"], rows: { count: 1 } }]);
  expect(few[0]?.why).toMatch(/by their names it cannot be\.$/);
  // Two columns that do not rise together are no part and whole.
  const apart = cells(600, 4, "t", (random) => 10 + random.integer(20));
  expect(await impossibleValue.inspect(contextOf({ columns: { PM2_5: small, PM10: apart, y: coin(600) }, target: "y" }))).toEqual([]);
});

test("a date that may be of another day, since its column writes both orders, breaks no order", async () => {
  const rows = 900;
  const DAY = 86_400_000;
  const start = cells(rows, 3, "start", (random) => Date.UTC(2023, 0, 1) + random.integer(700) * DAY);
  // The 5th of November read as the 11th of May, or the other way round.
  const isTurned = (row: number) => row % 100 === 4;
  const end = start.map((ms, row) => Number(ms) + (3 + ((row * 7) % 60)) * DAY);
  const wrong = start.map((ms, row) => (isTurned(row) ? Date.UTC(2025, 10, 5) : ms));
  const far = start.map((ms, row) => (isTurned(row) ? Date.UTC(2025, 10, 25) : ms));
  // The 11th of November is the same day either way.
  const either = start.map((ms, row) => (isTurned(row) ? Date.UTC(2025, 10, 11) : ms));
  const told = async (first: Cells, dateFormat: string, names: readonly [string, string]) => {
    const found = await impossibleValue.inspect(
      contextOf({
        columns: { [names[0]]: first, [names[1]]: end, y: coin(rows) },
        dates: [...names],
        target: "y",
        infos: { [names[0]]: { dateFormat } },
      }),
    );
    return found.map(({ columns }) => columns);
  };
  for (const names of [
    ["taken", "called"],
    ["start_date", "end_date"],
  ] as const) {
    expect(await told(wrong, "%d/%m/%Y", names)).toEqual([[...names]]);
    expect(await told(wrong, "%d/%m/%Y|%m/%d/%Y", names)).toEqual([]);
    expect(await told(far, "%d/%m/%Y|%m/%d/%Y", names)).toEqual([[...names]]);
    expect(await told(either, "%d/%m/%Y|%m/%d/%Y", names)).toEqual([[...names]]);
  }
});
