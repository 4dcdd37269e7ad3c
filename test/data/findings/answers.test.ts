import { expect, test } from "vitest";
import { OldhandError } from "../../../src/core/error.ts";
import type { Suspicion } from "../../../src/core/finding.ts";
import { answerTo, confirmed, KNOWN_AT, knownAtOf, refuseBadAnswers } from "../../../src/data/findings/answers.ts";
import { withIds } from "../../../src/data/findings/finding-id.ts";

const asking = (trap: Suspicion["trap"], columns: readonly string[], parts: Partial<Suspicion> = {}): Suspicion => ({
  trap,
  columns,
  rows: { count: 0, sample: [] },
  severity: "harmful",
  confidence: 0.4,
  evidence: {},
  fix: { action: "advice", text: "look" },
  counterfactual: null,
  question: "is it so?",
  why: "made",
  ...parts,
});

const columns = ["age", "a,b", "call", "__proto__"];

test("ids are told apart, and do not depend on what else is found", () => {
  const many = Array.from({ length: 40 }, (_, i) => `column ${i}`);
  const found = [
    asking("sentinel", ["age"], { question: null }),
    asking("sentinel", ["age"]),
    asking("missing", many),
    asking("duplicate-row", []),
  ];
  const ids = withIds(found).map(({ id }) => id);
  expect(ids).toEqual(["sentinel:age#2", "sentinel:age", expect.stringMatching(/^missing:[0-9a-f]{8}$/), "duplicate-row"]);
  expect(withIds([...found].reverse()).map(({ id }) => id)).toEqual([...ids].reverse());
});

test("an answer is found by id, by trap and columns, and by the only column when it is one of the choices", () => {
  const [one] = withIds([asking("sentinel", ["age"], { choices: ["missing", "value"] })]);
  expect(answerTo(one!, { "sentinel:age": "missing" })).toEqual({ word: "missing", confirms: true });
  expect(answerTo(one!, { age: "value" })).toEqual({ word: "value", confirms: false });
  expect(answerTo(one!, { age: "before" })).toBeNull();
  expect(answerTo({ ...one!, question: null }, { "sentinel:age": "missing" })).toBeNull();
});

test("when values are written is known by column, or by a finding about columns", () => {
  expect(knownAtOf({ age: "before", "post-outcome:call": "after", "combination-leak:a,b,age": "before" }, columns)).toEqual({
    age: "before",
    call: "after",
    "a,b": "before",
  });
  expect(knownAtOf({ "missingness-leak:age": "after", "sentinel:age": "missing" }, columns)).toEqual({});
});

test("a confirmed leak is a certain blocker that is dropped; a confirmed repair is made", () => {
  const drop = [{ op: "drop" as const, columns: ["call"] }];
  const leak = asking("order-leak", ["call"], { choices: KNOWN_AT, counterfactual: { change: "steps", steps: drop, flatters: true } });
  expect(confirmed(leak)).toMatchObject({ severity: "blocker", confidence: 1, fix: { action: "steps", steps: drop } });
});

test.each([
  [{ agee: "before" }, 'Did you mean "age"?'],
  [{ "sentinel:agee": "missing" }, 'Did you mean "sentinel:age"?'],
  [{ age: "later" }, 'The answer for "age" is not known.'],
  [{ "sentinel:age": "yes" }, 'The answer for "sentinel:age" is not known.'],
])("%j is refused", (answers: Record<string, string>, message) => {
  const asked = withIds([asking("sentinel", ["age"], { choices: ["missing", "value"] })]);
  const refuse = () => refuseBadAnswers(answers, columns, asked);
  expect(refuse).toThrow(OldhandError);
  expect(refuse).toThrow(message);
});

test("an answer to a question that is settled meanwhile is no mistake", () => {
  expect(() => refuseBadAnswers({ "post-outcome:call": "before", __proto__: "after" }, columns, [])).not.toThrow();
});
