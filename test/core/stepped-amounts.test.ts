import { describe, expect, test } from "vitest";
import { steppedAmounts } from "../../src/core/stepped-amounts.ts";

const numbersOf = (...texts: string[]) => {
  const found = steppedAmounts(texts);
  return found === null ? null : texts.map((text) => found.numbers.get(text) ?? null);
};

describe("steps of an amount in words", () => {
  test.each<[string, string[], number[]]>([
    ["an age", ["12 years old or younger", "13 years old", "14 years old", "18 years old or older"], [12, 13, 14, 18]],
    ["hours", ["4 or less hours", "5 hours", "6 hours", "10 or more hours"], [4, 5, 6, 10]],
    ["times a day", ["Less than 1 hour per day", "1 hour per day", "2 hours per day", "5 or more hours per day"], [0.5, 1, 2, 5]],
    ["days of a month", ["0 days", "1 or 2 days", "3 to 5 days", "All 30 days"], [0, 1.5, 4, 30]],
    ["prices", ["$0 to < $1", "$1 to < $3", "$3 to < $5", "$7 or more"], [0.5, 2, 4, 7]],
    ["ages", ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"], [21, 29.5, 39.5, 49.5, 59.5, 65]],
    ["incomes", ["< 25,000", "25,000 - 50,000", "50,000 - 75,000", "> 75,000"], [25_000, 37_500, 62_500, 75_000]],
    ["in thousands", ["under 40k", "40k-60k", "60k-80k", "over 80k"], [40_000, 50_000, 70_000, 80_000]],
    ["German years", ["unter 5 Jahre", "5 bis 9 Jahre", "10 bis 19 Jahre", "20 Jahre und mehr"], [5, 7, 14.5, 20]],
    ["signs in front", ["lt $1000", "$1000 to 2999", "$3000 to 3999", "+4000"], [1000, 1999.5, 3499.5, 4000]],
    ["counts with an open end", ["0", "1", "2", "3+"], [0, 1, 2, 3]],
    ["French", ["moins de 10 ans", "10 à 19 ans", "20 à 29 ans", "plus de 29 ans"], [10, 14.5, 24.5, 29]],
  ])("%s", (_, texts, numbers) => {
    expect(numbersOf(...texts)).toEqual(numbers);
  });

  test("another answer beside them is told", () => {
    expect(steppedAmounts(["Did not drive", "0 days", "1 or 2 days", "3 to 5 days", "All 30 days"])?.others).toEqual(["Did not drive"]);
  });

  test.each<[string, string[]]>([
    ["plain numbers with a unit", ["1 door", "2 doors", "3 doors", "4 doors"]],
    ["scores of games", ["2-1", "1-0", "0-3", "2-2", "1-4"]],
    ["seasons", ["2018-19", "2019-20", "2020-21", "2021-22"]],
    ["school years", ["9th grade", "10th grade", "11th grade", "12th grade"]],
    ["names with numbers", ["Route 1 to 5", "Route 6 to 9", "Route 10", "Route 12"]],
    ["streets", ["10 Main Street", "12 Main Street", "14 or 16 Main Street", "20 Oak Avenue"]],
    ["two units", ["1 to 3 days", "4 to 6 days", "1 to 3 weeks", "4 or more weeks"]],
    ["overlapping ranges", ["1-5", "3-8", "6-10", "11+"]],
    ["too few", ["under 25", "25 to 45", "over 45"]],
  ])("not %s", (_, texts) => {
    expect(numbersOf(...texts)).toBeNull();
  });
});
