import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { profileSet } from "../../../src/data/split/profile-sets.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 600;
const random = createRandom(3, "mixes");
const mixes = Array.from({ length: 200 }, () => Array.from({ length: 5 }, () => 10 + random.integer(40)));
const ofMix = (row: number, part: number) => (mixes[row % 200] ?? [])[part] ?? 0;
const strength = numbers(ROWS, () => random.normal());
const age = numbers(ROWS, () => 1 + random.integer(90));
const parts = ["cement", "water", "slag", "sand", "ash"];

test("rows of one mix agree in all its parts, and only in these", () => {
  const table = tableOf([
    ...parts.map((name, part) => [name, numbers(ROWS, (row) => ofMix(row, part))] as const),
    ["age", age],
    ["strength", strength],
  ]);
  const found = profileSet(contextOf(table, "strength"));
  expect([...(found?.columns ?? [])].sort()).toEqual([...parts].sort());
  expect(found?.pairs).toBe(600);
  expect(found?.expected).toBeLessThan(1);
});

test("parts drawn for each row, copies in which nothing moves, and what one column gives are no things", () => {
  const loose = tableOf([
    ...parts.map((name) => [name, numbers(ROWS, () => random.integer(12))] as const),
    ["age", age],
    ["strength", strength],
  ]);
  expect(profileSet(contextOf(loose, "strength"))).toBeNull();
  const copies = tableOf([
    ...parts.map((name, part) => [name, numbers(ROWS, (row) => ofMix(row, part))] as const),
    ["age", numbers(ROWS, (row) => 1 + (row % 200))],
    ["strength", strength],
  ]);
  expect(profileSet(contextOf(copies, "strength"))).toBeNull();
  const given = tableOf([
    ...parts.map((name, part) => [name, age.map((value) => value * (part + 1))] as const),
    ["other", numbers(ROWS, () => random.integer(50))],
    ["strength", strength],
  ]);
  expect(profileSet(contextOf(given, "strength"))).toBeNull();
});

test("half of the rows meet another after columns are taken out of the sums one by one", () => {
  const own = (row: number) => (row < 330 ? row % 165 : row);
  const many = Array.from({ length: ROWS }, () => Array.from({ length: 5 }, () => 10 + random.integer(40)));
  const table = tableOf([
    ...parts.map((name, part) => [name, numbers(ROWS, (row) => (many[own(row)] ?? [])[part] ?? 0)] as const),
    ...["age", "heat", "load"].map((name) => [name, numbers(ROWS, () => random.integer(90))] as const),
    ["strength", strength],
  ]);
  const found = profileSet(contextOf(table, "strength"));
  expect([...(found?.columns ?? [])].sort()).toEqual([...parts].sort());
  expect(found?.pairs).toBe(165);
});
