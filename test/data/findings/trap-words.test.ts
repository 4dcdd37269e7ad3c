import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OldhandError } from "../../../src/core/error.ts";
import type { TrapId } from "../../../src/core/trap.ts";
import { KNOWN_AT, refuseBadAnswers, unasked } from "../../../src/data/findings/answers.ts";
import { withIds } from "../../../src/data/findings/finding-id.ts";
import { wordsOfTrap } from "../../../src/data/findings/trap-words.ts";
import { asking } from "./asking.ts";

const columns = ["age", "mail", "class"];

test("every question that a check writes has its words in the list of its trap", () => {
  const lacking: string[] = [];
  let seen = 0;
  for (const path of readdirSync("src/data", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))) {
    const text = readFileSync(join("src/data", path), "utf8");
    const traps = [...text.matchAll(/trap: "([a-z-]+)"/g)].map((found) => ({ at: found.index, trap: found[1] as TrapId }));
    for (const found of text.matchAll(/choices: \(?(?:KNOWN_AT|\["([a-z -]+)", "([a-z -]+)"\])/g)) {
      const trap = traps.findLast(({ at }) => at < found.index)?.trap;
      if (trap === undefined) continue;
      seen++;
      const [, ...words] = found;
      for (const word of words[0] === undefined ? KNOWN_AT : words)
        if (!wordsOfTrap(trap).includes(word)) lacking.push(`${path}: ${trap} "${word}"`);
    }
    for (const found of text.matchAll(/question: (?!null)[^:=]*?[`"?(]/g)) {
      const trap = traps.findLast(({ at }) => at < found.index)?.trap;
      if (trap !== undefined && wordsOfTrap(trap).length === 0) lacking.push(`${path}: ${trap} asks`);
    }
  }
  expect(lacking).toEqual([]);
  expect(seen).toBeGreaterThan(30);
});

test.each([
  ["a finding without a question in this run, and a word that none of its questions has", { "personal-data:mail": "banana" }, /not known/],
  ["the same of a trap whose question is not asked at all", { "sentinel:age": "yes" }, /not known/],
  ["a trap that never asks", { "constant:age": "yes" }, /has no question/],
  ["the same, not found", { "outlier:age,mail": "no" }, /has no question/],
])("%s: the answer is refused", (_, answers: Record<string, string>, message) => {
  const asked = withIds([asking("personal-data", ["mail"], { question: null }), asking("constant", ["age"], { question: null })]);
  const refuse = () => refuseBadAnswers(answers, columns, asked);
  expect(refuse).toThrow(OldhandError);
  expect(refuse).toThrow(message);
});

test("an answer that another run could have asked for is no mistake, and it is said that it changes nothing here", () => {
  const answers = {
    "personal-data:mail": "yes",
    "label-variant:class": "same",
    "post-outcome:mail": "before",
    "text-date:age": "day-first",
  };
  const asked = withIds([asking("personal-data", ["mail"], { question: null })]);
  expect(() => refuseBadAnswers(answers, columns, asked)).not.toThrow();
  expect(unasked(answers, columns, asked)).toEqual(["personal-data:mail", "label-variant:class", "text-date:age"]);
});
