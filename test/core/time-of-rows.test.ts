import { expect, test } from "vitest";
import { timeOfRowsSentence } from "../../src/core/time-of-rows.ts";
import { reachVerdict } from "../../src/journey/verdict.ts";
import { comparisonOf, fileOf, whole } from "../journey/results.ts";

test("a time that no model is given is said to be none of the features, in the reasons of the verdict too", () => {
  const fileWith = (roles: Record<string, string | null | readonly string[]>) => ({
    ...fileOf([]),
    dataset: { ...fileOf([]).dataset, roles: roles as never },
  });
  const file = fileWith({ time: "year", features: ["source"] });
  const said =
    "`year` is the time of the rows and no feature: no model is given it. Where its hour, weekday or month may tell, give these as columns of their own.";
  expect(timeOfRowsSentence(file)).toBe(said);
  expect(timeOfRowsSentence(fileWith({ time: null, features: ["source"] }))).toBeNull();
  expect(timeOfRowsSentence(fileWith({ time: "year", features: ["year"] }))).toBeNull();
  expect(reachVerdict({ ...whole, file, comparison: comparisonOf({}) }).reasons).toContain(said);
});
