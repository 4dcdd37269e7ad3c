import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import type { RecipeStep } from "../../../src/core/recipe.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { oneFindingPerCause } from "../../../src/data/findings/one-cause.ts";
import { coarserCopies } from "../../../src/data/signal/coarser-copies.ts";
import { type ContextOptions, contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1_500;

/** Loans: the rate follows a grade of 35 steps, "A1" to "G5"; other columns tell a little of it. */
function loans(options: ContextOptions = {}) {
  const random = createRandom(3, "loans");
  const step = numbers(ROWS, () => Math.min(34, Math.floor(40 * random.next() ** 2)));
  const letter = (i: number) => "ABCDEFG"[Math.floor(step[i]! / 5)]!;
  const rows = Array.from(step.keys());
  const table = tableOf([
    ["amount", rows.map((i) => Math.round(1_000 * (5 + 20 * random.next() + 0.1 * step[i]!)))],
    ["income", rows.map((i) => Math.round(1_000 * (60 - 0.3 * step[i]! + 10 * random.normal())))],
    ["grade", rows.map(letter)],
    ["sub_grade", rows.map((i) => `${letter(i)}${(step[i]! % 5) + 1}`)],
    ["score", rows.map((i) => Math.floor(step[i]! / 10))],
    ["rate", rows.map((i) => 5 + 0.7 * step[i]! + 0.1 * random.normal())],
  ]);
  return contextOf(table, "rate", { task: { task: "regression" }, ...options });
}

test("a coarser form of a leak is part of its finding: left out with it, and asked about in the same question", () => {
  const context = loans();
  const found = oneFindingPerCause(context, targetLeak.inspect(context) as Awaited<ReturnType<typeof targetLeak.inspect>>);
  expect(found.map(({ columns, fix }) => [columns, fix])).toEqual([
    [["grade", "score", "sub_grade"], { action: "steps", steps: [{ op: "drop", columns: ["grade", "score", "sub_grade"] }] }],
  ]);
  expect(found[0]!.question).toMatch(/grade.*score.*sub_grade/);
  expect(found[0]!.why).toMatch(/coarser copies/);
});

test("one that is said to be known before stays out of it", () => {
  const context = loans({ knownAt: { grade: "before" } });
  const [found] = oneFindingPerCause(context, targetLeak.inspect(context) as Awaited<ReturnType<typeof targetLeak.inspect>>);
  expect(found!.columns).toEqual(["score", "sub_grade"]);
});

test("an honest part of what knows the outcome is no copy of it", () => {
  const random = createRandom(4, "codes");
  const rows = Array.from({ length: ROWS }, (_, i) => i);
  const town = rows.map(() => random.integer(6));
  const bought = rows.map((i) => (random.next() < 0.15 + 0.1 * town[i]! ? "yes" : "no"));
  const amount = rows.map((i) => 100 + 20 * town[i]! + 60 * random.next());
  const table = tableOf([
    ["town", town.map((place) => `town ${place}`)],
    ["code", rows.map((i) => `${bought[i]}-${town[i]}`)],
    ["amount", amount],
    ["amount_due", rows.map((i) => amount[i]! + (bought[i] === "yes" ? 500 : 0))],
    ["bought", bought],
  ]);
  const context = contextOf(table, "bought");
  expect(coarserCopies(context, "code")).toEqual([]);
  expect(coarserCopies(context, "amount_due")).toEqual([]);
});

test("the words of a column that goes for privacy are not asked for", () => {
  const fix = (steps: readonly RecipeStep[]) => ({ fix: { action: "steps", steps }, counterfactual: null });
  const of = (columns: string[]) => ({
    trap: "unread-text",
    columns,
    ...fix([{ op: "text", column: columns[0]!, minTexts: 5, maxTerms: 9 }]),
  });
  const found = [
    of(["name"]),
    of(["note"]),
    of(["place"]),
    { trap: "personal-data", columns: ["name"], question: null, besideScore: true, ...fix([{ op: "drop", columns: ["name"] }]) },
    { trap: "personal-data", columns: ["place"], question: "Are they?", besideScore: true, ...fix([{ op: "drop", columns: ["place"] }]) },
  ];
  expect(oneFindingPerCause(loans(), found as never).map(({ trap, columns }) => [trap, ...columns])).toEqual([
    ["unread-text", "note"],
    ["unread-text", "place"],
    ["personal-data", "name"],
    ["personal-data", "place"],
  ]);
});
