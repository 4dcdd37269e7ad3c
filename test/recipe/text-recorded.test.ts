import { expect, it } from "vitest";
import { fitRecipe } from "../../src/recipe/index.ts";
import recorded from "../reference/recorded/text.json" with { type: "json" };
import { allRows, frameOf, plain, texts } from "./frames.ts";

const frame = frameOf(texts("t", recorded.train, "text"));
const target = { values: Float64Array.from(recorded.value), task: { kind: "regression" } } as const;
const fitted = fitRecipe([{ op: "text", column: "t", minTexts: 5, maxTerms: 20_000 }], frame, allRows(frame), target, 1);

it("step text has the terms and idf of scikit-learn's TfidfVectorizer", () => {
  const [{ terms }] = (fitted.toJson() as never as { steps: [{ terms: { words: string[]; pairs: number[]; idf: number[] } }] }).steps;
  const pairs = Array.from(
    { length: terms.pairs.length / 2 },
    (_, i) => `${terms.words[terms.pairs[2 * i]!]} ${terms.words[terms.pairs[2 * i + 1]!]}`,
  );
  const idf = Object.fromEntries([...terms.words, ...pairs].map((term, place) => [term, terms.idf[place]!]));
  expect(Object.keys(idf).sort()).toEqual(Object.keys(recorded.idf).sort());
  for (const [term, value] of Object.entries(recorded.idf)) expect(idf[term], term).toBeCloseTo(value, 12);
});

it("step text scores as scikit-learn's Ridge on them, within what the search for the weights leaves open", () => {
  const fresh = frameOf(texts("t", recorded.new, "text"));
  const scores = plain(fitted.transform(fresh, null))["t.score"]!;
  const spread = Math.sqrt(recorded.value.reduce((sum, value) => sum + value ** 2, 0) / recorded.value.length);
  for (const [row, score] of recorded.scores.entries()) expect(Math.abs(scores[row]! - score), `row ${row}`).toBeLessThan(1e-3 * spread);
});
