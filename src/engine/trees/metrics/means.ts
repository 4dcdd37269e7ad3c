import type { Judged } from "./contract.ts";

/** Probabilities are kept from 0 and 1 by this, as in LightGBM. */
const FLOOR = 1e-15;

/** Weighted mean of value(row) over the rows. */
function meanOf({ target, weight }: Judged, value: (row: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < target.length; row++) {
    const w = weight === null ? 1 : weight[row]!;
    sum += w * value(row);
    total += w;
  }
  return sum / total;
}

/** -log of the probability given to what is true. One output: P(class 1), where the target may be a share of it; more: one per class. */
export function logLoss(judged: Judged): number {
  const { predictions, outputs, target } = judged;
  const cost = (p: number) => -Math.log(Math.max(p, FLOOR));
  return meanOf(judged, (row) => {
    const y = target[row]!;
    if (outputs > 1) return cost(predictions[row * outputs + y]!);
    const p = predictions[row]!;
    return y === 1 ? cost(p) : y === 0 ? cost(1 - p) : y * cost(p) + (1 - y) * cost(1 - p);
  });
}

/** Share of rows whose likeliest class is not the true one; one output: class 1 above 0.5. Of equal probabilities the first class counts. */
export function errorRate(judged: Judged): number {
  const { predictions, outputs, target } = judged;
  return meanOf(judged, (row) => {
    let guess = 0;
    if (outputs === 1) guess = predictions[row]! > 0.5 ? 1 : 0;
    else for (let k = 1; k < outputs; k++) if (predictions[row * outputs + k]! > predictions[row * outputs + guess]!) guess = k;
    return guess === target[row] ? 0 : 1;
  });
}

export function meanSquaredError(judged: Judged): number {
  return meanOf(judged, (row) => (judged.predictions[row]! - judged.target[row]!) ** 2);
}

export function meanAbsoluteError(judged: Judged): number {
  return meanOf(judged, (row) => Math.abs(judged.predictions[row]! - judged.target[row]!));
}

/** |y - p| / max(1, |y|), as LightGBM; scikit-learn divides by |y|. */
export function meanAbsolutePercentageError(judged: Judged): number {
  return meanOf(judged, (row) => {
    const y = judged.target[row]!;
    return Math.abs(judged.predictions[row]! - y) / Math.max(1, Math.abs(y));
  });
}

/** 1 - mean squared error / variance of the target. */
export function determination(judged: Judged): number {
  const mean = meanOf(judged, (row) => judged.target[row]!);
  return 1 - meanSquaredError(judged) / meanOf(judged, (row) => (judged.target[row]! - mean) ** 2);
}

/** r^2 / 2 up to delta, delta (|r| - delta / 2) beyond. */
export function huberLoss(delta: number): (judged: Judged) => number {
  return (judged) =>
    meanOf(judged, (row) => {
      const distance = Math.abs(judged.predictions[row]! - judged.target[row]!);
      return distance <= delta ? distance ** 2 / 2 : delta * (distance - delta / 2);
    });
}

/** Mean pinball loss over rows and alphas, one output per alpha. */
export function pinballLoss(alphas: readonly number[]): (judged: Judged) => number {
  return (judged) =>
    meanOf(judged, (row) => {
      let sum = 0;
      for (const [k, alpha] of alphas.entries()) {
        const above = judged.target[row]! - judged.predictions[row * judged.outputs + k]!;
        sum += Math.max(alpha * above, (alpha - 1) * above);
      }
      return sum / alphas.length;
    });
}

/** 2 (y log(y / mu) - y + mu) */
export function poissonDeviance(judged: Judged): number {
  return meanOf(judged, (row) => {
    const y = judged.target[row]!;
    const mu = Math.max(judged.predictions[row]!, FLOOR);
    return 2 * ((y === 0 ? 0 : y * Math.log(y / mu)) - y + mu);
  });
}

/** 2 (log(mu / y) + y / mu - 1) */
export function gammaDeviance(judged: Judged): number {
  return meanOf(judged, (row) => {
    const ratio = judged.target[row]! / Math.max(judged.predictions[row]!, FLOOR);
    return 2 * (ratio - Math.log(ratio) - 1);
  });
}

/** 2 (y^(2 - p) / ((1 - p) (2 - p)) - y mu^(1 - p) / (1 - p) + mu^(2 - p) / (2 - p)) for a power p above 1 and below 2. */
export function tweedieDeviance(power: number): (judged: Judged) => number {
  const [a, b] = [1 - power, 2 - power];
  return (judged) =>
    meanOf(judged, (row) => {
      const y = judged.target[row]!;
      const mu = Math.max(judged.predictions[row]!, FLOOR);
      return 2 * (y ** b / (a * b) - (y * mu ** a) / a + mu ** b / b);
    });
}
