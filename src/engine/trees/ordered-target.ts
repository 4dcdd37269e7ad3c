import type { LossRows } from "./losses/contract.ts";
import type { Uniform } from "./random.ts";

/** Values for rows that were not learned from: (sum of targets + smoothing x prior) / (weight + smoothing). */
export interface TargetTable {
  /** By level, then that of missing. A level without rows has the prior. */
  readonly values: Float64Array;
}

export interface OrderedTarget {
  /** By row number; rows that are not in the sample have NaN. */
  readonly column: Float64Array;
  readonly table: TargetTable;
}

export interface OrderedTargetRules {
  readonly levels: number;
  /** Weight of the prior, in rows; above 0. CatBoost's a, 1. */
  readonly smoothing: number;
}

/**
 * Ordered target statistics (Prokhorenkova et al. 2018, CatBoost): in a random order of the rows, each row's category becomes
 * (S + a prior) / (W + a) over the rows of its level that came before it, so that its own target plays no part; new rows take the statistic
 * over all training rows. prior: the mean target. One order per call: for several, use one per tree, as CatBoost. Their average must not be
 * learned from: it tends to the leave-one-out mean, in which a row's own target shows as what is missing from its level. Missing (code -1) is a level of its own. target: 0/1 or a number (for several classes one column per class).
 * The prior sees all training rows, own target included: a shift of order 1 / n that is the same for all rows of the table.
 * @throws RangeError for rules out of range.
 */
export function orderedTarget(codes: Int32Array, sample: LossRows, rules: OrderedTargetRules, uniform: Uniform): OrderedTarget {
  const { levels, smoothing } = rules;
  if (!(smoothing > 0)) throw new RangeError(`ordered target statistics need a smoothing above 0, got ${smoothing}`);
  const prior = priorOf(sample);
  const column = new Float64Array(sample.target.length).fill(Number.NaN);
  const sums = createSums(levels);
  for (const row of shuffled(sample.rows, uniform)) {
    const level = slotOf(codes[row]!, levels);
    column[row] = statistic(sums, level, smoothing, prior);
    const weight = sample.weight === null ? 1 : sample.weight[row]!;
    sums.target[level]! += weight * sample.target[row]!;
    sums.weight[level]! += weight;
  }
  const values = Float64Array.from({ length: levels + 1 }, (_, level) => statistic(sums, level, smoothing, prior));
  return { column, table: { values } };
}

/** The column of new rows. Codes outside the levels, -1 too, take the value of missing. */
export function encodeByTable(codes: Int32Array, { values }: TargetTable): Float64Array {
  return Float64Array.from(codes, (code) => values[slotOf(code, values.length - 1)]!);
}

interface Sums {
  readonly target: Float64Array;
  readonly weight: Float64Array;
}

/** One slot per level, the last for missing. */
function createSums(levels: number): Sums {
  return { target: new Float64Array(levels + 1), weight: new Float64Array(levels + 1) };
}

function slotOf(code: number, levels: number): number {
  return code >= 0 && code < levels ? code : levels;
}

function statistic({ target, weight }: Sums, level: number, smoothing: number, prior: number): number {
  return (target[level]! + smoothing * prior) / (weight[level]! + smoothing);
}

function priorOf({ target, weight, rows }: LossRows): number {
  let [sum, total] = [0, 0];
  for (const row of rows) {
    const w = weight === null ? 1 : weight[row]!;
    sum += w * target[row]!;
    total += w;
  }
  return sum / total;
}

/** Fisher and Yates. */
function shuffled(rows: Int32Array, uniform: Uniform): Int32Array {
  const order = rows.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
