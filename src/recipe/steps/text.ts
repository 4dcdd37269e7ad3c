import type { RecipeStep } from "../../core/recipe.ts";
import { onceFor } from "../levels.ts";
import { targetOutputs } from "../out-of-fold.ts";
import type { StepKind, StepTraining } from "../step.ts";
import { derive, freeName, isLevelColumn, type LevelColumn, type StepColumn, type Table } from "../table.ts";
import { scoreName, writingName } from "../text/names.ts";
import { learnScore, scoresOf, scoresOutOfFold, type TrainingTexts } from "../text/scores.ts";
import { type HeldText, learnTerms, type Terms, weighTerms } from "../text/terms.ts";
import { textToOnnx } from "../text/to-onnx.ts";
import { corpusOf } from "../text/words.ts";
import { patternCounts, WRITINGS, type Writing } from "../text/writing.ts";

/** What the terms of a text say of the target, or of one class of it. */
export interface TextScore {
  readonly name: string;
  readonly classIndex: number | null;
  readonly intercept: number;
  /** One for each term. */
  readonly weights: readonly number[];
}

export interface FittedText {
  readonly op: "text";
  readonly column: string;
  readonly writing: readonly { readonly writing: Writing; readonly name: string }[];
  readonly terms: Terms;
  readonly scores: readonly TextScore[];
}

/** Each class is a model of its own, and the rarest of many have too few texts for one. */
const MOST_SCORES = 20;

const weightsOf = onceFor(({ weights }: TextScore) => Float64Array.from(weights));

/** What `fit` has read and `applyTraining` reads again: it lives as long as the fitted step. */
const readInFit = new WeakMap<FittedText, TrainingTexts>();

/**
 * Free text as numbers: how it is written, and what its words tell of the target. The second is learned from the target, so training rows get it from the other
 * four fifths of them. A missing text is one without words.
 */
export const text: StepKind<Extract<RecipeStep, { op: "text" }>, FittedText> = {
  fit: ({ column: name, minTexts, maxTerms }, table, training) => {
    const column = table.columns.get(name);
    const empty: FittedText = { op: "text", column: name, writing: [], terms: { words: [], pairs: [], idf: [] }, scores: [] };
    if (!isLevelColumn(column)) return empty;
    const { held, textOf } = heldTexts(column);
    const corpus = corpusOf(column.levels);
    const terms = learnTerms(corpus, held, training.rows, minTexts, maxTerms);
    const texts = {
      weighed: weighTerms(
        terms,
        corpus,
        Int32Array.from(held, ({ level }) => level),
      ),
      textOf,
    };
    const taken = new Set(table.columns.keys());
    const named = (wanted: string) => {
      const given = freeName(taken, wanted);
      taken.add(given);
      return given;
    };
    const writing = WRITINGS.map((one) => ({ writing: one, name: named(writingName(name, one)) }));
    const scores = terms.idf.length === 0 ? [] : learnScores(texts, training, (suffix) => named(scoreName(name, suffix)));
    const fitted: FittedText = { op: "text", column: name, writing, terms, scores };
    readInFit.set(fitted, texts);
    return fitted;
  },
  apply: (fitted, table) => {
    const column = table.columns.get(fitted.column);
    if (!isLevelColumn(column) || fitted.writing.length === 0) return;
    const { held, textOf } = heldTexts(column);
    deriveWriting(fitted, column, table);
    if (fitted.scores.length > 0) {
      const weighed = weighTerms(
        fitted.terms,
        corpusOf(column.levels),
        Int32Array.from(held, ({ level }) => level),
      );
      for (const score of fitted.scores) {
        const { name, intercept } = score;
        const ofTexts = scoresOf({ intercept, weights: weightsOf(score) }, weighed);
        derive(table, name, fitted.column, { type: "number", values: Float64Array.from(textOf, (one) => ofTexts[one] ?? intercept) });
      }
    }
    table.columns.delete(fitted.column);
  },
  applyTraining: (fitted, table, training) => {
    const column = table.columns.get(fitted.column);
    const texts = readInFit.get(fitted);
    if (!isLevelColumn(column) || texts === undefined) return;
    deriveWriting(fitted, column, table);
    for (const { name, classIndex } of fitted.scores)
      derive(table, name, fitted.column, { type: "number", values: scoresOutOfFold(texts, training, classIndex) });
    table.columns.delete(fitted.column);
  },
  toOnnx: (fitted, table, { graph }) => {
    const column = table.columns.get(fitted.column);
    if (column?.type !== "text" || fitted.writing.length === 0) return;
    for (const { name, tensor } of textToOnnx(fitted, column.tensor, graph)) derive(table, name, fitted.column, { type: "number", tensor });
    table.columns.delete(fitted.column);
  },
};

/** The texts that rows hold, in the order in which rows hold them first, and the place of each row's text there; -1 = missing. */
function heldTexts({ codes, levels }: LevelColumn): { held: readonly HeldText[]; textOf: Int32Array } {
  const places = new Int32Array(levels.length).fill(-1);
  const held: { level: number; rows: number }[] = [];
  const textOf = codes.map((code) => {
    if (code < 0) return -1;
    let place = places[code] ?? -1;
    if (place < 0) {
      place = held.length;
      places[code] = place;
      held.push({ level: code, rows: 0 });
    }
    const text = held[place];
    if (text !== undefined) text.rows++;
    return place;
  });
  return { held, textOf };
}

function learnScores(texts: TrainingTexts, { target }: StepTraining, named: (suffix: string) => string): TextScore[] {
  if (target === null) throw new RangeError("text: there is no target to score words by");
  return scoredOutputs(target).map(({ classIndex, suffix }) => {
    const { intercept, weights } = learnScore(texts, target.values, classIndex);
    return { name: named(suffix), classIndex, intercept: intercept + 0, weights: Array.from(weights, (weight) => weight + 0) };
  });
}

/** Of many classes those of most training rows, in their order. */
function scoredOutputs({ task, values }: NonNullable<StepTraining["target"]>) {
  const outputs = targetOutputs(task);
  if (outputs.length <= MOST_SCORES) return outputs;
  const rows = new Float64Array(outputs.length);
  for (const value of values) rows[value] = (rows[value] ?? 0) + 1;
  const most = outputs.toSorted((a, b) => (rows[b.classIndex ?? 0] ?? 0) - (rows[a.classIndex ?? 0] ?? 0)).slice(0, MOST_SCORES);
  return outputs.filter((output) => most.includes(output));
}

function deriveWriting({ column: name, writing }: FittedText, { codes, levels }: LevelColumn, table: Table<StepColumn>): void {
  const corpus = corpusOf(levels);
  const counts = patternCounts(levels);
  for (const [place, { name: derived }] of writing.entries()) {
    const values = Float64Array.from(codes, (code) => {
      if (code < 0) return 0;
      const words = corpus.wordsOf(code).length;
      return place === 0 ? words : (counts(code)[place - 1] ?? 0) / Math.max(1, words);
    });
    derive(table, derived, name, { type: "number", values });
  }
}
