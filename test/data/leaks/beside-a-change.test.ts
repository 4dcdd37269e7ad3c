import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { labelShiftInTime } from "../../../src/data/checks/label-shift-in-time.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { givenBesideChange } from "../../../src/data/leaks/beside-a-change.ts";
import { type Cells, contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 3000;
const CHANGE = 1800;
const DAY = 86_400_000;

/** Flights along the year: late by so many minutes, called so from 15 on, and from a later day on from `cut` on. `noise`: minutes by which what is written is off. */
function flights(
  make: (delay: readonly number[]) => Readonly<Record<string, Cells>>,
  cut = 2,
  noise = 0,
  knownAt: Readonly<Record<string, "before" | "after">> = {},
) {
  const random = createRandom(7, "flights");
  const delay = numbers(ROWS, () => Math.round(8 + 12 * random.normal()));
  const late = delay.map((minutes, i) => (minutes >= (i < CHANGE ? 15 : cut) ? "late" : "in time"));
  const written = delay.map((minutes) => minutes + Math.round(noise * random.normal()));
  const day = delay.map((_, i) => new Date(Date.UTC(2023, 0, 1) + Math.floor(i / 10) * DAY));
  const seats = numbers(ROWS, () => 50 + random.integer(200));
  const columns: [string, Cells][] = [["day", day], ["seats", seats], ...Object.entries(make(written)), ["late", late]];
  return contextOf(tableOf(columns), "late", { roles: { time: "day" }, knownAt });
}

const clock = (minutes: number) => 100 * Math.floor((((minutes % 1440) + 1440) % 1440) / 60) + ((minutes + 1440) % 60);
const planned = numbers(ROWS, () => 0).map((_, i) => (i * 377) % 1440);

const asClocks = (delay: readonly number[]) => ({
  planned: planned.map(clock),
  landed: delay.map((minutes, i) => clock((planned[i] ?? 0) + minutes)),
});
const asNumbers = (delay: readonly number[]) => ({
  planned: planned.map((minutes) => minutes + 5000.5),
  landed: delay.map((minutes, i) => (planned[i] ?? 0) + minutes + 5000.5),
});

describe("where the target changes its meaning, leaks are looked for on either side", () => {
  test.each([
    ["a time between two clocks", asClocks, "elapsed time"],
    ["a difference of two numbers", asNumbers, "separation"],
  ])("%s", async (_, make, by) => {
    const context = flights(make);
    expect(await labelShiftInTime.inspect(context)).toHaveLength(1);
    const [found] = await combinationLeak.inspect(context);
    expect([found?.columns.toSorted(), found?.evidence.by, found?.question !== null]).toEqual([["landed", "planned"], by, true]);
    expect(found?.evidence.scoreBefore).toBeGreaterThan(0.99);
    expect(found?.evidence.scoreAfter).toBeGreaterThan(0.99);
    expect(found?.why).toMatch(/0\.99\d|1\.000/);
    expect(found?.why).toContain("where the target changes its meaning");
  });

  test("a column that is cut at another value on either side is a leak", async () => {
    const context = flights((delay) => ({ minutes: delay.map((minutes) => -minutes) }), -12);
    const [found] = givenBesideChange(context);
    expect(found).toMatchObject({ column: "minutes", by: "day" });
    expect(found?.overall).toBeLessThan(0.95);
    const told = (await targetLeak.inspect(context)).filter(({ columns }) => columns.includes("minutes"));
    expect(told).toMatchObject([{ severity: "blocker", fix: { action: "steps" }, evidence: { changesAt: found?.when } }]);
  });

  test.each([
    ["one that tells less of a side", flights((delay) => ({ minutes: delay }), -12, 8)],
    ["one that somebody knows before", flights((delay) => ({ minutes: delay }), -12, 0, { minutes: "before" })],
    ["one that gives all rows as well", flights((delay) => ({ minutes: delay }), 15)],
  ])("not %s", (_, context) => {
    expect(givenBesideChange(context)).toEqual([]);
  });

  test.each([
    ["clocks", asClocks],
    ["numbers", asNumbers],
  ])("nor %s that are off on either side", async (_, make) => {
    const found = await combinationLeak.inspect(flights(make, 2, 6));
    expect(found.filter(({ columns }) => columns.includes("landed"))).toEqual([]);
  });
});
