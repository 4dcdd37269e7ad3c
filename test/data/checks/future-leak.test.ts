import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { futureLeak } from "../../../src/data/checks/future-leak.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { type Cells, contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 600;
const DAY = 86_400_000;

/** A series with a memory of `rho`; `make` a column from it. */
async function found(
  make: (y: readonly number[], row: number, random: Random) => number | null,
  rho = 0.8,
  group: "declared" | "seen" | false = false,
) {
  const random = createRandom(3, "future");
  const y: number[] = [];
  for (let row = 0; row < ROWS; row++) y.push((group !== false && row % 100 === 0 ? 0 : rho * (y[row - 1] ?? 0)) + random.normal());
  const day = y.map((_, row) => new Date(Date.UTC(2022, 0, 1) + (group === false ? row : row % 100) * DAY));
  const columns: [string, Cells][] = [
    ["day", day],
    ["shop", y.map((_, row) => `s${Math.floor(row / 100)}`)],
    ["made", y.map((_, row) => make(y, row, random))],
    ["y", y],
  ];
  const roles = group === "declared" ? { time: "day", group: "shop" } : { time: "day" };
  return await futureLeak.inspect(contextOf(tableOf(columns), "y", { roles, task: { task: "regression" } }));
}

function window(y: readonly number[], from: number, to: number): number | null {
  if (from < 0 || to >= y.length) return null;
  return y.slice(from, to + 1).reduce((sum, value) => sum + value, 0) / (to - from + 1);
}

/** Exponentially, the first value weighs most. */
function smoothed(values: readonly number[]): number {
  let [sum, weight] = [0, 0];
  for (const value of values.toReversed()) {
    sum = (2 / 3) * sum + value;
    weight = (2 / 3) * weight + 1;
  }
  return sum / weight;
}

describe("found", () => {
  test.each<[string, (y: readonly number[], row: number, random: Random) => number | null, number, number]>([
    ["a mean around the row", (y, row) => window(y, row - 3, row + 3), -3, 3],
    ["a mean of what comes", (y, row) => window(y, row, row + 7), 0, 7],
    ["a mean around another row, where the target is the value of tomorrow", (y, row) => window(y, row - 4, row + 2), -4, 2],
    ["a sum around the row with noise", (y, row, random) => (window(y, row - 2, row + 2) ?? 0) * 5 + 0.8 * random.normal(), -2, 2],
  ])("%s", async (_, make, from, to) => {
    const [one, ...more] = await found(make);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      columns: ["made"],
      severity: "blocker",
      evidence: { fromRow: from, toRow: to },
      fix: { action: "steps" },
      choices: ["after", "before"],
    });
    expect(one!.confidence).toBeGreaterThan(0.5);
  });

  test.each<[string, (y: readonly number[], row: number, random: Random) => number | null, Readonly<Record<string, unknown>>]>([
    ["smoothed backwards in time", (y, row) => Number(smoothed(y.slice(row)).toFixed(2)), { shape: "smoothed" }],
    ["the largest value of what comes", (y, row) => (row + 7 < y.length ? Math.max(...y.slice(row, row + 8)) : null), { shape: "largest" }],
    ["the smallest of a block", (y, row) => Math.min(...y.slice(row - (row % 14), row - (row % 14) + 14)), { kind: "smallest", share: 1 }],
    ["the last of a block", (y, row) => Number((y[row - (row % 14) + 13] ?? 0).toFixed(2)), { kind: "last" }],
  ])("%s", async (_, make, evidence) => {
    const [one, ...more] = await found(make);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ columns: ["made"], severity: "blocker", evidence, fix: { action: "steps" } });
  });

  test.each(["declared", "seen"] as const)("a mean around the row within each group (%s)", async (group) => {
    const inGroup = (y: readonly number[], row: number) => {
      const start = 100 * Math.floor(row / 100);
      return row - 2 < start || row + 2 >= start + 100 ? null : window(y, row - 2, row + 2);
    };
    expect((await found(inGroup, 0.8, group))[0]).toMatchObject({ columns: ["made"], evidence: { fromRow: -2, toRow: 2 } });
  });
});

describe("one later row asks, since an honest column may lead", () => {
  test("a copy of the next value", async () => {
    const [one, ...more] = await found((y, row) => (row + 1 < y.length ? Number(y[row + 1]!.toFixed(1)) : null));
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      columns: ["made"],
      evidence: { fromRow: 1, toRow: 1 },
      fix: { action: "advice" },
      choices: ["after", "before"],
    });
    expect(one!.question).not.toBeNull();
    expect(one!.confidence).toBeLessThan(LIKELY);
  });

  test.each([0.02, 0.1, 0.3])("a gauge upstream drives the river four rows later, noise %d", async (noise) => {
    const random = createRandom(7, "river");
    const gauge = [0];
    for (let row = 1; row < ROWS; row++) gauge.push(0.97 * gauge[row - 1]! + random.normal() * 0.25);
    const columns: [string, Cells][] = [
      ["hour", gauge.map((_, row) => new Date(Date.UTC(2022, 0, 1) + (row * DAY) / 24))],
      ["gauge", gauge],
      ["river", gauge.map((_, row) => (row < 4 ? 0 : gauge[row - 4]!) + noise * random.normal())],
    ];
    const context = contextOf(tableOf(columns), "river", { roles: { time: "hour" }, task: { task: "regression" } });
    for (const one of await futureLeak.inspect(context)) {
      expect(one.confidence).toBeLessThan(LIKELY);
      expect(one.fix.action).toBe("advice");
    }
  });
});

describe("silent on", () => {
  test.each<[string, (y: readonly number[], row: number, random: Random) => number | null, number]>([
    ["a mean of the past", (y, row) => window(y, row - 7, row - 1), 0.8],
    ["a mean of the past of a slow series", (y, row) => window(y, row - 7, row), 0.99],
    ["the past smoothed", (y, row) => smoothed(y.slice(0, row + 1).toReversed()), 0.8],
    ["the largest value so far of a week", (y, row) => (row < 7 ? null : Math.max(...y.slice(row - 7, row + 1))), 0.9],
    ["the first value of a block", (y, row) => y[row - (row % 14)] ?? null, 0.8],
    [
      "a plan for each block",
      (y, row, random) => Math.round(window(y, row - (row % 14), row - (row % 14) + 13) ?? 0) + 0.001 * random.integer(2),
      0.9,
    ],
    ["the last value", (y, row) => y[row - 1] ?? null, 0.95],
    ["a measurement of the row itself", (y, row, random) => y[row]! + 0.3 * random.normal(), 0.95],
    ["something that foretells a little", (y, row, random) => (y[row + 1] ?? 0) + 2 * random.normal(), 0.5],
    ["noise", (_, __, random) => random.normal(), 0.8],
  ])("%s", async (_, make, rho) => expect(await found(make, rho)).toEqual([]));
});

describe("dates", () => {
  async function dated(name: string, ahead: (label: number, random: Random) => number) {
    const random = createRandom(4, "dates");
    const label = numbers(ROWS, () => random.integer(2));
    const seen = label.map(() => Date.UTC(2022, 0, 1) + random.integer(300) * DAY);
    const columns: [string, Cells][] = [
      ["seen", seen.map((at) => new Date(at))],
      [name, seen.map((at, row) => new Date(at + ahead(label[row]!, random) * DAY))],
      ["x", label.map(() => random.normal())],
      ["y", label.map((one) => (one === 1 ? "yes" : "no"))],
    ];
    return await futureLeak.inspect(contextOf(tableOf(columns), "y", { roles: { time: "seen" } }));
  }

  test("one that lies after the row's time and tells the target asks", async () => {
    const [one] = await dated("updated", (label, random) => 1 + 400 * label + random.integer(30));
    expect(one).toMatchObject({ columns: ["updated"], choices: ["after", "before"] });
    expect(one!.evidence.laterShare).toBe(1);
  });

  test.each([
    ["arrival", false],
    ["closed", true],
  ])("%s by its name: left out is %s", async (name, isLeftOut) => {
    const [one] = await dated(name, (label, random) => 1 + 400 * label + random.integer(30));
    expect([one!.columns, one!.confidence >= LIKELY, one!.fix.action === "steps"]).toEqual([[name], isLeftOut, isLeftOut]);
  });

  test("one that a column gives with the row's time is as late as that column", async () => {
    const given = async (column: string, knownAt = {}, off = 0) => {
      const random = createRandom(6, "given");
      const label = numbers(ROWS, () => random.integer(2));
      const booked = label.map(() => Date.UTC(2022, 0, 1) + random.integer(300) * DAY);
      const ahead = label.map((one) => 1 + 400 * one + random.integer(30));
      const table = tableOf([
        ["booked", booked.map((at) => new Date(at))],
        ["exit", booked.map((at, row) => new Date(at + ahead[row]! * DAY))],
        [column, ahead.map((days) => days + off * random.integer(20))],
        ["y", label.map((one) => (one === 1 ? "yes" : "no"))],
      ]);
      const [one] = await futureLeak.inspect(contextOf(table, "y", { roles: { time: "booked" }, knownAt }));
      return [one?.evidence.givenBy ?? null, (one?.confidence ?? 0) >= LIKELY];
    };
    expect(await given("lead_days")).toEqual(["lead_days", false]);
    expect(await given("lead_days", {}, 1)).toEqual([null, true]);
    expect(await given("days_to_exit")).toEqual([null, true]);
    expect(await given("days_to_exit", { days_to_exit: "before" })).toEqual(["days_to_exit", false]);
    expect(await given("lead_days", { lead_days: "after" })).toEqual([null, true]);
  });

  test("one before it, or one that tells nothing, does not", async () => {
    expect(await dated("opened", (label, random) => -400 * label - random.integer(30))).toEqual([]);
    expect(await dated("updated", (_, random) => 1 + random.integer(30))).toEqual([]);
  });

  test("a later day that tells nothing asks about what has a word of its name and tells the target", async () => {
    const random = createRandom(5, "scores");
    const label = numbers(ROWS, () => random.integer(2));
    const applied = label.map(() => Date.UTC(2022, 0, 1) + random.integer(300) * DAY);
    const look = async (score: string, days: number) => {
      const columns: [string, Cells][] = [
        ["applied", applied.map((at) => new Date(at))],
        ["score_date", applied.map((at) => new Date(at + (days + random.integer(20)) * DAY))],
        [score, label.map((one) => 1.5 * one + random.normal())],
        ["x", label.map(() => random.normal())],
        ["y", label.map((one) => (one === 1 ? "yes" : "no"))],
      ];
      return await futureLeak.inspect(contextOf(tableOf(columns), "y", { roles: { time: "applied" } }));
    };
    const [one, ...more] = await look("bureau_score", 10);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ columns: ["bureau_score", "score_date"], fix: { action: "advice" }, choices: ["after", "before"] });
    expect(one!.confidence).toBeLessThan(LIKELY);
    expect(await look("income", 10)).toEqual([]);
    expect(await look("bureau_score", -60)).toEqual([]);
  });
});

describe("a date after the time of the row", () => {
  const asked = async (telling: number, knownAt = {}) => {
    const random = createRandom(21, "elapsed");
    const late = numbers(ROWS, () => random.integer(2));
    const start = late.map(() => Math.floor(Date.UTC(2023, 0, 1) + 300 * random.next() * DAY));
    const table = tableOf([
      ["opened", start.map((time) => new Date(time))],
      ["done", start.map((time, row) => new Date(time + (1 + 3 * random.next() + telling * late[row]!) * DAY))],
      ["size", numbers(ROWS, () => random.normal())],
      ["late", late],
    ]);
    return futureLeak.inspect(contextOf(table, "late", { roles: { time: "opened" }, knownAt }));
  };

  test("is asked about where the time that passed tells the target, though it tells nothing alone", async () => {
    expect(await asked(3)).toMatchObject([{ columns: ["done"], severity: "harmful", confidence: 0.45, evidence: { since: "opened" } }]);
    expect((await asked(3))[0]!.why).toMatch(/^The time from `opened` to `done` tells much: alone it reaches AUC/);
    expect(await asked(3, { done: "after" })).toMatchObject([{ columns: ["done"], confidence: 1 }]);
  });

  test("is not where it tells nothing, or is said to be planned", async () => {
    expect(await asked(0)).toEqual([]);
    expect(await asked(3, { done: "before" })).toEqual([]);
  });
});
