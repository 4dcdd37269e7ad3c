import { describe, expect, test } from "vitest";
import { leftUnread, readSteps, unreadTexts } from "../../src/journey/left-unread.ts";
import { reachVerdict } from "../../src/journey/verdict.ts";
import { comparisonOf, fileOf, findingOf, whole } from "./results.ts";

const meaning = (type: string) => ({ type, unit: null, confidence: 0.9, why: "made" });
const roles = {
  ids: ["nr", "words"],
  features: ["length"],
  meanings: { nr: meaning("id"), words: meaning("text"), length: meaning("quantity") },
};

const judging = comparisonOf({});

const harm = (delta: number) => ({
  metric: "auc",
  compares: "as it stands against mended",
  claimed: 0.521,
  claimedLow: 0.47,
  claimedHigh: 0.57,
  honest: 0.521 + delta,
  honestLow: 0.47 + delta,
  honestHigh: 0.57 + delta,
  delta,
  low: delta - 0.05,
  high: delta + 0.05,
  level: 0.95,
  method: "corrected resampled t",
  p: 1e-5,
  q: 1e-5,
  experiments: ["e1", "e2"],
});
const amounts = (column: string, delta: number, more = {}) =>
  findingOf({
    trap: "text-number",
    columns: [column],
    severity: "costly",
    state: "open",
    harm: harm(delta),
    fix: { action: "advice", text: `Write ${column} as plain numbers at its source.` },
    ...more,
  });

describe("what was not read as it could be", () => {
  test("free text among the columns that are left out is named, and a key is not", () => {
    const file = { ...fileOf([]), dataset: { ...fileOf([]).dataset, roles } };
    expect(unreadTexts(file)).toEqual(["words"]);
    expect(leftUnread(file, judging)).toEqual([
      '"words" was not read: short texts that each row has of its own, which no model here reads yet.',
    ]);
    const { decision, headline, next } = reachVerdict({ ...whole, file, comparison: comparisonOf({ verdict: "cannot-learn" }) });
    expect(decision).toBe("unknown");
    expect(headline).toMatch(/^Not all was read that may tell: "words" was not read.* By the rest: This cannot be learned/);
    expect(next[0]).toContain('columns of "words"');
  });

  test("what is shown to cost score and waits for a person comes first, the dearest before the others", () => {
    const file = fileOf([amounts("ratio", 0.1), amounts("income", 0.233), amounts("weight", 0.01, { severity: "cosmetic" })]);
    expect(readSteps(file, judging)).toEqual([
      "Write income as plain numbers at its source.",
      "Write ratio as plain numbers at its source.",
    ]);
    const { decision, headline, next } = reachVerdict({ ...whole, file, comparison: comparisonOf({ verdict: "undecided" }) });
    expect(decision).toBe("unknown");
    expect(headline).toContain('As "income" is written, a quick model has 0.521; mended it has 0.754.');
    expect(next.slice(0, 2)).toEqual(readSteps(file, judging));
  });

  test("only the scores of a model before its data is mended and after are told as such", () => {
    const other = { compares: "share decided right of the rows of other classes against those of these classes, the same predictions" };
    const rare = amounts("class", 0.3, { trap: "rare-class", harm: { ...harm(-0.5), ...other } });
    const worse = amounts("rate", -0.2);
    const without = amounts("sum", 0.1, { harm: { ...harm(0.1), compares: "with these columns against without them" } });
    expect(leftUnread(fileOf([rare, worse]), judging)).toEqual([]);
    expect(readSteps(fileOf([rare, worse]), judging)).toEqual([]);
    expect(leftUnread(fileOf([without]), judging)).toEqual(['With "sum" a quick model has 0.521; without it it has 0.621.']);
  });

  test("free text whose words were not tried in time is named; text that was tried is not", () => {
    const untried = findingOf({ trap: "unread-text", columns: ["review"], severity: "costly", state: "open", harm: null });
    expect(leftUnread(fileOf([untried]), judging)).toEqual([
      '"review" was not read: what the words tell was not measured in the time that there was.',
    ]);
    expect(readSteps(fileOf([untried]), judging)[0]).toContain("larger --budget");
    const tried = (gain: number) => fileOf([findingOf({ ...untried, state: "kept", harm: harm(gain) })]);
    expect(leftUnread(tried(-0.04), judging)).toEqual([]);
    expect(leftUnread(tried(0), judging)).toEqual(['Whether the words of "review" bring what counts is neither shown nor excluded.']);
    expect(readSteps(tried(0), judging)).toEqual(['Collect more rows: they tell whether the words of "review" are worth reading.']);
  });

  test("nothing of it where all was read", () => {
    expect(leftUnread(fileOf([amounts("income", 0.2, { state: "mended" })]), judging)).toEqual([]);
    expect(reachVerdict({ ...whole, comparison: comparisonOf({ verdict: "cannot-learn" }) }).decision).toBe("no-go");
  });
});
