import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { areSeveralNumbers, splitOf } from "../../../src/data/values/split-numbers.ts";

const random = createRandom(8, "durations");
const lengths = Array.from({ length: 200 }, () => 300 + random.integer(6000));
const two = (value: number) => String(value).padStart(2, "0");
const texts = (write: (minutes: number, seconds: number) => string) =>
  lengths.map((length) => ({ text: write(Math.floor(length / 60), length % 60), rows: 1 }));
const isKeptApart = (of: readonly { readonly text: string }[]) =>
  areSeveralNumbers({ levels: of.map(({ text }) => text), codes: Int32Array.from(of.keys()) });

test.each<[string, (minutes: number, seconds: number) => string, readonly string[]]>([
  ["minutes and seconds", (m, s) => `${m}:${two(s)}`, ["", ":", ""]],
  ["with tenths", (m, s) => `${m % 20}:${two(s)}.${s % 10}`, ["", ":", ""]],
  ["hours without an end", (m, s) => `${20 + m}:${two(s)}:00`, ["", ":", ":", ""]],
  ["in units", (m, s) => `${m}h ${two(s)}m`, ["", "h", "m"]],
  ["of days", (m, s) => `${m % 9} days ${two(m % 24)}:${two(s)}:00`, ["", "days", ":", ":", ""]],
  ["as ISO 8601 writes them", (m, s) => `PT${m}M${s}S`, ["PT", "M", "S"]],
])("lengths of time are numbers, and no keys: %s", (_, write, between) => {
  const written = texts(write);
  expect(splitOf(written)).toEqual(between);
  expect(isKeptApart(written)).toBe(true);
});

test.each<[string, (minutes: number, seconds: number) => string]>([
  ["times of the day", (m, s) => `${two(m % 24)}:${two(s)}`],
  ["ratios with more than 59 behind", (m, s) => `${m}:${s * 3}`],
  ["addresses of machines", (m, s) => `10:${two(s)}:${two(m % 60)}:0a:${two(s)}:ff`],
  ["codes with a letter", (m, s) => `a${m}:${two(s)}`],
  ["a plot and its part", (m, s) => `${m}_${s}`],
])("no lengths of time: %s", (_, write) => {
  expect(splitOf(texts(write))).toBeNull();
});
