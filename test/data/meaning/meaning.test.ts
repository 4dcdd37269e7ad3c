import { describe, expect, test } from "vitest";
import { meaningOf } from "../../../src/data/meaning/meaning.ts";
import { nameWords } from "../../../src/data/meaning/name-words.ts";

describe("nameWords", () => {
  test.each([
    ["daysUntil_Churn.2", ["days", "until", "churn", "2"]],
    ["customerID", ["customer", "id"]],
    ["HTTPResponseTime", ["http", "response", "time"]],
    ["Gesprächsdauer (s)", ["gesprachsdauer", "s"]],
    ["__proto__", ["proto"]],
    ["", []],
  ])("%s", (name, words) => {
    expect(nameWords(name)).toEqual(words);
  });
});

describe("meaningOf", () => {
  test.each([
    "duration",
    "call_duration",
    "total_recovered",
    "chargedOffAmount charged off",
    "discharge.date",
    "daysUntilClose until",
    "future_sales",
    "refunds",
    "Dauer",
    "fecha de muerte",
  ])("%s is written afterwards", (name) => {
    expect(meaningOf(name).after).toBeGreaterThanOrEqual(0.5);
  });

  test.each([
    "previous_outcome",
    "poutcome",
    "pdays",
    "previous",
    "prior_result",
    "lag_1_duration",
    "campaign",
    "age",
    "emp.var.rate",
    "petal length",
    "",
    "constructor",
  ])("%s is not", (name) => {
    expect(meaningOf(name).after).toBeLessThan(0.3);
  });

  test.each([
    ["patient_id", true],
    ["customer", true],
    ["Subject No", true],
    ["customer_age", false],
    ["households", false],
    ["id", false],
  ])("%s names an entity: %s", (name, entity) => {
    expect(meaningOf(name).entity).toBe(entity);
  });
});
