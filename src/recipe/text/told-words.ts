import type { Task } from "../../core/task.ts";
import type { WordsOfText } from "../../core/verdict.ts";
import type { FittedText, TextScore } from "../steps/text.ts";

/** Terms named on each side. */
const SHOWN = 8;

/** What the terms of each text that is read say, the weightiest first: by how much a term moves the score in the rows that hold it, and how many do. */
export function wordsTold(steps: readonly { readonly op: string }[], task: Task): WordsOfText[] {
  return steps
    .filter((step): step is FittedText => step.op === "text")
    .flatMap((step) => step.scores.map((score) => ({ column: step.column, of: outputName(score, task), ...heaviest(step, score) })));
}

function outputName({ classIndex }: TextScore, task: Task): string | null {
  return classIndex === null || task.kind === "regression" ? null : (task.classes[classIndex] ?? null);
}

function heaviest({ terms }: FittedText, { weights }: TextScore): Pick<WordsOfText, "more" | "less"> {
  const ranked = terms.idf
    .map((idf, place) => ({ place, weight: (weights[place] ?? 0) * idf * Math.exp((1 - idf) / 2) }))
    .sort((a, b) => b.weight - a.weight || a.place - b.place);
  const named = (some: typeof ranked) => some.map(({ place }) => termAt(terms, place));
  return {
    more: named(ranked.filter(({ weight }) => weight > 0).slice(0, SHOWN)),
    less: named(
      ranked
        .filter(({ weight }) => weight < 0)
        .slice(-SHOWN)
        .toReversed(),
    ),
  };
}

function termAt({ words, pairs }: FittedText["terms"], place: number): string {
  const word = words[place];
  if (word !== undefined) return word;
  const at = 2 * (place - words.length);
  return `${words[pairs[at] ?? -1] ?? ""} ${words[pairs[at + 1] ?? -1] ?? ""}`;
}
