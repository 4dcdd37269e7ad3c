import { expect, test } from "vitest";
import { numberLists } from "../../../src/data/values/number-lists.ts";

const found = (make: (i: number) => string, count = 90) => {
  const rows = new Map<string, number>();
  for (let i = 0; i < count; i++) rows.set(make(i), (rows.get(make(i)) ?? 0) + 1);
  return numberLists([...rows].map(([text, own]) => ({ text, rows: own })));
};
const heights = (i: number) => Array.from({ length: 1 + (i % 4) }, (_, k) => 60 + ((7 * i) % 31) + 15 * k);

test.each<[string, (i: number) => string]>([
  ["parted by semicolons, with and without blanks", (i) => heights(i).join(i % 3 === 0 ? ";" : "; ")],
  ["parted by strokes, a mark behind a single one", (i) => (i % 4 === 0 ? `${heights(i)[0]};` : heights(i).join("/"))],
  [
    "with decimal commas",
    (i) =>
      heights(i)
        .map((one) => `${one},5`)
        .join("; "),
  ],
  ["in brackets", (i) => `[${heights(i).join(", ")}]`],
  ["below 0 too", (i) => [-3, 1 + (i % 11), 2 + (i % 5)].slice(i % 3).join(", ")],
])("lists of numbers %s", (_, make) => {
  expect(found(make)).toMatchObject({ rows: 90 });
});

test("how many hold several, and how many there are", () => {
  expect(found((i) => heights(i).join("; "))).toMatchObject({ several: 67, longest: 4 });
});

test.each<[string, (i: number) => string]>([
  ["numbers with marks of thousands", (i) => (1000 * 10 ** (i % 5) + i).toLocaleString("en")],
  ["plots of land and their parts", (i) => [1200 + 7 * i, 1 + (i % 5)].slice(0, 1 + (i % 2)).join("/")],
  ["dates of which parts are not known", (i) => [1950 + (i % 60), 1 + (i % 12), 1 + (i % 28)].slice(0, 1 + (i % 3)).join("/")],
  [
    "codes with zeros in front",
    (i) =>
      heights(i)
        .map((one) => `0${one}`)
        .join(";"),
  ],
  ["numbers and words", (i) => (i % 4 === 0 ? "side; spec" : heights(i).join("; "))],
  ["pairs", (i) => `${60 + i}/${80 + i}`],
  ["a few answers to a question of several", (i) => [1, 2, 3, 4].slice(i % 4).join(",")],
])("not %s", (_, make) => {
  expect(found(make)).toBeNull();
});
