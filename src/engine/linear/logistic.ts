import { type GivenOptions, readOptions } from "../options.ts";
import { factorise, solveFactorised } from "./cholesky.ts";
import { createDesign, type Design, gram, type LinearTraining, multiply, multiplyTransposed } from "./design.ts";
import type { LinearModel } from "./model.ts";
import { minimise, type Objective } from "./newton.ts";
import { rawCoefficients, standardisedPoint } from "./raw.ts";
import { narrowed } from "./wide.ts";

const RULES = {
  /** Penalty: l2 / 2 times the sum of squared coefficients, against the weighted sum of log losses. scikit-learn's 1 / C. */
  l2: { type: "real", value: 1, above: 0 },
  maxSteps: { type: "integer", value: 100, low: 1 },
  /** Largest entry of the gradient at the end, per unit of weight. */
  tolerance: { type: "real", value: 1e-10, above: 0 },
} as const;

interface Options {
  readonly l2: number;
  readonly maxSteps: number;
  readonly tolerance: number;
}

export interface LogisticTraining extends LinearTraining {
  /** 2 gives one output, P(class 1); more give one probability per class. */
  readonly classes: number;
}

/**
 * Logistic regression with an intercept that is not penalised; softmax over all classes when there are more than two.
 * start: a model of the same features and classes to begin with, such as that of the next penalty; null = zero.
 * @throws RangeError, TypeError for options or training that do not fit.
 */
export function fitLogistic(training: LogisticTraining, given: GivenOptions, start: LinearModel | null = null): LinearModel {
  const options = readOptions("logistic regression", RULES, given);
  const { classes, target } = training;
  for (const y of target) {
    if (!Number.isInteger(y) || y < 0 || y >= classes)
      throw new RangeError(`logistic regression needs class indices below ${classes}, got ${y}`);
  }
  const narrow = narrowed(training);
  if (narrow !== null)
    return narrow.widen(fitNarrow({ ...narrow.training, classes }, options, start === null ? null : narrow.narrow(start)));
  return fitNarrow(training, options, start);
}

function fitNarrow(training: LogisticTraining, options: Options, start: LinearModel | null): LinearModel {
  const { classes, target } = training;
  const design = createDesign(training);
  const outputs = classes > 2 ? classes : 1;
  const { point, converged, steps } = minimise(
    logLoss(design, target, outputs, options.l2, options.tolerance),
    options.maxSteps,
    start === null ? null : standardisedPoint(design, start),
  );
  return {
    link: outputs === 1 ? "logistic" : "softmax",
    outputs,
    features: design.names,
    ...rawCoefficients(design, point, outputs),
    converged,
    steps,
  };
}

/** Point: for each output its coefficients on x', then its intercept. */
function logLoss(design: Design, target: Float64Array, outputs: number, l2: number, tolerance: number): Objective {
  const width = design.columns.length + 1;
  const perOutput = () => Array.from({ length: outputs }, () => new Float64Array(design.rows));
  const margin = perOutput();
  const p = perOutput();
  const work = perOutput();
  const at = new Float64Array(outputs * width);
  const partOf = (vector: Float64Array, k: number) => vector.subarray(k * width, k * width + width - 1);
  /** out = X'^T r + penalty on v, for each output. */
  const project = (r: readonly Float64Array[], v: Float64Array, out: Float64Array) => {
    for (let k = 0; k < outputs; k++) {
      out[k * width + width - 1] = multiplyTransposed(design, r[k]!, partOf(out, k));
      for (let j = 0; j < width - 1; j++) out[k * width + j]! += (l2 * v[k * width + j]!) / design.scale[j]! ** 2;
    }
  };
  const margins = (v: Float64Array, out: readonly Float64Array[]) => {
    for (let k = 0; k < outputs; k++) multiply(design, partOf(v, k), v[k * width + width - 1]!, out[k]!);
  };
  return {
    near: nearHessian(design, p, l2),
    size: outputs * width,
    tolerance: tolerance * design.totalWeight,
    steep: design.totalWeight / 4,
    move: (point) => {
      at.set(point);
      margins(point, margin);
      const loss = outputs === 1 ? binaryLoss(design, target, margin[0]!, p[0]!) : softmaxLoss(design, target, margin, p);
      let penalty = 0;
      for (let k = 0; k < outputs; k++) for (let j = 0; j < width - 1; j++) penalty += (at[k * width + j]! / design.scale[j]!) ** 2;
      return loss + (l2 / 2) * penalty;
    },
    gradient: (out) => {
      for (let k = 0; k < outputs; k++) {
        const wanted = outputs === 1 ? 1 : k;
        for (let row = 0; row < design.rows; row++) work[k]![row] = design.weight[row]! * (p[k]![row]! - (target[row] === wanted ? 1 : 0));
      }
      project(work, at, out);
    },
    curvature: (direction, out) => {
      margins(direction, work);
      if (outputs === 1)
        for (let row = 0; row < design.rows; row++) work[0]![row]! *= design.weight[row]! * p[0]![row]! * (1 - p[0]![row]!);
      else softmaxCurvature(design, p, work);
      project(work, direction, out);
    },
    diagonal: (out) => {
      const bends = meanCurvature(design, p);
      const bend = Math.max(
        bends.reduce((sum, one) => sum + one, 0),
        LEAST_CURVATURE * design.totalWeight,
      );
      for (let k = 0; k < outputs; k++) {
        for (let j = 0; j < width - 1; j++) out[k * width + j] = bend + l2 / design.scale[j]! ** 2;
        out[k * width + width - 1] = bend;
      }
    },
  };
}

/** Per unit of weight, so that what has no curvature can be divided by. */
const LEAST_CURVATURE = 1e-10;

/** Weight of each row in the curvature of a class, the mean over classes: then steps keep the sum over classes at zero, where softmax has hardly any curvature. */
function meanCurvature(design: Design, p: readonly Float64Array[]): Float64Array {
  const of = new Float64Array(design.rows);
  for (const share of p)
    for (let row = 0; row < of.length; row++) of[row]! += (design.weight[row]! * share[row]! * (1 - share[row]!)) / p.length;
  return of;
}

/** The Hessian of a class, the same for each; of two classes the Hessian itself. */
function nearHessian(design: Design, p: readonly Float64Array[], l2: number): NonNullable<Objective["near"]> {
  const width = design.columns.length + 1;
  return {
    // It reads the rows once for each column, a step twice for each class.
    worth: width / p.length,
    make: () => {
      const lower = gram(design, meanCurvature(design, p), true);
      const least = LEAST_CURVATURE * design.totalWeight;
      for (let j = 0; j < width; j++) lower[j * width + j]! += least + (j < width - 1 ? l2 / design.scale[j]! ** 2 : 0);
      factorise(lower, width);
      return (residual) => {
        for (let k = 0; k < p.length; k++) solveFactorised(lower, residual.subarray(k * width, (k + 1) * width), width);
      };
    },
  };
}

function binaryLoss(design: Design, target: Float64Array, margin: Float64Array, p: Float64Array): number {
  let loss = 0;
  for (let row = 0; row < design.rows; row++) {
    const z = margin[row]!;
    const tail = Math.exp(-Math.abs(z));
    p[row] = z >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
    const against = target[row] === 1 ? -z : z;
    loss += design.weight[row]! * (Math.max(against, 0) + Math.log1p(tail));
  }
  return loss;
}

function softmaxLoss(design: Design, target: Float64Array, margin: readonly Float64Array[], p: readonly Float64Array[]): number {
  let loss = 0;
  for (let row = 0; row < design.rows; row++) {
    let top = Number.NEGATIVE_INFINITY;
    for (const z of margin) top = Math.max(top, z[row]!);
    let sum = 0;
    for (let k = 0; k < margin.length; k++) sum += p[k]![row] = Math.exp(margin[k]![row]! - top);
    for (const share of p) share[row] = share[row]! / sum;
    loss += design.weight[row]! * (Math.log(sum) + top - margin[target[row]!]![row]!);
  }
  return loss;
}

/** v_k = w p_k (v_k - sum_l p_l v_l), in place. */
function softmaxCurvature(design: Design, p: readonly Float64Array[], v: readonly Float64Array[]): void {
  for (let row = 0; row < design.rows; row++) {
    let mean = 0;
    for (let k = 0; k < v.length; k++) mean += p[k]![row]! * v[k]![row]!;
    for (let k = 0; k < v.length; k++) v[k]![row] = design.weight[row]! * p[k]![row]! * (v[k]![row]! - mean);
  }
}
