import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { mayBeTimeOfFile } from "../../../src/data/split/time-evidence.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const ROWS = 200;
const random = createRandom(8, "stretches");
const breed = Array.from({ length: ROWS }, (_, row) => "acbed"[Math.floor(row / 40)]!);
const age = Array.from({ length: ROWS }, () => ["young", "old"][random.integer(2)]!);
const level: Record<string, number> = { a: 4, c: 7, b: 5, e: 8, d: 6 };
const noise = Array.from({ length: ROWS }, () => random.normal());
const may = (columns: Record<string, Cells>) => mayBeTimeOfFile(contextOf({ columns, target: "y" }));

test("a file that was put together breed by breed tells no time", () => {
  const y = breed.map((one, row) => level[one]! + noise[row]!);
  expect(may({ breed, age, y })).toBe(false);
  const label = y.map((value) => (value > 6 ? "rich" : "poor"));
  expect(may({ breed, age, y: label })).toBe(false);
  // Without the column nothing accounts for it.
  expect(may({ age, y })).toBe(true);
});

test("what goes on from row to row within the stretches may be one", () => {
  let state = 0;
  const y = breed.map((one) => {
    state = 0.9 * state + random.normal();
    return level[one]! / 4 + state;
  });
  expect(may({ breed, age, y })).toBe(true);
});
