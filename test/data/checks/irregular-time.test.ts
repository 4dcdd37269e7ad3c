import { describe, expect, test } from "vitest";
import { irregularTime } from "../../../src/data/checks/irregular-time.ts";
import { cells, coin, contextOf } from "./context.ts";

const [HOUR, DAY] = [3_600_000, 86_400_000];
const START = Date.UTC(2023, 0, 2);
const every = (step: number, count: number) => Array.from({ length: count }, (_, i) => START + i * step);
const look = (time: readonly number[]) =>
  irregularTime.inspect(
    contextOf({
      columns: { time, x: cells(time.length, 1, "x", (random) => random.normal()), y: coin(time.length) },
      target: "y",
      dates: ["time"],
      roles: { time: "time" },
    }),
  );

describe("found", () => {
  test.each<[string, readonly number[], object]>([
    ["one gap of five days", every(DAY, 300).filter((_, i) => i < 100 || i >= 105), { gaps: 1, missingSteps: 5, repeatedRows: 0 }],
    ["hours left out here and there", every(HOUR, 2000).filter((_, i) => i % 97 !== 50), { repeatedRows: 0, stepMs: HOUR }],
    [
      "a pause that is no whole number of steps",
      every(HOUR, 600).map((time, i) => (i < 300 ? time : time + 5.4 * HOUR)),
      { gaps: 1, missingSteps: 5, oddSteps: 0 },
    ],
    ["two rows of one day", [...every(DAY, 200), START + 7 * DAY], { gaps: 0, repeatedRows: 1, sharingRows: 2 }],
    [
      "a working week left out",
      every(DAY, 400).filter((time, i) => new Date(time).getUTCDay() % 6 !== 0 && (i < 147 || i > 153)),
      { gaps: 1, repeatedRows: 0 },
    ],
    [
      "a month left out",
      Array.from({ length: 60 }, (_, i) => Date.UTC(2018, i, 1)).filter((_, i) => i !== 30),
      { gaps: 1, missingSteps: 1 },
    ],
  ])("%s", async (_, time, evidence) => {
    const [found] = await look(time);
    expect(found).toMatchObject({ trap: "irregular-time", columns: ["time"], evidence, severity: "costly" });
    expect(found!.confidence).toBeGreaterThan(0.5);
    expect(found!.rows.count).toBeGreaterThan(0);
  });

  test("the rows that share a time are all of them, not those beyond the first", async () => {
    const [found] = await look([...every(DAY, 200), ...every(DAY, 30), START]);
    expect(found!.why).toContain("61 rows at a time that another row has (31 more than there are times)");
  });

  test("a quarter of the hours lost by chance", async () => {
    const lost = cells(1000, 4, "lost", (random) => random.next());
    const [found] = await look(every(HOUR, 1000).filter((_, i) => (lost[i] ?? 0) > 0.25));
    expect(found).toMatchObject({ evidence: { stepMs: HOUR, repeatedRows: 0, oddSteps: 0 } });
    expect(found!.confidence).toBeGreaterThan(0.5);
  });

  test("a clock that was set back, unless a column says that these are two things", async () => {
    const back = every(HOUR, 500).map((time, i) => (i < 300 ? time : time - 8 * DAY));
    expect(await look(back)).toMatchObject([{ evidence: { stepsBack: 1, longestBackMs: 8 * DAY - HOUR, repeatedRows: 192 } }]);
    const things = contextOf({
      columns: { time: back, shop: back.map((_, i) => (i < 300 ? 1 : 2)), y: coin(500) },
      target: "y",
      dates: ["time"],
      roles: { time: "time" },
    });
    expect(await irregularTime.inspect(things)).toEqual([]);
  });

  test("local times of a year with summer time", async () => {
    const local = every(HOUR, 8760).map((time) => {
      const shift = time >= Date.UTC(2023, 2, 26, 1) && time < Date.UTC(2023, 9, 29, 1) ? 2 : 1;
      return time + shift * HOUR;
    });
    expect(await look(local)).toMatchObject([{ evidence: { summerTime: true, gaps: 1, repeatedRows: 1 } }]);
  });
});

describe("silent", () => {
  test.each<[string, readonly number[]]>([
    ["regular", every(HOUR, 500)],
    ["working days without holidays", every(DAY, 730).filter((time, i) => new Date(time).getUTCDay() % 6 !== 0 && i % 41 !== 0)],
    ["working days", every(DAY, 500).filter((time) => new Date(time).getUTCDay() % 6 !== 0)],
    [
      "hours of trade",
      every(HOUR, 3000).filter(
        (time) => new Date(time).getUTCDay() % 6 !== 0 && new Date(time).getUTCHours() >= 9 && new Date(time).getUTCHours() < 17,
      ),
    ],
    ["the first of each month", Array.from({ length: 80 }, (_, i) => Date.UTC(2017, i, 1))],
    ["years", Array.from({ length: 60 }, (_, i) => Date.UTC(1960 + i, 0, 1))],
    ["events at random", cells(500, 3, "t", (random) => START + Math.floor(random.next() * 300 * DAY)).sort((a, b) => a - b)],
    ["a panel: ten shops each day", every(DAY, 60).flatMap((time) => Array.from({ length: 10 }, () => time))],
    ["two series, one below the other", [...every(HOUR, 300), ...every(HOUR, 300)]],
    ["events on some of the days", cells(400, 5, "t", (random) => START + random.integer(300) * DAY).sort((a, b) => a - b)],
    [
      "batches that are made on Mondays to Thursdays, of most weeks on two of the days",
      every(DAY, 900).filter((time, i) => {
        const weekday = new Date(time).getUTCDay();
        return weekday === 1 + (Math.floor(i / 7) % 2) || weekday === 4 || (i % 11 === 0 && weekday === 3);
      }),
    ],
    ["a weekend's event days only", every(DAY, 700).filter((time) => new Date(time).getUTCDay() % 6 === 0)],
  ])("%s", async (_, time) => {
    expect(await look(time)).toEqual([]);
  });
});
