import type { ErrorFloor } from "./label-floor.ts";

/** transition[k * classes + i] = P(given i | true k). The identity but for the classes that have a floor. */
export function transitionOf(floors: readonly ErrorFloor[], classes: number): Float64Array {
  const transition = new Float64Array(classes * classes);
  for (let one = 0; one < classes; one++) transition[one * classes + one] = 1;
  for (const { class: one, rate, others } of floors) {
    transition[one * classes + one] = 1 - rate;
    others.forEach((share, other) => {
      if (other !== one) transition[one * classes + other] = rate * share;
    });
  }
  return transition;
}

/**
 * Probability that the true class is another than the given one, and the likeliest of them. A model of the given labels estimates
 * P(given i) = sum over k of P(true k) T(i | k); it is inverted for P(true), floored at 0 (backward correction, Natarajan et al. 2013), and Bayes gives
 * P(true k | given i) = T(i | k) P(true k) / sum. @param own P(given) of one row.
 */
export function wrongness(
  own: ArrayLike<number>,
  given: number,
  transition: Float64Array,
  inverse: Float64Array,
): { readonly wrong: number; readonly proposed: number } {
  const classes = own.length;
  let total = 0;
  let kept = 0;
  let proposed = -1;
  let best = 0;
  for (let k = 0; k < classes; k++) {
    let clean = 0;
    for (let i = 0; i < classes; i++) clean += (own[i] ?? 0) * (inverse[i * classes + k] ?? 0);
    const share = (transition[k * classes + given] ?? 0) * Math.max(0, clean);
    total += share;
    if (k === given) kept = share;
    else if (share > best) {
      best = share;
      proposed = k;
    }
  }
  return total > 0 ? { wrong: 1 - kept / total, proposed } : { wrong: 0, proposed };
}
