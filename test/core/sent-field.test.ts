import { expect, test } from "vitest";
import { knownNames, sentField, sentNames } from "../../src/core/sent-field.ts";

const record = { a: 1, "b.c": 2, b: { c: 3, d: null, e: { f: 4 } }, "x.y": { z: 5 }, none: null, constructor: { z: 6 } };

test.each([
  ["a", 1],
  ["b.c", 2],
  ["b.d", null],
  ["b.e.f", 4],
  ["x.y.z", 5],
  ["none.any.thing", null],
  ["constructor.z", 6],
])("%s", (name, value) => {
  expect(sentField(record, name)).toEqual({ value });
});

test.each(["c", "b.g", "b.c.d", "a.toFixed", "toString", "b.toString", "x.z", ""])("no field %s", (name) => {
  expect(sentField(record, name)).toBeNull();
});

test("an object counts by its fields where some of them are known", () => {
  expect(
    sentNames({ a: 1, b: { c: 1, x: 2, e: { f: 1, g: [] } }, other: { c: 1 }, d: null }, knownNames(["a", "b.c", "b.e.f", "d.x"])),
  ).toEqual(["a", "b.c", "b.x", "b.e.f", "other"]);
  expect(sentNames({ b: 5 }, knownNames(["b.c"]))).toEqual(["b"]);
  // Lists and objects within are left out on reading; beside it they are fields that nobody knows.
  expect(sentNames({ b: { c: 1, tags: [1], deep: { z: 1 } }, tags: [1] }, knownNames(["b.c"]))).toEqual(["b.c", "tags"]);
});
