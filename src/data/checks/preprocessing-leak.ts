import type { Suspicion } from "../../core/finding.ts";
import { equalCountsProbability } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { countValues, type NumberColumn } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { type FilledMean, filledMean, scaledColumns, type WholeScaling } from "../columns/scaled-whole.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { type EncodedMeans, encodedMeans } from "../leaks/encoded-means.ts";
import { type KindTotal, kindTotals } from "../leaks/kind-totals.ts";
import { type MeanOfOthers, meansOfOthers } from "../leaks/means-of-others.ts";
import { LOG, LOG_OF_MORE, type WholeEncoding, wholeEncoding } from "../leaks/target-encoding.ts";
import { quantityOf } from "../meaning/quantity.ts";
import { answerFor, knownQuestion } from "../signal/leak-odds.ts";

/** Chance of equally likely classes having exactly the same size, below which it is no accident. */
const BY_ACCIDENT = 0.01;
/** Up to here it asks. */
const HARDLY = 0.05;

/** Columns, or the classes, were prepared with all rows, so rows that judge had a part in it. */
export const preprocessingLeak: Check = {
  trap: "preprocessing-leak",
  title: "Rows that judge took part in the preparation",
  hiddenByLabels: true,
  async inspect(context) {
    const plain: NumberColumn[] = [];
    const found: Suspicion[] = [];
    const numbers = numberFeatures(context);
    for (const column of numbers) {
      const encoding = wholeEncoding(context, column, numbers.length);
      const means = encoding === null ? encodedMeans(context, column, numbers.length) : null;
      if (encoding !== null) found.push(encoded(encoding));
      if (means !== null) found.push(followsMeans(means));
      const filled = filledMean(context, column);
      if (filled !== null) found.push(filledGaps(context, filled));
      if (encoding === null && means === null) plain.push(column);
      await context.pause();
    }
    const scaled = scaledColumns(context, plain);
    const told = new Set(scaled.map(({ column }) => column));
    const others = (await meansOfOthers(context)).filter(({ column, isOfOne }) => !isOfOne || answerFor(context, column) !== "before");
    const known = new Set([...found.flatMap(({ columns }) => columns), ...others.map(({ column }) => column)]);
    const totals = (await kindTotals(context)).filter(({ column }) => !known.has(column) && answerFor(context, column) !== "before");
    return [
      ...found,
      ...others.map((one) => leftOut(context, one)),
      ...totals.map((one) => totalOfKind(context, one)),
      ...(["standard", "min-max", "centred"] as const).flatMap((kind) => scaledBy(kind, scaled)),
      ...belowNothing(plain.filter(({ name }) => !told.has(name))),
      ...balanced(context),
    ];
  },
};

function encoded({ column, classIndex, values, exact }: WholeEncoding): Suspicion {
  const of =
    classIndex === LOG ? "the logarithm of the target" : classIndex === LOG_OF_MORE ? "the logarithm of 1 + the target" : "the target";
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
    why: `Each of the ${amount(values)} values of \`${column}\` is the mean of ${of} over the rows that have it (${percent(exact)} of the rows): it was computed from the labels of all rows, those that judge among them.`,
  };
}

/** It asks where it may have been there before. */
const [SURE, ASKS] = [0.95, 0.45];

/** Each row's own label is what its mean lacks. Of pairs it is what the other row has, which only a person can tell to be known: it asks. */
function leftOut(context: AuditContext, { column, kind, classIndex, rows, share, isOfOne }: MeanOfOthers): Suspicion {
  const { roles, task } = context;
  const steps = [{ op: "drop" as const, columns: [column] }];
  const what = task.kind === "regression" ? `the mean of \`${roles.target}\`` : `the share of ${quoted(task.classes[classIndex] ?? "")}`;
  const told = `in ${percent(share)} of the rows`;
  const ofOne = `\`${column}\` is what the other row with the same \`${kind}\` has as \`${roles.target}\`, ${told}: it may be known (of a spouse, a twin), or be as unknown as the row's own when a prediction is made.`;
  return {
    trap: "preprocessing-leak",
    columns: [column],
    rows: NO_ROWS,
    severity: "blocker",
    confidence: answerFor(context, column) === "after" ? 1 : isOfOne ? ASKS : 0.97,
    evidence: { kind: "leave-one-out", of: kind, rows, share },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    ...(isOfOne ? { question: knownQuestion(column), choices: KNOWN_AT } : { question: null }),
    why: isOfOne
      ? ofOne
      : `\`${column}\` is ${what} over the other rows with the same \`${kind}\` ${told}: within one \`${kind}\` it falls just as the row's own target rises, so the two together give the target. It was computed from the labels of all rows.`,
  };
}

const TOTAL_WORDS: Readonly<Record<KindTotal["of"], string>> = {
  sum: "the sum of",
  largest: "the largest",
  smallest: "the smallest",
  mean: "the mean of",
  "sum of others": "the sum of",
};

/** A budget that was shared out is known before its shares: it is left out, and asked about. */
function totalOfKind(context: AuditContext, { column, kind, of, classIndex, rows, share, byChance, mayBeGiven }: KindTotal): Suspicion {
  const { roles, task } = context;
  const steps = [{ op: "drop" as const, columns: [column] }];
  const counted =
    task.kind === "regression" ? `${TOTAL_WORDS[of]} \`${roles.target}\`` : `the number of ${quoted(task.classes[classIndex] ?? "")}`;
  const over = of === "sum of others" ? "the other rows" : "all rows";
  const gives = of === "sum of others" ? "what the others have" : "and the other rows of it give the row's own";
  const told = mayBeGiven
    ? "it may have been computed from the labels, or have been there before them, as a limit or a first amount is"
    : `it was computed from the labels, ${gives}`;
  return {
    trap: "preprocessing-leak",
    columns: [column],
    rows: NO_ROWS,
    severity: "blocker",
    confidence: answerFor(context, column) === "after" ? 1 : mayBeGiven ? ASKS : SURE,
    evidence: { kind: "total", of, over: kind, rows, share, byChance },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
    why: `\`${column}\` is ${counted} over ${over} with the same \`${kind}\` in ${percent(share)} of the ${amount(rows)} rows whose \`${kind}\` has several (by chance ${percent(byChance)}): ${told}.`,
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

/** Of an age, which is never below 0 (a height may be one above a level): so many rows below, and as many above, are those of a mean that was taken off. */
const LEAST_SIDE = 0.1;
/** Different values below 0, none of which has most of the rows: a -1 or -999 in many rows is a code. */
const LEAST_BELOW = 5;
/** An age in Italian, and an angle in physics that lies around 0. */
const LETTERS = new Set(["eta"]);

/** Ages from -16 to 7: of which rows the mean was, the table does not tell. */
function belowNothing(columns: readonly NumberColumn[]): Suspicion[] {
  const found = columns.flatMap((column) => {
    const quantity = quantityOf(column.name);
    if (quantity?.zero !== "not alone" || LETTERS.has(quantity.phrase)) return [];
    const present = column.values.filter((value) => !Number.isNaN(value));
    const below = present.filter((value) => value < 0).length;
    const above = present.filter((value) => value > 0).length;
    const { values, counts } = countValues(column.values);
    const own = counts.filter((_, place) => (values[place] ?? 0) < 0);
    const isSpread = own.length >= LEAST_BELOW && 2 * Math.max(...own) < below;
    return !isSpread || Math.min(below, above) < LEAST_SIDE * present.length
      ? []
      : [{ name: column.name, below, share: below / present.length }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const names = found.map(({ name }) => name);
  return [
    {
      trap: "preprocessing-leak",
      columns: names,
      rows: NO_ROWS,
      severity: "costly",
      confidence: 0.7,
      evidence: { kind: "below-nothing", columns: names.length, rowsBelow: first.below, share: first.share },
      fix: {
        action: "advice",
        text: `Give ${namedColumns(names)} as measured; if a mean was taken off, let the preparation learn it within the folds, or keep the number for new rows.`,
      },
      counterfactual: null,
      unmeasured: "The values as they were measured are not in the table.",
      question: null,
      why: `${namedColumns(names)} ${names.length === 1 ? "is" : "are"} below 0 in many rows (\`${first.name}\` in ${percent(first.share)}), which no measured value is: a mean was taken off, perhaps that of rows that judge, and new rows must be given by the same number.`,
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
  if (chance > HARDLY || isDesigned(context, counts.length)) return [];
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

/** Fewer values do not show a plan. */
const LEAST_PLACES = 5;

/** Each value of some column has every class equally often: each place gave one sample of each kind, as was planned, and no row was left out or copied. */
function isDesigned({ frame, target, roles }: AuditContext, classes: number): boolean {
  return frame.columns.some((column) => {
    if (column.name === roles.target) return false;
    const { distinct, present } = factsOf(column, frame.rows);
    const each = present / (distinct * classes);
    if (distinct < LEAST_PLACES || !Number.isInteger(each)) return false;
    const cells = new Map<string, number>();
    for (let row = 0; row < frame.rows; row++) {
      const value = valueAt(column, row);
      if (Number.isNaN(value) || Number.isNaN(target[row])) continue;
      const key = `${value} ${target[row]}`;
      cells.set(key, (cells.get(key) ?? 0) + 1);
    }
    return cells.size === distinct * classes && [...cells.values()].every((count) => count === each);
  });
}
