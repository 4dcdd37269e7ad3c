import type { Column, Frame } from "../core/column.ts";
import type { InputField, WatchedFrame } from "../core/scorer.ts";
import { readInputs } from "./inputs.ts";
import { applyStep, type FittedStep } from "./steps/index.ts";
import type { FittedText } from "./steps/text.ts";
import { createTable, freeName, isLevelColumn, type LevelColumn, type StepColumn } from "./table.ts";
import { termCounter } from "./text/terms.ts";
import { corpusOf } from "./text/words.ts";

/**
 * The raw columns with each text that the model reads as numbers: how it is written, and the share of its words that training has not taught. Texts of their
 * own for each row would differ from all others, whatever was served.
 */
export function watchedFrame(
  { inputs, steps }: { readonly inputs: readonly InputField[]; readonly steps: readonly FittedStep[] },
  frame: Frame,
  isTraining: boolean,
): WatchedFrame {
  const texts = steps.filter((step): step is FittedText => step.op === "text" && step.writing.length > 0);
  if (texts.length === 0) return { frame, sources: new Map(inputs.map(({ name }) => [name, name])) };
  const table = createTable<StepColumn>(readInputs(inputs, frame, null));
  const derived = new Map<string, readonly Column[]>();
  for (const step of steps) {
    const column = step.op === "text" ? table.columns.get(step.column) : undefined;
    applyStep(step, table);
    if (step.op !== "text" || !isLevelColumn(column)) continue;
    const written = step.writing.flatMap(({ name }): Column[] => {
      const made = table.columns.get(name);
      return made?.type === "number" ? [{ name, type: "number", values: made.values }] : [];
    });
    const unseen = freeName(table.columns, `${step.column}.unseen`);
    derived.set(step.column, [...written, { name: unseen, type: "number", values: unseenShares(step, column, isTraining) }]);
  }
  const kept = frame.columns.filter(({ name }) => !derived.has(name));
  const sources = new Map(inputs.filter(({ name }) => !derived.has(name)).map(({ name }) => [name, name]));
  for (const [source, columns] of derived) for (const { name } of columns) sources.set(name, source);
  return { frame: { ...frame, columns: [...kept, ...[...derived.values()].flat()] }, sources };
}

/**
 * Of the words of each text; a text without words is missing. A word that so few texts taught that without this one it would not be known is unseen in a training
 * text, as it would be in a new one: else new texts would always look stranger than those of training.
 */
function unseenShares({ terms, minTexts, rows }: FittedText, { codes, levels }: LevelColumn, isTraining: boolean): Float64Array {
  const kept = terms.words.filter((_, place) => !isTraining || rowsWith(terms.idf[place] ?? 0, rows) > minTexts);
  const countOf = termCounter({ words: kept, pairs: [], idf: kept.map(() => 1) }, corpusOf(levels));
  return Float64Array.from(codes, (code) => {
    if (code < 0) return Number.NaN;
    const { words, unseen } = countOf(code);
    return words === 0 ? Number.NaN : unseen / words;
  });
}

/** The other way round than `learnTerms` counts it. */
function rowsWith(idf: number, rows: number): number {
  return Math.round((1 + rows) / Math.exp(idf - 1) - 1);
}
