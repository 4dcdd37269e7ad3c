import { expect, test } from "vitest";
import { OldhandError } from "../../../src/core/error.ts";
import { contentHash } from "../../../src/core/json.ts";
import { answerTo, confirmed, KNOWN_AT, knownAtOf, refuseBadAnswers, refuseUnknownNames } from "../../../src/data/findings/answers.ts";
import { withIds } from "../../../src/data/findings/finding-id.ts";
import { asking } from "./asking.ts";

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

test("ids and answers do not depend on the order in which a sample names the columns", () => {
  const many = Array.from({ length: 40 }, (_, i) => `column ${i}`);
  const found = [asking("combination-leak", ["b", "a"], { choices: KNOWN_AT }), asking("missing", many)];
  const turned = found.map((one) => ({ ...one, columns: [...one.columns].reverse() }));
  expect(withIds(found).map(({ id }) => id)).toEqual(withIds(turned).map(({ id }) => id));
  const [one] = withIds(found);
  expect(one!.id).toBe("combination-leak:a,b");
  for (const key of ["combination-leak:a,b", "combination-leak:b,a"]) {
    expect(answerTo(one!, { [key]: "after" })).toEqual({ word: "after", confirms: true });
    expect(() => refuseBadAnswers({ [key]: "after" }, ["a", "b"], [one!])).not.toThrow();
    expect(() => refuseBadAnswers({ [key]: "maybe" }, ["a", "b"], [one!])).toThrow(/not known/);
  }
  for (const key of ["combination-leak:a", "combination-leak:b,a,b", "target-leak:b,a", "combination-leak:c,a"])
    expect(answerTo(one!, { [key]: "after" })).toBeNull();
  expect(() => refuseBadAnswers({ "combination-leak:a,b": "after", "combination-leak:b,a": "before" }, ["a", "b"], [one!])).toThrow(
    /contradict/,
  );
  const plain = asking("unit-mix", ["b", "a"]);
  expect(() => refuseBadAnswers({ "unit-mix:a,b": "yes", "unit-mix:b,a": "no" }, ["a", "b"], [plain])).toThrow(/contradict/);
});

test("answers under the hash of a long list in the order of the finding hold, with their number; another hash says nothing", () => {
  const many = Array.from({ length: 40 }, (_, i) => `column ${(i * 7) % 40}`);
  const [first, second] = withIds([asking("unit-mix", many), asking("unit-mix", many, { confidence: 0.4 })]);
  const hash = contentHash(many, 8);
  expect(first!.id).not.toBe(`unit-mix:${hash}`);
  for (const [key, of, other] of [
    [`unit-mix:${hash}`, first!, second!],
    [`unit-mix:${hash}#2`, second!, first!],
  ] as const) {
    expect(answerTo(of, { [key]: "no" })).toEqual({ word: "no", confirms: false });
    expect(answerTo(other, { [key]: "no" })).toBeNull();
    expect(() => refuseBadAnswers({ [key]: "no" }, many, [of, other])).not.toThrow();
    expect(() => refuseBadAnswers({ [key]: "maybe" }, many, [of, other])).toThrow(/not known/);
    expect(() => refuseBadAnswers({ [key]: "no", [of.id]: "yes" }, many, [of, other])).toThrow(/contradict/);
  }
  expect(answerTo(first!, { "unit-mix:01234567": "no" })).toBeNull();
  const [a, b] = withIds([asking("unit-mix", ["d", "c"]), asking("unit-mix", ["d", "c"], { confidence: 0.4 })]);
  expect(answerTo(a!, { "unit-mix:d,c#2": "no" })).toBeNull();
  expect(answerTo(b!, { "unit-mix:d,c#2": "no" })).toEqual({ word: "no", confirms: false });
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

test("several columns are known before together when each is said to be, and not when one is not", () => {
  const [pair] = withIds([asking("combination-leak", ["age", "call"], { choices: KNOWN_AT })]);
  expect(answerTo(pair!, { age: "before" })).toBeNull();
  expect(answerTo(pair!, { age: "before", call: "before" })).toEqual({ word: "before", confirms: false });
  expect(answerTo(pair!, { age: "before", call: "after" })).toEqual({ word: "after", confirms: true });
});

test.each([
  ["a column and a question about it", { call: "before", "post-outcome:call": "after" }],
  ["a column and a question about several", { age: "after", "combination-leak:age,call": "before" }],
  ["all columns of a question and the question", { age: "before", call: "before", "combination-leak:age,call": "after" }],
  ["a question about several under its hash", { "column 3": "after", HASH: "before" }],
  ["one question under two names", { "sentinel:age": "missing", age: "value" }],
])("%s that contradict each other are refused", (_, answers: Record<string, string>) => {
  const many = Array.from({ length: 40 }, (_, i) => `column ${i}`);
  const asked = withIds([
    asking("sentinel", ["age"], { choices: ["missing", "value"] }),
    asking("post-outcome", ["call"], { choices: KNOWN_AT }),
    asking("combination-leak", ["age", "call"], { choices: KNOWN_AT }),
    asking("combination-leak", many, { choices: KNOWN_AT }),
  ]);
  const named = Object.fromEntries(Object.entries(answers).map(([key, word]) => [key === "HASH" ? asked[3]!.id : key, word]));
  expect(() => refuseBadAnswers(named, [...columns, ...many], asked)).toThrow(/contradict each other/);
  const same = Object.fromEntries(
    Object.keys(named).map((key) => [key, key.includes("age") && "sentinel:age" in named ? "missing" : "after"]),
  );
  expect(() => refuseBadAnswers(same, [...columns, ...many], asked)).not.toThrow();
});

test("several columns may be written after together though one of them is there before", () => {
  const asked = withIds([asking("combination-leak", ["age", "call"], { choices: KNOWN_AT })]);
  const answers = { age: "before", "combination-leak:age,call": "after" };
  expect(() => refuseBadAnswers(answers, columns, asked)).not.toThrow();
  expect(knownAtOf(answers, columns)).toEqual({ age: "before", call: "after" });
});

test("a name of no column and no question is refused before anything is looked at", () => {
  expect(() => refuseUnknownNames({ agee: "after" }, columns, "bought")).toThrow(/no column or question "agee". Did you mean "age"/);
  expect(() => refuseUnknownNames({ age: "after", "post-outcome:call": "before" }, columns, "bought")).not.toThrow();
});

test("when the target is known is no answer; other questions about it have theirs", () => {
  const refuse = (word: string) => () => refuseUnknownNames({ call: word }, columns, "call");
  expect(refuse("before")).toThrow(/"call" is the target: it is what is predicted/);
  expect(refuse("after")).toThrow(OldhandError);
  expect(refuse("missing")).not.toThrow();
});

test("what is said of values does not contradict what is said of their being missing", () => {
  const asked = withIds([
    asking("missingness-leak", ["call"], { choices: KNOWN_AT }),
    asking("post-outcome", ["call"], { choices: KNOWN_AT }),
  ]);
  expect(() => refuseBadAnswers({ call: "before", "missingness-leak:call": "after" }, columns, asked)).not.toThrow();
});

test("of columns that are asked about together those that are known before stay in", () => {
  const drop = [{ op: "drop" as const, columns: ["age", "call"] }];
  const pair = asking("combination-leak", ["age", "call"], {
    choices: KNOWN_AT,
    fix: { action: "steps", steps: drop },
    counterfactual: { change: "steps", steps: drop, flatters: true },
  });
  const left = [{ op: "drop", columns: ["call"] }];
  expect(confirmed(pair, { age: "before", call: "after" })).toMatchObject({
    severity: "blocker",
    confidence: 1,
    fix: { action: "steps", steps: left },
    counterfactual: { steps: left },
  });
  expect(confirmed(pair, { call: "after" }).fix).toEqual({ action: "steps", steps: drop });
});
