import type { Random } from "../../core/random.ts";
import { inverse } from "../../stats/index.ts";
import type { ViewFeatures } from "./view-features.ts";

const FOLDS = 5;
/** Rows that it learns from; more make the answers hardly better. */
const MOST_ROWS = 10_000;
/** Added to the variances of features, which are about 1 or below: keeps copies of columns solvable. */
const RIDGE = 0.01;

/** Sums over the rows of a part: of the features by class, of their products, and rows per class. */
interface Moments {
  readonly counts: Float64Array;
  /** classes x width. */
  readonly sums: Float64Array;
  /** width x width, the lower half. */
  readonly products: Float64Array;
}

/**
 * Linear discriminant analysis (Fisher 1936; Hastie, Tibshirani and Friedman 2009, 4.3), out of fold: log P(class) up to a constant of the row, n x classes, row-major. Unlike trees, whose answers level off at
 * the rate of wrong labels, it goes on getting surer in the direction that it has learnt. null without features or with one fold.
 * @param by folds of the rows, or what draws them
 */
export function discriminantView(
  features: ViewFeatures,
  labels: ArrayLike<number>,
  classes: number,
  by: Random | Int32Array,
): Float64Array | null {
  const width = features.length;
  const n = labels.length;
  if (width === 0 || n < 2 * FOLDS) return null;
  const fold = "integer" in by ? Int32Array.from({ length: n }, () => by.integer(FOLDS)) : by;
  const folds = 1 + fold.reduce((most, one) => Math.max(most, one), 0);
  if (folds < 2) return null;
  const matrix = new Float64Array(n * width);
  features.forEach((feature, j) => {
    for (let i = 0; i < n; i++) matrix[i * width + j] = feature[i] ?? 0;
  });
  const parts = Array.from({ length: folds }, () => noMoments(classes, width));
  const step = Math.max(1, n / MOST_ROWS);
  for (let at = 0; at < n; at += step) {
    const i = Math.floor(at);
    const part = parts[fold[i] ?? 0];
    if (part !== undefined) add(part, matrix.subarray(i * width, (i + 1) * width), labels[i] ?? 0);
  }
  const scores = new Float64Array(n * classes);
  for (let held = 0; held < folds; held++) {
    const rule = ruleOf(
      sumOf(
        parts.filter((_, other) => other !== held),
        classes,
        width,
      ),
      classes,
      width,
    );
    if (rule === null) return null;
    for (let i = 0; i < n; i++) if (fold[i] === held) answer(rule, matrix, i, scores, classes, width);
  }
  return scores;
}

function noMoments(classes: number, width: number): Moments {
  return { counts: new Float64Array(classes), sums: new Float64Array(classes * width), products: new Float64Array(width * width) };
}

function add({ counts, sums, products }: Moments, row: Float64Array, label: number): void {
  const width = row.length;
  counts[label] = (counts[label] ?? 0) + 1;
  for (let j = 0; j < width; j++) {
    const value = row[j] ?? 0;
    sums[label * width + j] = (sums[label * width + j] ?? 0) + value;
    if (value === 0) continue;
    for (let k = 0; k <= j; k++) products[j * width + k] = (products[j * width + k] ?? 0) + value * (row[k] ?? 0);
  }
}

function sumOf(parts: readonly Moments[], classes: number, width: number): Moments {
  const total = noMoments(classes, width);
  const addTo = (to: Float64Array, from: Float64Array) => {
    for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + (from[i] ?? 0);
  };
  for (const part of parts) {
    addTo(total.counts, part.counts);
    addTo(total.sums, part.sums);
    addTo(total.products, part.products);
  }
  return total;
}

interface Rule {
  /** classes x width. */
  readonly weights: Float64Array;
  readonly constants: Float64Array;
}

/** weights = S^-1 mean, constant = log share - mean S^-1 mean / 2, with S the covariance within classes. */
function ruleOf({ counts, sums, products }: Moments, classes: number, width: number): Rule | null {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const means = sums.map((sum, at) => sum / Math.max(1, counts[Math.floor(at / width)] ?? 0));
  const within = new Float64Array(width * width);
  for (let j = 0; j < width; j++)
    for (let k = 0; k <= j; k++) {
      let value = products[j * width + k] ?? 0;
      for (let one = 0; one < classes; one++) value -= (counts[one] ?? 0) * (means[one * width + j] ?? 0) * (means[one * width + k] ?? 0);
      within[j * width + k] = within[k * width + j] = value / rows + (j === k ? RIDGE : 0);
    }
  const back = inverse(within, width);
  if (back === null) return null;
  const weights = new Float64Array(classes * width);
  const constants = new Float64Array(classes);
  for (let one = 0; one < classes; one++) {
    let half = 0;
    for (let j = 0; j < width; j++) {
      let weight = 0;
      for (let k = 0; k < width; k++) weight += (back[j * width + k] ?? 0) * (means[one * width + k] ?? 0);
      weights[one * width + j] = weight;
      half += (weight * (means[one * width + j] ?? 0)) / 2;
    }
    constants[one] = Math.log(((counts[one] ?? 0) + 0.5) / rows) - half;
  }
  return { weights, constants };
}

function answer({ weights, constants }: Rule, matrix: Float64Array, i: number, scores: Float64Array, classes: number, width: number): void {
  for (let one = 0; one < classes; one++) {
    let score = constants[one] ?? 0;
    for (let j = 0; j < width; j++) score += (weights[one * width + j] ?? 0) * (matrix[i * width + j] ?? 0);
    scores[i * classes + one] = score;
  }
}
