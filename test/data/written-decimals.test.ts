import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { writtenDecimals } from "../../src/data/values/written-decimals.ts";

/** By the text itself. */
function ofText(value: number): number {
  const text = String(value);
  if (Number.isNaN(value)) return value;
  return text.includes("e") ? 9 : Math.min(8, text.includes(".") ? text.length - 1 - text.indexOf(".") : 0);
}

test("decimals are those of the shortest text", () => {
  const random = createRandom(1, "decimals");
  const odd = [
    0,
    -0,
    Number.NaN,
    1e-6,
    9.9e-7,
    1e21,
    1e22,
    123456789.12345678,
    0.1 + 0.2,
    22_517_998.1,
    4.35,
    1.005,
    1 / 3,
    -2.5e-7,
    2 ** 53,
    Infinity,
  ];
  const drawn = Array.from({ length: 20_000 }, (_, i) => {
    const value = random.normal() * 10 ** (random.integer(14) - 6);
    return i % 3 === 0 ? value : Number(value.toFixed(i % 11));
  });
  for (const value of [...odd, ...drawn])
    if (!Object.is(writtenDecimals(value), ofText(value))) expect([value, writtenDecimals(value)]).toEqual([value, ofText(value)]);
});
