import { aucVariance, normalQuantile, wilson } from "../../stats/index.ts";
import type { Labelled } from "./confident-learning.ts";
import { type ClassRows, type ErrorFloor, floorOf } from "./label-floor.ts";

/** Of each class the surest part of its rows. */
const PART = 0.5;
const LEAST_ROWS = 20;
/** The rate must be there at all: Wilson's lower bound at this level. */
const SURE = 0.998;
/** From here on nobody takes the labels for the truth. */
const MOST = 0.2;
/** AUC of the model's doubt for the contradictions. A rate that falls in a line from r (1 + d) to r (1 - d) has 1/2 + d / 6: at 0.6 a quarter of it is left at the sure end. */
const FLAT = 0.6;
const LEVEL = 0.99;

/**
 * Where the classes are told clearly, and yet labels contradict the surest half of two of them or more as often where the model is surest as elsewhere: no column says in which
 * rows. That is what labels do that were turned at random, and what an outcome does that is chance at a fixed rate, whoever it is about; these answers cannot tell
 * one from the other. An outcome that is hard to tell contradicts less where the model is surer: the upper bound of the AUC (DeLong, pairs within a class,
 * one-sided 99 %) must stay below 0.6. null = not so.
 */
export function flatFloors(labelled: Labelled, classes: readonly ClassRows[]): readonly ErrorFloor[] | null {
  const halves = classes
    .map((one) => ({ one, surest: Math.floor(PART * one.places.length) }))
    .filter(({ surest }) => surest >= LEAST_ROWS)
    .map(({ one, surest }) => ({ one, surest, isWrong: one.isWrong.subarray(0, surest), sure: one.sure.subarray(0, surest) }))
    .map((half) => ({ ...half, wrong: half.isWrong.reduce((sum, flag) => sum + flag, 0) }));
  const found = halves.filter(({ wrong, surest }) => wilson(wrong, surest, SURE).low > 0);
  if (found.length < 2 || halves.some(({ wrong, surest }) => wrong / surest > MOST)) return null;
  const flags = Uint8Array.from(found.flatMap(({ isWrong }) => [...isWrong]));
  const doubt = Float64Array.from(found.flatMap(({ sure }) => Array.from(sure, (p) => -p)));
  const strata = Int32Array.from(found.flatMap(({ surest }, place) => new Array<number>(surest).fill(place)));
  const { auc, variance } = aucVariance(flags, doubt, strata);
  if (auc + normalQuantile(LEVEL) * Math.sqrt(variance) >= FLAT) return null;
  return found.map(({ one, surest, wrong }) => floorOf(labelled, one, { surest, wrong, z: 0 }));
}
