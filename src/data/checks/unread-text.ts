import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { AuditContext, Check } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted } from "../findings/phrase.ts";
import { textAnswers } from "../leaks/text-answers.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { textDatesOf } from "../values/date-columns.ts";
import { LEAST_TEXTS, textWords } from "../values/text-words.ts";

/** More terms than this add little: they are in few rows each. */
const MOST_TERMS = 20_000;

/** Free text, which each row has of its own, and names of several words: a model can read the words, if they tell something. */
export const unreadText: Check = {
  trap: "unread-text",
  title: "Free text is left unread",
  inspect: (context) => levelFeatures(context).flatMap((column) => inspectColumn(context, column)),
};

/** Words that name the answer are read only once somebody has said that they are written before it. */
function mayGiveAway(context: AuditContext, name: string): boolean {
  return answerFor(context, name) !== "before" && textAnswers(context).some(({ column }) => column === name);
}

function inspectColumn(context: AuditContext, column: LevelColumn): Suspicion[] {
  const words = textWords(context, column);
  if (words === null || mayGiveAway(context, column.name) || textDatesOf(context, column) !== null) return [];
  const present = column.codes.reduce((count, code) => count + Number(code >= 0), 0);
  const steps: RecipeStep[] = [{ op: "text", column: column.name, minTexts: LEAST_TEXTS, maxTerms: MOST_TERMS }];
  const isText = column.type === "text";
  const held = `${counted(Math.round(words.meanWords), "word")} on average in ${amount(column.levels.length)} different ${isText ? "texts" : "names"}`;
  return [
    {
      trap: "unread-text",
      columns: [column.name],
      rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
      severity: "costly",
      confidence: 0.9,
      evidence: { texts: column.levels.length, present, ...words },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: null,
      why: isText
        ? `\`${column.name}\` holds free text, ${held}: what it says reaches a model only if its words are read.`
        : `\`${column.name}\` holds names that share words, ${held}: taken whole, each says nothing of the others.`,
    },
  ];
}
