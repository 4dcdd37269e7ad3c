import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, namedColumns, percent } from "../findings/phrase.ts";
import { classCounts } from "../labels/class-counts.ts";
import { linearColumns, type NumberShape, numberShapes, TRAINS } from "../linear/number-shapes.ts";

/** A penalty that takes more of a coefficient than it leaves. */
const MOST_TAKEN = 0.5;
const MOST_NAMED = 8;

/**
 * Columns in units so large that their numbers are tiny: a penalty on coefficients takes 1 / (1 + n variance w) of theirs away, where w is the mean curvature of the loss
 * (1 for squared errors, p (1 - p) for a class), unless columns are brought to one scale first. What Oldhand trains does that.
 */
export const scale: Check = {
  trap: "scale",
  title: "Columns have very different scales",
  inspect(context) {
    const found = numberShapes(context)
      .map((shape) => ({ shape, taken: takenOf(context, shape) }))
      .filter(({ taken }) => taken > MOST_TAKEN)
      .sort((a, b) => b.taken - a.taken || (a.shape.column.name < b.shape.column.name ? -1 : 1))
      .slice(0, MOST_NAMED);
    return found.length === 0 ? [] : [suspicion(context, found)];
  },
};

function takenOf(context: AuditContext, { deviation }: NumberShape): number {
  return 1 / (1 + TRAINS * context.frame.rows * deviation ** 2 * curvatureOf(context));
}

function curvatureOf(context: AuditContext): number {
  if (context.task.kind === "regression") return 1;
  const counts = classCounts(context);
  const labelled = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((most, count) => Math.max(most, (count / labelled) * (1 - count / labelled)), 0);
}

function suspicion(context: AuditContext, found: readonly { readonly shape: NumberShape; readonly taken: number }[]): Suspicion {
  const columns = found.map(({ shape }) => shape.column.name).sort();
  const [first] = found;
  const largest = numberShapes(context).reduce((most, { deviation }) => Math.max(most, deviation), 0);
  const taken = first?.taken ?? 0;
  const smallest = first?.shape.deviation ?? 0;
  return {
    trap: "scale",
    columns,
    rows: NO_ROWS,
    severity: "costly",
    confidence: 0.9,
    evidence: {
      taken: Object.fromEntries(found.map((one) => [one.shape.column.name, one.taken])),
      smallestDeviation: smallest,
      largestDeviation: largest,
      penalty: 1,
    },
    fix: {
      action: "advice",
      text: "Bring columns to one scale (mean 0, deviation 1 of the training rows) before a linear model with a penalty, nearest neighbours, a support vector machine or a neural network. Linear models are trained so here; trees need nothing.",
    },
    counterfactual: {
      // All rows train: what a penalty takes hangs on their number.
      change: "linear",
      features: linearColumns(context).map(({ name }) => name),
      claimed: { scaled: false },
      honest: {},
      flatters: false,
      compares: "a linear model (penalty 1) of the numbers in their own units against one of the numbers on one scale",
    },
    question: null,
    why: `The standard deviation of ${namedColumns(columns)} is as small as ${amount(smallest)} (the largest of the numbers has ${amount(largest)}): a penalty of 1 takes up to ${percent(taken)} of ${columns.length === 1 ? "its coefficient" : "their coefficients"} unless columns are brought to one scale.`,
  };
}
