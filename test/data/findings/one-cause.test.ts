import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { RecipeStep } from "../../../src/core/recipe.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { siblingTarget } from "../../../src/data/checks/sibling-target.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { textNumber } from "../../../src/data/checks/text-number.ts";
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
    [["grade", "sub_grade"], { action: "steps", steps: [{ op: "drop", columns: ["grade", "sub_grade"] }] }],
    [["score"], { action: "steps", steps: [{ op: "drop", columns: ["score"] }] }],
  ]);
  expect(found[0]!.question).toMatch(/grade.*sub_grade/);
  expect(found[0]!.why).toMatch(/coarser copy/);
});

test("what a leak gives and tells much less is asked about, not left out with it", () => {
  const context = loans();
  const [leak, copy] = oneFindingPerCause(context, targetLeak.inspect(context) as Awaited<ReturnType<typeof targetLeak.inspect>>);
  expect(leak!.confidence).toBeGreaterThan(0.5);
  expect(copy).toMatchObject({ columns: ["score"], severity: "harmful", confidence: 0.45, evidence: { nearlyFollowFrom: ["sub_grade"] } });
  expect(copy!.why).toMatch(/which may be written after the outcome: either it is made of this, which is honest/);
});

test("columns that nearly follow from a leak are no coarser copies of it", () => {
  const random = createRandom(8, "prices");
  const close = numbers(ROWS, () => Math.round(100 * (20 + 80 * random.next())) / 100);
  const beside = () => close.map((price) => Math.round(100 * (price + 0.2 * random.normal())) / 100);
  const table = tableOf([
    ["volume", numbers(ROWS, () => random.normal())],
    ["close", close],
    ["open", beside()],
    ["band", close.map((price) => Math.floor(price / 2))],
    ["adjusted", close.map((price) => price + 0.1 * random.normal())],
  ]);
  const context = contextOf(table, "adjusted", { task: { task: "regression" } });
  const [found] = oneFindingPerCause(context, targetLeak.inspect(context) as Awaited<ReturnType<typeof targetLeak.inspect>>);
  expect(found!.columns).toEqual(["band", "close", "open"]);
  expect(found!.why).toContain("`band` is a coarser copy of it and tells the same. `open` nearly follows from it and tells much the same.");
});

test("who says that one is written after the outcome has not said it of what nearly follows from it: that is asked", () => {
  const random = createRandom(9, "fees");
  const seats = numbers(ROWS, () => 1 + random.integer(400));
  const fee = seats.map((count) => Math.round(100 * (count + 0.6 * random.normal())) / 100);
  const table = tableOf([
    ["noise", numbers(ROWS, () => random.normal())],
    ["seats", seats],
    ["fee", fee],
    ["tier", fee.map((one) => Math.floor(one / 40))],
    ["paid", fee.map((one) => one + random.normal())],
  ]);
  const context = contextOf(table, "paid", { task: { task: "regression" }, knownAt: { fee: "after" } });
  const found = oneFindingPerCause(
    context,
    (targetLeak.inspect(context) as Awaited<ReturnType<typeof targetLeak.inspect>>).filter(({ columns }) => columns.includes("fee")),
  );
  expect(found.map(({ columns, confidence }) => [columns, confidence])).toEqual([
    [["fee", "tier"], 1],
    [["seats"], 0.45],
  ]);
  expect(found[1]!.question).toBe("At the moment of prediction, is the value of `seats` already written?");
  expect(found[1]!.why).toMatch(/`seats` nearly follows from `fee`, which you said is written after/);
});

test("one that is said to be known before stays out of it", () => {
  const context = loans({ knownAt: { grade: "before" } });
  const [found] = oneFindingPerCause(context, targetLeak.inspect(context) as Awaited<ReturnType<typeof targetLeak.inspect>>);
  expect(found!.columns).toEqual(["sub_grade"]);
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

test("siblings that are numbered are one finding with one question; in a table whose columns are all numbered like the target they are none", async () => {
  const random = createRandom(4, "members");
  const rain = numbers(400, () => 5 + random.normal());
  const member = () => rain.map((value) => value + 0.7 * random.normal());
  const found = async (names: readonly string[], target: string, more: readonly string[]) => {
    const table = tableOf([
      ...names.map((name) => [name, member()] as const),
      ...more.map((name) => [name, numbers(400, () => random.normal())] as const),
      [target, rain],
    ]);
    const context = contextOf(table, target, { task: { task: "regression" } });
    return oneFindingPerCause(context, await siblingTarget.inspect(context));
  };
  const others = ["wind", "sun", "dew", "fog", "hail"];
  const [one, ...rest] = await found(["rainfc.1", "rainfc.2", "rainfc.3"], "rain", others);
  expect(rest).toEqual([]);
  expect(one).toMatchObject({
    columns: ["rainfc.1", "rainfc.2", "rainfc.3"],
    counterfactual: { change: "steps", steps: [{ op: "drop", columns: ["rainfc.1", "rainfc.2", "rainfc.3"] }], flatters: true },
    choices: ["after", "before"],
  });
  expect(one!.question).toBe("At the moment of prediction, are the values of `rainfc.1`, `rainfc.2` and `rainfc.3` already written?");
  expect(one!.why).toMatch(/ So it is of `rainfc/);
  expect(await found(["rainfc.1", "rain.two"], "rain", others)).toHaveLength(2);
  const rounded = ["score1", "score2", "score3", "score4", "score5"];
  expect(await found(rounded, "score9", [])).toEqual([]);
  expect(await found(rounded.slice(0, 2), "score9", others)).toHaveLength(1);
});

test("columns of numbers that are kept as text for the same reason are one finding, mended together", async () => {
  const random = createRandom(5, "texts");
  const texts = () => numbers(300, () => random.next()).map((value) => (value < 0.3 ? "?" : value.toFixed(2)));
  const table = tableOf([
    ["v1", texts()],
    ["v2", texts()],
    ["unit", numbers(300, () => random.next()).map((value) => `${value.toFixed(2)} kg`)],
    ["y", numbers(300, () => random.integer(2))],
  ]);
  const context = contextOf(table, "y");
  const found = oneFindingPerCause(context, await textNumber.inspect(context));
  expect(found.map(({ columns }) => columns)).toContainEqual(["v1", "v2"]);
  const one = found.find(({ columns }) => columns.length === 2);
  const steps = one!.fix.action === "steps" ? one!.fix.steps : [];
  expect(steps.map((step) => [step.op, "column" in step ? step.column : ""])).toEqual([
    ["to-number", "v1"],
    ["to-number", "v2"],
  ]);
  expect(found).toHaveLength(2);
});

test("a column is one leak, whatever speaks against it", () => {
  const random = createRandom(11, "sizes");
  const size = numbers(ROWS, (row) => (row % 8 === 0 ? 0 : Math.round(Math.exp(3 + 2 * random.normal()))));
  const table = tableOf([
    ["noise", numbers(ROWS, () => random.normal())],
    ["paid_after", size.map((one) => (one === 0 ? 0 : Math.round(one * Math.exp(0.9 * random.normal())) + 1))],
    ["size", size],
  ]);
  const context = contextOf(table, "size", { task: { task: "regression" } });
  const both = [siblingTarget, postOutcome].flatMap((check) => check.inspect(context) as readonly Suspicion[]);
  expect(both.map(({ trap, columns }) => `${trap} ${columns}`)).toEqual(["sibling-target paid_after", "post-outcome paid_after"]);
  const [one, ...more] = oneFindingPerCause(context, both);
  expect(more).toEqual([]);
  expect(both.every(({ why }) => one!.why.includes(why))).toBe(true);
});
