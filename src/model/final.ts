import type { Outcome } from "../core/experiment.ts";
import { familyNamed } from "./estimators/families.ts";
import type { Params } from "./estimators/family.ts";

/**
 * Parameters for training once more on all rows, where nothing is held back: what fitting found out in the folds (rounds of boosting, strength of
 * the penalty) is fixed at its typical value over them. Found values stand in the outcome's notes as one list per fold.
 */
export function finalParams(outcome: Outcome): Params {
  return fixedBy(outcome, () => true);
}

/**
 * Parameters for training once more on the training rows of one fold: fixed is what fitting found out in that fold alone. What other folds found hangs
 * on rows that this one judges. fold: its number, as in `outcome.folds`.
 */
export function foldParams(outcome: Outcome, fold: number): Params {
  const own = outcome.folds.findIndex((one) => one.fold === fold);
  return fixedBy(outcome, (place) => place === own);
}

function fixedBy(outcome: Outcome, isAsked: (place: number) => boolean): Params {
  const { name, params } = outcome.experiment.estimator;
  const found = Object.entries(outcome.notes).flatMap(([note, values]) => {
    const numbers = Array.isArray(values)
      ? values.filter((value, place): value is number => isAsked(place) && typeof value === "number" && Number.isFinite(value))
      : [];
    return numbers.length === 0 ? [] : [[note, numbers] as const];
  });
  return { ...params, ...familyNamed(name).fixed(Object.fromEntries(found)) };
}
