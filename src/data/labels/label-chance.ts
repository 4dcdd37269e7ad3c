import type { Random } from "../../core/random.ts";
import { platt, plattAt } from "../../stats/index.ts";

/** Rows of one class, the surest first. */
export interface OrderedClass {
  readonly sure: Float64Array;
  /** 1 where the label is another. */
  readonly isWrong: Uint8Array;
}

const DRAWS = 199;
const LEAST_SHARE = 1e-12;

/** How the largest statistic of the classes ranks among those of labels that are drawn from the probabilities. */
export interface ChanceRank {
  readonly p: number;
  /** Standard deviations above the mean of the drawn ones. */
  readonly z: number;
}

/**
 * Parametric bootstrap (Efron and Tibshirani 1993, chapter 6): labels are drawn from the class's recalibrated probabilities (Platt 1999) and give the same
 * statistic, its maximum over classes. Assumes that rows are independent and that probabilities are right up to a slope and an intercept of their log odds.
 */
export function rankByChance(classes: readonly OrderedClass[], statistic: (isWrong: Uint8Array) => number, random: Random): ChanceRank {
  const foreseen = classes.map(contradictions);
  const buffers = classes.map(({ isWrong }) => new Uint8Array(isWrong.length));
  const seen = Math.max(...classes.map(({ isWrong }) => statistic(isWrong)));
  let [atLeast, sum, squares] = [0, 0, 0];
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = Math.max(...foreseen.map((chances, place) => statistic(drawInto(buffers[place] ?? new Uint8Array(0), chances, random))));
    if (drawn >= seen) atLeast++;
    sum += drawn;
    squares += drawn ** 2;
  }
  const mean = sum / DRAWS;
  const deviation = Math.sqrt(Math.max(0, squares / DRAWS - mean ** 2));
  return { p: (1 + atLeast) / (1 + DRAWS), z: (seen - mean) / Math.max(1, deviation) };
}

function drawInto(isWrong: Uint8Array, chances: Float64Array, random: Random): Uint8Array {
  for (let row = 0; row < isWrong.length; row++) isWrong[row] = Number(random.next() < (chances[row] ?? 0));
  return isWrong;
}

/** P(another label) of each row. */
function contradictions({ sure, isWrong }: OrderedClass): Float64Array {
  const odds = sure.map((share) => {
    const inside = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
    return Math.log(inside / (1 - inside));
  });
  const scaling = platt(
    isWrong.map((wrong) => 1 - wrong),
    odds,
  );
  return odds.map((score) => 1 - plattAt(scaling, score));
}
