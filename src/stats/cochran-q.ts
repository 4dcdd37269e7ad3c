import { chiSquareUpperTail } from "./chi-square.ts";

export interface CochranQ {
  /** Mean of the effects, weighted. */
  readonly common: number;
  /** Sum of weight x squared distance from the common effect. */
  readonly q: number;
  /** Chance of such a sum when all effects are one: chi-square with one degree of freedom fewer than effects. */
  readonly p: number;
}

/** Are several effects one (Cochran 1954)? weights: 1 / variance of each. Assumes independent, about normal effects; at least two. */
export function cochranQ(effects: ArrayLike<number>, weights: ArrayLike<number>): CochranQ {
  let [weight, sum, q] = [0, 0, 0];
  for (let i = 0; i < effects.length; i++) {
    weight += weights[i]!;
    sum += weights[i]! * effects[i]!;
  }
  const common = sum / weight;
  for (let i = 0; i < effects.length; i++) q += weights[i]! * (effects[i]! - common) ** 2;
  return { common, q, p: chiSquareUpperTail(q, effects.length - 1) };
}
