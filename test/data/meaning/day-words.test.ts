import { expect, test } from "vitest";
import { isOfDayBefore } from "../../../src/data/meaning/day-words.ts";

test.each([
  ["verbrauch_heute", "verbrauch_morgen", true],
  ["verbrauch_gestern", "verbrauch_morgen", true],
  ["verbrauch_vor_7t", "verbrauch_morgen", true],
  ["use_yesterday", "use", true],
  ["conso_hier", "conso_demain", true],
  ["use_today", "use", false],
  ["use_last", "use", false],
  ["use_vor_7t", "use", false],
  ["use_next_week", "use_tomorrow", false],
  ["use_yesterday_next", "use", false],
  ["use_yesterday_a", "use_yesterday", false],
  ["use_total", "use_tomorrow", false],
])("%s beside %s: %s", (name, target, is) => {
  expect(isOfDayBefore(name, target)).toBe(is);
});
