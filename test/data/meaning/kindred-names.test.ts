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
  ["ex_showroom_lakh", "asking_price_lakh", null],
  ["list_price_tkr", "sold_tkr", null],
  ["catalogue_mln", "asking_mln", null],
  ["asking_lakh", "asking_price_lakh", "word"],
  ["games_won", "matches_won", "word"],
  ["lakh_index", "old_lakh", "word"],
  ["eur_2023", "eur", "word"],
  ["umsatz_alt_eur", "umsatz_eur", "word"],
])("%s of %s", (name, target, by) => {
  expect(kinshipOf(name, target)?.by ?? null).toBe(by);
});
