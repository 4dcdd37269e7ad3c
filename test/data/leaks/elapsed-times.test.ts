import { expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { type DayTime, minutesBetween } from "../../../src/data/leaks/elapsed-times.ts";
import { contextOf, numbers, suspicionsOf, tableOf } from "../table.ts";

const ROWS = 600;
const BEGIN = Date.UTC(2023, 0, 1);

interface Stop {
  /** Minutes. */
  readonly late: number;
  readonly i: number;
  readonly random: Random;
}

/** Trams: planned to the minute, arrived to the second, and the delay in tenths of a minute. `ordered` false: no row order by time. */
function stops(target: (stop: Stop) => number, { lost = 0, ordered = true, arrived = (late: number) => late } = {}) {
  const random = createRandom(33, "stops");
  const planned = numbers(ROWS, (i) => BEGIN + 60_000 * ((ordered ? 3 * i : 0) + random.integer(ordered ? 3 : 3 * ROWS)));
  const late = planned.map(() => 2.5 + 4 * random.normal());
  return contextOf(
    tableOf([
      ["planned", planned.map((ms) => new Date(ms))],
      ["arrived", planned.map((ms, i) => (random.next() < lost ? null : new Date(ms + 1000 * Math.round(60 * arrived(late[i]!)))))],
      ["riders", numbers(ROWS, () => random.integer(180))],
      ["delay", late.map((minutes, i) => target({ late: minutes, i, random }))],
    ]),
    "delay",
    { task: { task: "regression" } },
  );
}

const tenths = (value: number) => Math.round(10 * value) / 10;

test("a time that is missing in some rows, beside the time of the rows, which is no feature", async () => {
  const context = stops(({ late }) => tenths(late), { lost: 0.1 });
  expect(context.roles.time).toBe("planned");
  const [found, ...others] = await suspicionsOf(combinationLeak, context);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    columns: ["arrived"],
    evidence: { operation: "a - b", by: "elapsed time", unit: "minutes", share: 1, certain: true },
  });
  expect(found!.why).toContain("is the time between `arrived` and `planned` in minutes");
  expect(found!.fix).toMatchObject({ action: "steps", steps: [{ op: "drop", columns: ["arrived"] }] });
});

test("a target that holds seconds in some rows and a placeholder in others is still the time between both", async () => {
  const target = ({ late, i }: Stop) => (i % 50 === 0 ? 999 : i % 20 === 1 ? Math.round(60 * late) : tenths(late));
  const [found] = await suspicionsOf(combinationLeak, stops(target));
  expect(found).toMatchObject({ columns: ["arrived"], evidence: { by: "elapsed time", unit: "minutes" } });
  expect(found!.evidence.share).toBeCloseTo(0.93, 1);
});

test("in fewer than nearly all rows it is asked about: a good plan comes as near", async () => {
  const [plan] = await suspicionsOf(
    combinationLeak,
    stops(({ late, i }) => tenths(i % 20 === 0 ? late + 5 : late)),
  );
  expect(plan!.evidence.share).toBeCloseTo(0.95, 2);
  expect(plan!.evidence).not.toHaveProperty("certain");
  expect(plan!.confidence).toBeLessThan(0.5);
  const [found] = await suspicionsOf(
    combinationLeak,
    stops(({ late, i, random }) => tenths(i % 10 < 3 ? 2.5 + 9 * random.normal() : late)),
  );
  expect(found).toMatchObject({ columns: ["arrived"], evidence: { by: "elapsed time" } });
  expect(found!.evidence).not.toHaveProperty("certain");
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.why).toContain("A good plan comes as near");
});

test("times and a target that are as near in other rows tell nothing", async () => {
  const plans = stops(({ random }) => tenths(2.5 + 3 * random.normal()), { lost: 0.1 });
  expect(await suspicionsOf(combinationLeak, plans)).toEqual([]);
  const narrow = stops(({ random }) => tenths(2 + random.next()), { arrived: () => 2.5 });
  expect(await suspicionsOf(combinationLeak, narrow)).toEqual([]);
  const usual = stops(({ random }) => tenths(2 + random.next()), { arrived: (late) => (late > 6 ? 15 : 2.5) });
  expect(await suspicionsOf(combinationLeak, usual)).toEqual([]);
});

test("of a time that hardly any row has nothing is said", async () => {
  expect(
    await suspicionsOf(
      combinationLeak,
      stops(({ late }) => tenths(late), { lost: 0.6 }),
    ),
  ).toEqual([]);
});

/** Parcels: days by the promise, and as it was; `twice`: the file holds all rows two times. */
function parcels(days: (promised: number, random: Random) => number, twice = false) {
  const random = createRandom(34, "parcels");
  const sent = numbers(ROWS, () => BEGIN + 86_400_000 * random.integer(700));
  const promised = sent.map(() => 1 + random.integer(30));
  const whole = <T>(values: T[]) => (twice ? [...values, ...values] : values);
  const day = (ms: number) => new Date(ms);
  return contextOf(
    tableOf([
      ["sent", whole(sent.map(day))],
      ["promised", whole(sent.map((ms, i) => day(ms + 86_400_000 * promised[i]!)))],
      ["items", whole(numbers(ROWS, () => random.integer(9)))],
      ["days", whole(promised.map((one) => days(one, random)))],
    ]),
    "days",
    { task: { task: "regression" } },
  );
}

test("a promise that is kept within a day is asked about; days counted with both ends, or without, are sure", async () => {
  const strength = async (days: (promised: number, random: Random) => number) =>
    (await suspicionsOf(combinationLeak, parcels(days))).map(({ confidence, evidence }) => [confidence >= 0.5, evidence.unit]);
  expect(await strength((promised, random) => promised + [-1, 0, 0, 0, 1][random.integer(5)]!)).toEqual([[false, "days"]]);
  expect(await strength((promised) => promised)).toEqual([[true, "days"]]);
  expect(await strength((promised) => promised + 1)).toEqual([[true, "days"]]);
});

test("a file that holds its rows twice does not hide it", async () => {
  expect(
    await suspicionsOf(
      combinationLeak,
      parcels((promised) => promised, true),
    ),
  ).toMatchObject([{ evidence: { certain: true, unit: "days" } }]);
  const random = createRandom(35, "clocks");
  const begins = numbers(ROWS, () => random.integer(600));
  const lasts = begins.map(() => random.integer(300));
  const clock = (minutes: number[]): DayTime => ({
    column: { name: "clock", type: "number", values: Float64Array.from([...minutes, ...minutes]) },
    read: (row) => minutes[row % ROWS]!,
    isClock: true,
  });
  const ends = clock(begins.map((one, i) => one + lasts[i]!));
  expect(minutesBetween(ends, clock(begins), Float64Array.from([...lasts, ...lasts]))).toBe(1);
});
