import { wrongValue } from "../../wrong-use.ts";
import type { PackedSums, RowList, TreeKernels } from "../kernels/contract.ts";
import type { LossRows } from "../losses/index.ts";

/** Gradients of a round, packed: sums of whole numbers and what one of them is worth. */
export interface PackedRound {
  readonly sums: PackedSums;
  readonly gUnit: number;
  readonly hUnit: number;
}

/** Sums stay below 2^31; half of that is aimed at, because the next round's sums are not known yet. */
const AIM = 2 ** 30;

/**
 * A scale of the logistic loss is at most so many times the first one. Where all rows are foreseen surely their sums are nothing, and a scale that grew with each
 * round would leave the doubles: 0 times infinity is no number.
 */
const MOST_GROWTH = 2 ** 300;

/** Gains are squares of sums: beyond these they are no numbers any more. A first round of less would learn nothing without a word; later ones may be as small as they like. */
const MOST_SIZE = 1e150;
const LEAST_SIZE = 1e-150;

/** Gradients are rounded to the nearest step where so many of them make up a typical one, else by chance. */
const STEPS = 64;
/** Rows that tell the typical size. */
const SAMPLE = 63;

/** Scales of gradients are powers of two, so that gains in their steps and in units of the loss are ordered the same, ties too. */
function powerOfTwo(scale: number): number {
  return 2 ** Math.floor(Math.log2(scale));
}

/**
 * Scales by the sums of the rows: gradients to about 2^30 / n steps of their mean size. Hessians that are whole numbers stay as they are, equal ones become 1,
 * so that they count rows. isClass: the gradient is a class, which is not scaled.
 *
 * A few huge gradients make the step longer than most gradients are (one label of 10^10 among labels of 10). To the nearest step these would all be nothing; so they
 * are then rounded up or down by chance, right in the mean (stochastic rounding; Shi et al. 2022, Quantized Training of Gradient Boosting Decision Trees): the sum
 * of m rows is off by sqrt(m) / 2 steps at most in standard deviation. turn: number of the tree, from 1: each rounds anew.
 * @throws RangeError for sums whose squares are no numbers.
 */
export function packGradients(
  kernels: TreeKernels,
  gradient: { readonly address: number; readonly view: Float64Array },
  hessian: { readonly address: number; readonly view: Float64Array },
  rows: RowList & { readonly view: Int32Array },
  packed: number,
  turn: number,
  isClass = false,
): PackedRound {
  let [size, sum, least, most] = [0, 0, Number.POSITIVE_INFINITY, 0];
  let isWhole = true;
  const [g, hessians, list] = [gradient.view, hessian.view, rows.view];
  for (let at = 0; at < rows.count; at++) {
    const row = list[at]!;
    const h = hessians[row]!;
    size += Math.abs(g[row]!);
    sum += h;
    if (h < least) least = h;
    if (h > most) most = h;
    isWhole &&= h === Math.floor(h);
  }
  if (!(size <= MOST_SIZE && sum <= MOST_SIZE)) refuseHuge(g, hessians, rows);
  if (turn === 1 && !isClass && size > 0 && size < LEAST_SIZE)
    throw wrongValue(
      "bad-loss",
      `the gradients of all rows sum to ${size} in size, too little to learn from: multiply targets, weights or the loss`,
    );
  const gScale = isClass || size === 0 ? 1 : powerOfTwo(AIM / size);
  const hScale =
    isWhole && least > 0 && sum < AIM ? 1 : least === most && most > 0 && rows.count < AIM ? 1 / most : sum > 0 ? AIM / sum : 1;
  const draw = !isClass && 1 / gScale > typicalSize(g, rows) / STEPS ? turn : 0;
  const sums = kernels.packGiven(gradient.address, hessian.address, rows, gScale, hScale, draw, packed);
  return { sums, gUnit: 1 / gScale, hUnit: 1 / hScale };
}

/** A step that overshoots grows with each round, until a rate is beyond all numbers; targets and weights may be too large together. */
function refuseHuge(
  gradient: Float64Array,
  hessian: Float64Array,
  { view, count }: { readonly view: Int32Array; readonly count: number },
): never {
  const size = (row: number) => Math.max(Math.abs(gradient[row]!), hessian[row]!);
  let worst = view[0]!;
  for (let at = 1; at < count && !Number.isNaN(size(worst)); at++) if (!(size(view[at]!) <= size(worst))) worst = view[at]!;
  throw wrongValue(
    "bad-loss",
    `the gradients left the numbers that can be summed and squared (row ${worst}: gradient ${gradient[worst]}, hessian ${hessian[worst]}). A lower learningRate, a maxDeltaStep or a larger minSumHessianInLeaf holds steps that overshoot; else divide targets or weights`,
  );
}

/** Median size of the gradients of up to SAMPLE rows, evenly spread: what a row in the midst has, however large the largest are. */
function typicalSize(gradient: Float64Array, { view, count }: { readonly view: Int32Array; readonly count: number }): number {
  const sizes = new Float64Array(Math.min(count, SAMPLE));
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(gradient[view[Math.floor((i * count) / sizes.length)]!]!);
  return sizes.sort()[sizes.length >> 1]!;
}

/** Packs the logistic loss round by round: the scales follow from the round before, and are mended when its sums would not fit. */
export function logisticPacker(kernels: TreeKernels, addresses: { readonly target: number; readonly weight: number }, sample: LossRows) {
  const { target, weight } = addresses;
  let total = 0;
  for (let at = 0; at < sample.count; at++) total += sample.weight === null ? 1 : sample.weight[sample.rows[at]!]!;
  let gScale = powerOfTwo(AIM / total);
  let hScale = AIM / (total / 4);
  const [mostG, mostH] = [gScale, hScale].map((scale) => Math.min(2 ** 1000, scale * MOST_GROWTH)) as [number, number];
  return (scores: number, rows: RowList, packed: number): PackedRound => {
    for (;;) {
      const sums = kernels.packLogistic(scores, target, weight, rows, gScale, hScale, packed);
      const [gUsed, hUsed] = [gScale, hScale];
      gScale = Math.min(mostG, powerOfTwo((gUsed * AIM) / Math.max(1, sums.gradientSize)));
      hScale = Math.min(mostH, (hUsed * AIM) / Math.max(1, sums.hessian));
      if (sums.gradientSize < 2 * AIM && sums.hessian < 2 * AIM) return { sums, gUnit: 1 / gUsed, hUnit: 1 / hUsed };
    }
  };
}
