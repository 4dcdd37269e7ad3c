import { expect, test } from "vitest";
import { pearson, phi } from "../../src/stats/index.ts";
import { near } from "./near.ts";

test("phi is Pearson's correlation of the two answers", () => {
  const answers = [
    [0, 0],
    [1, 1],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
    [0, 0],
  ];
  const [first, second] = [0, 1].map((side) => answers.map((pair) => pair[side]!)) as [number[], number[]];
  near(phi({ rows: 7, first: 3, second: 3, both: 2 }), pearson(first, second));
  expect(phi({ rows: 10, first: 4, second: 4, both: 4 })).toBe(1);
  expect(phi({ rows: 10, first: 10, second: 4, both: 4 })).toBe(0);
});
