import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { futureLeak } from "../../../src/data/checks/future-leak.ts";
import { type Cells, type ContextOptions, contextOf, tableOf } from "../table.ts";

const HOUR = 3_600_000;
const [STATIONS, HOURS] = [6, 100];

interface Made {
  readonly station: number;
  readonly hour: number;
  readonly y: number;
  readonly made: number | string | null;
}

type Make = (own: readonly number[], hour: number, random: Random) => number | string | null;

/** Rentals by stations and hours: counts, about a third of them 0. */
function rows(make: Make, next: (random: Random, last: number) => number = counts): Made[] {
  const random = createRandom(5, "stations");
  return Array.from({ length: STATIONS }, (_, station) => {
    const own: number[] = [];
    for (let hour = 0; hour < HOURS; hour++) own.push(next(random, own.at(-1) ?? 0));
    return own.map((y, hour) => ({ station, hour, y, made: make(own, hour, random) }));
  }).flat();
}

function counts(random: Random): number {
  return Math.max(0, random.integer(9) - 3);
}

async function found(table: readonly Made[], options: ContextOptions = {}, name = "made", at = (hour: number) => hour, sample = false) {
  const columns: [string, Cells][] = [
    ["when", table.map(({ hour }) => new Date(Date.UTC(2024, 0, 1) + at(hour) * HOUR))],
    ["station", table.map(({ station }) => `s${station}`)],
    [name, table.map(({ made }) => made)],
    ["y", table.map(({ y }) => y)],
  ];
  const { dataset, frame } = tableOf(columns);
  const sampled = sample ? { ...frame, rowNumbers: Float64Array.from(table.keys()) as never } : frame;
  const context = contextOf({ dataset, frame: sampled }, "y", { roles: { time: "when" }, task: { task: "regression" }, ...options });
  return await futureLeak.inspect(context);
}

const ahead =
  (steps: number): Make =>
  (own, hour) =>
    own[hour + steps] ?? null;

describe("a column that is the target of a later row of the same thing", () => {
  test.each([1, 2, 3])("%d ahead is taken out", async (steps) => {
    const [one, ...more] = await found(rows(ahead(steps)));
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      columns: ["made"],
      severity: "blocker",
      confidence: 0.9,
      evidence: { kind: "copy", fromRow: steps, toRow: steps, share: 1 },
      fix: { action: "steps" },
      choices: ["after", "before"],
    });
    expect(one?.why).toMatch(`or \`y\` is \`made\` of ${steps === 1 ? "the row" : `${steps} rows`} before.`);
  });

  test("with faults in some rows, and a day that was written twice", async () => {
    const table = rows((own, hour, random) => (random.next() < 0.1 ? 7 : (own[hour + 1] ?? null)));
    const twice = table.concat(table.filter(({ hour }) => hour < 10));
    expect(await found(twice)).toMatchObject([{ columns: ["made"], evidence: { kind: "copy", fromRow: 1 } }]);
    const others = table.filter(({ hour }) => hour < 10).map((row) => ({ ...row, y: row.y + 1 }));
    expect(await found(table.concat(others))).toEqual([]);
    expect(await found(rows((own, hour, random) => (random.next() < 0.4 ? 7 : (own[hour + 1] ?? null))))).toEqual([]);
  });

  test("where a moment without rows is no step, and of a sample, in which the next row is seldom the next", async () => {
    const random = createRandom(6, "holes");
    const some = (share: number) => rows(ahead(1)).filter(() => random.next() < share);
    expect(await found(some(0.85))).toMatchObject([{ evidence: { share: 1 } }]);
    expect(await found(some(0.62), { roles: { time: "when", group: "station" } }, "made", (hour) => hour, true)).toMatchObject([
      { evidence: { share: 1 } },
    ]);
  });

  test("where no two moments are equally far apart", async () => {
    expect(await found(rows(ahead(1)), {}, "made", (hour) => hour + (hour * hour) / 100)).toMatchObject([{ evidence: { share: 1 } }]);
  });

  test.each([2, 3])("in one series, and where the target is one of %d names", async (names) => {
    const one = rows(ahead(1)).map((row, at) => ({ ...row, station: 0, hour: at }));
    expect(await found(one)).toMatchObject([{ columns: ["made"], evidence: { kind: "copy" } }]);
    const random = createRandom(8, "states");
    const state = Array.from({ length: 400 }, () => ["shut", "open", "half"][random.integer(names)] ?? "");
    const table = tableOf([
      ["when", state.map((_, at) => new Date(Date.UTC(2024, 0, 1) + at * HOUR))],
      ["made", state.map((_, at) => state[at + 1] ?? null)],
      ["y", state],
    ]);
    expect(await futureLeak.inspect(contextOf(table, "y", { roles: { time: "when" } }))).toMatchObject([{ evidence: { share: 1 } }]);
  });

  test("a plan by its name asks, and so the user's answer decides", async () => {
    for (const name of [
      "booked_tomorrow",
      "announced",
      "day_ahead_price",
      "order_backlog",
      "prévu",
      "programado",
      "previsto",
      "angekündigt",
    ]) {
      const [plan] = await found(rows(ahead(1)), {}, name);
      expect(plan).toMatchObject({ columns: [name], confidence: 0.45, fix: { action: "advice" } });
      expect(plan!.why).toMatch(/, or it was announced\.$/);
    }
    expect(await found(rows(ahead(1)), {}, "previous")).toMatchObject([{ confidence: 0.45 }]);
    expect(await found(rows(ahead(1)), {}, "planned")).toMatchObject([{ confidence: 0.45, fix: { action: "advice" } }]);
    expect(await found(rows(ahead(1)), { knownAt: { planned: "after" } }, "planned")).toMatchObject([{ confidence: 1 }]);
    expect(await found(rows(ahead(1)), { knownAt: { made: "before" } })).toEqual([]);
  });
});

describe("silent on", () => {
  test.each<[string, Make]>([
    ["the row before", (own, hour) => own[hour - 1] ?? null],
    ["the row itself", (own, hour) => own[hour] ?? null],
    ["a guess at the next row", (own, hour, random) => Math.max(0, (own[hour + 1] ?? 0) + random.integer(5) - 2)],
    ["the next row of hardly any rows", (own, hour) => (hour % 40 === 3 ? (own[hour + 1] ?? null) : null)],
  ])("%s", async (_, make) => {
    const copies = (await found(rows(make))).filter(({ evidence }) => evidence.kind === "copy");
    expect(copies).toEqual([]);
  });

  test("the row before of a target that stands still for long", async () => {
    const slowly = (share: number) => (random: Random, last: number) => (random.next() < share ? random.integer(9) : last);
    const copies = (await found(rows((own, hour) => own[hour - 1] ?? null, slowly(0.08)))).filter(
      ({ evidence }) => evidence.kind === "copy",
    );
    expect(copies).toEqual([]);
    // What changes so seldom is announced: a tariff of tomorrow.
    expect(await found(rows(ahead(1), slowly(0.08)))).toMatchObject([
      { confidence: 0.45, fix: { action: "advice" }, evidence: { kind: "copy", fromRow: 1 } },
    ]);
    expect(await found(rows(ahead(1), slowly(0.4)))).toMatchObject([{ confidence: 0.9, fix: { action: "steps" } }]);
    const [few] = await found(rows(ahead(1), slowly(0.02)));
    expect(few?.evidence.kind).not.toBe("copy");
  });

  test("a target that is nearly always 0, and a column that is so as well", async () => {
    const rare = (random: Random) => (random.next() < 0.06 ? 1 + random.integer(3) : 0);
    expect(await found(rows((_, __, random) => rare(random), rare))).toEqual([]);
    expect(await found(rows((own, hour, random) => (random.next() < 0.005 ? 1 : (own[hour + 1] ?? null)), rare))).toMatchObject([
      { evidence: { kind: "copy" } },
    ]);
  });
});
