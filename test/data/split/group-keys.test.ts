import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupKeys } from "../../../src/data/split/group-keys.ts";
import { contextOf } from "../checks/context.ts";

const ROWS = 600;
const random = createRandom(1, "counts");

test("a number that is called a thing is its name, but where it counts from 0 on, the more the rarer", () => {
  const visits = Array.from({ length: ROWS }, () => Math.floor(-5 * Math.log(1 - random.next())));
  const person = Array.from({ length: ROWS }, () => random.integer(40));
  const y = Array.from({ length: ROWS }, () => random.normal());
  const keys = (values: number[]) =>
    groupKeys(contextOf({ columns: { physician: values, y }, target: "y", task: { kind: "regression" } })).map(({ column }) => column);
  expect(keys(visits)).toEqual([]);
  expect(keys(person)).toEqual(["physician"]);
});
