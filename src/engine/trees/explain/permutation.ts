import type { Feature, Matrix } from "../../../core/matrix.ts";
import { readOptions } from "../../options.ts";
import { shuffledDrops } from "../../permutation.ts";
import { shown } from "../../shown.ts";
import { wrongType } from "../../wrong-use.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import type { Spelled } from "../option-names.ts";
import { predict } from "../predictor.ts";
import { uniformStream } from "../random.ts";

const RULES = {
  repeats: { type: "integer", value: 10, low: 5, aliases: ["nRepeats"] },
  seed: { type: "integer", value: 0, low: 0, aliases: ["randomState"] },
  better: { type: "choice", value: "higher", choices: ["higher", "lower"] },
} as const;

interface Own {
  /** Times that each feature is shuffled, at least 5; 10 without. */
  readonly repeats?: number;
  readonly seed?: number;
  /** Which scores are better: "higher", as of accuracy or AUC, unless said otherwise; "lower" for an error or a loss. */
  readonly better?: "higher" | "lower";
}

interface Names {
  readonly repeats: "nRepeats" | "n_repeats";
  readonly seed: "randomState" | "random_state";
}

/** Under their own names and scikit-learn's. */
export type PermutationOptions = Spelled<Own, Names>;

export interface PermutationImportance {
  readonly name: string;
  /** Mean loss of score over the shuffles; positive: the trees use the feature and gain by it. */
  readonly drop: number;
  /**
   * Of that mean, over the shuffles: 2.26 times it to each side is a 95 % interval with 10 of them (Student's t). It holds for these rows; how the
   * importance would change with other rows is not in it.
   */
  readonly standardError: number;
  /** By shuffle. */
  readonly drops: Float64Array;
}

/**
 * How much worse a score of the predictions (link applied, rows x outputs) gets when a feature's values are shuffled among the rows (Breiman
 * 2001). A higher score counts as better: for an error or a loss say `better: "lower"`. Meant for rows that the trees were not grown on. Features that carry the same information share it.
 * @throws RangeError for fewer than 5 repeats or an option that does not exist, or when a feature is absent or of another kind; TypeError for a score that is no number.
 */
export function permutationImportance(
  ensemble: TreeEnsemble,
  matrix: Matrix,
  score: (predictions: Float64Array) => number,
  options: PermutationOptions = {},
): PermutationImportance[] {
  if (typeof score !== "function")
    throw wrongType(
      "bad-option",
      `permutationImportance takes a function that scores the predictions, then options, as in (trees, matrix, (predictions) => accuracy(predictions, target), { repeats: 10 }); got ${shown(score)}`,
    );
  const { repeats, seed, better } = readOptions("permutationImportance", RULES, options);
  const scored = (of: Matrix): number => {
    const found: unknown = score(predict(ensemble, of));
    if (typeof found !== "number" || Number.isNaN(found))
      throw wrongType("bad-option", `the function of permutationImportance must give a number, got ${shown(found)}`);
    return found;
  };
  const whole = scored(matrix);
  const used = new Set(ensemble.feature);
  return ensemble.features.map(({ name }, place) => {
    const scoreOf = (order: Int32Array) => scored(withShuffled(matrix, name, order));
    const drops = used.has(place)
      ? shuffledDrops({ rows: matrix.rows, repeats, better, uniform: uniformStream(seed, place), whole, scoreOf })
      : new Float64Array(repeats);
    return { name, ...meanWithError(drops), drops };
  });
}

function withShuffled(matrix: Matrix, name: string, order: Int32Array): Matrix {
  const shuffled = (feature: Feature): Feature =>
    feature.kind === "numeric"
      ? { ...feature, values: Float64Array.from(order, (row) => feature.values[row]!) }
      : { ...feature, codes: order.map((row) => feature.codes[row]!) };
  return { ...matrix, features: matrix.features.map((feature) => (feature.name === name ? shuffled(feature) : feature)) };
}

function meanWithError(drops: Float64Array): { drop: number; standardError: number } {
  const n = drops.length;
  const drop = drops.reduce((sum, value) => sum + value, 0) / n;
  const variance = drops.reduce((sum, value) => sum + (value - drop) ** 2, 0) / (n - 1);
  return { drop, standardError: Math.sqrt(variance / n) };
}
