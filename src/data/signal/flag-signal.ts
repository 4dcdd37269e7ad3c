import { float64From } from "../../core/typed-from.ts";
import { chiSquareTest, normalTwoSidedP, ranks, twoProportionZ } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";

/** What a yes or no about each row tells of the target. */
export interface FlagSignal {
  /** Labelled rows with the flag, and without. */
  readonly flagged: number;
  readonly others: number;
  /** 0.5 nothing, 1 everything: AUC of the flag for the class it tells most of, or for a regression target between the two sides. */
  readonly auc: number;
  readonly p: number;
  /** Classification: share of the class it tells most of, with the flag and without. Regression: mean of the target. */
  readonly withFlag: number;
  readonly withoutFlag: number;
  /** Index of that class; -1 for regression. */
  readonly classIndex: number;
}

/** p of the shares of a class on the two sides, over all classes together, below which the class may be named. */
const BEYOND_CHANCE = 0.01;

/** Null when one side has no labelled row. Linear in the rows; regression ranks the target once per audit. */
export function flagSignal(context: AuditContext, flag: (row: number) => boolean): FlagSignal | null {
  return context.task.kind === "regression" ? regressionSignal(context, flag) : classSignal(context, flag, context.task.classes.length);
}

function classSignal(context: AuditContext, flag: (row: number) => boolean, classes: number): FlagSignal | null {
  const yes = new Float64Array(classes);
  const no = new Float64Array(classes);
  const { target } = context;
  for (let row = 0; row < target.length; row++) {
    const label = target[row] ?? Number.NaN;
    if (Number.isNaN(label)) continue;
    const side = flag(row) ? yes : no;
    side[label] = (side[label] ?? 0) + 1;
  }
  const flagged = yes.reduce((sum, count) => sum + count, 0);
  const others = no.reduce((sum, count) => sum + count, 0);
  if (flagged === 0 || others === 0) return null;
  const aucs = Array.from(yes, (a, index) => flagAuc(a, flagged, no[index] ?? 0, others));
  // A class of few rows may lie on one side by chance, and would then tell the most.
  const ps = Array.from(yes, (a, index) => twoProportionZ(a, flagged, no[index] ?? 0, others).p);
  const isSure = (index: number) => (ps[index] ?? 1) < BEYOND_CHANCE / classes;
  const known = classes > 2 && ps.some((_, index) => isSure(index)) ? aucs.map((auc, index) => (isSure(index) ? auc : 0)) : aucs;
  const best = known.reduce((top, value, index) => (value > (known[top] ?? 0) ? index : top), 0);
  const classIndex = classes === 2 ? 1 : best;
  const [a, b] = [yes[classIndex] ?? 0, no[classIndex] ?? 0];
  const p =
    classes === 2
      ? twoProportionZ(a, flagged, b, others).p
      : chiSquareTest({ rows: 2, columns: classes, counts: Float64Array.from([...yes, ...no]) }).p;
  return { flagged, others, auc: aucs[best] ?? 0.5, p, withFlag: a / flagged, withoutFlag: b / others, classIndex };
}

function flagAuc(a: number, flagged: number, b: number, others: number): number {
  const positives = a + b;
  const negatives = flagged + others - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  return 0.5 + Math.abs(a / positives - (flagged - a) / negatives) / 2;
}

function regressionSignal(context: AuditContext, flag: (row: number) => boolean): FlagSignal | null {
  const { rank, rows, target } = context.shared("target-ranks", () => rankTarget(context.target));
  let flagged = 0;
  let rankSum = 0;
  let sum = 0;
  let all = 0;
  rows.forEach((row, place) => {
    all += target[place] ?? 0;
    if (!flag(row)) return;
    flagged++;
    rankSum += rank[place] ?? 0;
    sum += target[place] ?? 0;
  });
  const others = rows.length - flagged;
  if (flagged === 0 || others === 0) return null;
  const area = (rankSum - (flagged * (flagged + 1)) / 2) / (flagged * others);
  const z = (area - 0.5) / Math.sqrt((rows.length + 1) / (12 * flagged * others));
  const means = { withFlag: sum / flagged, withoutFlag: (all - sum) / others };
  return { flagged, others, auc: 0.5 + Math.abs(area - 0.5), p: normalTwoSidedP(z), ...means, classIndex: -1 };
}

function rankTarget(all: Float64Array): { rank: Float64Array; rows: Int32Array; target: Float64Array } {
  const labelled: number[] = [];
  all.forEach((value, row) => {
    if (!Number.isNaN(value)) labelled.push(row);
  });
  const target = float64From(labelled, (row) => all[row] ?? 0);
  return { rank: ranks(target), rows: Int32Array.from(labelled), target };
}
