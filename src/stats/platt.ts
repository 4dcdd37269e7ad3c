/** P(positive) = 1 / (1 + exp(-(slope score + intercept))). */
export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Platt scaling: logistic regression of the truth (1 = positive) on one score, with Platt's smoothed targets (Platt 1999) and damped Newton
 * steps (Lin, Lin and Weng 2007, doi:10.1007/s10994-007-5018-6). Scores finite; constant scores give slope 0.
 */
export function platt(truth: ArrayLike<number>, scores: ArrayLike<number>, weight: ArrayLike<number> | null = null): PlattScaling {
  const problem = plattProblem(truth, scores, weight);
  // Newton is run on standardised scores: the steps do not depend on the unit of the score.
  let at: PlattScaling = { slope: 0, intercept: Math.log((problem.positives + 1) / (problem.negatives + 1)) };
  let loss = lossAt(problem, at);
  for (let step = 0; step < 100; step++) {
    const direction = newtonStep(problem, at);
    // So near the minimum Newton converges quadratically, and the loss is too coarse to judge a step.
    const last = direction.decrease < 1e-8;
    const next = last ? along(at, direction, 1) : descend(problem, at, direction, loss);
    if (next === null) break;
    at = next;
    if (last) break;
    loss = lossAt(problem, at);
  }
  return { slope: at.slope / problem.spread, intercept: at.intercept - (at.slope * problem.centre) / problem.spread };
}

export function plattAt(scaling: PlattScaling, score: number): number {
  return sigmoid(scaling.slope * score + scaling.intercept);
}

function along(at: PlattScaling, direction: PlattScaling, share: number): PlattScaling {
  return { slope: at.slope + share * direction.slope, intercept: at.intercept + share * direction.intercept };
}

/** The longest of 1, 1/2, 1/4 ... of the step that lowers the loss; null when none does. */
function descend(problem: PlattProblem, at: PlattScaling, direction: PlattScaling, loss: number): PlattScaling | null {
  for (let share = 1; share > 1e-10; share /= 2) {
    const next = along(at, direction, share);
    if (lossAt(problem, next) < loss) return next;
  }
  return null;
}

interface PlattProblem {
  readonly scores: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  readonly positives: number;
  readonly negatives: number;
  readonly centre: number;
  readonly spread: number;
}

function plattProblem(truth: ArrayLike<number>, scores: ArrayLike<number>, weight: ArrayLike<number> | null): PlattProblem {
  const weights = Float64Array.from({ length: truth.length }, (_, i) => (weight === null ? 1 : weight[i]!));
  let positives = 0;
  let negatives = 0;
  let centre = 0;
  for (let i = 0; i < weights.length; i++) {
    if (truth[i] === 1) positives += weights[i]!;
    else negatives += weights[i]!;
    centre += weights[i]! * scores[i]!;
  }
  centre /= positives + negatives;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) squares += weights[i]! * (scores[i]! - centre) ** 2;
  const spread = Math.sqrt(squares / (positives + negatives)) || 1;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  return {
    scores: Float64Array.from(weights, (_, i) => (scores[i]! - centre) / spread),
    targets: Float64Array.from(weights, (_, i) => (truth[i] === 1 ? high : low)),
    weights,
    positives,
    negatives,
    centre,
    spread,
  };
}

function lossAt({ scores, targets, weights }: PlattProblem, { slope, intercept }: PlattScaling): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const z = slope * scores[i]! + intercept;
    loss += weights[i]! * (Math.max(z, 0) - z * targets[i]! + Math.log1p(Math.exp(-Math.abs(z))));
  }
  return loss;
}

function newtonStep(problem: PlattProblem, { slope, intercept }: PlattScaling): PlattScaling & { decrease: number } {
  const { scores, targets, weights } = problem;
  let [g1, g0, h11, h10, h00] = [0, 0, 1e-12, 0, 1e-12];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const p = sigmoid(slope * score + intercept);
    const residual = weights[i]! * (p - targets[i]!);
    const curvature = weights[i]! * p * (1 - p);
    g1 += residual * score;
    g0 += residual;
    h11 += curvature * score * score;
    h10 += curvature * score;
    h00 += curvature;
  }
  const determinant = h11 * h00 - h10 * h10;
  const slopeStep = -(h00 * g1 - h10 * g0) / determinant;
  const interceptStep = -(h11 * g0 - h10 * g1) / determinant;
  return { slope: slopeStep, intercept: interceptStep, decrease: -(g1 * slopeStep + g0 * interceptStep) };
}

function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}
