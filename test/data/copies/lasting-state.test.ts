import { expect, test } from "vitest";
import { cannotLast } from "../../../src/data/copies/lasting-state.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 600;
const DAY = 86_400_000;

function judged(columns: Record<string, Cells>, without: readonly string[] = ["time"]): boolean {
  const all = { time: cells(ROWS, 1, "t", (_, row) => row * DAY), ...columns, y: coin(ROWS) };
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
  expect(judged({ a: drawn("a"), b: drawn("b"), level, place: thing }, ["time", "place"])).toBe(true);
});

test("copies make no resemblance of neighbours: each different row is looked at once", () => {
  const twice = (cellsOf: Cells): Cells => cellsOf.map((_, row) => cellsOf[row - (row % 2)]!);
  const columns = { a: twice(drawn("a")), b: twice(drawn("b")) };
  expect(judged(columns, ["time", "y"])).toBe(true);
});
