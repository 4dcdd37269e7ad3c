import type { Suspicion } from "../../core/finding.ts";
import { equalCountsProbability } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { type EncodedMeans, encodedMeans } from "../leaks/encoded-means.ts";
import { type FilledMean, filledMean, scaledColumns, type WholeScaling } from "../leaks/scaled-whole.ts";
import { type WholeEncoding, wholeEncoding } from "../leaks/target-encoding.ts";

/** Chance of equally likely classes having exactly the same size, below which it is no accident. */
const BY_ACCIDENT = 0.01;
/** Up to here it asks. */
const HARDLY = 0.05;

/** Columns, or the classes, were prepared with all rows, so rows that judge had a part in it. */
export const preprocessingLeak: Check = {
  trap: "preprocessing-leak",
  title: "Rows that judge took part in the preparation",
  async inspect(context) {
    const plain: NumberColumn[] = [];
    const found: Suspicion[] = [];
    for (const column of numberFeatures(context)) {
      const encoding = wholeEncoding(context, column);
      const means = encoding === null ? encodedMeans(context, column) : null;
      if (encoding !== null) found.push(encoded(encoding));
      if (means !== null) found.push(followsMeans(means));
      const filled = filledMean(context, column);
      if (filled !== null) found.push(filledGaps(context, filled));
      if (encoding === null && means === null) plain.push(column);
      await context.pause();
    }
    const scaled = scaledColumns(context, plain);
    return [...found, ...(["standard", "min-max", "centred"] as const).flatMap((kind) => scaledBy(kind, scaled)), ...balanced(context)];
  },
};

function encoded({ column, values, exact }: WholeEncoding): Suspicion {
  const steps = [{ op: "drop" as const, columns: [column] }];
  return {
    trap: "preprocessing-leak",
    columns: [column],
    rows: NO_ROWS,
    severity: "blocker",
    // The share of rows that fit; chance does not hit a mean of the target value after value.
    confidence: exact * 0.98,
    evidence: { kind: "target-encoding", values, exact },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: null,
    why: `Each of the ${amount(values)} values of \`${column}\` is the mean of the target over the rows that have it (${percent(exact)} of the rows): it was computed from the labels of all rows, those that judge among them.`,
  };
}

/** As above, scaled or drawn to the whole mean: no share of exact rows can be counted, but chance comes nowhere near. */
function followsMeans({ column, values, rowsPerValue, ofSampling }: EncodedMeans): Suspicion {
  const steps = [{ op: "drop" as const, columns: [column] }];
  return {
    trap: "preprocessing-leak",
    columns: [column],
    rows: NO_ROWS,
    severity: "blocker",
    confidence: 0.95,
    evidence: { kind: "target-encoding", values, rowsPerValue, ofSampling },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: null,
    why: `The ${amount(values)} values of \`${column}\` follow the means of the target over the rows that have them by one formula. With about ${rowsPerValue.toFixed(0)} rows for each value such means stray by chance; these stray by ${ofSampling < 0.001 ? "less than 0.1 %" : percent(ofSampling)} of that: the values were computed from the labels of all rows, those that judge among them.`,
  };
}

function filledGaps(context: AuditContext, { column, value, rows, share, next }: FilledMean): Suspicion {
  const steps = [{ op: "null-out" as const, column, values: [value] }];
  const cells = context.frame.columns.find(({ name }) => name === column);
  return {
    trap: "preprocessing-leak",
    columns: [column],
    rows: affectedRows(context, (row) => cells !== undefined && "values" in cells && cells.values[row] === value),
    severity: "costly",
    // The chance that the most frequent value hits the mean so closely is below one in a thousand; what is left is that it is no filled gap.
    confidence: 0.9,
    evidence: { kind: "mean-imputed", value, rows, share, nextMostFrequent: next },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    why: `${amount(rows)} rows (${percent(share)}) of \`${column}\` are ${amount(value)}, the mean of all others as far as it is written: gaps were filled from all rows, and that they were gaps is lost.`,
  };
}

function scaledBy(kind: WholeScaling["kind"], all: readonly WholeScaling[]): Suspicion[] {
  const scaled = all.filter((one) => one.kind === kind);
  const [first] = scaled;
  if (first === undefined) return [];
  const columns = scaled.map(({ column }) => column);
  const words = { standard: "mean 0 and deviation 1", "min-max": "exactly the range from 0 to 1", centred: "mean 0 to the last decimal" }[
    kind
  ];
  return [
    {
      trap: "preprocessing-leak",
      columns,
      rows: NO_ROWS,
      // Scales hold next to nothing of the labels; that the same scaling must be kept for new rows is what costs.
      severity: "costly",
      // A single column from 0 to 1 may be a share; three by accident are none.
      confidence: kind === "min-max" ? 1 - 0.6 ** columns.length : 0.97,
      evidence: { kind, columns: columns.length, first: [...first.numbers] },
      fix: {
        action: "advice",
        text: "Give the values before they were scaled, and let the preparation learn the scale within the folds; else keep the numbers of that scaling, or new rows cannot be scaled alike.",
      },
      counterfactual: null,
      unmeasured: "The unscaled values are not in the table.",
      question: kind === "min-max" && columns.length < 2 ? `Was \`${first.column}\` scaled to the range from 0 to 1?` : null,
      why: `${namedColumns(columns)} ${columns.length === 1 ? "has" : "have"} ${words} over all rows: ${columns.length === 1 ? "it was" : "they were"} scaled before the split, with the rows that judge.`,
    },
  ];
}

function balanced(context: AuditContext): Suspicion[] {
  const { task, target, roles, frame } = context;
  if (task.kind === "regression" || frame.rowNumbers !== null) return [];
  const counts = new Float64Array(task.classes.length);
  for (const label of target) if (!Number.isNaN(label)) counts[label] = (counts[label] ?? 0) + 1;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const chance = counts.some((count) => count !== counts[0]) ? 1 : equalCountsProbability(rows, counts.length);
  if (chance > HARDLY) return [];
  return [
    {
      trap: "preprocessing-leak",
      columns: [roles.target],
      rows: NO_ROWS,
      severity: "costly",
      // Classes of equal size come of drawing so many of each, or of copying and leaving out: which of them, the table does not tell.
      confidence: chance <= BY_ACCIDENT ? 0.5 : 0.4,
      evidence: { kind: "balanced", classes: task.classes.length, rowsPerClass: counts[0] ?? 0, chance },
      fix: {
        action: "advice",
        text: "Take the rows as they come, split them, and weight classes while training; probabilities learned here hold only where classes are equally frequent.",
      },
      counterfactual: null,
      unmeasured: "How frequent the classes are where the model will be used is not in the table.",
      question: `Are the classes of \`${roles.target}\` equally frequent where the model will be used?`,
      choices: ["no", "yes"],
      why: `All ${counted(task.classes.length, "class", "classes")} of \`${roles.target}\` have exactly ${amount(counts[0] ?? 0)} rows: they ${chance <= BY_ACCIDENT ? "were" : `may have been (by chance ${percent(chance)} of such tables look so)`} balanced before the split, and rows that were copied for it may stand on both sides.`,
    },
  ];
}
