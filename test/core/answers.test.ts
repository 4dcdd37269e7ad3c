import { expect, test } from "vitest";
import { columnsOfKey, momentsOf, refuseContradiction, withNewAnswers } from "../../src/core/answers.ts";

const columns = ["age", "a,b", "call", "__proto__"];

test("an answer about columns is one for each of them, and none about the values where it is about their being missing", () => {
  const said = momentsOf({ "combination-leak:a,b,age": "after", "missingness-leak:call": "after", call: "before" }, columns);
  expect(said.map(({ column, moment }) => [column, moment])).toEqual([
    ["a,b", "after"],
    ["age", "after"],
    ["call", "before"],
  ]);
});

test("the same answer twice is fine; two that differ name both", () => {
  const one = { key: "age", about: '"age"', word: "before" };
  expect(() => refuseContradiction([one, { ...one, key: "target-leak:age" }])).not.toThrow();
  expect(() => refuseContradiction([one, { ...one, key: "target-leak:age", word: "after" }])).toThrow(
    /contradict each other about "age"[\s\S]*"age": "before" and "target-leak:age": "after"/,
  );
});

test("a new answer takes the place of a kept one under another name, and leaves those that agree", () => {
  const kept = { "combination-leak:a,b,age": "after", call: "before", "sentinel:age": "missing" };
  expect(withNewAnswers(kept, { age: "before" }, columns)).toEqual({ age: "before", call: "before", "sentinel:age": "missing" });
  expect(withNewAnswers(kept, { age: "after" }, columns)).toEqual({ ...kept, age: "after" });
});

test("a column whose name ends like a numbered finding is that column; a numbered finding is about the columns before the number", () => {
  const columns = ["duration", "duration#2", "age"];
  expect(columnsOfKey("target-leak:duration#2", columns)).toEqual(["duration#2"]);
  expect(columnsOfKey("target-leak:age#2", columns)).toEqual(["age"]);
  expect(columnsOfKey("target-leak:age,duration#2#3", columns)).toEqual(["age", "duration#2"]);
});
