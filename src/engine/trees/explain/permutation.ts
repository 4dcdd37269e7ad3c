import type { Feature, Matrix } from "../../../core/matrix.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { predict } from "../predictor.ts";
import { uniformStream } from "../random.ts";

export interface PermutationOptions {
  /** Times that each feature is shuffled, at least 5; 10 without. */
  readonly repeats?: number;
  readonly seed?: number;
  readonly better?: "higher" | "lower";
}

export interface PermutationImportance {
  readonly name: string;
  /** Mean loss of score over the shuffles; positive: the trees use the feature and gain by it. */
  readonly drop: number;
  /**
   * 95 % interval of that mean: Student's t over the shuffles, taken as independent draws of about normal drops. It holds for these rows; how
   * the importance would change with other rows is not in it.
   */
  readonly low: number;
  readonly high: number;
  /** By shuffle. */
  readonly drops: Float64Array;
}

/**
 * How much worse a score of the predictions (link applied, rows x outputs) gets when a feature's values are shuffled among the rows (Breiman
 * 2001). Meant for rows that the trees were not grown on. Features that carry the same information share it.
 * @throws RangeError for fewer than 5 repeats, or when a feature is absent or of another kind.
 */
export function permutationImportance(
  ensemble: TreeEnsemble,
  matrix: Matrix,
  score: (predictions: Float64Array) => number,
  { repeats = 10, seed = 0, better = "higher" }: PermutationOptions = {},
): PermutationImportance[] {
  if (!Number.isInteger(repeats) || repeats < 5) throw new RangeError(`repeats must be a whole number from 5, got ${repeats}`);
  const whole = score(predict(ensemble, matrix));
  const used = new Set(ensemble.feature);
  return ensemble.features.map(({ name }, place) => {
    const drops = new Float64Array(repeats);
    if (used.has(place)) {
      const uniform = uniformStream(seed, place);
      for (let repeat = 0; repeat < repeats; repeat++) {
        const shuffled = score(predict(ensemble, withShuffled(matrix, name, uniform)));
        drops[repeat] = better === "higher" ? whole - shuffled : shuffled - whole;
      }
    }
    return { name, ...meanWithInterval(drops), drops };
  });
}

function withShuffled(matrix: Matrix, name: string, uniform: () => number): Matrix {
  const order = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  for (let i = matrix.rows - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const shuffled = (feature: Feature): Feature =>
    feature.kind === "numeric"
      ? { ...feature, values: Float64Array.from(order, (row) => feature.values[row]!) }
      : { ...feature, codes: order.map((row) => feature.codes[row]!) };
  return { ...matrix, features: matrix.features.map((feature) => (feature.name === name ? shuffled(feature) : feature)) };
}

function meanWithInterval(drops: Float64Array): { drop: number; low: number; high: number } {
  const n = drops.length;
  const drop = drops.reduce((sum, value) => sum + value, 0) / n;
  const variance = drops.reduce((sum, value) => sum + (value - drop) ** 2, 0) / (n - 1);
  const half = studentQuantile975(n - 1) * Math.sqrt(variance / n);
  return { drop, low: drop - half, high: drop + half };
}

/** 0.975 quantile of Student's t, 4 degrees of freedom or more: Cornish-Fisher (Abramowitz and Stegun 26.7.5), within 0.1 %. */
export function studentQuantile975(degrees: number): number {
  const z = 1.959963984540054;
  const [z3, z5, z7, z9] = [z ** 3, z ** 5, z ** 7, z ** 9];
  const g1 = (z3 + z) / 4;
  const g2 = (5 * z5 + 16 * z3 + 3 * z) / 96;
  const g3 = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384;
  const g4 = (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / 92160;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3 + g4 / degrees ** 4;
}
