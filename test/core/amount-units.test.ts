import { describe, expect, test } from "vitest";
import { type ReadingOptions, readAmounts } from "../../src/core/amount-reading.ts";
import { amountOf } from "../../src/core/written-amount.ts";

const reading = (texts: readonly string[], more: Partial<ReadingOptions> = {}) =>
  readAmounts(
    texts.map((text) => ({ text, rows: 1 })),
    { least: 10, decimal: null, ...more },
  );
const read = (texts: readonly string[]) => reading(texts);
const times = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i));
const cents = (i: number) => (100_000 + 7919 * i) / 100;
const german = (value: number) => value.toLocaleString("de", { minimumFractionDigits: 2 });

describe("units that end in a digit", () => {
  const powers = (texts: readonly string[]) => reading(texts, { powers: true });

  test.each(["m2", "m3", "m3/h", "cm3", "km2", "kg/m3", "ft2"])("%s", (unit) => {
    const texts = times(60, (i) => `${german(cents(i))} ${unit}`);
    const found = powers(texts);
    expect(found?.kind === "read" && texts.map((text) => amountOf(text, found.writing))).toEqual(texts.map((_, i) => cents(i)));
    // Who does not ask for them takes the last digit for one of the number.
    expect(read(texts)).toBeNull();
  });

  test("areas in two units are brought to one", () => {
    const found = powers(times(60, (i) => `${i + 20}.5 ${i % 3 === 0 ? "ft2" : "m2"}`));
    expect(found?.kind === "read" && amountOf("100 ft2", found.writing)).toBeCloseTo(9.290304, 9);
  });

  test.each([
    ["houses", (i: number) => `${i} b2`],
    ["classes", (i: number) => `${i}a3`],
    ["more than a volume", (i: number) => `${i} m4`],
  ])("%s end in a digit too, and are names", (_, make) => expect(powers(times(60, make))).toBeNull());
});
