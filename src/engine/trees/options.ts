import { camelCase, namedOptions, type OptionRules, type OptionValues, readOptions, requireOptions } from "../options.ts";
import { refuseConflicts, withSampling } from "./option-conflicts.ts";
import { REFUSED } from "./option-refused.ts";
import { BOOSTING_RULES, FOREST_RULES } from "./option-rules.ts";
import type { BoostingGiven, ForestGiven } from "./options-given.ts";

export type BoostingOptions = OptionValues<typeof BOOSTING_RULES>;
export type ForestOptions = OptionValues<typeof FOREST_RULES>;

/** @throws RangeError, TypeError for an option that does not exist, does not fit or contradicts another. */
export function boostingOptions(given: BoostingGiven): BoostingOptions {
  refuseForeign("boosting", BOOSTING_RULES, given);
  const values = readOptions("boosting", BOOSTING_RULES, given);
  refuseConflicts(values, namedOptions("boosting", BOOSTING_RULES, given));
  return withSampling(values);
}

/** @throws RangeError, TypeError for an option that does not exist or does not fit. */
export function forestOptions(given: ForestGiven): ForestOptions {
  refuseForeign("forest", FOREST_RULES, given);
  return readOptions("forest", FOREST_RULES, given);
}

/** The seed of a training. callSeed: that of the call. @throws RangeError for one that is no whole number of at least 0. */
export function seedOf({ seed }: Pick<BoostingOptions | ForestOptions, "seed">, callSeed: number): number {
  if (seed !== "call") return seed;
  if (!Number.isSafeInteger(callSeed) || callSeed < 0)
    throw new RangeError(`the seed of a training must be a whole number, at least 0, got ${String(callSeed)}`);
  return callSeed;
}

/** Options that binning obeys. */
export const BINNING_OPTIONS = ["maxBin", "minDataInBin", "binSampleRows", "enableBundle"];

/** @throws RangeError for options that come too late: the dataset is binned. */
export function refuseBinning(what: string, rules: OptionRules, given: object): void {
  for (const [name, { as }] of namedOptions(what, rules, given)) {
    if (BINNING_OPTIONS.includes(name))
      throw new RangeError(`${what} option "${as}" belongs to createTreeDataset: this dataset is binned already`);
  }
}

/** @throws RangeError for options that are not for binning. */
export function refuseUnlessBinning(given: object): void {
  for (const [name, { as }] of namedOptions("a dataset", BOOSTING_RULES, given)) {
    if ([...BINNING_OPTIONS, "numThreads", "seed"].includes(name)) continue;
    throw new RangeError(
      `a dataset has no option "${as}"; it belongs to the training. Options of a dataset: ${BINNING_OPTIONS.join(", ")}, numThreads, seed`,
    );
  }
}

/** Options of other libraries, and of the other way of joining trees. */
function refuseForeign(what: "boosting" | "forest", own: OptionRules, given: object): void {
  requireOptions(what, given);
  const [other, others] = what === "forest" ? (["boosting", BOOSTING_RULES] as const) : (["forests", FOREST_RULES] as const);
  for (const name of Object.keys(given)) {
    const known = camelCase(name);
    if (Object.hasOwn(REFUSED, known)) throw new RangeError(`trees have no option "${name}": ${REFUSED[known]}`);
    if (!isOption(own, known) && isOption(others, known)) throw new RangeError(`${what} has no option "${name}": it belongs to ${other}`);
  }
}

function isOption(rules: OptionRules, name: string): boolean {
  return Object.entries(rules).some(([proper, { aliases = [] }]) => proper === name || aliases.includes(name));
}
