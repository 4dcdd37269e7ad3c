import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { flagsOfChange } from "../../../src/data/leaks/flag-of-change.ts";
import { contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 600;

/** Figures of two years; the flag says whether the second lies above the first by a goal that differs from row to row. `noise`: in so many standard deviations of the rise. */
function schools({ noise = 0.2, by = "rise" as "rise" | "chance" | "level" | "target", isRatio = false } = {}) {
  const random = createRandom(11, "flag of change", by, String(noise), String(isRatio));
  const last = numbers(ROWS, () => (isRatio ? Math.exp(random.normal()) * 100 : 500 + 100 * random.normal()));
  const rise = numbers(ROWS, () => random.normal());
  const now = numbers(ROWS, (i) => (isRatio ? last[i]! * Math.exp(0.2 * rise[i]!) : last[i]! + 20 * rise[i]!));
  const told = {
    rise: (i: number) => rise[i]!,
    chance: () => random.normal(),
    level: (i: number) => (last[i]! - 500) / 100,
    target: (i: number) => rise[i]! + (now[i]! - 500) / 50,
  }[by];
  return {
    last,
    spare: numbers(ROWS, () => random.normal()),
    met: Array.from({ length: ROWS }, (_, i) => (told(i) + noise * random.normal() > 0.3 ? "yes" : "no")),
    now,
  };
}

/** Shares of two sides, of which the larger takes the place. */
function sides() {
  const random = createRandom(13, "two sides");
  const last = numbers(ROWS, (i) => (i % 2 === 0 ? 30 : 60) + 8 * random.normal());
  const now = last.map((value) => 95 - value + 6 * random.normal());
  return {
    last,
    spare: numbers(ROWS, () => random.normal()),
    met: now.map((value, i) => (value > last[i]! + 8 * random.normal() ? "yes" : "no")),
    now,
  };
}

describe("a flag of how the target has changed", () => {
  test("is asked about", async () => {
    const [found] = (await postOutcome.inspect(contextOf({ columns: schools(), target: "now" }))).filter(({ columns }) =>
      columns.includes("met"),
    );
    expect(found).toMatchObject({
      severity: "harmful",
      confidence: 0.4,
      evidence: { kind: "flag-of-change", base: "last", operation: "a - b" },
      fix: { action: "steps", steps: [{ op: "drop", columns: ["met"] }] },
      choices: ["after", "before"],
    });
    expect(found?.question).toContain("met");
  });

  test("by a ratio where the amounts grow by factors", () => {
    expect(flagsOfChange(contextOf({ columns: schools({ isRatio: true }), target: "now" }))).toMatchObject([
      { flag: "met", operation: "a / b" },
    ]);
  });

  test.each([
    ["one that goes by nothing", schools({ by: "chance" })],
    ["one that the level alone tells", schools({ by: "level", noise: 0.05 })],
    ["one that the target alone tells nearly as well", schools({ by: "target" })],
    ["one that base and target alone tell as well: places won by one of two sides", sides()],
    ["one that half goes by something else", schools({ noise: 1 })],
  ])("not %s", (_, table) => {
    expect(flagsOfChange(contextOf({ columns: table, target: "now" }))).toEqual([]);
  });

  test("prices of two years beside those in the money of one: the year gives the change, no change the year", () => {
    const random = createRandom(12, "deflated");
    const real = numbers(ROWS, () => 50 + 200 * random.next());
    const year = real.map((_, i) => (i % 2 === 0 ? 1978 : 1981));
    const price = real.map((value, i) => Math.round(100 * value * (year[i] === 1978 ? 1 : 1.4)) / 100);
    expect(flagsOfChange(contextOf({ columns: { real, year, spare: real.map(() => random.normal()), price }, target: "price" }))).toEqual(
      [],
    );
  });

  test("none of the other columns is an earlier value of the target", () => {
    expect(flagsOfChange(contextOf({ columns: schools(), target: "spare" }))).toEqual([]);
  });
});
