import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { codeAsNumber } from "../../../src/data/checks/code-as-number.ts";
import { contextOf } from "../checks/context.ts";

const ROWS = 1600;
const SHARES = [0.5, 0.8, 0.95, 1];

async function codes(name: string, level: (turn: number) => number, shares = SHARES) {
  const random = createRandom(4, "in turn");
  const turn = Array.from({ length: ROWS }, () => {
    const drawn = random.next();
    return 1 + shares.findIndex((share) => drawn < share);
  });
  const y = turn.map((one) => level(one) + random.normal());
  const found = await codeAsNumber.inspect(contextOf({ columns: { [name]: turn, y }, target: "y" }));
  return found.map(({ columns: [column] }) => column);
}

test("a few numbers in turn along which the target falls are an order and no codes", async () => {
  for (const name of ["owner_no", "gear_no", "nr"]) expect(await codes(name, (turn) => -turn)).toEqual([]);
});

test("also where the last number has a few rows only", async () => {
  expect(await codes("owner_no", (turn) => -turn, [0.4, 0.7, 0.985, 1])).toEqual([]);
});

test("a target that turns, and numbers that do not thin out, leave them codes by their name", async () => {
  expect(await codes("owner_no", (turn) => [0, 3, 1, 2][turn - 1]!)).toEqual(["owner_no"]);
  expect(await codes("owner_no", (turn) => -turn, [0.1, 0.4, 0.6, 1])).toEqual(["owner_no"]);
});

test("three numbers are too few for an order", async () => {
  expect(await codes("depot_no", (turn) => -turn, [0.5, 0.8, 1])).toEqual(["depot_no"]);
});
