import { createInterface } from "node:readline/promises";
import { asksOfEach, type Finding } from "../core/finding.ts";
import { colours } from "./terminal.ts";

/** How questions are put and answers are read. */
export interface Conversation {
  say(text: string): void;
  /** null: nobody answers any more. */
  hear(prompt: string): Promise<string | null>;
}

const MOST_TRIES = 3;
/** Offered where one question is about several columns. */
const EACH = "each";

/** Asks one question after the other. An empty line means "I do not know"; a choice may be cut short to its first letters. */
export async function askQuestions(questions: readonly Finding[], { say, hear }: Conversation): Promise<Record<string, string>> {
  const answers: [string, string][] = [];
  const moments = new Map<string, string>();
  say(`${questions.length === 1 ? "One question" : `${questions.length} questions`} that only a person can answer. Enter leaves one open.`);
  for (const [place, finding] of questions.entries()) {
    const { id, why, question, choices } = finding;
    const dated = datedColumns(finding);
    // What was said of each column settles what is asked of them together.
    if (question === null || choices === null || (dated.length > 0 && dated.every((column) => moments.has(column)))) continue;
    say(`\n${place + 1}/${questions.length}  ${why}`);
    const offered = asksOfEach(finding) ? [...choices, EACH] : choices;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const heard = await hear(`${question} [${offered.join("/")}] `);
      if (heard === null) return Object.fromEntries(answers);
      const word = choiceOf(heard, offered);
      if (word === EACH) {
        const isHeard = await askOfEach(dated, choices, moments, answers, { say, hear });
        if (!isHeard) return Object.fromEntries(answers);
        break;
      }
      const other = dated.find((column) => word !== null && (moments.get(column) ?? word) !== word);
      if (other !== undefined) {
        say(`That contradicts what you said of "${other}": ${moments.get(other)}. Answer the same, or press Enter.`);
        continue;
      }
      if (word !== null) answers.push([id, word]);
      if (word !== null) for (const column of dated) moments.set(column, word);
      if (word !== null || heard.trim() === "") break;
      say(`Please answer ${offered.join(" or ")}, or press Enter.`);
    }
  }
  return Object.fromEntries(answers);
}

/** Where the columns of one question differ, each is asked about by its name. False: nobody answers any more. */
async function askOfEach(
  columns: readonly string[],
  choices: readonly string[],
  moments: Map<string, string>,
  answers: [string, string][],
  { say, hear }: Conversation,
): Promise<boolean> {
  for (const column of columns) {
    if (moments.has(column)) continue;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const heard = await hear(`Is "${column}" written before the moment of prediction, or after it? [${choices.join("/")}] `);
      if (heard === null) return false;
      const word = choiceOf(heard, choices);
      if (word !== null) {
        answers.push([column, word]);
        moments.set(column, word);
      }
      if (word !== null || heard.trim() === "") break;
      say(`Please answer ${choices.join(" or ")}, or press Enter.`);
    }
  }
  return true;
}

/** Columns of which the answer says when their values are written. */
function datedColumns({ trap, columns, choices }: Finding): readonly string[] {
  return choices?.includes("before") === true && trap !== "missingness-leak" ? columns : [];
}

/** The choice that begins as the text does; null when there is none, or more than one. */
function choiceOf(text: string, choices: readonly string[]): string | null {
  const typed = text.trim().toLowerCase();
  const fitting = typed === "" ? [] : choices.filter((choice) => choice.startsWith(typed));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

export async function askOnTerminal(questions: readonly Finding[], signal: AbortSignal): Promise<Record<string, string>> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const ended = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  const paint = colours(process.stdout);
  try {
    return await askQuestions(questions, {
      say: (text) => process.stdout.write(`${text}\n`),
      hear: (prompt) => Promise.race([lines.question(paint.cyan(prompt), { signal }), ended]),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
}
