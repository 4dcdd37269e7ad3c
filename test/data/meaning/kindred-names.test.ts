import { expect, test } from "vitest";
import { kinshipOf } from "../../../src/data/meaning/kindred-names.ts";

test.each<[string, string, string | null]>([
  ["story4", "math4", "number"],
  ["story7", "math4", null],
  ["x4", "math4", null],
  ["story4b", "math4", null],
  ["math4_last", "math4", "word"],
  ["kunocheat", "cheating", "inside"],
  ["surcharges", "charged", null],
  ["xrating", "rating", null],
  ["maward", "waward", "letter"],
  ["weight", "height", null],
  ["bmprison", "wmprison", "letter"],
  ["mwaiting", "wwaitings", null],
  ["kosten_eur", "umsatz_eur", null],
  ["dist_miles", "range_miles", null],
  ["eur_2023", "eur", "word"],
  ["umsatz_alt_eur", "umsatz_eur", "word"],
])("%s of %s", (name, target, by) => {
  expect(kinshipOf(name, target)?.by ?? null).toBe(by);
});
