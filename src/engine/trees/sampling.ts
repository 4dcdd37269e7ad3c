import { wrongValue } from "../wrong-use.ts";
import type { LossRows } from "./losses/contract.ts";
import type { BoostingOptions } from "./options.ts";
import { sampleInOrder, type Uniform } from "./random.ts";

/** Rows of one round, in the order of the sample. factor: by place in `rows`, on gradient and hessian; null = all 1. */
export interface Draw {
  readonly rows: Int32Array;
  readonly factor: Float64Array | null;
}

/** A share of the rows without replacement, each set of that size equally likely; at least one row. share: above 0, at most 1. */
export function drawShare(rows: Int32Array, share: number, uniform: Uniform): Int32Array {
  if (share >= 1 || rows.length === 0) return rows;
  const drawn = new Int32Array(Math.max(1, Math.round(rows.length * share)));
  sampleInOrder(rows, rows.length, drawn.length, uniform, drawn);
  return drawn;
}

/** A share of the rows of class 1 and one of class 0. Draws from class 1 first. */
export function drawByClass({ target, rows }: LossRows, positiveShare: number, negativeShare: number, uniform: Uniform): Int32Array {
  const positives = drawShare(
    rows.filter((row) => target[row] === 1),
    positiveShare,
    uniform,
  );
  const negatives = drawShare(
    rows.filter((row) => target[row] !== 1),
    negativeShare,
    uniform,
  );
  const chosen = new Set([...positives, ...negatives]);
  return rows.filter((row) => chosen.has(row));
}

/** All rows of a share of the queries. @throws RangeError without queries. */
export function drawQueries({ query, rows }: LossRows, share: number, uniform: Uniform): Int32Array {
  if (query === undefined || query === null) throw wrongValue("bad-training", "drawing queries needs a query per row");
  const ids = Int32Array.from(new Set(rows.map((row) => query[row]!)));
  const chosen = new Set(drawShare(ids, share, uniform));
  return rows.filter((row) => chosen.has(query[row]!));
}

/**
 * Gradient-based one-side sampling (Ke et al. 2017): the topRate of the rows with the largest |g h|, summed over outputs (as LightGBM; the
 * paper takes |g|), and otherRate of all rows drawn from the others, which stand for all of those: factor others / drawn, (1 - a) / b but for
 * rounding. Of equal sizes the earlier row is kept.
 */
export function goss(
  rows: Int32Array,
  gradients: readonly Float64Array[],
  hessians: readonly Float64Array[],
  { topRate, otherRate }: { readonly topRate: number; readonly otherRate: number },
  uniform: Uniform,
): Draw {
  const n = rows.length;
  const top = Math.min(n, Math.round(n * topRate));
  const wanted = Math.min(n - top, Math.max(1, Math.round(n * otherRate)));
  if (top + wanted >= n) return { rows, factor: null };
  const isTop = largest(sizesOf(rows, gradients, hessians), top);
  const drawn = new Int32Array(top + wanted);
  const factor = new Float64Array(top + wanted);
  let kept = 0;
  let taken = 0;
  for (let i = 0, left = n - top; i < n; i++) {
    if (isTop[i] === 1) factor[kept] = 1;
    else if (uniform() * left-- < wanted - taken) {
      taken++;
      factor[kept] = (n - top) / wanted;
    } else continue;
    drawn[kept++] = rows[i]!;
  }
  return { rows: drawn, factor };
}

/** |g h| of each row, summed over outputs. */
function sizesOf(rows: Int32Array, gradients: readonly Float64Array[], hessians: readonly Float64Array[]): Float64Array {
  const sizes = new Float64Array(rows.length);
  for (const [k, gradient] of gradients.entries()) {
    const hessian = hessians[k]!;
    for (let i = 0; i < rows.length; i++) sizes[i]! += Math.abs(gradient[rows[i]!]! * hessian[rows[i]!]!);
  }
  return sizes;
}

/** Marks the `count` largest values; of equal ones the first. */
function largest(values: Float64Array, count: number): Uint8Array {
  const marks = new Uint8Array(values.length);
  if (count === 0) return marks;
  const least = kthLargest(values.slice(), count);
  let left = count;
  for (let i = 0; i < values.length; i++) if (values[i]! > least) left--;
  for (let i = 0; i < values.length; i++) if (values[i]! > least || (values[i] === least && left-- > 0)) marks[i] = 1;
  return marks;
}

/** Hoare's quickselect, with the middle value as pivot. Reorders values. */
function kthLargest(values: Float64Array, k: number): number {
  const wanted = values.length - k;
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      [values[i], values[j]] = [values[j]!, values[i]!];
      i++;
      j--;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return values[wanted]!;
}

export type Sampler = (round: number, gradients: readonly Float64Array[], hessians: readonly Float64Array[], uniform: Uniform) => Draw;

type SamplingOptions = Pick<
  BoostingOptions,
  "sampling" | "baggingFraction" | "baggingFreq" | "posBaggingFraction" | "negBaggingFraction" | "topRate" | "otherRate"
>;

/**
 * Which rows each round uses. Rounds count from 1 and come in order. Bagging draws anew in rounds 1, 1 + baggingFreq, ...; isRanking:
 * whole queries are drawn. GOSS uses all rows in the first 1 / learningRate rounds (as LightGBM), when gradients say little.
 * @throws RangeError for class fractions when targets are not 0 and 1.
 */
export function createSampler(options: SamplingOptions, learningRate: number, sample: LossRows, isRanking: boolean): Sampler {
  const all: Draw = { rows: sample.rows, factor: null };
  if (options.sampling === "none") return () => all;
  if (options.sampling === "goss") {
    const quiet = Math.floor(1 / learningRate);
    return (round, gradients, hessians, uniform) => (round <= quiet ? all : goss(sample.rows, gradients, hessians, options, uniform));
  }
  const draw = bagging(options, sample, isRanking);
  let last = all;
  return (round, _gradients, _hessians, uniform) => {
    if ((round - 1) % options.baggingFreq === 0) last = { rows: draw(uniform), factor: null };
    return last;
  };
}

function bagging(options: SamplingOptions, sample: LossRows, isRanking: boolean): (uniform: Uniform) => Int32Array {
  const { posBaggingFraction: positive, negBaggingFraction: negative, baggingFraction } = options;
  if (positive < 1 || negative < 1) {
    const odd = sample.rows.find((row) => sample.target[row] !== 0 && sample.target[row] !== 1);
    if (odd !== undefined) throw wrongValue("bad-option", `bagging by class needs targets 0 and 1, got ${sample.target[odd]}`);
    return (uniform) => drawByClass(sample, positive, negative, uniform);
  }
  return (uniform) => (isRanking ? drawQueries(sample, baggingFraction, uniform) : drawShare(sample.rows, baggingFraction, uniform));
}
