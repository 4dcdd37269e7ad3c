import { expect, test } from "vitest";
import { areCodes } from "../../src/store/column-type.ts";

const texts = (...some: string[]) => some.map((text) => ({ text, cells: 5 }));

test.each<[string, ReturnType<typeof texts>, number, boolean]>([
  ["single letters beside single digits", texts("a", "b"), 1, true],
  ["invoices that were cancelled", texts("C536379", "C536391"), 7, true],
  ["invoices beside a gap", texts("C536379", "C536391", "?"), 7, true],
  ["one text alone", texts("V57"), 6, false],
  ["units", texts("12kg", "15kg"), 5, false],
  ["words", texts("rotary"), 6, false],
  ["gaps", texts("?", "NA"), 4, false],
  ["a letter beside longer numbers", texts("a"), 3, false],
])("%s", (_, strays, longest, codes) => {
  expect(areCodes(strays, longest)).toBe(codes);
});
