import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { roundedProducts } from "../../../src/data/leaks/rounded-products.ts";

const ROWS = 300;
const random = createRandom(1, "products");
const drawn = (make: () => number) => Float64Array.from({ length: ROWS }, make);
const rounded = (values: ArrayLike<number>, decimals: number) => Float64Array.from(values, (value) => Number(value.toFixed(decimals)));

const people = drawn(() => 500 + random.integer(100_000));
const cases = people.map((all) => Math.floor(all * 0.002 * random.next()));
const weights = rounded(
  drawn(() => 0.3 + 3 * random.next()),
  2,
);
const prices = rounded(
  drawn(() => 1_000 + 9_000 * random.next()),
  1,
);

describe("a product or ratio within rounding", () => {
  test("is found with its constant: a rate per 10,000 people", () => {
    const rate = rounded(
      cases.map((count, i) => (10_000 * count) / people[i]!),
      2,
    );
    expect(roundedProducts([people, prices, cases], rate)).toMatchObject([{ a: 2, b: 0, operation: "a / b", constant: 10_000 }]);
  });

  test("is found where both factors were rounded, and in single precision", () => {
    const total = rounded(
      prices.map((price, i) => price * weights[i]!),
      0,
    );
    expect(roundedProducts([weights, prices], total)).toMatchObject([{ operation: "a * b", constant: 1 }]);
    const share = rounded(
      cases.map((count, i) => (100 * count) / people[i]!),
      3,
    ).map(Math.fround);
    expect(roundedProducts([people, cases], share)).toMatchObject([{ constant: 100 }]);
  });

  test("is none with noise beyond rounding, where one of the two gives the target alone, or where the target has few values", () => {
    const product = prices.map((price, i) => price * weights[i]! * (1 + 0.02 * random.normal()));
    expect(roundedProducts([weights, prices], rounded(product, 0))).toEqual([]);
    const ones = drawn(() => 1).map((one, i) => (i === 5 ? 2 : one));
    expect(
      roundedProducts(
        [prices, ones],
        prices.map((price) => 1.19 * price),
      ),
    ).toEqual([]);
    expect(roundedProducts([weights, prices], rounded(weights, 0))).toEqual([]);
  });
});
