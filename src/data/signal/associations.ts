import type { Column } from "../../core/column.ts";
import { int32From, placesUpTo } from "../../core/typed-from.ts";
import { ascendingOrder, aucOfBins, concordanceOfSpearman, normalQuantile, spearmanOfBins, zOfAuc } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { binColumn, type ColumnBins, mergeBins } from "../columns/column-bins.ts";
import { binsOfAll } from "../columns/counts.ts";
import { FOLDS, type TargetView, targetView } from "../columns/target-view.ts";

/** What one column tells about the target. Scores are shares of pairs put in the right order: 0.5 nothing, 1 all (see stats/concordance.ts). */
export interface Association {
  readonly column: string;
  /** The better of the two below, at least 0.5. */
  readonly score: number;
  /** monotone: the numbers as they stand. encoded: the target's mean per bin or level, learnt out of fold; missing has its own bin. */
  readonly way: "monotone" | "encoded";
  /** Of the order of the values alone, 0.5..1; 0.5 where they have none. */
  readonly ordered: number;
  /** 1: more goes with more (or with the positive class); -1: with less; 0: no order. */
  readonly direction: -1 | 0 | 1;
  /** Against a column that tells nothing. */
  readonly z: number;
  /** Labelled rows looked at, and the share of them in which the column is present. */
  readonly rows: number;
  readonly coverage: number;
  /** Score of being present or missing, alone. */
  readonly missingScore: number;
  /** Of several classes each against the rest, by its index in the task; empty for other tasks, and without those that cannot be judged or are too many. */
  readonly classScores: ReadonlyMap<number, number>;
}

/** Rows looked at, at most: the standard error of an AUC is below 0.003 then. Fewer when there are many columns, for the sake of time. */
const MOST_ROWS = 50_000;
const LEAST_ROWS = 5_000;
const MOST_CELLS = 4e7;

/** Rows of prior in an encoding: a bin's mean is drawn to the whole mean as if that many rows had it. */
const PRIOR_ROWS = 5;

const KEY = "associations";

/** Associations of all columns but the target and the ignored ones, once per audit. */
export function associationsOf(context: AuditContext): ReadonlyMap<string, Association> {
  return context.shared(KEY, () => new Map(offered(context).map((column) => [column.name, associateOne(context, column)])));
}

/** The same ahead of the checks that ask for them, with pauses: many columns take seconds. */
export async function prepareAssociations(context: AuditContext): Promise<void> {
  const made = new Map<string, Association>();
  for (const column of offered(context)) {
    made.set(column.name, associateOne(context, column));
    await context.pause();
  }
  context.shared(KEY, () => made);
}

/** Where all rows have a label and are looked at, their bins serve other checks too. */
function associateOne(context: AuditContext, column: Column): Association {
  const view = viewOf(context);
  return associate(column, view, view.rows.length === context.frame.rows ? binsOfAll(context, column) : undefined);
}

function offered({ frame, roles }: AuditContext): readonly Column[] {
  const left = new Set([roles.target, ...roles.ignored]);
  return frame.columns.filter(({ name }) => !left.has(name));
}

/** The rows and folds that associations of this audit look at. */
export function viewOf(context: AuditContext): TargetView {
  return context.shared("target view", () => {
    const most = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / context.frame.columns.length)));
    return targetView(context.target, context.task, most, context.seed);
  });
}

/** z above which one of `tests` columns that tell nothing rises with a chance of 1 in 100 (Bonferroni, two-sided). */
export function zThreshold(tests: number): number {
  return -normalQuantile(pThreshold(tests) / 2);
}

/** The same as a two-sided p value. */
export function pThreshold(tests: number): number {
  return 0.01 / Math.max(1, tests);
}

/** Scores one column; `fine`: its bins on the view's rows. Cost: one pass over the view's rows, and a sort of at most 4096 bins per fold. */
export function associate(column: Column, view: TargetView, fine: ColumnBins = binColumn(column, view.rows)): Association {
  const missing = countOf(fine.codes, fine.missingBin);
  const rows = view.rows.length;
  const monotone = fine.ordered && view.kind !== "multiclass" ? monotoneScore(fine, view) : NOTHING;
  const encoded = encodedScore(fine.ordered ? mergeBins(fine, partsOf(view)) : fine, view);
  const best = monotone.score >= encoded.score ? monotone : encoded;
  return {
    column: column.name,
    score: Math.max(0.5, best.score),
    way: best === monotone ? "monotone" : "encoded",
    ordered: Math.max(0.5, monotone.score),
    direction: monotone.direction,
    z: best.z,
    rows,
    coverage: rows === 0 ? 0 : 1 - missing / rows,
    missingScore: missing === 0 || missing === rows ? 0.5 : missingScore(fine, view),
    classScores: encoded.classScores ?? new Map(),
  };
}

function countOf(codes: Int32Array, wanted: number): number {
  let count = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] === wanted) count++;
  return count;
}

function missingScore(bins: ColumnBins, view: TargetView): number {
  const codes = int32From(bins.codes, (code) => Number(code === bins.missingBin));
  return Math.max(0.5, encodedScore({ codes, bins: 2, missingBin: 1, ordered: false }, view).score);
}

interface Scored {
  readonly score: number;
  readonly z: number;
  readonly direction: -1 | 0 | 1;
  readonly classScores?: ReadonlyMap<number, number>;
}

const NOTHING: Scored = { score: 0, z: 0, direction: 0 };

/** The numbers as they stand, on rows where they are present. */
function monotoneScore(bins: ColumnBins, view: TargetView): Scored {
  const counts = new Float64Array(bins.missingBin);
  const sums = new Float64Array(bins.missingBin);
  let squares = 0;
  let present = 0;
  let positives = 0;
  for (let i = 0; i < view.rows.length; i++) {
    const bin = bins.codes[i] ?? 0;
    if (bin === bins.missingBin) continue;
    const value = view.values[i] ?? 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
    sums[bin] = (sums[bin] ?? 0) + value;
    squares += value ** 2;
    positives += value;
    present++;
  }
  const order = placesUpTo(counts.length);
  if (view.kind === "regression") {
    const rho = present < 3 ? 0 : spearmanOfBins(order, counts, sums, squares, null);
    return { score: concordanceOfSpearman(Math.abs(rho)), z: Math.abs(rho) * Math.sqrt(Math.max(0, present - 1)), direction: signOf(rho) };
  }
  const auc = aucOfBins(order, counts, sums, null);
  if (Number.isNaN(auc)) return NOTHING;
  return { score: Math.max(auc, 1 - auc), z: Math.abs(zOfAuc(auc, positives, present - positives)), direction: signOf(auc - 0.5) };
}

function signOf(value: number): -1 | 0 | 1 {
  return value > 0 ? 1 : value < 0 ? -1 : 0;
}

/** Target mean per bin from the other folds, judged on this one; the mean over folds, and over classes by their size. */
function encodedScore(bins: ColumnBins, view: TargetView): Scored {
  if (view.kind === "regression") return encodedNumbers(bins, view);
  const wanted = view.kind === "binary" ? [1] : Array.from(view.classCounts.keys());
  const n = view.rows.length;
  let score = 0;
  let weight = 0;
  let z = 0;
  const classScores = new Map<number, number>();
  for (const one of wanted) {
    const count = view.classCounts[one] ?? 0;
    const auc = count === 0 || count === n ? Number.NaN : encodedClass(bins, view, one);
    if (Number.isNaN(auc)) continue;
    const index = view.classIndexes[one] ?? -1;
    if (view.kind === "multiclass" && index >= 0) classScores.set(index, auc);
    score += auc * count;
    weight += count;
    // The largest of several classes' z is compared with one class's limit: taken down by what the largest of that many reaches by chance.
    const chance = wanted.length > 1 ? -normalQuantile(1 / (2 * wanted.length)) : 0;
    z = Math.max(z, zOfAuc(auc, count, n - count) - chance);
  }
  return weight === 0 ? NOTHING : { score: score / weight, z, direction: 0, classScores };
}

function encodedClass(bins: ColumnBins, view: TargetView, one: number): number {
  const { counts, sums } = cells(bins, view, (value) => Number(value === one));
  return overFolds(bins, view, counts, sums, (order, foldCounts, foldSums, scores) => aucOfBins(order, foldCounts, foldSums, scores));
}

function encodedNumbers(bins: ColumnBins, view: TargetView): Scored {
  const { counts, sums } = cells(bins, view, (value) => value);
  const squares = new Float64Array(FOLDS);
  for (let i = 0; i < view.rows.length; i++) squares[view.folds[i] ?? 0] = (squares[view.folds[i] ?? 0] ?? 0) + (view.values[i] ?? 0) ** 2;
  const rho = overFolds(bins, view, counts, sums, (order, foldCounts, foldSums, scores, fold) =>
    spearmanOfBins(order, foldCounts, foldSums, squares[fold] ?? 0, scores),
  );
  if (Number.isNaN(rho)) return NOTHING;
  return { score: concordanceOfSpearman(rho), z: rho * Math.sqrt(Math.max(0, view.rows.length - 1)), direction: 0 };
}

/**
 * What one column answers out of fold less what is true, row-major: rows of the view x classes (one column of numbers for regression, whose values are
 * ranks).
 */
export function encodingErrors(column: Column, view: TargetView): Float64Array {
  const fine = binColumn(column, view.rows);
  const bins = fine.ordered ? mergeBins(fine, partsOf(view)) : fine;
  const width = view.kind === "regression" ? 1 : view.classes;
  const errors = new Float64Array(view.rows.length * width);
  for (let one = 0; one < width; one++) {
    const read = (value: number) => (view.kind === "regression" ? value : Number(value === one));
    const answers = encodingsPerFold(bins, view, read);
    for (let i = 0; i < view.rows.length; i++) {
      const answer = answers[view.folds[i] ?? 0]?.[bins.codes[i] ?? 0] ?? 0;
      errors[i * width + one] = answer - read(view.values[i] ?? 0);
    }
  }
  return errors;
}

function encodingsPerFold(bins: ColumnBins, view: TargetView, read: (value: number) => number): readonly Float64Array[] {
  const { counts, sums } = cells(bins, view, read);
  const [allCounts, allSums] = [overall(counts, bins.bins), overall(sums, bins.bins)];
  return Array.from({ length: FOLDS }, (_, fold) => {
    const own = (of: Float64Array) => of.subarray(fold * bins.bins, (fold + 1) * bins.bins);
    return encodings(allCounts, allSums, own(counts), own(sums));
  });
}

/** Sums over the folds. */
function overall(perFold: Float64Array, width: number): Float64Array {
  const all = new Float64Array(width);
  for (let cell = 0; cell < perFold.length; cell++) all[cell % width] = (all[cell % width] ?? 0) + (perFold[cell] ?? 0);
  return all;
}

/** Parts that a column of numbers is cut into: about 40 rows each. */
function partsOf(view: TargetView): number {
  return Math.max(4, Math.min(32, Math.floor(view.rows.length / 40)));
}

/** Rows and sums of `read(target)` per fold and bin: FOLDS x bins, row-major. */
function cells(bins: ColumnBins, view: TargetView, read: (value: number) => number): { counts: Float64Array; sums: Float64Array } {
  const counts = new Float64Array(FOLDS * bins.bins);
  const sums = new Float64Array(FOLDS * bins.bins);
  for (let i = 0; i < view.rows.length; i++) {
    const cell = (view.folds[i] ?? 0) * bins.bins + (bins.codes[i] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
    sums[cell] = (sums[cell] ?? 0) + read(view.values[i] ?? 0);
  }
  return { counts, sums };
}

type FoldScore = (order: Int32Array, counts: Float64Array, sums: Float64Array, scores: Float64Array, fold: number) => number;

function overFolds(bins: ColumnBins, view: TargetView, counts: Float64Array, sums: Float64Array, judge: FoldScore): number {
  const width = bins.bins;
  const [allCounts, allSums] = [overall(counts, width), overall(sums, width)];
  let total = 0;
  let weight = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const foldCounts = counts.subarray(fold * width, (fold + 1) * width);
    const foldSums = sums.subarray(fold * width, (fold + 1) * width);
    const scores = encodings(allCounts, allSums, foldCounts, foldSums);
    const order = ascendingOrder(scores);
    const score = judge(order, foldCounts, foldSums, scores, fold);
    if (Number.isNaN(score)) continue;
    const held = foldCounts.reduce((sum, count) => sum + count, 0);
    total += held * score;
    weight += held;
  }
  return weight === 0 || view.rows.length === 0 ? Number.NaN : total / weight;
}

function encodings(allCounts: Float64Array, allSums: Float64Array, foldCounts: Float64Array, foldSums: Float64Array): Float64Array {
  let count = 0;
  let sum = 0;
  for (let bin = 0; bin < allCounts.length; bin++) {
    count += (allCounts[bin] ?? 0) - (foldCounts[bin] ?? 0);
    sum += (allSums[bin] ?? 0) - (foldSums[bin] ?? 0);
  }
  const prior = count === 0 ? 0 : sum / count;
  return allCounts.map((all, bin) => {
    const seen = all - (foldCounts[bin] ?? 0);
    return ((allSums[bin] ?? 0) - (foldSums[bin] ?? 0) + PRIOR_ROWS * prior) / (seen + PRIOR_ROWS);
  });
}
