import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { numbersOfThings } from "../../../src/data/split/number-groups.ts";
import { contextOf } from "../checks/context.ts";

const random = createRandom(3, "numbers of things");
const [THINGS, ROWS] = [120, 1200];

/** A whole number for each thing, rows of things, and what each thing has of the target for itself. */
const numbers = Array.from({ length: THINGS }, () => 3 + random.integer(40_000));
const own = numbers.map(() => random.normal());
const things = Array.from({ length: ROWS }, () => Math.floor(THINGS * random.next() ** 2));
const noise = things.map(() => random.normal());
const x = things.map(() => random.normal());
const rating = things.map((thing) => numbers[thing]!);

function found(columns: Record<string, readonly (number | string)[]>) {
  return numbersOfThings(contextOf({ columns: { x, ...columns }, target: "y" })).map(({ column }) => column);
}

test("a whole number of which each value has much of the target for itself may stand for a thing", async () => {
  const y = things.map((thing, row) => 2 * own[thing]! + x[row]! + noise[row]!);
  expect(found({ rating, y })).toEqual(["rating"]);
  expect(found({ rating, y: things.map((thing, row) => (own[thing]! + 0.5 * noise[row]! > 0 ? "a" : "b")) })).toEqual(["rating"]);
  const [asked, ...others] = await groupLeak.inspect(contextOf({ columns: { x, rating, y }, target: "y" }));
  expect(others).toEqual([]);
  expect(asked).toMatchObject({ columns: ["rating"], confidence: 0.3, evidence: { from: "numbers" } });
  expect(asked!.question).toContain("about the same rating");
});

test("a quantity is none, nor an amount with decimals, a round one, or rows that are copies of one another", () => {
  const y = things.map((_, row) => 2 * Math.sin(rating[row]! / 8_000) + 0.3 * noise[row]!);
  expect(found({ rating, y })).toEqual([]);
  const ofThings = things.map((thing, row) => own[thing]! + 0.5 * noise[row]!);
  expect(found({ price: rating.map((value) => value + 0.99), y: ofThings })).toEqual([]);
  expect(found({ price: rating.map((value) => 10 * value), y: ofThings })).toEqual([]);
  // Each row ten times: what its copies have in common is no thing's.
  const copied = x.map((_, row) => row % THINGS);
  const again = (values: readonly number[]) => copied.map((row) => values[row]!);
  expect(found({ x: again(x), rating: copied.map((row) => 3 + row * 331), y: again(noise) })).toEqual([]);
});

test("a pattern along a quantity comes back so many steps further on, and no thing has it for itself", () => {
  const level = things.map(() => 1 + random.integer(THINGS));
  const of = (pattern: (number: number) => number) => found({ level, y: level.map((number, row) => pattern(number) + 0.4 * noise[row]!) });
  expect(of((number) => own[number - 1]!)).toEqual(["level"]);
  // Weekdays along days, ends of prices, the sides of a street.
  expect(of((number) => [0, 0, 1, 1, 2, 4, 3][number % 7]!)).toEqual([]);
  expect(of((number) => (number % 10 === 9 ? 3 : 0))).toEqual([]);
  expect(of((number) => 2 * (number % 2))).toEqual([]);
});
