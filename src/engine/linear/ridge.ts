import { type GivenOptions, readOptions } from "../options.ts";
import { choleskySolve } from "./cholesky.ts";
import { createDesign, type Design, dot, gram, type LinearTraining, multiply, multiplyTransposed } from "./design.ts";
import type { LinearModel } from "./model.ts";
import { type Minimum, minimise, type Objective } from "./newton.ts";
import { rawCoefficients } from "./raw.ts";

const RULES = {
  /** Penalty: l2 times the sum of squared coefficients, against the weighted sum of squared errors. scikit-learn's alpha. */
  l2: { type: "real", value: 1, above: 0 },
} as const;

/** Up to this order the equations are solved directly, above by conjugate gradients. */
const DIRECT_ORDER = 1024;

/** Ridge regression with an intercept that is not penalised. @throws RangeError, TypeError for options or training that do not fit. */
export function fitRidge(training: LinearTraining, given: GivenOptions): LinearModel {
  const { l2 } = readOptions("ridge regression", RULES, given);
  const design = createDesign(training);
  const centre = dot(design.weight, training.target) / design.totalWeight;
  const centred = training.target.map((y) => y - centre);
  const features = design.columns.length;
  let solved: Minimum = { point: new Float64Array(features + 1), converged: true, steps: 1 };
  if (features <= Math.min(design.rows, DIRECT_ORDER)) solved = { ...solved, point: solvePrimal(design, centred, l2) };
  else if (design.rows <= DIRECT_ORDER) solved = { ...solved, point: solveDual(design, centred, l2) };
  else solved = minimise(squaredLoss(design, centred, l2), 50);
  solved.point[features] = solved.point[features]! + centre;
  const { converged, steps } = solved;
  return { link: "identity", outputs: 1, features: design.names, ...rawCoefficients(design, solved.point, 1), converged, steps };
}

/** (X'^T W X' + l2 / scale^2) u = X'^T W y, of the order of the features. */
function solvePrimal(design: Design, y: Float64Array, l2: number): Float64Array {
  const n = design.columns.length;
  const right = new Float64Array(n);
  multiplyTransposed(
    design,
    y.map((value, row) => value * design.weight[row]!),
    right,
  );
  const equations = gram(design, design.weight, false);
  for (let j = 0; j < n; j++) equations[j * n + j]! += l2 / design.scale[j]! ** 2 + design.isConstant[j]!;
  const point = new Float64Array(n + 1);
  point.set(choleskySolve(equations, right, n));
  return point;
}

/** For fewer rows than features: w = A^T (A A^T + l2)^-1 b with A = sqrt(W) (X - mean), b = sqrt(W) y. */
function solveDual(design: Design, y: Float64Array, l2: number): Float64Array {
  const n = design.rows;
  const root = design.weight.map(Math.sqrt);
  const products = new Float64Array(n * n);
  for (const [j, column] of design.columns.entries()) {
    if (design.isConstant[j] === 1) continue;
    const centred = column.map((value, row) => root[row]! * (value - design.mean[j]!));
    for (let row = 0; row < n; row++) {
      const value = centred[row]!;
      for (let other = 0; other <= row; other++) products[row * n + other] = products[row * n + other]! + value * centred[other]!;
    }
  }
  for (let row = 0; row < n; row++) products[row * n + row]! += l2;
  const alpha = choleskySolve(
    products,
    y.map((value, row) => value * root[row]!),
    n,
  );
  const point = new Float64Array(design.columns.length + 1);
  // From w to u = w * scale, twice: X'^T divides by the scale.
  multiplyTransposed(
    design,
    alpha.map((value, row) => value * root[row]!),
    point.subarray(0, -1),
  );
  for (let j = 0; j < design.columns.length; j++) point[j]! *= design.scale[j]! ** 2;
  return point;
}

function squaredLoss(design: Design, y: Float64Array, l2: number): Objective {
  const features = design.columns.length;
  const at = new Float64Array(features + 1);
  const residual = new Float64Array(design.rows);
  const work = new Float64Array(design.rows);
  const project = (r: Float64Array, v: Float64Array, out: Float64Array) => {
    out[features] = multiplyTransposed(design, r, out.subarray(0, features));
    for (let j = 0; j < features; j++) out[j]! += (l2 * v[j]!) / design.scale[j]! ** 2;
  };
  const spread = Math.sqrt(y.reduce((sum, value, row) => sum + design.weight[row]! * value * value, 0) / design.totalWeight);
  return {
    size: features + 1,
    tolerance: 1e-10 * design.totalWeight * (spread || 1),
    steep: design.totalWeight * (spread || 1),
    move: (point) => {
      at.set(point);
      multiply(design, at.subarray(0, features), at[features]!, residual);
      let value = 0;
      for (let row = 0; row < design.rows; row++) {
        residual[row] = residual[row]! - y[row]!;
        value += (design.weight[row]! * residual[row]! ** 2) / 2;
      }
      for (let j = 0; j < features; j++) value += (l2 / 2) * (at[j]! / design.scale[j]!) ** 2;
      return value;
    },
    gradient: (out) => {
      for (let row = 0; row < design.rows; row++) work[row] = design.weight[row]! * residual[row]!;
      project(work, at, out);
    },
    curvature: (direction, out) => {
      multiply(design, direction.subarray(0, features), direction[features]!, work);
      for (let row = 0; row < design.rows; row++) work[row]! *= design.weight[row]!;
      project(work, direction, out);
    },
    diagonal: (out) => {
      for (let j = 0; j < features; j++) out[j] = design.totalWeight + l2 / design.scale[j]! ** 2;
      out[features] = design.totalWeight;
    },
  };
}
