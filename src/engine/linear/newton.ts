import { addScaled, dot } from "./design.ts";

/** A smooth convex function of `size` numbers. `move` must come before the others; they speak of the point last moved to. */
export interface Objective {
  readonly size: number;
  /** Value at the point. */
  move(point: Float64Array): number;
  gradient(out: Float64Array): void;
  /** out = Hessian times direction. */
  curvature(direction: Float64Array, out: Float64Array): void;
  /** Diagonal close to the Hessian's, all above 0. */
  diagonal(out: Float64Array): void;
  /** The search ends when no entry of the gradient is larger. */
  readonly tolerance: number;
  /** Size of a gradient far from the minimum. */
  readonly steep: number;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly converged: boolean;
  readonly steps: number;
}

/** Armijo's constant. */
const SUFFICIENT = 1e-4;

/** Relative error allowed for in a sum over many rows. */
const ROUNDING = 1e-12;

/** Newton's method with conjugate gradients and backtracking (Nocedal & Wright, Numerical Optimization, algorithm 7.1). start: null = zero. */
export function minimise(objective: Objective, maxSteps: number, start: Float64Array | null = null): Minimum {
  const { size } = objective;
  const point = start?.slice() ?? new Float64Array(size);
  const gradient = new Float64Array(size);
  const next = new Float64Array(size);
  let value = objective.move(point);
  let firstNorm = 0;
  for (let steps = 0; steps < maxSteps; steps++) {
    objective.gradient(gradient);
    if (largest(gradient) <= objective.tolerance) return { point, converged: true, steps };
    const norm = Math.sqrt(dot(gradient, gradient));
    // A start that is close already is treated as such.
    if (steps === 0) firstNorm = Math.max(norm, start === null ? 0 : objective.steep);
    // The closer, the more exact (Dembo, Eisenstat & Steihaug 1982), but never more than the tolerance asks.
    const precision = Math.max(Math.min(0.25, Math.sqrt(norm / firstNorm)), (0.1 * objective.tolerance) / largest(gradient));
    const direction = newtonDirection(objective, gradient, precision);
    const slope = dot(gradient, direction);
    let step = 1;
    let moved = Number.POSITIVE_INFINITY;
    for (; step > 1e-12; step /= 2) {
      next.set(point);
      addScaled(next, direction, step);
      moved = objective.move(next);
      // Close to the minimum the value no longer tells better from worse: rounding is allowed for.
      if (moved <= value + SUFFICIENT * step * slope + ROUNDING * Math.abs(value)) break;
    }
    if (step <= 1e-12) {
      objective.move(point);
      return { point, converged: false, steps };
    }
    point.set(next);
    value = moved;
  }
  objective.gradient(gradient);
  return { point, converged: largest(gradient) <= objective.tolerance, steps: maxSteps };
}

/** Solves H d = -g until the residual, measured by the diagonal, is `precision` of what it was. */
function newtonDirection(objective: Objective, gradient: Float64Array, precision: number): Float64Array {
  const { size } = objective;
  const inverse = new Float64Array(size);
  objective.diagonal(inverse);
  for (let i = 0; i < size; i++) inverse[i] = 1 / inverse[i]!;
  const direction = new Float64Array(size);
  const residual = gradient.map((g) => -g);
  const scaled = residual.map((r, i) => r * inverse[i]!);
  const search = scaled.slice();
  const curved = new Float64Array(size);
  let energy = dot(residual, scaled);
  const start = energy;
  const wanted = precision * precision;
  for (let i = 0; i < 10 * size + 50 && energy > wanted * start && energy > 0; i++) {
    objective.curvature(search, curved);
    const bend = dot(search, curved);
    if (!(bend > 0)) break;
    const step = energy / bend;
    addScaled(direction, search, step);
    addScaled(residual, curved, -step);
    for (let j = 0; j < size; j++) scaled[j] = residual[j]! * inverse[j]!;
    const before = energy;
    energy = dot(residual, scaled);
    for (let j = 0; j < size; j++) search[j] = scaled[j]! + (energy / before) * search[j]!;
  }
  return direction;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
