import type { Suspicion } from "../../core/finding.ts";
import type { Check } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { type Copies, copiesOf, wholeDuplicates } from "../copies/copies.ts";
import {
  ALIKE,
  COPIES_OR_ALIKE,
  copyConfidence,
  copyQuestion,
  copySeverity,
  HARMLESS,
  isExplained,
  isUndecided,
  LEFT_ALONE,
  TWICE,
} from "../copies/copy-severity.ts";
import { amount, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { emptyRows } from "../missing/empty-rows.ts";

/** Of so many different values in a column nobody says that there are few. */
const MANY = 100;

/** Rows that are equal in every column. A random split puts copies on both sides. */
export const duplicateRow: Check = {
  trap: "duplicate-row",
  title: "Rows are copies of others",
  ask: wholeDuplicates,
  async inspect(context) {
    const { dataset, frame } = context;
    const found = await wholeDuplicates(context);
    const surplus = found.rows - Math.max(0, emptyRows(context) - 1);
    if (surplus <= 0) return [];
    const copies = context.shared("copies:all", () => copiesOf(context, frame.columns));
    const share = surplus / dataset.rows;
    // Rows that are alike by chance do no harm. Whoever counts many of them wants to know what they are; some there are in any table of few values.
    if (isExplained(copies) && share < HARMLESS) return [];
    const confidence = copyConfidence(copies);
    const steps = [{ op: "drop-duplicate-rows" as const, ignoring: [] }];
    const undecided = isUndecided(copies);
    // Pages that were read again and again differ in little else than their sizes: what chance explains there may be copies all the same.
    const tellsApart = frame.columns.some((column) => column.name !== context.roles.target && factsOf(column, frame.rows).distinct >= MANY);
    const isOpen = tellsApart && confidence < LIKELY && share >= HARMLESS;
    return [
      {
        trap: "duplicate-row",
        columns: [],
        rows: { count: surplus, sample: found.sample },
        severity: copySeverity(share, confidence, undecided),
        confidence,
        evidence: { surplusRows: surplus, groups: found.groups, share, equalPairs: copies.pairs, copiedPairsShare: copies.share },
        fix: { action: "steps", steps },
        counterfactual: { change: "steps", steps, flatters: true },
        question: isOpen ? TWICE : copyQuestion(copies),
        choices: COPIES_OR_ALIKE,
        ...(isExplained(copies) && !isOpen ? LEFT_ALONE : {}),
        ...wordsOf(
          `${amount(surplus)} of ${amount(dataset.rows)} rows (${percent(share)}) repeat an earlier row in every column`,
          copies,
          tellsApart,
        ),
      },
    ];
  },
};

function wordsOf(found: string, copies: Copies, tellsApart: boolean): Pick<Suspicion, "why" | "whyUnlessFlatters"> {
  if (isExplained(copies)) {
    const chance = tellsApart
      ? "Rows that differ in one more column agree in the others about as often, so chance may explain them."
      : "Chance explains them: the columns hold so few different values that other rows are alike too.";
    return { why: `${found}. ${chance} They are kept.` };
  }
  const doubt = isUndecided(copies)
    ? ` ${ALIKE}`
    : ` Most of them can be equal by chance${tellsApart ? "" : ": the columns hold few different values"}.`;
  const rest = copyConfidence(copies) >= LIKELY ? "" : doubt;
  return {
    why: `${found}, so a random split judges the model on rows it was trained on.${rest}`,
    whyUnlessFlatters: {
      none: `${found}. A random split may put them on both sides, but no better score by them is shown here.${rest}`,
      damages: `${found}. They do not flatter the score: without them it is better.${rest}`,
    },
  };
}
