import { closest } from "fastest-levenshtein";
import { OldhandError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import { unitWeights } from "../../stats/index.ts";
import { boosting } from "./boosting.ts";
import { constant } from "./constant.ts";
import type { FamilyEstimator, FittedModel, ModelFamily, Params } from "./family.ts";
import { forest } from "./forest.ts";
import { linear } from "./linear.ts";
import { oneColumnRule } from "./one-column-rule.ts";

/** Every way to learn, simplest first. The only list. */
export const FAMILIES: readonly ModelFamily[] = [constant, oneColumnRule, linear, boosting, forest];

/** The estimator does not see the unit of weights. @throws OldhandError bad-option for an unknown name or parameter, with the nearest one. */
export function estimatorNamed(name: string, params: Params = {}): FamilyEstimator {
  const estimator = familyNamed(name).create(params);
  return { ...estimator, fit: (training, seed) => estimator.fit({ ...training, weight: unitWeights(training.weight) }, seed) };
}

/** A model from what `save` gave; equal to the bit. */
export function loadModel(saved: Json): FittedModel {
  const family = saved !== null && typeof saved === "object" && !Array.isArray(saved) ? (saved as { family?: Json }).family : undefined;
  return familyNamed(String(family)).load(saved);
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
