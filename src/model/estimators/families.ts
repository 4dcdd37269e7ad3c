import { closest } from "fastest-levenshtein";
import { OldhandError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import { unitWeights } from "../../stats/index.ts";
import { boosting } from "./boosting.ts";
import { constant } from "./constant.ts";
import type { FamilyEstimator, FittedModel, ModelFamily, Params } from "./family.ts";
import { forest } from "./forest.ts";
import { linear } from "./linear.ts";
import { answersFromZero, fromZero, isNeverNegative } from "./never-negative.ts";
import { oneColumnRule } from "./one-column-rule.ts";

/** Every way to learn, simplest first. The only list. */
export const FAMILIES: readonly ModelFamily[] = [constant, oneColumnRule, linear, boosting, forest];

/** The estimator does not see the unit of weights. Where no training target is negative, no answer of its models is. @throws OldhandError bad-option for an unknown name or parameter, with the nearest one. */
export function estimatorNamed(name: string, params: Params = {}): FamilyEstimator {
  const family = familyNamed(name);
  const estimator = family.create(params);
  return {
    ...estimator,
    fit: (training, seed) => {
      const model = estimator.fit({ ...training, weight: unitWeights(training.weight) }, seed);
      return family.extrapolates && isNeverNegative(training) ? fromZero(model) : model;
    },
  };
}

/** A model from what `save` gave; equal to the bit. */
export function loadModel(saved: Json): FittedModel {
  const family = saved !== null && typeof saved === "object" && !Array.isArray(saved) ? (saved as { family?: Json }).family : undefined;
  const model = familyNamed(String(family)).load(saved);
  return answersFromZero(saved) ? fromZero(model) : model;
}

export function familyNamed(name: string): ModelFamily {
  const found = FAMILIES.find((family) => family.name === name);
  if (found !== undefined) return found;
  const names = FAMILIES.map((family) => family.name);
  throw new OldhandError("bad-option", {
    what: `There is no estimator "${name}".`,
    expected: names.join(", "),
    got: name,
    fix: `Did you mean "${closest(name, names)}"?`,
  });
}
