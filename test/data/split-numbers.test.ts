import { expect, test } from "vitest";
import { splitNumbersOf } from "../../src/core/split-numbers.ts";
import { splitOf } from "../../src/data/values/split-numbers.ts";

const of = (make: (i: number) => string, count = 80) => splitOf(Array.from({ length: count }, (_, i) => ({ text: make(i), rows: 1 })));

test.each([
  ["blood pressure", (i: number) => `${110 + (i % 40)}/${70 + (i % 25)}`, ["", "/", ""]],
  ["feet and inches", (i: number) => `${5 + (i % 2)}' ${i % 12}"`, ["", "'", '"']],
  ["sizes", (i: number) => `${10 + i} x ${20 + (i % 7)} x ${i % 9}.5 cm`, ["", "x", "x", "cm"]],
  ["rating and change", (i: number) => `${60 + (i % 30)}+${i % 6}`, ["", "+", ""]],
  ["in brackets", (i: number) => `(${i % 20}; ${i % 11})`, ["(", ";", ")"]],
] as const)("%s", (_, make, between) => {
  expect(of(make)).toEqual(between);
});

test.each([
  ["versions", (i: number) => `${i % 3}.${i % 7}.${i % 11}`],
  ["times", (i: number) => `${i % 24}:${10 + (i % 49)}`],
  ["articles", (i: number) => `A${i}-${i % 13}`],
  ["phones", (i: number) => `${200 + ((i * 37) % 700)}-${1000 + ((i * 7919) % 9000)}`],
  ["months", (i: number) => `0${1 + (i % 9)}/${2000 + (i % 20)}`],
  ["one place that is constant", (i: number) => `${i}/100`],
  ["few classes", (i: number) => `${i % 3}/${i % 2}`],
  ["blanks", (i: number) => `${i} ${i % 9}`],
  ["mixed shapes", (i: number) => (i % 4 === 0 ? `${i}/${i % 9}` : `${i}-${i % 9}`)],
])("%s are none", (_, make) => {
  expect(of(make)).toBeNull();
});

test("blanks beside signs do not count, other texts hold nothing", () => {
  expect(splitNumbersOf("130 / 85", ["", "/", ""])).toEqual([130, 85]);
  expect(splitNumbersOf("130/85 mmHg", ["", "/", ""])).toBeNull();
  expect(splitNumbersOf("130", ["", "/", ""])).toBeNull();
});
