import { expect, test } from "vitest";
import { fold } from "../../src/core/null-words.ts";
import { plainLetters } from "../../src/core/plain-letters.ts";
import { saysPerson } from "../../src/data/meaning/personal-names.ts";
import { fingerprint } from "../../src/data/values/fingerprint.ts";

test.each([
  ["Żółty", "Zolty"],
  ["ŁÓDŹ", "LODZ"],
  ["Đorđe", "Dorde"],
  ["Tønder", "Tonder"],
  ["Diyarbakır", "Diyarbakir"],
  ["Straße", "Strasse"],
  ["GROẞ", "GROSS"],
  ["Ærø", "AEro"],
  ["Œuvre, cœur", "OEuvre, coeur"],
  ["það", "thad"],
  ["Ħal", "Hal"],
])("%s without marks is %s", (text, plain) => {
  expect(plainLetters(text)).toBe(plain);
  expect(fold(text)).toBe(fold(plain));
  // Two words may differ in ß and ss alone: a measure and a mass.
  if (!/[ßẞ]/.test(text)) expect(fingerprint(text)).toBe(fingerprint(plain));
  else expect(fingerprint(text)).not.toBe(fingerprint(plain));
});

test("other scripts, and letters that stand for others, stay", () => {
  expect(["Москва", "東京", "über", "ﬁ"].map((text) => plainLetters(text))).toEqual(["Москва", "東京", "uber", "ﬁ"]);
  expect(fold("löse")).not.toBe(fold("loese"));
  expect(fingerprint("Łan")).not.toBe(fingerprint("Tan"));
});

test("given names are known with their strokes", () => {
  expect([saysPerson("Bjørn Hansen"), saysPerson("Bjarn Hansen")]).toEqual(["with others", null]);
});
