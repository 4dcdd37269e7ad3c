import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { splitTimeOverlap } from "../../../src/data/checks/split-time-overlap.ts";
import { type Cells, cells, contextOf } from "./context.ts";
import { isTest, ROWS, TEST } from "./given-test-table.ts";

test("test rows before the end of the training rows: a lie where labels persist, costly where they are not seen to", async () => {
  const random = createRandom(6, "days");
  const days = Array.from({ length: ROWS }, (_, row) => row);
  const late = days.map((day) => 1000 + day);
  const mixed = days.map((day) => (isTest(day) ? 1000 + (day - ROWS + TEST) * 2 : 1000 + day));
  let level = 0;
  const drift = days.map(() => {
    level = 0.98 * level + 0.2 * random.normal();
    return level;
  });
  const noise = days.map(() => random.normal());
  const x = cells(ROWS, 1, "x", (own) => own.normal());
  const inspect = (day: Cells, y: Cells) =>
    splitTimeOverlap.inspect(contextOf({ columns: { day, x, y }, target: "y", testRows: TEST, roles: { time: "day" } }));
  const [found] = await inspect(mixed, drift);
  expect(found).toMatchObject({ trap: "split-time-overlap", columns: ["day"], severity: "blocker", evidence: { testRows: TEST } });
  expect(found!.evidence.share).toBe(1);
  expect(await inspect(mixed, noise)).toMatchObject([{ severity: "costly", evidence: { persistenceZ: null } }]);
  expect(await inspect(late, drift)).toEqual([]);
});

test("training rows that stand in the test set once more are told as such, and are not early", async () => {
  const random = createRandom(9, "copies");
  const first = (row: number) => (isTest(row) && row % 2 === 0 ? row - ROWS + TEST : row);
  const x = cells(ROWS, 1, "x", (own) => own.normal()) as number[];
  const y = cells(ROWS, 2, "y", (own) => own.normal()) as number[];
  const early = (again: (row: number) => number) => {
    const day = x.map((_, row) => 1000 + again(row));
    return splitTimeOverlap.inspect(
      contextOf({
        columns: { day, x: x.map((_, row) => x[again(row)]!), y: y.map((_, row) => y[again(row)]!) },
        target: "y",
        testRows: TEST,
        roles: { time: "day" },
      }),
    );
  };
  expect(await early(first)).toEqual([]);
  // Other rows of those days are.
  const [found] = await splitTimeOverlap.inspect(
    contextOf({
      columns: { day: x.map((_, row) => 1000 + first(row)), x, y: y.map((value) => value + random.normal()) },
      target: "y",
      testRows: TEST,
      roles: { time: "day" },
    }),
  );
  expect(found!.evidence.share).toBe(0.5);
});

test("without a time, a year that is named as nothing else asks", async () => {
  const random = createRandom(7, "years");
  const year = Array.from({ length: ROWS }, () => 2012 + random.integer(11));
  const x = cells(ROWS, 1, "x", (own) => own.normal());
  const y = cells(ROWS, 2, "y", (own) => own.normal());
  const inspect = (columns: Record<string, Cells>) =>
    splitTimeOverlap.inspect(contextOf({ columns: { ...columns, x, y }, target: "y", testRows: TEST }));
  const [found] = await inspect({ year });
  expect(found).toMatchObject({ columns: ["year"], severity: "costly" });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(await inspect({ year_built: year })).toEqual([]);
  expect(await inspect({ year: year.map((one, row) => (isTest(row) ? 2023 : one)) })).toEqual([]);
});

test("without a time, the only date of the rows asks, whatever its name, and one of several in whose order the sets lie", async () => {
  const random = createRandom(8, "dates");
  const day = (from: number, days: number) => Date.UTC(2023, 0, 1 + from + random.integer(days));
  const partenza = Array.from({ length: ROWS }, () => day(0, 300));
  const x = cells(ROWS, 1, "x", (own) => own.normal());
  const y = cells(ROWS, 2, "y", (own) => own.normal());
  const inspect = (columns: Record<string, Cells>) =>
    splitTimeOverlap.inspect(contextOf({ columns: { ...columns, x, y }, dates: Object.keys(columns), target: "y", testRows: TEST }));
  const [found] = await inspect({ partenza });
  expect(found).toMatchObject({ columns: ["partenza"], severity: "costly" });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.question).not.toBeNull();
  const beside = Array.from({ length: ROWS }, () => day(0, 300));
  expect(await inspect({ partenza, beside })).toEqual([]);
  const bolletta = Array.from({ length: ROWS }, (_, row) => (isTest(row) ? day(250, 100) : day(0, 300)));
  expect(await inspect({ partenza, bolletta })).toMatchObject([{ columns: ["bolletta"] }]);
  const founded = Array.from({ length: ROWS }, () => day(-15_000, 15_000));
  expect(await inspect({ founded })).toEqual([]);
});
