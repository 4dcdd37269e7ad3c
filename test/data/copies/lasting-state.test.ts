import { describe, expect, test } from "vitest";
import { cannotLast } from "../../../src/data/copies/lasting-state.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 600;
const DAY = 86_400_000;

const daily = cells(ROWS, 1, "t", (_, row) => row * DAY);

function judged(columns: Record<string, Cells>, without: readonly string[] = ["time"], time = daily): boolean {
  const all = { time, ...columns, y: coin(ROWS) };
  const context = contextOf({ columns: all, dates: ["time"], target: "y", roles: { time: "time" } });
  const rest = context.frame.columns.filter(({ name }) => !without.includes(name));
  return cannotLast(context, rest, context.frame.columns[0]!);
}

const drawn = (name: string): Cells => cells(ROWS, 2, name, (random) => Math.round(100 * random.normal()));

test("numbers that are drawn anew in each row make no state that lasts", () => {
  expect(judged({ a: drawn("a"), b: drawn("b") })).toBe(true);
});

test("one number alone, and numbers of few values, may be the same by habit", () => {
  expect(judged({ a: drawn("a") })).toBe(false);
  expect(judged({ a: drawn("a"), b: cells(ROWS, 2, "b", (random) => random.integer(6)) })).toBe(false);
});

test("a number that stays near the one before may last", () => {
  const walk = cells(ROWS, 2, "w", (random, row) => Math.round(row + 20 * random.normal()));
  expect(judged({ a: drawn("a"), b: drawn("b"), walk })).toBe(false);
});

test("so may what is a thing's own, which only its next row shows", () => {
  const thing = cells(ROWS, 3, "thing", (random) => random.integer(60)) as number[];
  const own = cells(60, 4, "own", (random) => Math.round(1000 * random.normal()));
  const level = thing.map((one) => own[one]!);
  expect(judged({ a: drawn("a"), b: drawn("b"), level, customer_id: thing })).toBe(false);
  const told = thing.map((one, row) => (row % 3 === 0 ? null : one));
  expect(judged({ a: drawn("a"), b: drawn("b"), level, customer_id: told })).toBe(false);
  expect(judged({ a: drawn("a"), b: drawn("b"), level, place: thing }, ["time", "place"])).toBe(true);
});

test("copies make no resemblance of neighbours: each different row is looked at once", () => {
  const twice = (cellsOf: Cells): Cells => cellsOf.map((_, row) => cellsOf[row - (row % 2)]!);
  const columns = { a: twice(drawn("a")), b: twice(drawn("b")) };
  const soon = daily.map((_, row) => (row - (row % 2)) * DAY + (row % 2) * 60_000);
  expect(judged(columns, ["time", "y"], soon)).toBe(true);
});

describe("equal rows that come next after each other are a state that is changed at times", () => {
  const THINGS = 6;
  const starts = cells(ROWS, 8, "starts", (random) => random.next() < 0.5);
  /** Each state is drawn anew; the rows of so many things take turns. */
  const states = (things: number): Record<string, Cells> => {
    const from = starts.map((_, row) => row);
    for (let row = things; row < ROWS; row++) if (!starts[row]) from[row] = from[row - things]!;
    return { a: from.map((row) => drawn("a")[row]!), b: from.map((row) => drawn("b")[row]!) };
  };
  const plot = daily.map((_, row) => `p${row % THINGS}`);

  test("of all rows", () => {
    expect(judged(states(1), ["time", "y"])).toBe(false);
  });

  test("of one thing of many rows, whatever it is called, and not of some other", () => {
    expect(judged({ ...states(THINGS), plot }, ["time", "y"])).toBe(false);
    expect(judged({ ...states(THINGS), plot: cells(ROWS, 9, "plot", (random) => `p${random.integer(THINGS)}`) }, ["time", "y"])).toBe(true);
  });

  test("at the same time, or of a thing of few rows they are entered again", () => {
    const again = starts.map((_, row) => (row < ROWS - 100 ? row : 3 * (row - ROWS + 100) + 2));
    const copied = { a: again.map((row) => drawn("a")[row]!), b: again.map((row) => drawn("b")[row]!) };
    const few = again.map((row) => `p${Math.floor(row / 3)}`);
    expect(judged({ ...copied, few }, ["time", "y"])).toBe(true);
    const once = daily.map(() => 0);
    expect(judged(states(1), ["time", "y"], once)).toBe(true);
  });
});
