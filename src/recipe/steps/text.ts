import { createRandom } from "../../core/random.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { onceFor } from "../levels.ts";
import { targetOutputs } from "../out-of-fold.ts";
import type { StepKind, StepTraining } from "../step.ts";
import { derive, freeName, isLevelColumn, type LevelColumn, type StepColumn, type Table } from "../table.ts";
import { bitsHash, fitCache } from "../text/fit-cache.ts";
import { scoreName, writingName } from "../text/names.ts";
import { learnScore, scoresOf, scoresOutOfFold } from "../text/scores.ts";
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
  /** Texts that a term stands in at least, and the training rows that were counted. */
  readonly minTexts: number;
  readonly rows: number;
  readonly scores: readonly TextScore[];
}

const NO_TERMS: Terms = { words: [], pairs: [], idf: [] };

type TextStep = Extract<RecipeStep, { op: "text" }>;

/** Each class is a model of its own, and the rarest of many have too few texts for one. */
const MOST_SCORES = 20;

/** Rows that words are learned from, at most: more teach rarer words only, and each takes about a kilobyte while it is read. */
const MOST_LEARNED = 100_000;

const TEXTS_AT_ONCE = 10_000;

const weightsOf = onceFor(({ weights }: TextScore) => Float64Array.from(weights));

/** What was learned on training rows: the step, and the scores of those rows by the models of their other parts. */
interface Learned {
  readonly fitted: FittedText;
  readonly scores: readonly Float64Array[];
}

const learnedOf = fitCache<Learned>();

/** Of a step that was fitted just now. */
const scoresInTraining = new WeakMap<FittedText, Learned["scores"]>();

/**
 * Free text as numbers: how it is written, and what its words tell of the target. The second is learned from the target, so training rows get it from the other
 * four fifths of them. A missing text is one without words.
 */
export const text: StepKind<TextStep, FittedText> = {
  fit: (step, table, training) => {
    const { column: name } = step;
    const column = table.columns.get(name);
    if (!isLevelColumn(column))
      return { op: "text", column: name, writing: [], terms: NO_TERMS, minTexts: step.minTexts, rows: 0, scores: [] };
    const names = freeNames(step, table, training);
    const kept = learnedOf(column.levels);
    const key = [
      JSON.stringify([step, names, training.target?.task, training.seed]),
      bitsHash(column.codes, training.target?.values ?? new Float64Array(0)),
    ].join();
    const learned = kept.get(key) ?? learn(step, column, names, training);
    kept.set(key, learned);
    scoresInTraining.set(learned.fitted, learned.scores);
    return learned.fitted;
  },
  apply: (fitted, table) => {
    const column = table.columns.get(fitted.column);
    if (!isLevelColumn(column) || fitted.writing.length === 0) return;
    deriveWriting(fitted, column, table);
    const scores = scoresByModel(fitted, column);
    for (const [place, { name }] of fitted.scores.entries())
      derive(table, name, fitted.column, { type: "number", values: scores[place] ?? new Float64Array(0) });
    table.columns.delete(fitted.column);
  },
  applyTraining: (fitted, table) => {
    const column = table.columns.get(fitted.column);
    if (!isLevelColumn(column) || fitted.writing.length === 0) return;
    deriveWriting(fitted, column, table);
    const scores = scoresInTraining.get(fitted) ?? [];
    for (const [place, { name }] of fitted.scores.entries())
      derive(table, name, fitted.column, { type: "number", values: scores[place] ?? new Float64Array(column.codes.length) });
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

/** Names of the columns to be made, all of them free: of the writing, then of each output's score. */
interface Names {
  readonly writing: readonly string[];
  readonly outputs: readonly { readonly classIndex: number | null; readonly name: string }[];
}

function freeNames({ column }: TextStep, table: Table<StepColumn>, { target }: StepTraining): Names {
  if (target === null) throw new RangeError(`text "${column}": there is no target to score words by`);
  const taken = new Set(table.columns.keys());
  const free = (wanted: string) => {
    const given = freeName(taken, wanted);
    taken.add(given);
    return given;
  };
  return {
    writing: WRITINGS.map((one) => free(writingName(column, one))),
    outputs: scoredOutputs(target).map(({ classIndex, suffix }) => ({ classIndex, name: free(scoreName(column, suffix)) })),
  };
}

/** Beyond that many rows, those that are drawn teach the words, and the others get the scores of the model of these: they are not in it. */
function learn(step: TextStep, column: LevelColumn, names: Names, training: StepTraining): Learned {
  if (training.rows <= MOST_LEARNED) return learnOn(step, column, names, training);
  const order = createRandom(training.seed, "text rows").shuffle(Int32Array.from({ length: training.rows }, (_, row) => row));
  const drawn = order.subarray(0, MOST_LEARNED).sort();
  const { target } = training;
  const values = target === null ? null : Float64Array.from(drawn, (row) => target.values[row] ?? 0);
  const { fitted, scores } = learnOn(step, { ...column, codes: drawn.map((row) => column.codes[row] ?? -1) }, names, {
    rows: drawn.length,
    target: target === null || values === null ? null : { ...target, values },
    seed: training.seed,
  });
  const all = scoresByModel(fitted, column);
  for (const [place, ofDrawn] of scores.entries())
    for (const [at, row] of drawn.entries()) {
      const own = all[place];
      if (own !== undefined) own[row] = ofDrawn[at] ?? 0;
    }
  return { fitted, scores: all };
}

function learnOn({ column: name, minTexts, maxTerms }: TextStep, column: LevelColumn, names: Names, training: StepTraining): Learned {
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
  const outputs = terms.idf.length === 0 ? [] : names.outputs;
  const target = training.target?.values ?? new Float64Array(training.rows);
  const scores = outputs.map(({ name: derived, classIndex }): TextScore => {
    const { intercept, weights } = learnScore(texts, target, classIndex);
    return { name: derived, classIndex, intercept: intercept + 0, weights: Array.from(weights, (weight) => weight + 0) };
  });
  const writing = WRITINGS.map((one, place) => ({ writing: one, name: names.writing[place] ?? one }));
  return {
    fitted: { op: "text", column: name, writing, terms, minTexts, rows: training.rows, scores },
    scores: outputs.map(({ classIndex }) => scoresOutOfFold(texts, training, classIndex)),
  };
}

/** Scores of rows as new ones are scored, for each output; a missing text has the intercept. */
function scoresByModel({ terms, scores }: FittedText, column: LevelColumn): Float64Array[] {
  if (scores.length === 0) return [];
  const { held, textOf } = heldTexts(column);
  const corpus = corpusOf(column.levels);
  const ofTexts = scores.map(() => new Float64Array(held.length));
  for (let from = 0; from < held.length; from += TEXTS_AT_ONCE) {
    const some = held.slice(from, from + TEXTS_AT_ONCE);
    const weighed = weighTerms(
      terms,
      corpus,
      Int32Array.from(some, ({ level }) => level),
    );
    for (const [place, score] of scores.entries())
      ofTexts[place]?.set(scoresOf({ intercept: score.intercept, weights: weightsOf(score) }, weighed), from);
  }
  return scores.map(({ intercept }, place) => Float64Array.from(textOf, (one) => ofTexts[place]?.[one] ?? intercept));
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
