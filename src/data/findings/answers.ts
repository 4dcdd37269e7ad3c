import { OldhandError } from "../../core/error.ts";
import type { Choices, Suspicion } from "../../core/finding.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { TRAPS } from "../../core/trap.ts";
import { questionKey } from "./finding-id.ts";

/** Column name or finding id -> what the user said. */
export type Answers = Readonly<Record<string, string>>;

/** Choices of "at the moment of prediction, is the value already written?". */
export const KNOWN_AT: Choices = ["after", "before"];
const YES_OR_NO: Choices = ["yes", "no"];

export interface Answered {
  /** As it was given. */
  readonly word: string;
  /** The trap is real, or it is not. */
  readonly confirms: boolean;
}

/** When values are written, by column. An answer to a finding about the values of columns holds for each of them. */
export function knownAtOf(answers: Answers, columns: readonly string[]): Record<string, "before" | "after"> {
  const names = new Set(columns);
  return Object.fromEntries(
    Object.entries(answers).flatMap(([key, word]) =>
      word === "before" || word === "after"
        ? (names.has(key) ? [key] : key.startsWith("missingness-leak") ? [] : (columnsOf(key, columns) ?? [])).map(
            (name): [string, "before" | "after"] => [name, word],
          )
        : [],
    ),
  );
}

type Asking = Pick<Suspicion, "trap" | "columns" | "question" | "choices"> & { readonly id?: string };

export function choicesOf({ question, choices }: Pick<Asking, "question" | "choices">): Choices | null {
  return question === null ? null : (choices ?? YES_OR_NO);
}

/** What the user said to a finding's question: under its id, its trap and columns, or the name of its only column. null = nothing. */
export function answerTo(asked: Asking, answers: Answers): Answered | null {
  const choices = choicesOf(asked);
  if (choices === null) return null;
  for (const key of keysOf(asked)) {
    const word = Object.hasOwn(answers, key) ? answers[key] : undefined;
    if (word !== undefined && choices.includes(word)) return { word, confirms: word === choices[0] };
  }
  return null;
}

function keysOf({ id, trap, columns, choices }: Asking): string[] {
  const byColumn = columns.length === 1 || choices === KNOWN_AT ? columns : [];
  return [...(id === undefined ? [] : [id]), questionKey({ trap, columns }), ...byColumn];
}

/** What an answer of the user makes of a suspicion. A confirmed leak is certain; what would drop it is its fix. */
export function confirmed<S extends Suspicion>(suspicion: S): S {
  const { counterfactual, fix } = suspicion;
  const certain = { ...suspicion, confidence: 1 };
  if (counterfactual?.change !== "steps") return certain;
  const isLeak = counterfactual.flatters && counterfactual.steps.some(({ op }) => op === "drop");
  return {
    ...certain,
    severity: isLeak ? "blocker" : certain.severity,
    fix: fix.action === "advice" ? { action: "steps", steps: counterfactual.steps } : fix,
  };
}

/**
 * An answer must be about a column or a question of this data, in the words of the question. One about a trap and columns of this table
 * whose question is not asked (any more) is no mistake: it may have been settled by another answer.
 * @throws OldhandError bad-known-at.
 */
export function refuseBadAnswers(answers: Answers, columns: readonly string[], asked: readonly Asking[]): void {
  for (const [key, word] of Object.entries(answers)) {
    const own = asked.filter((one) => choicesOf(one) !== null && keysOf(one).includes(key));
    const isColumn = columns.includes(key);
    const words = [...new Set([...own.flatMap((one) => choicesOf(one) ?? []), ...(isColumn ? [...KNOWN_AT].reverse() : [])])];
    if (words.includes(word)) continue;
    if (words.length > 0) throw badAnswer(`The answer for "${key}" is not known.`, words.map(inQuotes).join(" or "), word, []);
    if (columnsOf(key, columns) !== null) continue;
    const names = [...columns, ...asked.flatMap((one) => (choicesOf(one) === null ? [] : keysOf(one)))];
    throw badAnswer(`There is no column or question "${key}".`, "the name of a column, or the id of a finding with a question", key, names);
  }
}

function badAnswer(what: string, expected: string, got: string, near: readonly string[]): OldhandError {
  const nearest = nearestName(got, near);
  return new OldhandError("bad-known-at", {
    what: `${what}${nearest === null ? "" : ` Did you mean "${nearest}"?`}`,
    where: "--known-at",
    expected,
    got: JSON.stringify(got),
    fix: nearest === null ? "look at the questions that `oldhand audit` prints" : `write "${nearest}"`,
  });
}

function inQuotes(word: string): string {
  return `"${word}"`;
}

/** The columns of `trap:column,column`; null when it is no such key of this table. Names may hold commas. */
function columnsOf(key: string, columns: readonly string[]): readonly string[] | null {
  const trap = TRAPS.find((one) => key === one || key.startsWith(`${one}:`) || key.startsWith(`${one}#`));
  if (trap === undefined) return null;
  const rest = key.slice(trap.length + 1).replace(/#\d+$/, "");
  if (rest === "" || /^[0-9a-f]{8}$/.test(rest)) return [];
  return partsOf(rest, columns);
}

function partsOf(text: string, columns: readonly string[]): readonly string[] | null {
  if (columns.includes(text)) return [text];
  for (const name of columns) {
    if (!text.startsWith(`${name},`)) continue;
    const rest = partsOf(text.slice(name.length + 1), columns);
    if (rest !== null) return [name, ...rest];
  }
  return null;
}
