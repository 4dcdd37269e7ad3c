import { describe, expect, it, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { Recipe } from "../../src/core/recipe.ts";
import type { Task } from "../../src/core/task.ts";
import { wordsSentence } from "../../src/core/verdict.ts";
import { fitRecipe, loadRecipe } from "../../src/recipe/index.ts";
import { spellingsOf, tokensOf, wordOf } from "../../src/recipe/text/words.ts";
import { allRows, frameOf, plain, texts } from "./frames.ts";
import { runExported } from "./onnx-run.ts";

const BINARY: Task = { kind: "binary", classes: ["ham", "spam"] };
const step = (minTexts = 5, maxTerms = 20_000): Recipe => [{ op: "text", column: "t", minTexts, maxTerms }];

const SPAM = ["win a FREE prize now", "Free entry, claim 1000 now!", "urgent: call www.prize.com", "claim your prize today!!"];
const HAM = ["see you at lunch", "are you home yet?", "call me when you are home", "lunch at two then"];

/** Texts that tell their class, each made different by two words of its own. */
function messages(rows: number, seed = 1) {
  const random = createRandom(seed);
  const values = Float64Array.from({ length: rows }, () => random.integer(2));
  const written = Array.from(values, (value, row) => {
    const pick = value === 1 ? SPAM : HAM;
    return `${pick[random.integer(4)]} no${row} ${pick[random.integer(4)]}`;
  });
  return { frame: frameOf(texts("t", written, "text")), values };
}

const ODD = [
  "",
  "   ",
  "FREE Free free fREE",
  "日本語を読む",
  "ภาษาไทย",
  "👍🏽 ok 👍",
  "e\u0301t\u00e9 \u0391\u03a3",
  "مرحبا بالعالم, يا",
  "\ud800 x \ufffd",
  "no",
  "x".repeat(50_000),
  "straße STRASSE İ",
];

describe("words", () => {
  it("are cut at blanks and punctuation; writings without blanks and pictures by the character", () => {
    expect(tokensOf("Don't pay £1,000 for naïve-Bayes_2!")).toEqual(["Don", "t", "pay", "1", "000", "for", "naïve", "Bayes", "2"]);
    expect(tokensOf("読む本 in 한국어")).toEqual(["読", "む", "本", "in", "한국어"]);
    expect(tokensOf("so 👍🏽good")).toEqual(["so", "👍", "🏽", "good"]);
    expect(tokensOf("שלום עולם، مرحبا")).toEqual(["שלום", "עולם", "مرحبا"]);
    expect(tokensOf("")).toEqual([]);
  });

  it("are one in small letters, capitals and with a capital first", () => {
    expect(["free", "Free", "FREE", "fREE"].map(wordOf)).toEqual(["free", "free", "free", "fREE"]);
    for (const word of ["free", "iPhone", "straße", "été", "א", "日", "2nd", "ok"])
      for (const spelling of spellingsOf(word)) expect(wordOf(spelling)).toBe(word);
    expect(spellingsOf("iPhone")).toEqual(["iPhone"]);
  });

  it("are no long numbers and no endless ones", () => {
    expect(["07123456789", "1234567", "123456", "x".repeat(41)].map(wordOf)).toEqual([null, null, "123456", null]);
  });
});

describe("step text", () => {
  it("learns words of several texts only, and of equal texts one", () => {
    const written = ["anna pays", "anna pays", "anna pays", "bob pays", "bob paid", "carl pays", "pays dora"];
    const frame = frameOf(texts("t", written, "text"));
    const values = Float64Array.of(0, 1, 0, 1, 0, 1, 1);
    const fitted = fitRecipe(step(2), frame, allRows(frame), { values, task: BINARY }, 1).toJson() as never as {
      steps: [{ terms: { words: string[]; pairs: number[]; idf: number[] } }];
    };
    expect(fitted.steps[0].terms.words).toEqual(["bob", "pays"]);
    expect(fitted.steps[0].terms.pairs).toEqual([]);
    expect(fitted.steps[0].terms.idf).toEqual([1 + Math.log(8 / 3), 1 + Math.log(8 / 7)]);
  });

  it("keeps the words of most rows when there are too many", () => {
    const frame = frameOf(texts("t", ["a b c", "b a d", "a b", "a c"], "text"));
    const fitted = fitRecipe(step(1, 3), frame, allRows(frame), { values: Float64Array.of(0, 1, 0, 1), task: BINARY }, 1);
    const [{ terms }] = (fitted.toJson() as never as { steps: [{ terms: { words: string[]; pairs: number[] } }] }).steps;
    expect(terms).toMatchObject({ words: ["a", "b", "c"], pairs: [] });
  });

  it("tells new rows what their words tell, and how they are written", () => {
    const { frame, values } = messages(200);
    const fitted = fitRecipe(step(), frame, allRows(frame), { values, task: BINARY }, 1);
    const fresh = frameOf(texts("t", ["claim a FREE prize now!", "you are at home", null, "zzz"], "text"));
    const told = plain(fitted.transform(fresh, null));
    expect(Object.keys(told)).toEqual(["t.words", "t.capitals", "t.digits", "t.marks", "t.links", "t.score"]);
    expect(told["t.words"]).toEqual([5, 4, 0, 1]);
    expect(told["t.capitals"]).toEqual([4 / 5, 0, 0, 0]);
    expect(told["t.marks"]).toEqual([1 / 5, 0, 0, 0]);
    const [spam = 0, ham = 0, missing, unknown] = told["t.score"]!;
    expect(spam).toBeGreaterThan(0.8);
    expect(ham).toBeLessThan(0.2);
    expect(missing).toBe(unknown);
    const words = (feature: string) => fitted.inWords(feature, { name: "kind", task: BINARY });
    expect(["t.score", "t.words", "t.marks"].map(words)).toEqual(["spam by the words of t", "number of words in t", "marks per word in t"]);
  });

  it("gives training rows scores that have not seen their own target", () => {
    const rows = 120;
    const names = Array.from({ length: rows }, (_, row) => `w${row % 20} w${(row * 7) % 20} u${row}`);
    const frame = frameOf(texts("t", names, "text"));
    const random = createRandom(3);
    const values = Float64Array.from({ length: rows }, () => random.normal());
    const scores = (target: Float64Array) =>
      plain(fitRecipe(step(2), frame, allRows(frame), { values: target, task: { kind: "regression" } }, 1).transformTraining())["t.score"]!;
    const before = scores(values);
    for (const row of [0, 17, 119]) expect(scores(values.with(row, 1e6))[row]).toBe(before[row]);
  });

  it("learns nothing from other rows, and loaded it is the same", () => {
    const { frame, values } = messages(100);
    const other = messages(100, 9).frame;
    const train = allRows(frame).subarray(0, 60).slice();
    const column = (rows: (row: number) => string | null) =>
      frameOf(
        texts(
          "t",
          Array.from({ length: 100 }, (_, row) => rows(row)),
          "text",
          ["first in the dictionary"],
        ),
      );
    const textOf = (from: typeof frame, row: number) => {
      const [one] = from.columns;
      return one !== undefined && "codes" in one ? (one.levels[one.codes[row]!] ?? null) : null;
    };
    const mixed = column((row) => textOf(row < 60 ? frame : other, row));
    const learned = (some: typeof frame) => fitRecipe(step(), some, train, { values, task: BINARY }, 1);
    expect(learned(mixed).toJson()).toEqual(learned(frame).toJson());
    expect(plain(learned(mixed).transformTraining())).toEqual(plain(learned(frame).transformTraining()));
    const loaded = loadRecipe(JSON.parse(JSON.stringify(learned(frame).toJson())));
    expect(plain(loaded.transform(other, null))).toEqual(plain(learned(frame).transform(other, null)));
  });

  it("scores each class, and needs a target", () => {
    const { frame, values } = messages(60);
    const task: Task = { kind: "multiclass", classes: ["x", "y", "z"] };
    const fitted = fitRecipe(step(), frame, allRows(frame), { values: values.map((value, row) => value + Number(row % 7 === 0)), task }, 1);
    expect(fitted.features.slice(5).map(({ name }) => name)).toEqual(["t.score.x", "t.score.y", "t.score.z"]);
    expect(() => fitRecipe(step(), frame, allRows(frame), null, 1)).toThrow(/no target/);
  });

  it("learns once what several recipes learn on the same rows, and anew for another target", () => {
    const { frame, values } = messages(80);
    const learned = (target: Float64Array) =>
      (fitRecipe(step(), frame, allRows(frame), { values: target, task: BINARY }, 1).toJson() as unknown as { steps: object[] }).steps[0];
    expect(learned(values)).toBe(learned(values.slice()));
    expect(learned(values)).not.toEqual(learned(values.map((value) => 1 - value)));
  });

  it("works without any word that comes back, on one row and on columns that hold none", () => {
    const frame = frameOf(texts("t", ["a", "b", null], "text"));
    const fitted = fitRecipe(step(), frame, allRows(frame), { values: Float64Array.of(0, 1, 0), task: BINARY }, 1);
    expect(plain(fitted.transform(frame, null))).toEqual({
      "t.words": [1, 1, 0],
      "t.capitals": [0, 0, 0],
      "t.digits": [0, 0, 0],
      "t.marks": [0, 0, 0],
      "t.links": [0, 0, 0],
    });
    const one = fitRecipe(step(1), frame, Int32Array.of(1), { values: Float64Array.of(0, 1, 0), task: BINARY }, 1);
    expect(plain(one.transformTraining())["t.score"]!.every(Number.isFinite)).toBe(true);
  });
});

test("a table of texts that no step reads is told by whether they are there", () => {
  const frame = frameOf(texts("t", ["a b", null, "c"], "text"));
  const fitted = fitRecipe([], frame, allRows(frame), null, 1);
  expect(plain(fitted.transform(frame, null))).toEqual({ "t.missing": [0, 1, 0] });
  expect(fitted.dropped.map(({ name }) => name)).toEqual(["t"]);
});

describe("the exported step text", () => {
  it("gives what transform gives, but for the last digits: two libraries of mathematics", async () => {
    const { frame, values } = messages(150);
    const fitted = fitRecipe(step(2), frame, allRows(frame), { values, task: BINARY }, 1);
    const fresh = frameOf(
      texts("t", [...messages(20, 5).frame.columns.flatMap((column) => ("levels" in column ? column.levels : [])), ...ODD, null], "text"),
    );
    const [exported, here] = [await runExported(fitted, fresh), plain(fitted.transform(fresh, null))];
    expect(Object.keys(exported)).toEqual(Object.keys(here));
    for (const [name, cells] of Object.entries(here))
      for (const [row, cell] of cells.entries()) expect(exported[name]![row], `${name} of row ${row}`).toBeCloseTo(cell, 12);
  });

  it("takes rows without any text", async () => {
    const { frame, values } = messages(50);
    const fitted = fitRecipe(step(2), frame, allRows(frame), { values, task: BINARY }, 1);
    const none = frameOf(texts("t", [null, null], "text"));
    expect(await runExported(fitted, none)).toEqual(plain(fitted.transform(none, null)));
  });
});

test("the words that say most are told, for each side", () => {
  const { frame, values } = messages(200);
  const [told] = fitRecipe(step(), frame, allRows(frame), { values, task: BINARY }, 1).words(BINARY);
  expect(told).toMatchObject({ column: "t", of: "spam" });
  expect(told!.more).toEqual(expect.arrayContaining(["prize", "claim"]));
  expect(told!.less).toEqual(expect.arrayContaining(["lunch"]));
  expect(wordsSentence(told!)).toMatch(/^Words of t that speak for spam: .*; against it: /);
  expect(wordsSentence({ column: "t", of: null, more: [], less: ["bad"] })).toBe("Words of t that speak for a lower one: bad");
});

describe("what is watched of a text", () => {
  const { frame, values } = messages(100);
  const fitted = fitRecipe(step(), frame, allRows(frame), { values, task: BINARY }, 1);

  it("is how it is written and the share of words that training has not taught, not the texts", () => {
    const served = frameOf(texts("t", ["free prize quux", null, "Now!"], "text"), texts("other", ["x", "y", "x"]));
    const { frame: watched, sources } = fitted.watched(served, false);
    const values = Object.fromEntries(watched.columns.map((column) => [column.name, "values" in column ? Array.from(column.values) : []]));
    expect(values).toMatchObject({ "t.words": [3, 0, 1], "t.marks": [0, 0, 1], "t.unseen": [1 / 3, Number.NaN, 0], other: [] });
    expect(values.t).toBeUndefined();
    expect(new Set(sources.values())).toEqual(new Set(["t"]));
    expect([...sources.keys()]).toEqual(["t.words", "t.capitals", "t.digits", "t.marks", "t.links", "t.unseen"]);
  });

  it("counts a word that five training texts hold as unseen in those five: without one of them it would not be known", () => {
    const written = [
      ...Array.from({ length: 5 }, (_, row) => `rare u${row} often`),
      ...Array.from({ length: 20 }, (_, row) => `often v${row}`),
    ];
    const train = frameOf(texts("t", written, "text"));
    const learned = fitRecipe(step(), train, allRows(train), { values: values.subarray(0, 25), task: BINARY }, 1);
    const unseenIn = (isTraining: boolean) => {
      const column = learned.watched(train, isTraining).frame.columns.find(({ name }) => name === "t.unseen")!;
      return "values" in column ? [column.values[0], column.values[5]] : [];
    };
    expect(unseenIn(false)).toEqual([1 / 3, 1 / 2]);
    expect(unseenIn(true)).toEqual([2 / 3, 1 / 2]);
  });

  it("is the frame itself where no text is read", () => {
    const plain = fitRecipe([], frameOf(texts("c", ["a", "b"])), Int32Array.of(0, 1), null, 1);
    const served = frameOf(texts("c", ["a"]));
    expect(plain.watched(served, true)).toEqual({ frame: served, sources: new Map([["c", "c"]]) });
  });

  it("and no text of a training row is in what is saved, but for words of five texts", () => {
    const secret = frameOf(
      texts(
        "t",
        Array.from({ length: 30 }, (_, row) => `call ${"xyz".repeat(1 + row)} again ${row % 4}`),
        "text",
      ),
    );
    const saved = JSON.stringify(fitRecipe(step(), secret, allRows(secret), { values: values.subarray(0, 30), task: BINARY }, 1).toJson());
    expect(saved).toContain("again");
    expect(saved).not.toContain("xyz");
  });
});
