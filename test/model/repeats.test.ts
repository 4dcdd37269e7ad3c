import { expect, test } from "vitest";
import { cutRepeats, repeatsWithin, withRepeats } from "../../src/model/index.ts";

const split = { policy: "stratified", folds: 5, repeats: 2 } as const;
const repeats = (rows: number, affordable?: number) => (withRepeats(split, rows, affordable) as typeof split).repeats;

test("small tables get up to five repeats, by their rows alone; periods have none", () => {
  expect([50, 1000, 2000, 5000, 100_000].map((rows) => repeats(rows))).toEqual([5, 5, 5, 2, 2]);
  expect(withRepeats({ policy: "time", by: "t", folds: 5 }, 100)).toEqual({ policy: "time", by: "t", folds: 5 });
});

test("a budget has room for fewer, but never for less than the policy has", () => {
  expect([repeats(500, 4.7), repeats(500, 0.1)]).toEqual([4, 2]);
  const affordable = (budgetMs: number) => repeatsWithin({ kind: "regression" }, 500, 10, budgetMs);
  expect(affordable(20_000)).toBeCloseTo(2 * affordable(10_000), 9);
  expect(affordable(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

test("repeats that a budget cut are told, and nothing where all ran or there are none", () => {
  expect(cutRepeats(withRepeats(split, 1620, 2.5), split, 1620)).toEqual({ cutRepeats: { ran: 2, wanted: 5 } });
  expect(cutRepeats(withRepeats(split, 1620), split, 1620)).toEqual({});
  const periods = { policy: "time", by: "t", folds: 5 } as const;
  expect(cutRepeats(withRepeats(periods, 1620, 1), periods, 1620)).toEqual({});
});
