import { describe, expect, test } from "vitest";
import { countValues } from "../../../src/data/columns/counts.ts";
import { sentinelCodes } from "../../../src/data/missing/sentinels.ts";

const DAY = 86_400_000;

/** Days of birth from 1960 to 1980, one or two on each; so many on the first day of 1970. */
function codesWith(on1970: number) {
  const days = Array.from({ length: 7300 }, (_, day) => Date.UTC(1960, 0, 1) + day * DAY).filter((ms) => ms !== 0);
  const cells = [...days, ...days.filter((_, place) => place % 5 === 0), ...Array.from({ length: on1970 }, () => 0)];
  const values = Float64Array.from(cells);
  return sentinelCodes({ name: "born", type: "date", values }, countValues(values)).clear;
}

test("a day that programs write for no date, where far more rows have it than its neighbours", () => {
  expect(codesWith(12)).toMatchObject([{ values: [0], rows: 12, evidence: { spike: expect.closeTo(9.8, 1) } }]);
});

test("five rows on a day are chance", () => {
  expect(codesWith(5)).toEqual([]);
});

test("a value that lost its minus sign is no code for no value; a lone number without such a twin still is", () => {
  const zones = (rows: Readonly<Record<number, number>>) => {
    const values = Float64Array.from(
      Object.entries({ ...rows, 8: 2 }).flatMap(([zone, count]) => Array.from({ length: count }, () => Number(zone))),
    );
    const { clear, weak } = sentinelCodes({ name: "tz", type: "number", values }, countValues(values));
    return [...clear, ...weak].map((code) => code.values);
  };
  const others = { "-10": 18, "-9": 240, "-7": 157, "-6": 342, "-5": 521 };
  expect(zones(others)).toEqual([[8]]);
  expect(zones({ ...others, "-8": 178 })).toEqual([]);
});

describe("a year that programs write for none", () => {
  const born = Array.from({ length: 70 }, (_, i) => 1935 + i);
  const look = (year: number, times: number, years: readonly number[] = born) => {
    const values = Float64Array.from([...years.flatMap((one) => Array(one < 1945 ? 2 : 20).fill(one)), ...Array(times).fill(year)]);
    const { clear } = sentinelCodes({ name: "born", type: "number", values }, countValues(values));
    return clear.map((one) => [one.values, one.confidence]);
  };

  test("in many rows, decades before the others", () => {
    expect(look(1900, 40)).toEqual([[[1900], 0.45]]);
    expect(look(1900, 25, born.slice(10))).toEqual([[[1900], 0.45]]);
  });

  test.each<[string, number, number, readonly number[]]>([
    ["another year", 1905, 40, born],
    ["a few rows", 1900, 8, born],
    ["no more than the next year has", 1900, 40, born.map((one) => one + 30).flatMap((one) => [one, one])],
    ["near the others", 1900, 40, born.map((one) => one - 20)],
    ["among years that lie apart", 1900, 90, Array.from({ length: 10 }, (_, i) => 1930 + 9 * i)],
    ["amounts that begin below years", 2099, 90, [1500, ...born]],
    ["amounts that end above years", 1900, 40, [...born, 2300]],
    ["few years", 1900, 90, [...born.slice(0, 8), 1960]],
  ])("%s is one", (_, year, times, years) => {
    expect(look(year, times, [...years])).toEqual([]);
  });
});

test("whole numbers that each have rows, and one that is no known code a third of their range above in ten times as many rows as those next to it, ask", () => {
  // Ages from 18 to 89, 100 rows of each but for the old ones.
  const ages = Array.from({ length: 72 }, (_, i) => 18 + i).flatMap((age) => Array<number>(age < 70 ? 100 : 5).fill(age));
  const look = (code: number, rows: number, others = ages) => {
    const values = Float64Array.from([...others, ...Array<number>(rows).fill(code)]);
    const { clear } = sentinelCodes({ name: "floor", type: "number", values }, countValues(values));
    return clear.map((one) => [...one.values, one.confidence]);
  };
  expect(look(125, 60)).toEqual([[125, 0.45]]);
  expect(look(108, 60)).toEqual([]);
  expect(look(125, 40)).toEqual([]);
  // Of what leaves most numbers out an end may lie far off.
  const gappy = ages.map((age) => 3 * age);
  expect(look(375, 60, gappy)).toEqual([]);
});

describe("a code below an amount that most rows have none of", () => {
  const look = (code: number, times: number, amounts: (i: number) => number = (i) => 1.7 + ((i * 7919) % 960)) => {
    const values = Float64Array.from([
      ...Array(9000).fill(0),
      ...Array.from({ length: 3000 }, (_, i) => Math.round(10 * amounts(i)) / 10),
      ...Array(times).fill(code),
    ]);
    return sentinelCodes({ name: "irradiance", type: "number", values }, countValues(values)).clear.map((one) => one.values);
  };

  test("is told, though more rows are 0", () => expect(look(-99, 400)).toEqual([[-99]]));

  test("a few, a number that is no code, one digit and an amount with a sign are none", () => {
    expect(look(-99, 4)).toEqual([]);
    expect(look(-57, 400)).toEqual([]);
    expect(look(-1, 400)).toEqual([]);
    expect(look(-99, 400, (i) => 1.7 + ((i * 7919) % 960) - 480)).toEqual([]);
  });
});
