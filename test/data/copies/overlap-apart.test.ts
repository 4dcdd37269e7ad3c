import { expect, test } from "vitest";
import { splitOverlap } from "../../../src/data/checks/split-overlap.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";
import { coarse, measured, ROWS, withCopies } from "../checks/copied-tables.ts";

const [COPIED, TESTED] = [90, 200];
const days = (rows: number): Cells => cells(rows, 4, "day", (random) => Date.UTC(2024, 0, 1) + random.integer(3000) * 86_400_000);
const look = (columns: Record<string, Cells>, roles = {}) =>
  splitOverlap.inspect(contextOf({ columns, dates: ["day"], target: "y", testRows: TESTED, roles }));

test("test rows that are training rows of another date are found, and asked about", async () => {
  const [found, ...more] = await look({ day: days(ROWS + COPIED), ...withCopies(measured(), COPIED) });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["day"], severity: "blocker", rows: { count: COPIED }, evidence: { testRows: TESTED } });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.fix).toMatchObject({ steps: [{ op: "drop-duplicate-rows", ignoring: ["day"] }] });
  expect(await look({ day: days(ROWS), ...measured() })).toEqual([]);
});

test("so are those under a key that is a feature, as sure as equal rows are", async () => {
  const keyed = { row_id: cells(ROWS + COPIED, 1, "k", (_, row) => row), ...withCopies(measured(), COPIED) };
  const [found] = await look(keyed);
  expect(found).toMatchObject({ columns: ["row_id"], severity: "blocker", rows: { count: COPIED } });
  expect(found!.confidence).toBeGreaterThan(0.5);
});

test("chance twins of few coarse columns are not told, whatever their dates", async () => {
  expect(await look({ day: days(ROWS), ...coarse() })).toEqual([]);
});

test("those that are equal with the date as well are told once, and alone where no others are", async () => {
  const copied = withCopies({ day: days(ROWS), ...measured() }, COPIED);
  const movedFrom = (first: number) => ({
    ...copied,
    day: copied.day!.map((day, row) => (row < first ? day : Number(day) + 86_400_000)),
  });
  expect(await look(movedFrom(ROWS + 60))).toMatchObject([
    { columns: [], rows: { count: 60 } },
    { columns: ["day"], rows: { count: 30 } },
  ]);
  expect(await look(copied)).toMatchObject([{ columns: [], rows: { count: COPIED } }]);
});

/** What each row measures lasts: each is near the one before. */
function lasting(rows: number): Record<string, Cells> {
  const level = (name: string, slope: number) => cells(rows, 5, name, (random, row) => Math.round(slope * row + 20 * random.normal()));
  return {
    day: cells(rows, 1, "day", (_, row) => Date.UTC(2024, 0, 1) + row * 86_400_000),
    a: level("a", 1),
    b: level("b", -1),
    c: level("c", 0),
    y: coin(rows),
  };
}

test("where what is measured lasts, equal rows of two dates may be one state", async () => {
  const rows = lasting(ROWS);
  // Every fourth of the first rows is read again with the next day's date, at the end of the table.
  const again = Array.from({ length: COPIED }, (_, i) => 4 * i);
  const columns = Object.fromEntries(
    Object.entries(rows).map(([name, column]) => [name, [...column, ...again.map((row) => column[row]!)]]),
  );
  const later = { ...columns, day: columns.day!.map((day, row) => (row < ROWS ? day : Number(day) + 43_200_000)) };
  expect(await look(later)).toMatchObject([{ columns: ["day"], severity: "cosmetic", rows: { count: COPIED } }]);
});
