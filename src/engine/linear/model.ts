import type { Json } from "../../core/json.ts";
import type { Matrix } from "../../core/matrix.ts";
import { addScaled, numericColumns } from "./design.ts";

export interface LinearModel {
  readonly link: "identity" | "logistic" | "softmax";
  readonly outputs: number;
  /** Names of the features, in the order of the coefficients. */
  readonly features: readonly string[];
  /** outputs x features, row-major. */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  /** False when the solver gave up before its tolerance. */
  readonly converged: boolean;
  readonly steps: number;
}

/**
 * rows x outputs, row-major: probabilities or values. Features are found by name.
 * @throws RangeError when a feature is absent, categorical, or holds a number that is not finite.
 */
export function predictLinear(model: LinearModel, matrix: Matrix): Float64Array {
  const { outputs, features, coefficients, intercepts, link } = model;
  const byName = new Map(matrix.features.map((feature) => [feature.name, feature]));
  const chosen = features.map((name) => {
    const found = byName.get(name);
    if (found === undefined) throw new RangeError(`the matrix has no feature "${name}"`);
    return found;
  });
  const columns = numericColumns({ rows: matrix.rows, features: chosen });
  const scores = Array.from({ length: outputs }, (_, k) => {
    const score = new Float64Array(matrix.rows).fill(intercepts[k]!);
    for (const [j, column] of columns.entries()) addScaled(score, column, coefficients[k * features.length + j]!);
    return score;
  });
  const [first] = scores;
  if (link === "identity") return first!;
  if (link === "logistic") return first!.map((z) => 1 / (1 + Math.exp(-z)));
  return softmaxRows(scores, matrix.rows);
}

function softmaxRows(scores: readonly Float64Array[], rows: number): Float64Array {
  const outputs = scores.length;
  const p = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    let top = Number.NEGATIVE_INFINITY;
    for (const score of scores) top = Math.max(top, score[row]!);
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += p[row * outputs + k] = Math.exp(scores[k]![row]! - top);
    for (let k = 0; k < outputs; k++) p[row * outputs + k] = p[row * outputs + k]! / sum;
  }
  return p;
}

const FORMAT = "oldhand/linear/1";

/** Doubles survive JSON exactly. */
export function saveLinear(model: LinearModel): Json {
  const { coefficients, intercepts, ...rest } = model;
  return { format: FORMAT, ...rest, coefficients: Array.from(coefficients), intercepts: Array.from(intercepts) };
}

/** Equal to the bit to what was saved. @throws TypeError when it is not a saved linear model, RangeError when its sizes differ. */
export function loadLinear(saved: Json): LinearModel {
  if (saved === null || typeof saved !== "object" || Array.isArray(saved)) throw new TypeError("a saved linear model must be an object");
  const from = saved as { readonly [key: string]: Json | undefined };
  const { link, features, coefficients, intercepts } = from;
  if (from.format !== FORMAT) throw new TypeError(`a saved linear model must have format "${FORMAT}", got ${JSON.stringify(from.format)}`);
  if (link !== "identity" && link !== "logistic" && link !== "softmax")
    throw new TypeError(`a saved linear model has an unknown link ${String(link)}`);
  if (!Array.isArray(features) || !Array.isArray(coefficients) || !Array.isArray(intercepts))
    throw new TypeError("a saved linear model lacks a list");
  const outputs = Number(from.outputs);
  if (intercepts.length !== outputs || coefficients.length !== outputs * features.length)
    throw new RangeError("a saved linear model has sizes that differ");
  return {
    link,
    outputs,
    features: features.map(String),
    coefficients: Float64Array.from(coefficients.map(Number)),
    intercepts: Float64Array.from(intercepts.map(Number)),
    converged: from.converged === true,
    steps: Number(from.steps),
  };
}
