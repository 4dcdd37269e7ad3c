import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { splitNumbersOf } from "../../src/core/split-numbers.ts";
import { areSeveralNumbers, splitOf } from "../../src/data/values/split-numbers.ts";

const of = (make: (i: number) => string, count = 80) => splitOf(Array.from({ length: count }, (_, i) => ({ text: make(i), rows: 1 })));

test.each([
  ["blood pressure", (i: number) => `${110 + (i % 40)}/${70 + (i % 25)}`, ["", "/", ""]],
  ["feet and inches", (i: number) => `${5 + (i % 2)}' ${i % 12}"`, ["", "'", '"']],
  ["sizes", (i: number) => `${10 + i} x ${20 + (i % 7)} x ${i % 9}.5 cm`, ["", "x", "x", "cm"]],
  ["rating and change", (i: number) => `${60 + (i % 30)}+${i % 6}`, ["", "+", ""]],
  ["coordinates", (i: number) => `(${40 + i / 7}, ${-74 - i / 9})`, ["(", ",", ")"]],
  ["radius and charge", (i: number) => `${60 + i} (${["+1", "+2", "-3"][i % 3]})`, ["", "(", ")"]],
  ["in brackets", (i: number) => `(${i % 20}; ${i % 11})`, ["(", ";", ")"]],
] as const)("%s", (_, make, between) => {
  expect(of(make)).toEqual(between);
});

test.each([
  ["lists of whole numbers", (i: number) => `${i % 30}, ${i % 7}`],
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

test("a dash is a minus where none parts the numbers", () => {
  expect(splitNumbersOf("(40.7, -74)", ["(", ",", ")"])).toEqual([40.7, -74]);
  expect(splitNumbersOf("10-12", ["", "-", ""])).toEqual([10, 12]);
  expect(splitNumbersOf("10--12", ["", "-", ""])).toBeNull();
  expect(splitNumbersOf("76 (+1)", ["", "(", ")"])).toEqual([76, 1]);
  expect(splitNumbersOf("60+5", ["", "+", ""])).toEqual([60, 5]);
});

test("many different texts are read without a limit of the machine", () => {
  expect(of((i) => `${1 + (i % 400)}/${Math.floor(i / 400)}`, 150_000)).toEqual(["", "/", ""]);
});

describe("texts that are nearly all different", () => {
  const random = createRandom(7, "several numbers");
  const measured = (make: (i: number) => string) => {
    const texts = Array.from({ length: 300 }, (_, i) => make(i));
    const levels = [...new Set(texts)];
    return areSeveralNumbers({ levels, codes: Int32Array.from(texts, (text) => levels.indexOf(text)) });
  };
  test.each([
    ["blood pressure", () => `${100 + random.integer(70)}/${60 + random.integer(40)}`],
    ["two that go together", (i: number) => `${100 + (i % 70)}/${60 + Math.floor((i % 70) / 3) + random.integer(5)}`],
    ["coordinates", () => `${40 + random.integer(9999) / 10000}, ${-74 + random.integer(9999) / 10000}`],
    ["sizes", () => `${10 + random.integer(90)}x${10 + random.integer(90)}x${5 + random.integer(30)}`],
  ])("%s are measures", (_, make) => {
    expect(measured(make)).toBe(true);
  });
  test.each([
    ["numbers within a year", (i: number) => `${2014 + Math.floor(i / 60)}-${(i % 60) + 1}`],
    ["a long number and a part", (i: number) => `${1000 + i * 317}/${1 + random.integer(3)}`],
    ["words", (i: number) => `name ${i}`],
  ])("%s are keys", (_, make) => {
    expect(measured(make)).toBe(false);
  });
});
