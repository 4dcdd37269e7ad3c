import { camelCase, namedOptions, type OptionValues, readOptions } from "../options.ts";
import { refuseConflicts, withSampling } from "./option-conflicts.ts";
import { BOOSTING_RULES, FOREST_RULES, REFUSED } from "./option-rules.ts";
import type { BoostingGiven, ForestGiven } from "./options-given.ts";

export type BoostingOptions = OptionValues<typeof BOOSTING_RULES>;
export type ForestOptions = OptionValues<typeof FOREST_RULES>;

/** @throws RangeError, TypeError for an option that does not exist, does not fit or contradicts another. */
export function boostingOptions(given: BoostingGiven): BoostingOptions {
  refuseForeign(given);
  const values = readOptions("boosting", BOOSTING_RULES, given);
  refuseConflicts(values, namedOptions("boosting", BOOSTING_RULES, given));
  return withSampling(values);
}

/** @throws RangeError, TypeError for an option that does not exist or does not fit. */
export function forestOptions(given: ForestGiven): ForestOptions {
  refuseForeign(given);
  const values = readOptions("forest", FOREST_RULES, given);
  return values;
}

function refuseForeign(given: object): void {
  for (const name of Object.keys(given)) {
    const known = camelCase(name);
    if (Object.hasOwn(REFUSED, known)) throw new RangeError(`trees have no option "${name}": ${REFUSED[known]}`);
  }
}
