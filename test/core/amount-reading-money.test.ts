import { describe, expect, test } from "vitest";
import { readAmounts } from "../../src/core/amount-reading.ts";
import { amountOf } from "../../src/core/written-amount.ts";

/** `count` different texts, read in a file whose other columns have a point before their decimals. */
const read = (count: number, make: (i: number) => string, file: "." | "," = ".") =>
  readAmounts(
    Array.from({ length: count }, (_, i) => ({ text: make(i), rows: 2 })),
    { least: 10, decimal: file },
  );
const three = (value: number) => `${Math.floor(value / 1000)}.${String(value % 1000).padStart(3, "0")}`;
const sum = (i: number) => 20_003 + 977 * i;

describe("three digits follow the point in all sums of money", () => {
  test.each([
    ["€ in front", (i: number) => `€ ${three(sum(i))}`, "€ 1.024.000"],
    ["EUR behind", (i: number) => `${three(sum(i))} EUR`, "1.024.000 EUR"],
  ])("they are thousands, whatever other columns have: %s", (_, make, larger) => {
    const reading = read(100, make);
    expect(reading).toMatchObject({ kind: "read", writing: { decimal: ",", thousands: expect.arrayContaining(["."]) } });
    const numberOf = (text: string) => (reading?.kind === "read" ? amountOf(text, reading.writing) : null);
    expect([make(0), larger].map(numberOf)).toEqual([20_003, 1_024_000]);
  });

  test("in a file with decimal commas they are thousands by the commas too", () => {
    expect(read(100, (i) => `€ ${three(sum(i))}`, ",")).toMatchObject({ kind: "read", writing: { decimal: "," } });
    expect(read(100, (i) => `$${three(sum(i)).replace(".", ",")}`, ",")).toMatchObject({ kind: "read", writing: { decimal: "." } });
  });

  test.each<[string, number, (i: number) => string]>([
    ["prices of a litre", 100, (i) => `€ ${three(1203 + 7 * i)}`],
    ["a zero in front", 100, (i) => `€ ${three(203 + 907 * i)}`],
    ["a weight", 100, (i) => `${three(sum(i))} kg`],
    ["no unit at some", 100, (i) => `${i % 9 === 0 ? "" : "€ "}${three(sum(i))}`],
    ["few different ones", 40, (i) => `€ ${three(sum(i))}`],
  ])("other columns decide: %s", (_, count, make) => {
    expect(read(count, make)).toMatchObject({ kind: "read", writing: { decimal: "." } });
  });
});
