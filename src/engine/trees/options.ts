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
  refusePending("boosting", values);
  refuseConflicts(values, namedOptions("boosting", BOOSTING_RULES, given));
  return withSampling(values);
}

/** @throws RangeError, TypeError for an option that does not exist or does not fit. */
export function forestOptions(given: ForestGiven): ForestOptions {
  refuseForeign(given);
  const values = readOptions("forest", FOREST_RULES, given);
  refusePending("forest", values);
  return values;
}

function refuseForeign(given: object): void {
  for (const name of Object.keys(given)) {
    const known = camelCase(name);
    if (Object.hasOwn(REFUSED, known)) throw new RangeError(`trees have no option "${name}": ${REFUSED[known]}`);
  }
}

/** Options whose other values the engine does not obey yet; they are refused, not passed over. */
export const PENDING: readonly { readonly name: keyof BoostingOptions; readonly isObeyed: (value: unknown) => boolean }[] = [
  { name: "categoricalEncoding", isObeyed: (value) => value === "subsets" },
  { name: "learningRate", isObeyed: (value) => value !== "auto" },
  { name: "sampling", isObeyed: (value) => value !== "goss" },
  { name: "baggingFreq", isObeyed: (value) => value === 1 },
  { name: "posBaggingFraction", isObeyed: (value) => value === 1 },
  { name: "negBaggingFraction", isObeyed: (value) => value === 1 },
  { name: "earlyStoppingMetric", isObeyed: (value) => value === null },
];

function refusePending(what: string, values: BoostingOptions | ForestOptions): void {
  const read: Readonly<Record<string, unknown>> = values;
  for (const { name, isObeyed } of PENDING) {
    if (Object.hasOwn(read, name) && !isObeyed(read[name])) {
      throw new RangeError(`${what} option "${name}" cannot be ${JSON.stringify(read[name]) ?? String(read[name])} yet`);
    }
  }
}
