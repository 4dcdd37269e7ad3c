import { expect, test } from "vitest";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 1200;
const wins = cells(ROWS, 1, "wins", (random) => 8 + Math.floor(25 * random.next())) as number[];
/** Mostly none. */
const cup = cells(ROWS, 2, "cup", (random) => Math.floor(7 * random.next() ** 3)) as number[];
const total = wins.map((value, row) => value + cup[row]!);
/** A few rows are off, to both sides. */
const off = total.map((value, row) => value + (row % 200 === 5 ? (row % 400 === 5 ? 2 : -1) : 0));

const told = async (columns: Record<string, Cells>, target = "y") =>
  (await impossibleValue.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target }))).filter(
    ({ evidence }) => evidence.kind === "broken sum",
  );

test("a total that its parts contradict in a few rows is asked about, the target as well", async () => {
  const [found, ...others] = await told({ total: off, wins, cup });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["total", "wins", "cup"], rows: { count: 6 }, fix: { action: "advice" } });
  const columns = { total: off, wins, cup };
  const task = { kind: "regression" as const };
  const ofTarget = await impossibleValue.inspect(contextOf({ columns, target: "cup", task }));
  expect(ofTarget.filter(({ evidence }) => evidence.kind === "broken sum")).toMatchObject([
    { columns: ["total", "wins", "cup"], rows: { count: 6 } },
  ]);
});

test("a sum that always holds, or from which a third part is left out, is none", async () => {
  expect(await told({ total, wins, cup })).toEqual([]);
  expect(await told({ total: total.map((value, row) => value + (row % 200 === 5 ? 3 : 0)), wins, cup })).toEqual([]);
  const extra = total.map((_, row) => (row % 200 === 5 ? (row % 400 === 5 ? 2 : -1) : 0));
  expect(await told({ total: off, wins, cup, extra })).toEqual([]);
});

test("a part that is nearly always nothing, and a sum that holds in some rows by chance, are none", async () => {
  expect(
    await told({
      total: wins.map((value, row) => value + (row % 300 === 5 ? (row % 600 === 5 ? 2 : -1) : 0)),
      wins,
      none: wins.map((_, row) => Number(row % 100 === 1)),
    }),
  ).toEqual([]);
  const other = cells(ROWS, 3, "other", (random) => Math.floor(7 * random.next() ** 3));
  expect(await told({ total: off, wins, cup: other })).toEqual([]);
});

test("a sum of decimals may be off by what rounding brings", async () => {
  const [a, b] = [
    cells(ROWS, 4, "a", (random) => 100 * random.next()) as number[],
    cells(ROWS, 5, "b", (random) => 50 * random.next()) as number[],
  ];
  const round = (value: number) => Math.round(10 * value) / 10;
  const whole = a.map((value, row) => round(value + b[row]!));
  expect(await told({ whole, a: a.map(round), b: b.map(round) })).toEqual([]);
  const wrong = whole.map((value, row) => (row % 300 === 4 ? round(value + (row % 600 === 4 ? 9 : -9)) : value));
  expect(await told({ whole: wrong, a: a.map(round), b: b.map(round) })).toMatchObject([
    { columns: ["whole", "a", "b"], rows: { count: 4 } },
  ]);
});
