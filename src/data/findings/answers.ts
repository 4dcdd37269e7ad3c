import { type Answers, columnsOfKey, type Moment, momentsOf, refuseContradiction, saidOf, trapOfKey } from "../../core/answers.ts";
import { OldhandError } from "../../core/error.ts";
import type { Choices, Fix, Suspicion } from "../../core/finding.ts";
import { nearestName } from "../../core/nearest-name.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { idInGivenOrder, numberOf, questionKey } from "./finding-id.ts";
import { wordsOfTrap } from "./trap-words.ts";

/** Choices of "at the moment of prediction, is the value already written?". */
export const KNOWN_AT: Choices = ["after", "before"];
const YES_OR_NO: Choices = ["yes", "no"];

export interface Answered {
  /** As it was given. */
  readonly word: string;
  /** The trap is real, or it is not. */
  readonly confirms: boolean;
}

/** When values are written, by column. An answer to a finding about the values of columns holds for each of them. @throws OldhandError bad-known-at. */
export function knownAtOf(answers: Answers, columns: readonly string[]): Record<string, Moment> {
  const said = momentsOf(answers, columns);
  refuseContradiction(said.map(({ key, column, moment }) => ({ key, about: `"${column}"`, word: moment })));
  return Object.fromEntries(said.map(({ column, moment }) => [column, moment]));
}

type Asking = Pick<Suspicion, "trap" | "columns" | "question" | "choices"> & { readonly id?: string };

export function choicesOf({ question, choices }: Pick<Asking, "question" | "choices">): Choices | null {
  return question === null ? null : (choices ?? YES_OR_NO);
}

/**
 * What the user said to a finding's question: under its id, its trap and columns, or the names of its columns. Of several columns one that is written after
 * makes them so together; that they are written before has to be said of each. null = nothing.
 */
export function answerTo(asked: Asking, answers: Answers): Answered | null {
  const choices = choicesOf(asked);
  if (choices === null) return null;
  const [confirms, rejects] = choices;
  const wordOf = (key: string) => (Object.hasOwn(answers, key) ? answers[key] : undefined);
  const isChoice = (word: string | undefined): word is string => word !== undefined && choices.includes(word);
  const own = [...wholeKeys(asked), ...otherOrders(asked, answers)].map(wordOf).find(isChoice);
  if (own !== undefined) return { word: own, confirms: own === confirms };
  const words = columnKeys(asked).map(wordOf);
  if (words.includes(confirms)) return { word: confirms, confirms: true };
  return words.length > 0 && words.every((word) => word === rejects) ? { word: rejects, confirms: false } : null;
}

/** Names of the question as a whole. */
function wholeKeys({ id, trap, columns }: Asking): string[] {
  return [...(id === undefined ? [] : [id]), questionKey({ trap, columns })];
}

/** Keys of answers that name the trap, the same columns in another order, and the number of the id; or their hash in the order of the finding. */
function otherOrders(asked: Asking, answers: Answers): string[] {
  const { id, trap, columns } = asked;
  if (columns.length < 2) return [];
  const own = questionKey({ trap, columns });
  const [number, given] = [numberOf(asked), idInGivenOrder(asked)];
  return Object.keys(answers).filter((key) => {
    const named = key.startsWith(`${trap}:`) ? columnsOfKey(key, columns) : null;
    if (key === own || key === id || named === null) return false;
    return key === given || (key === `${trap}:${named.join(",")}${number}` && questionKey({ trap, columns: named }) === own);
  });
}

/** Columns that may be answered for by their names alone. */
function columnKeys({ columns, choices }: Asking): readonly string[] {
  return columns.length === 1 || choices === KNOWN_AT ? columns : [];
}

function keysOf(asked: Asking): string[] {
  return [...wholeKeys(asked), ...columnKeys(asked)];
}

/** Said of a trap that an answer makes certain, where only a person can mend it. */
export const BY_HAND = "No step of the recipe does that: the cells stay as they are.";

/**
 * What an answer of the user makes of a suspicion. A confirmed leak is certain; what would drop it is its fix. Of several columns those that are said to be written
 * before stay in. Where nothing but advice is left, it says that the answer mends nothing.
 */
export function confirmed<S extends Suspicion>(whole: S, answers: Answers = {}): S {
  const suspicion = whole.choices === KNOWN_AT ? withoutKnown(whole, answers) : whole;
  const steps = suspicion.counterfactual?.change === "steps" ? suspicion.counterfactual : null;
  const isLeak = steps?.flatters === true && steps.steps.some(({ op }) => op === "drop");
  return { ...suspicion, confidence: 1, severity: isLeak ? "blocker" : suspicion.severity, fix: confirmedFix(suspicion) };
}

function confirmedFix({ fix, counterfactual, ifConfirmed }: Suspicion): Fix {
  const made = ifConfirmed?.fix ?? fix;
  if (made.action !== "advice") return made;
  if (counterfactual?.change === "steps") return { action: "steps", steps: counterfactual.steps };
  return made.text.endsWith(BY_HAND) ? made : { action: "advice", text: `${made.text} ${BY_HAND}` };
}

function withoutKnown<S extends Suspicion>(suspicion: S, answers: Answers): S {
  const { columns, fix, counterfactual } = suspicion;
  const known = new Set(columns.filter((name) => Object.hasOwn(answers, name) && answers[name] === "before"));
  if (known.size === 0 || known.size === columns.length) return suspicion;
  const left = (steps: readonly RecipeStep[]) =>
    steps
      .map((step) => (step.op === "drop" ? { ...step, columns: step.columns.filter((name) => !known.has(name)) } : step))
      .filter((step) => step.op !== "drop" || step.columns.length > 0);
  return {
    ...suspicion,
    fix: fix.action === "steps" ? { ...fix, steps: left(fix.steps) } : fix,
    counterfactual: counterfactual?.change === "steps" ? { ...counterfactual, steps: left(counterfactual.steps) } : counterfactual,
  };
}

/**
 * An answer must be about a column or a question of this data, in the words of the question. One about a trap and columns of this table
 * whose question is not asked (any more) is no mistake if it could be asked in another run, in these words: it may have been settled by another answer. A trap that never asks
 * takes no answer. Two that contradict each other are refused.
 * @throws OldhandError bad-known-at.
 */
export function refuseBadAnswers(answers: Answers, columns: readonly string[], asked: readonly Asking[]): void {
  for (const [key, word] of Object.entries(answers)) {
    const own = askedUnder(key, asked);
    const isColumn = columns.includes(key);
    const words = [...new Set([...own.flatMap((one) => choicesOf(one) ?? []), ...(isColumn ? [...KNOWN_AT].reverse() : [])])];
    if (words.includes(word)) continue;
    if (words.length > 0) throw badAnswer(`The answer for "${key}" is not known.`, words.map(inQuotes).join(" or "), word, []);
    if (columnsOfKey(key, columns) !== null) {
      refuseUnasked(key, word);
      continue;
    }
    const names = [...columns, ...asked.flatMap((one) => (choicesOf(one) === null ? [] : keysOf(one)))];
    throw badAnswer(`There is no column or question "${key}".`, "the name of a column, or the id of a finding with a question", key, names);
  }
  refuseContradiction(contradictions(answers, columns, asked));
}

/** Findings with a question that the key is a name of. */
function askedUnder(key: string, asked: readonly Asking[]): readonly Asking[] {
  return asked.filter((one) => choicesOf(one) !== null && [...keysOf(one), ...otherOrders(one, { [key]: "" })].includes(key));
}

/** @throws OldhandError bad-known-at, where the trap asks nothing, in no run, or nothing that the word answers. */
function refuseUnasked(key: string, word: string): void {
  const trap = trapOfKey(key);
  const words = trap === null ? [] : wordsOfTrap(trap);
  if (words.includes(word)) return;
  if (words.length > 0) throw badAnswer(`The answer for "${key}" is not known.`, words.map(inQuotes).join(" or "), word, []);
  throw new OldhandError("bad-known-at", {
    what: `The finding "${key}" has no question: an answer to it would change nothing.`,
    where: "--known-at",
    expected: "the name of a column, or the id of a finding with a question",
    got: `${JSON.stringify(key)}: ${JSON.stringify(word)}`,
    fix: "take it away. What such a finding mends is taken back with --undo of `oldhand prepare`",
  });
}

/** Answers to findings that are not asked about in this run, by their keys: they change nothing in it. When values are written holds without a question. */
export function unasked(answers: Answers, columns: readonly string[], asked: readonly Asking[]): readonly string[] {
  return Object.entries(answers).flatMap(([key, word]) =>
    columns.includes(key) || KNOWN_AT.includes(word) || askedUnder(key, asked).length > 0 ? [] : [key],
  );
}

/**
 * Before anything is looked at: what names neither a column nor any question that could be asked is misspelt, and when the target is written is no question.
 * @throws OldhandError bad-known-at.
 */
export function refuseUnknownNames(answers: Answers, columns: readonly string[], target: string): void {
  for (const [key, word] of Object.entries(answers)) {
    if (key === target && KNOWN_AT.includes(word)) throw aboutTarget(target, word);
    if (columns.includes(key) || key.includes(":") || key.includes("#") || columnsOfKey(key, columns) !== null) continue;
    throw badAnswer(
      `There is no column or question "${key}".`,
      "the name of a column, or the id of a finding with a question",
      key,
      columns,
    );
  }
}

/** Of the same question under two names, or of a column by itself and within a question that names its columns by a hash. */
function contradictions(answers: Answers, columns: readonly string[], asked: readonly Asking[]) {
  const given = (key: string) => (Object.hasOwn(answers, key) ? [{ key, word: answers[key] ?? "" }] : []);
  const ofQuestions = asked.flatMap((one) => {
    // What is said of the values of a column leaves open what their being missing tells, and the first of several questions has the plain name.
    const isPlain = one.columns.length === 1 && one.trap !== "missingness-leak";
    const keys = one.id?.includes("#")
      ? [one.id, ...otherOrders(one, answers)]
      : isPlain
        ? keysOf(one)
        : [...wholeKeys(one), ...otherOrders(one, answers)];
    const about = `the question "${one.id ?? questionKey(one)}"`;
    return [...new Set(keys)].flatMap(given).flatMap((answer) => (choicesOf(one)?.includes(answer.word) ? [{ ...answer, about }] : []));
  });
  const ofColumns = [
    ...momentsOf(answers, columns).map(({ key, column, moment }) => ({ key, about: `"${column}"`, word: moment as string })),
    ...asked
      .filter((one) => one.choices === KNOWN_AT && one.trap !== "missingness-leak")
      .flatMap((one) =>
        [...wholeKeys(one), ...otherOrders(one, answers)]
          .flatMap(given)
          .flatMap((answer) => saidOf(one.columns, answer.word, answers).map((name) => ({ ...answer, about: `"${name}"` }))),
      ),
  ];
  return [...ofQuestions, ...ofColumns];
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

function aboutTarget(target: string, word: string): OldhandError {
  return new OldhandError("bad-known-at", {
    what: `"${target}" is the target: it is what is predicted, and no model reads it.`,
    where: "--known-at",
    expected: "columns that a model may read, or the id of a finding with a question",
    got: `${JSON.stringify(target)}: ${JSON.stringify(word)}`,
    fix: `take "${target}" away, or name another target with --target`,
  });
}

function inQuotes(word: string): string {
  return `"${word}"`;
}
