import { expect, test } from "vitest";
import { meanDifferenceWithin } from "../../src/stats/index.ts";

/** Admitted and rejected men, then women, of the six departments (Bickel, Hammel and O'Connell 1975). */
const BERKELEY = [
  [512, 313, 89, 19],
  [353, 207, 17, 8],
  [120, 205, 202, 391],
  [138, 279, 131, 244],
  [53, 138, 94, 299],
  [22, 351, 24, 317],
] as const;

const people = BERKELEY.flatMap(([mYes, mNo, fYes, fNo], department) => [
  ...Array.from({ length: mYes }, () => [1, 1, department] as const),
  ...Array.from({ length: mNo }, () => [0, 1, department] as const),
  ...Array.from({ length: fYes }, () => [1, 0, department] as const),
  ...Array.from({ length: fNo }, () => [0, 0, department] as const),
]);
const column = (place: 0 | 1 | 2) => people.map((one) => one[place]);

test("is the test of Cochran, Mantel and Haenszel on shares", () => {
  const { difference, se, compared } = meanDifferenceWithin(column(0), column(1), column(2));
  // mantelhaen.test(UCBAdmissions, correct = FALSE): 1.5246.
  expect((difference / se) ** 2).toBeCloseTo(1.5246, 3);
  expect(difference).toBeLessThan(0);
  expect(compared).toBe(2691);
  const whole = meanDifferenceWithin(
    column(0),
    column(1),
    column(2).map(() => 0),
  );
  expect(whole.difference).toBeCloseTo(0.1416, 4);
});

test("strata of one kind and what is left out tell nothing", () => {
  expect(meanDifferenceWithin([1, 0, 5, 9], [1, 0, 1, 1], [0, 0, -1, 1])).toMatchObject({ difference: 1, compared: 1 });
  expect(meanDifferenceWithin([1, 2], [1, 0], [0, 1])).toMatchObject({ difference: Number.NaN, compared: 0 });
});
