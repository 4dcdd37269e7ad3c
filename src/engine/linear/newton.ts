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
  /** A matrix closer to the Hessian than its diagonal, for the point last moved to. */
  readonly near?: {
    /** Conjugate gradient steps that take as long as making it. */
    readonly worth: number;
    /** Makes it; the answer solves it in place. */
    make(): (residual: Float64Array) => void;
  };
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

/**
 * Newton's method with conjugate gradients and backtracking (Nocedal & Wright, Numerical Optimization, algorithm 7.1). They are preconditioned by the diagonal, and by
 * what is nearer the Hessian once a direction has taken more steps than that is worth. start: null = zero.
 */
export function minimise(objective: Objective, maxSteps: number, start: Float64Array | null = null): Minimum {
  const { size } = objective;
  const point = start?.slice() ?? new Float64Array(size);
  const gradient = new Float64Array(size);
  const next = new Float64Array(size);
  let value = objective.move(point);
  let firstNorm = 0;
  let taken = 0;
  for (let steps = 0; steps < maxSteps; steps++) {
    objective.gradient(gradient);
    if (largest(gradient) <= objective.tolerance) return { point, converged: true, steps };
    const norm = Math.sqrt(dot(gradient, gradient));
    // A start that is close already is treated as such.
    if (steps === 0) firstNorm = Math.max(norm, start === null ? 0 : objective.steep);
    // The closer, the more exact (Dembo, Eisenstat & Steihaug 1982), but never more than the tolerance asks.
    const precision = Math.max(Math.min(0.25, Math.sqrt(norm / firstNorm)), (0.1 * objective.tolerance) / largest(gradient));
    const solve = objective.near !== undefined && taken > objective.near.worth ? objective.near.make() : byDiagonal(objective);
    const { direction, iterations } = newtonDirection(objective, gradient, precision, solve);
    taken = Math.max(taken, iterations);
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

function byDiagonal(objective: Objective): (residual: Float64Array) => void {
  const diagonal = new Float64Array(objective.size);
  objective.diagonal(diagonal);
  return (residual) => {
    for (let i = 0; i < residual.length; i++) residual[i] = residual[i]! / diagonal[i]!;
  };
}

/** Solves H d = -g until the residual, measured by the preconditioner, is `precision` of what it was. */
function newtonDirection(
  { size, curvature }: Objective,
  gradient: Float64Array,
  precision: number,
  solve: (residual: Float64Array) => void,
): { direction: Float64Array; iterations: number } {
  const direction = new Float64Array(size);
  const residual = gradient.map((g) => -g);
  const scaled = residual.slice();
  solve(scaled);
  const search = scaled.slice();
  const curved = new Float64Array(size);
  let energy = dot(residual, scaled);
  const wanted = precision * precision * energy;
  let iterations = 0;
  for (; iterations < 10 * size + 50 && energy > wanted && energy > 0; iterations++) {
    curvature(search, curved);
    const bend = dot(search, curved);
    if (!(bend > 0)) break;
    const step = energy / bend;
    addScaled(direction, search, step);
    addScaled(residual, curved, -step);
    scaled.set(residual);
    solve(scaled);
    const before = energy;
    energy = dot(residual, scaled);
    for (let j = 0; j < size; j++) search[j] = scaled[j]! + (energy / before) * search[j]!;
  }
  return { direction, iterations };
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
