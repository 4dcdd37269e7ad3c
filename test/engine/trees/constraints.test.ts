import { expect, test } from "vitest";
import type { Feature } from "../../../src/core/matrix.ts";
import { interactionSets, monotoneDirections } from "../../../src/engine/trees/constraints.ts";

const numeric = (name: string): Feature => ({ name, kind: "numeric", values: new Float64Array(1) });
const features: Feature[] = [numeric("age"), { name: "job", kind: "categorical", levels: 2, codes: new Int32Array(1) }, numeric("pay")];
const squared = { loss: "squared" } as const;

test("directions by name and by list", () => {
  expect(monotoneDirections({ pay: -1 }, features, squared)).toEqual(Int8Array.of(0, 0, -1));
  expect(monotoneDirections([1, 0, 0], features, squared)).toEqual(Int8Array.of(1, 0, 0));
  expect(monotoneDirections([0, 0, 0], features, { loss: "absolute" })).toBeNull();
  expect(monotoneDirections(null, features, squared)).toBeNull();
});

test("directions that cannot be", () => {
  expect(() => monotoneDirections({ agee: 1 }, features, squared)).toThrow(/names "agee".*did you mean "age"/);
  expect(() => monotoneDirections({ toString: 1 } as never, features, squared)).toThrow(/"toString"/);
  expect(() => monotoneDirections([1], features, squared)).toThrow(/1 entries, the matrix 3/);
  expect(() => monotoneDirections({ job: 1 }, features, squared)).toThrow(/"job" is categorical/);
  expect(() => monotoneDirections({ age: 1 }, features, { loss: "quantile", alpha: 0.5 })).toThrow(/quantile loss/);
  expect(() => monotoneDirections({ age: 1 }, features, { loss: "softmax", classes: 3 })).toThrow(/softmax loss/);
});

test("sets by name or place; a feature in no set stands alone", () => {
  expect(interactionSets([["pay", 0]], features)).toEqual([Int32Array.of(0, 2), Int32Array.of(1)]);
  expect(interactionSets([["pay"]], features)).toHaveLength(3);
  for (const none of [[], [[]]]) expect(interactionSets(none, features)).toBeNull();
  expect(interactionSets(null, features)).toBeNull();
  expect(() => interactionSets([[3]], features)).toThrow(/names feature 3, the matrix has 3/);
  expect(() => interactionSets([["jab"]], features)).toThrow(/did you mean "job"/);
});
