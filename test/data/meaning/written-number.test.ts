import { expect, test } from "vitest";
import { areAmounts } from "../../../src/data/meaning/written-number.ts";

const written = (make: (i: number) => string) => Array.from({ length: 50 }, (_, i) => make(i));

test.each<[string, boolean, string[]]>([
  ["kilograms", true, written((i) => `${(i * 1.37).toFixed(2)} kg`)],
  ["dollars", true, written((i) => `$${i * 11}`)],
  ["a currency's code", true, written((i) => `EUR ${i}.50`)],
  ["numbers of bills", false, written((i) => `INV ${1000 + i}`)],
  ["two units", false, written((i) => `${i} ${i % 2 === 0 ? "kg" : "lb"}`)],
  ["plain numbers", false, written(String)],
  ["words", false, written((i) => `kg ${i} of flour`)],
  ["nothing", false, []],
])("amounts with one unit: %s %s", (_, are, levels) => expect(areAmounts(levels)).toBe(are));
