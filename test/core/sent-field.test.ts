import { expect, test } from "vitest";
import { sentField, sentNames } from "../../src/core/sent-field.ts";

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
  expect(sentNames({ a: 1, b: { c: 1, x: 2, e: { f: 1, g: [] } }, other: { c: 1 }, d: null }, ["a", "b.c", "b.e.f", "d.x"])).toEqual([
    "a",
    "b.c",
    "b.x",
    "b.e.f",
    "b.e.g",
    "other",
  ]);
  expect(sentNames({ b: 5 }, ["b.c"])).toEqual(["b"]);
});
