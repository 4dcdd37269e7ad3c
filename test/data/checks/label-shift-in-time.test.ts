import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { labelShiftInTime } from "../../../src/data/checks/label-shift-in-time.ts";
import { type Cells, contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1500;
const DAY = 86_400_000;

type Make = (t: number, x: number, random: Random) => string | number;

async function found(make: Make, xOf: (t: number, random: Random) => number = (_, random) => random.normal(), seed = 1) {
  const random = createRandom(seed, "shift");
  const share = numbers(ROWS, (row) => row / ROWS);
  const x = share.map((t) => xOf(t, random));
  const y: Cells = share.map((t, row) => make(t, x[row]!, random));
  const day = share.map((_, row) => new Date(Date.UTC(2020, 0, 1) + row * DAY));
  const task = typeof y[0] === "number" ? { task: { task: "regression" } as const } : {};
  const table = tableOf([
    ["day", day],
    ["x", x],
    ["y", y],
  ]);
  return await labelShiftInTime.inspect(contextOf(table, "y", { roles: { time: "day" }, ...task }));
}

const binary = (p: number, random: Random) => (random.next() < p ? "yes" : "no");

test.each<[string, Make, number]>([
  ["a rate that doubles at once", (t, _, random) => binary(t < 0.6 ? 0.25 : 0.55, random), 0.55],
  ["a rate that jumps a lot", (t, _, random) => binary(t < 0.3 ? 0.1 : 0.7, random), 0.55],
  ["a unit that changes", (t, _, random) => Math.exp(random.normal()) * (t < 0.5 ? 1 : 100), 0.55],
  ["a class that begins to be given", (t, _, random) => (t > 0.4 && random.next() < 0.4 ? "new" : binary(0.5, random)), 0.55],
])("%s is found with its time", async (_, make, sure) => {
  const [one, ...more] = await found(make);
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["y", "day"], choices: ["no", "yes"], severity: "harmful" });
  expect(one!.confidence).toBeGreaterThan(sure);
  expect(one!.evidence.at).toMatch(/^202[0-4]-\d\d-\d\d$/);
  expect(one!.fix).toMatchObject({ text: expect.stringContaining(`what changed on ${one!.evidence.at}.`) });
});

test("a step too small for spans of a few blocks is asked about, as all that the series does beside chance", async () => {
  const small = await Promise.all([1, 2, 3].map((seed) => found((t, _, random) => binary(t < 0.6 ? 0.45 : 0.65, random), undefined, seed)));
  const told = small.flat().filter(({ evidence }) => "oddsOverSmooth" in evidence);
  expect(told.length).toBeGreaterThanOrEqual(2);
  for (const { confidence, why } of told) {
    expect(confidence).toBeLessThan(0.5);
    expect(why).toContain("nothing else is left in the series but chance");
  }
});

test("of several classes that change at one time all are named, the largest change first, and nothing that is there is denied", async () => {
  const pick = (shares: Readonly<Record<string, number>>, random: Random) => {
    const draw = random.next();
    const ends = Object.values(shares).map((_, i, all) => all.slice(0, i + 1).reduce((sum, share) => sum + share, 0));
    return Object.keys(shares)[ends.findIndex((end) => draw < end)] ?? "sun";
  };
  const season = (t: number) => 0.2 * Math.sin(25 * t);
  const [one, ...more] = await found((t, _, random) =>
    pick(t < 0.6 ? { drizzle: 0.11, rain: 0.45 + season(t), fog: 0.05 } : { drizzle: 0.01, rain: 0.02, fog: 0.4 + season(t) }, random),
  );
  expect(more).toEqual([]);
  const places = ["rain", "fog", "drizzle"].map((name) => one!.why.indexOf(`"${name}"`));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(Math.max(places[0]!, places[1]!)).toBeLessThan(places[2]!);
  expect(one!.why).not.toContain("nothing else is left in the series");
});

test("when the columns move too it is less sure", async () => {
  const late = (t: number) => (t < 0.5 ? 0 : 2);
  const [one] = await found(
    (t, __, random) => binary(t < 0.5 ? 0.2 : 0.6, random),
    (t, random) => late(t) + random.normal(),
  );
  expect(one!.evidence.featuresThatMoveToo).toEqual(["x"]);
  expect(one!.confidence).toBeLessThan(0.6);
});

describe("silent on", () => {
  let walk = 0;
  test.each<[string, Make]>([
    ["a steady rate", (_, __, random) => binary(0.3, random)],
    ["a slow rise", (t, _, random) => binary(0.1 + 0.6 * t, random)],
    ["seasons", (t, _, random) => binary(0.4 + 0.3 * Math.sin(20 * t), random)],
    ["a rate that follows a column", (_, x, random) => binary(1 / (1 + Math.exp(-2 * x)), random)],
    ["one bad month", (t, _, random) => binary(t > 0.5 && t < 0.55 ? 0.9 : 0.3, random)],
    ["growing numbers", (t, _, random) => Math.exp(2 * t + random.normal())],
  ])("%s", async (_, make) => expect(await found(make)).toEqual([]));

  test("100 random walks, the hardest look-alike, but for two", async () => {
    let alarms = 0;
    for (let seed = 0; seed < 100; seed++) {
      walk = 0;
      alarms += (
        await found(
          (_, __, random) => {
            walk += 0.05 * random.normal();
            return walk + random.normal();
          },
          undefined,
          seed,
        )
      ).length;
    }
    expect(alarms).toBeLessThanOrEqual(2);
  });

  test("rows without a time", async () => {
    const random = createRandom(1, "no time");
    const y = numbers(ROWS, (row) => row).map((row) => binary(row < 900 ? 0.2 : 0.7, random));
    expect(
      await labelShiftInTime.inspect(
        contextOf(
          tableOf([
            ["x", y.map(() => random.normal())],
            ["y", y],
          ]),
          "y",
        ),
      ),
    ).toEqual([]);
  });
});

test("an outcome that falls towards nothing at the end is unripe: the last stretch is to be left out, not learned from", async () => {
  const [one, ...more] = await found((t, _, random) => binary(t < 0.85 ? 0.2 : 0.004, random));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["y", "day"], choices: ["no", "yes"], evidence: { kind: "unripe", end: "2024-02-08" } });
  expect(one!.fix).toMatchObject({ text: expect.stringMatching(/^Leave out the rows from 2023-0[67]-\d\d on, and fix a horizon/) });
  const { earliest, latest } = one!.evidence as { earliest: string; latest: string };
  expect(earliest <= "2023-06-29" && latest >= "2023-06-25").toBe(true);
});

test("the time of a change has an interval", async () => {
  const [one] = await found((t, _, random) => binary(t < 0.6 ? 0.25 : 0.6, random));
  const { earliest, at, latest } = one!.evidence as { earliest: string; at: string; latest: string };
  expect(earliest <= at && at <= latest && earliest < latest).toBe(true);
  expect(earliest <= "2022-06-19" && latest >= "2022-06-19").toBe(true);
  expect(one!.why).toContain(`Between ${earliest} and ${latest}`);
});
