import type { Outcome } from "../core/experiment.ts";
import { familyNamed } from "./estimators/families.ts";
import type { Params } from "./estimators/family.ts";

/**
 * Parameters for training once more on all rows, where nothing is held back: what fitting found out in the folds (rounds of boosting, strength of
 * the penalty) is fixed at its typical value over them. Found values stand in the outcome's notes as one list per fold.
 */
export function finalParams(outcome: Outcome): Params {
  const { name, params } = outcome.experiment.estimator;
  const found = Object.entries(outcome.notes).flatMap(([note, values]) => {
    const numbers = Array.isArray(values)
      ? values.filter((value): value is number => typeof value === "number" && Number.isFinite(value))
      : [];
    return numbers.length === 0 ? [] : [[note, numbers] as const];
  });
  return { ...params, ...familyNamed(name).fixed(Object.fromEntries(found)) };
}
