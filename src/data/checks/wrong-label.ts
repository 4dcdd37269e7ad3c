import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { scaledCount } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { checkedLabels } from "../labels/checked-labels.ts";
import { type LabelReview, labelReview } from "../labels/label-review.ts";

/** Share of wrong labels from which training is damaged rather than accuracy lost. */
const MANY = 0.01;
const SHOWN = 10;
/** Fewer are expected to be wrong: no label in all. */
const LEAST = 0.5;

/** Labels that contradict their rows where out-of-fold answers are surest, beyond equal rows that disagree. */
export const wrongLabel: Check = {
  trap: "wrong-label",
  title: "Labels are wrong",
  subject: "out-of-fold",
  inspect(context) {
    const review = labelReview(context);
    return review === null || review.rows.length === 0 ? [] : [suspicion(context, review)];
  },
};

function suspicion(context: AuditContext, review: LabelReview): Suspicion {
  const { rows, judged, floors, tail } = review;
  const expected = rows.reduce((sum, { probability }) => sum + probability, 0);
  // A person has found wrong labels: no question whether there are some, only whether one is left.
  const isFact = checkedLabels(context).found === "wrong";
  const confidence = isFact ? 1 - rows.reduce((none, { probability }) => none * (1 - probability), 1) : review.confidence;
  const sample = rows.slice(0, SHOWN).map(({ row }) => context.frame.rowNumbers?.[row] ?? row);
  return {
    trap: "wrong-label",
    columns: [context.roles.target],
    rows: { count: scaledCount(context, Math.max(sample.length, Math.round(expected))), sample },
    // What is only asked about has not been shown to damage anything.
    severity: confidence >= LIKELY && expected / judged >= MANY ? "harmful" : expected < LEAST ? "cosmetic" : "costly",
    confidence,
    evidence: {
      judged,
      suspected: rows.length,
      expectedWrong: expected,
      leftOutAsConflicting: review.conflicting,
      ...(tail === null
        ? {
            floors: floors.map((one) => ({ ...one, class: className(context, one.class), others: [...one.others] })),
            ...(review.segment === null
              ? {}
              : { segment: { column: review.segment.column, rates: review.segment.rates.map((one) => ({ ...one })) } }),
          }
        : { limit: tail.limit, tailExponent: tail.exponent, largest: tail.outliers[0]?.size ?? 0 }),
    },
    fix: {
      action: "advice",
      text: "Look at `review.csv` in the dossier from the top, fill in its column `corrected`, and `checked_by` with your name for each row you have looked at, and give it back with --labels review.csv.",
    },
    counterfactual: null,
    unmeasured: "Rows that judge carry wrong labels too: no experiment on them can price the trap. The corrected table can.",
    question: isFact ? null : "Do you find wrong labels when you look at the first rows of `review.csv`?",
    why: tail === null ? whyClasses(context, review, expected) : whyValues(review),
  };
}

function className({ task }: AuditContext, one: number): string {
  return task.kind === "regression" ? "" : (task.classes[one] ?? "");
}

/** The sentence: classes that are contradicted, else a part of the table that is, and about how many labels. */
export function whyClasses(context: AuditContext, { floors, judged, segment }: LabelReview, expected: number): string {
  const [first] = segment?.rates ?? [];
  const most =
    segment === null || first === undefined
      ? ""
      : ` Most often where \`${segment.column}\` is "${first.level}": ${percent(first.rate)} of its labels.`;
  const about = `${aboutWords(expected, judged)}.${most}`;
  if (floors.length > 2) return `${whyMany(context, floors)}: ${about}`;
  // A part of the table is contradicted, and no class as a whole.
  if (floors.length === 0) return `${outOfFoldWords(context)}, ${about}`;
  const parts = floors.map(
    ({ class: one, wrong, surest }) =>
      `of the ${counted(surest, "row")} that most surely have the class "${className(context, one)}", ${wrong} (${percent(wrong / surest)}) are labelled otherwise`,
  );
  return `${outOfFoldWords(context)}, ${parts.join(", and ")}, and no fewer where the model is surer: ${about}`;
}

/** Contradictions are counted by the labels as they came. */
function outOfFoldWords(context: AuditContext): string {
  const corrected = checkedLabels(context).all.filter((one) => one.corrected !== "").length;
  return corrected === 0 ? "Out of fold" : `Out of fold, by the labels as they came (${amount(corrected)} corrected since)`;
}

function aboutWords(expected: number, judged: number): string {
  if (expected < LEAST) return "what is listed is likelier right than wrong";
  const about = Math.round(expected);
  return `about ${counted(about, "label")} of ${judged.toLocaleString("en")} ${about === 1 ? "looks" : "look"} wrong`;
}

const MOST_NAMED = 3;

/** Of several classes the sum, and those with the most. */
function whyMany(context: AuditContext, floors: LabelReview["floors"]): string {
  const sum = (of: (one: LabelReview["floors"][number]) => number) => floors.reduce((all, one) => all + of(one), 0);
  const [wrong, surest] = [sum((one) => one.wrong), sum((one) => one.surest)];
  const most = [...floors].sort((a, b) => b.wrong - a.wrong).slice(0, MOST_NAMED);
  const named = most.map((one) => `"${className(context, one.class)}" ${one.wrong} of ${amount(one.surest)}`).join(", ");
  return `${outOfFoldWords(context)}, ${amount(wrong)} (${percent(wrong / surest)}) of the ${counted(surest, "row")} whose class the model is surest of, in ${amount(floors.length)} classes, have another label (most where it says ${named}), and no fewer where it is surer`;
}

function whyValues({ rows, judged, tail }: LabelReview): string {
  const limit = (tail?.limit ?? 0).toPrecision(2);
  return `${counted(rows.length, "value")} of ${judged.toLocaleString("en")} lie more than ${limit} times as far from the out-of-fold prediction as the median row does; the tail of the others does not reach so far.`;
}
