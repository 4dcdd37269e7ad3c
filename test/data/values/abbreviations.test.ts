import { expect, test } from "vitest";
import { abbreviations } from "../../../src/data/values/abbreviations.ts";

const found = (counts: Readonly<Record<string, number>>) => {
  const levels = Object.keys(counts);
  return abbreviations(levels, Object.values(counts)).map(({ short, long }) => `${levels[short]} = ${levels[long]}`);
};

test("levels in few rows that are short for one other are found", () => {
  expect(
    found({
      Marketing: 400,
      "Human Resources": 300,
      "Customer Support": 350,
      Engineering: 500,
      HR: 20,
      Mktg: 15,
      "Cust. Support": 12,
      "H.R.": 2,
    }),
  ).toEqual(["HR = Human Resources", "Mktg = Marketing", "Cust. Support = Customer Support", "H.R. = Human Resources"]);
  expect(found({ Reihenhaus: 100, Einfamilienhaus: 200, "Reihenhs.": 9, "Einfamilienhs.": 4 })).toEqual([
    "Reihenhs. = Reihenhaus",
    "Einfamilienhs. = Einfamilienhaus",
  ]);
  expect(found({ "Chief of Staff": 40, COS: 3, CS: 2 })).toEqual(["COS = Chief of Staff", "CS = Chief of Staff"]);
});

test("levels of their own are not", () => {
  // As often, a word of its own, short for two, a front without a point, numbers.
  expect(found({ "North East": 100, NE: 90 })).toEqual([]);
  expect(found({ "Internal Training": 100, it: 3 })).toEqual([]);
  expect(found({ "Human Resources": 100, "Home Repair": 100, HR: 3 })).toEqual([]);
  expect(found({ Caterpillar: 100, Cat: 5, Dogs: 9, Dog: 2 })).toEqual([]);
  expect(found({ "A 100": 90, A1: 3, a: 100, b: 3, Plymouth: 50, Ply: 9 })).toEqual([]);
  expect(found({ Sand: 300, Sandstone: 200, "Silty sand": 90, SS: 4 })).toEqual(["SS = Silty sand"]);
});
