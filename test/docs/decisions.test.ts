import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { libraries, ROOT } from "../architecture/sources.ts";
import { pages } from "./links.ts";

const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { dependencies: Record<string, string> };
const all = [...new Set([...Object.keys(dependencies), ...libraries()])];
const decisions = pages().filter(({ path }) => path.startsWith("docs/decisions/"));

/** A page names a package by its name, or by a pattern such as `@scope/name-*`. */
function names(text: string, dependency: string): boolean {
  const words = text.split(/[\s`"'(),:;]+/).map((word) => word.replace(/\.$/, ""));
  return words.some((word) => word === dependency || (word.endsWith("*") && word.length > 4 && dependency.startsWith(word.slice(0, -1))));
}

describe("each runtime dependency has its reason in docs/decisions", () => {
  test.each(all)("%s", (dependency) => {
    expect(decisions.filter(({ text }) => names(text, dependency)).map(({ path }) => path)).not.toEqual([]);
  });
});

test("decisions are numbered without gaps and titled with their number", () => {
  const numbers = decisions.map(({ path }) => /\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1] ?? path);
  expect(numbers).toEqual(numbers.map((_, i) => String(i + 1).padStart(4, "0")));
  for (const [i, { text }] of decisions.entries()) expect(text).toMatch(new RegExp(`^# ${numbers[i]}: `));
});

test("a dependency that nobody names is seen", () => {
  expect(names("`fastify` serves, and @stdlib/stats-base-dists-* count", "fast")).toBe(false);
  expect(names("`fastify` serves, and @stdlib/stats-base-dists-* count", "@stdlib/stats-base-dists-t")).toBe(true);
});
