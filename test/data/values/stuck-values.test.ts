import { expect, test } from "vitest";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { irregularTime } from "../../../src/data/checks/irregular-time.ts";
import { findingTitle } from "../../../src/report/words/trap.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const [PUMPS, HOURS, HOUR] = [6, 200, 3_600_000];
const ROWS = PUMPS * HOURS;
const START = Date.UTC(2024, 2, 1);
/** Row i is of pump i % 6 in hour i / 6. */
const hourOf = (row: number) => Math.floor(row / PUMPS);
const pumps = Array.from({ length: ROWS }, (_, row) => `P${row % PUMPS}`);
const times = Array.from({ length: ROWS }, (_, row) => START + hourOf(row) * HOUR);
const volts = cells(ROWS, 1, "volts", (random) => Math.round(100 * (230 + 2 * random.normal())) / 100);

const contextWith = (columns: Record<string, Cells>, kept: (row: number) => boolean = () => true) => {
  const all: Record<string, Cells> = { time: times, pump: pumps, ...columns, y: coin(ROWS) };
  const chosen = Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.filter((_, row) => kept(row))]));
  return contextOf({ columns: chosen, target: "y", dates: ["time"], roles: { time: "time" } });
};
const stuck = async (columns: Record<string, Cells>, kept?: (row: number) => boolean) =>
  (await impossibleValue.inspect(contextWith(columns, kept))).filter(({ evidence }) => evidence.kind === "stands still");
const hung = (row: number, value: number) => (row % PUMPS < 2 && hourOf(row) >= 50 && hourOf(row) < 80 ? value : null);

test("a measure that stands still for a stretch in some series is asked about", async () => {
  const [found, ...others] = await stuck({ volts: volts.map((value, row) => hung(row, 229.5 + (row % PUMPS)) ?? value) });
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    columns: ["volts"],
    rows: { count: 60 },
    evidence: { stretches: 2, longest: 30 },
    fix: { action: "advice" },
  });
  expect(found!.why).toContain("of 2 of the 6 series of `pump`");
});

test("hours that were written twice are no second look", async () => {
  const held = volts.map((value, row) => hung(row, 229.5) ?? value);
  const twice = Array.from({ length: ROWS }, (_, row) => row).flatMap((row) =>
    hourOf(row) >= 120 && hourOf(row) < 180 ? [row, row] : [row],
  );
  const all: Record<string, Cells> = { time: times, pump: pumps, volts: held, y: coin(ROWS) };
  const columns = Object.fromEntries(Object.entries(all).map(([name, values]) => [name, twice.map((row) => values[row]!)]));
  const found = await impossibleValue.inspect(contextOf({ columns, target: "y", dates: ["time"], roles: { time: "time" } }));
  expect(found.filter(({ evidence }) => evidence.kind === "stands still")).toMatchObject([
    { rows: { count: 60 }, evidence: { longest: 30 } },
  ]);
});

test("one series; a scale at its end; numbers that come back; and none", async () => {
  const one = (row: number) => row % PUMPS === 0;
  expect(await stuck({ volts: volts.map((value, row) => hung(row, 229.5) ?? value) }, one)).toMatchObject([{ rows: { count: 30 } }]);
  expect(await stuck({ rain: volts.map((value, row) => hung(row, 0) ?? value) })).toEqual([]);
  expect(await stuck({ steps: volts.map((value) => Math.round(value)) })).toEqual([]);
  expect(await stuck({ slow: volts.map((_, row) => hourOf(row) - (hourOf(row) % 20) + (row % PUMPS)) })).toEqual([]);
  // Of fewer than fifty values each comes back often, a stretch of one too.
  expect(await stuck({ halves: volts.map((value, row) => hung(row, 229.5) ?? Math.round(2 * value) / 2) })).toEqual([]);
  expect(await stuck({ volts })).toEqual([]);
});

test("only what a device measures hangs; another value repeats, and what is often held is not asked about", async () => {
  const told = async (name: string, unit = "pump") => {
    const all: Record<string, Cells> = {
      time: times,
      [unit]: pumps,
      [name]: volts.map((value, row) => hung(row, 229.5) ?? value),
      y: coin(ROWS),
    };
    const found = await impossibleValue.inspect(contextOf({ columns: all, target: "y", dates: ["time"], roles: { time: "time" } }));
    return found.find(({ evidence }) => evidence.kind === "stands still")!;
  };
  for (const [name, unit] of [
    ["volts", "ticker"],
    ["temperature", "site"],
    ["wert", "pump"],
    ["load_kw", "ticker"],
  ] as const) {
    const found = await told(name, unit);
    expect([found.why.includes("a sensor hangs"), findingTitle(found)]).toEqual([true, "A measurement that stands still"]);
  }
  for (const [name, unit] of [
    ["price", "pump"],
    ["close", "ticker"],
    ["wert", "shop"],
    ["interest_pct", "ticker"],
  ] as const) {
    const found = await told(name, unit);
    expect(found.why).toContain("the same value repeats, the longest 30 rows");
    expect(found.why).not.toContain("sensor");
    expect(found.question).not.toContain("stands still");
    expect(findingTitle(found)).toBe("A value that repeats where it else changes");
  }
  // A list price, a rate that is set anew every few rows, and a price that is traded on some days.
  const held = (days: number) => volts.map((_, row) => Math.round(7 * Math.floor(hourOf(row) / days) * 1.37 * 100) / 100 + (row % PUMPS));
  for (const price of [volts.map((_, row) => [9.5, 19.5, 49.5][row % 3]!), held(4), held(3).map((value, row) => hung(row, 55.5) ?? value)])
    expect(await stuck({ price })).toEqual([]);
  const traded = volts.map((value, row) => (hourOf(row) % 3 === 0 ? value : volts[row - PUMPS * (hourOf(row) % 3)]!));
  expect(await stuck({ price: traded.map((value, row) => hung(row, 229.5) ?? value) })).toEqual([]);
});

test("stretches that are left out of each series are told; single rows that are lost are not", async () => {
  const gaps = (kept: (row: number) => boolean) => irregularTime.inspect(contextWith({ volts }, kept));
  const down = (row: number) => Math.floor(hourOf(row) / 30) !== 1 + (row % PUMPS);
  const [found, ...others] = await gaps(down);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    columns: ["time", "pump"],
    rows: { count: 5 },
    evidence: { series: 6, seriesWithGaps: 5, gaps: 5, missingSteps: 150, stepMs: HOUR },
  });
  expect(found!.why).toContain("in 5 of the 6 series a stretch is left out");
  expect(await gaps((row) => row % 31 !== 7)).toEqual([]);
  expect(await gaps(() => true)).toEqual([]);
});
