import { expect, test } from "vitest";
import { countryOf } from "../../../src/data/values/countries.ts";

test.each([
  ["US", "u.s.", "USA", "U.S.A.", "usa ", "United States", "United States of America", "États-Unis", "Vereinigte Staaten"],
  ["UK", "U.K.", "GB", "gbr", "United Kingdom", "Great Britain", "Reino Unido"],
  ["DE", "Germany", "DEU", "deutschland", "Duitsland"],
  ["CI", "Ivory Coast", "Côte d'Ivoire", "cote d’ivoire"],
  ["TT", "Trinidad and Tobago", "Trinidad & Tobago"],
])("%s is written in many ways", (...names) => {
  expect(new Set(names.map(countryOf)).size).toBe(1);
  expect(countryOf(names[0]!)).not.toBeNull();
});

test("countries whose codes begin alike are apart, and what is no country is none", () => {
  expect([countryOf("CHN"), countryOf("CH"), countryOf("AUT"), countryOf("AU"), countryOf("IRL"), countryOf("IR")]).toEqual([
    "CN",
    "CH",
    "AT",
    "AU",
    "IE",
    "IR",
  ]);
  expect([countryOf("NA"), countryOf("red"), countryOf(""), countryOf("Georgia ")]).toEqual([null, null, null, "GE"]);
});
