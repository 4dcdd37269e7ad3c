import { nearestName } from "../../core/nearest-name.ts";
import { camelCase, namedOptions, type OptionRules, type OptionValues, readOptions, requireOptions } from "../options.ts";
import { shown } from "../shown.ts";
import { wrongValue } from "../wrong-use.ts";
import type { LossName } from "./losses/index.ts";
import { refuseConflicts, withSampling } from "./option-conflicts.ts";
import { REFUSED } from "./option-refused.ts";
import { BOOSTING_RULES, FOREST_RULES } from "./option-rules.ts";
import { isSaid } from "./option-said.ts";
import type { BoostingGiven, ForestGiven } from "./options-given.ts";
import { FIELDS } from "./training-fields.ts";

export type BoostingOptions = OptionValues<typeof BOOSTING_RULES>;
export type ForestOptions = OptionValues<typeof FOREST_RULES>;

/** loss: of the training, where one is known. @throws RangeError, TypeError for an option that does not exist, does not fit or contradicts another. */
export function boostingOptions(given: BoostingGiven, loss: LossName | null = null): BoostingOptions {
  const own = ownOptions("boosting", given, loss);
  const values = readOptions("boosting", BOOSTING_RULES, own);
  refuseConflicts(values, namedOptions("boosting", BOOSTING_RULES, own));
  return withSampling(values);
}

/** loss: of the training, where one is known. @throws RangeError, TypeError for an option that does not exist or does not fit. */
export function forestOptions(given: ForestGiven, loss: LossName | null = null): ForestOptions {
  return readOptions("forest", FOREST_RULES, ownOptions("forest", given, loss));
}

/** The seed of a training. callSeed: that of the call. @throws RangeError for one that is no whole number of at least 0. */
export function seedOf({ seed }: Pick<BoostingOptions | ForestOptions, "seed">, callSeed: number): number {
  if (seed !== "call") return seed;
  if (!Number.isSafeInteger(callSeed) || callSeed < 0)
    throw wrongValue("bad-option", `the seed of a training must be a whole number, at least 0, got ${shown(callSeed)}`);
  return callSeed;
}

/** Options that binning obeys. */
const BINNING_OPTIONS = ["maxBin", "minDataInBin", "binSampleRows", "enableBundle"];

/** Those that createTreeDataset takes. */
const OF_DATASET = [...BINNING_OPTIONS, "numThreads", "seed"];

/** @throws RangeError for options that come too late: the dataset is binned. */
export function refuseBinning(what: "boosting" | "forest", given: object, loss: LossName): void {
  const rules = what === "forest" ? FOREST_RULES : BOOSTING_RULES;
  for (const [name, { as }] of namedOptions(what, rules, ownOptions(what, given, loss))) {
    if (BINNING_OPTIONS.includes(name))
      throw wrongValue("bad-option", `${what} option "${as}" belongs to createTreeDataset: this dataset is binned already`);
  }
}

/**
 * For a training without validation rows. What only says a default there is left: nothing is asked for by `early_stopping: "auto"`, and a metric may measure the rows that are learned from.
 * @throws RangeError for early stopping that is asked for.
 */
export function refuseIdleStopping(given: object, options: BoostingOptions, loss: LossName): void {
  const named = namedOptions("boosting", BOOSTING_RULES, ownOptions("boosting", given, loss));
  const rounds = named.get("earlyStoppingRounds");
  const metric = options.earlyStoppingMetric !== null && !options.trainingMetric ? named.get("earlyStoppingMetric") : undefined;
  const asked = rounds !== undefined && rounds.value !== "auto" && options.earlyStoppingRounds > 0 ? rounds : metric;
  if (asked === undefined) return;
  const other = asked === metric ? ", or trainingMetric: true to measure the rows that are learned from" : "";
  throw wrongValue(
    "bad-training",
    `boosting option "${asked.as}" is ${shown(asked.value)}, but early stopping needs validation rows: give \`validation\` (row numbers of the same matrix)${other}`,
  );
}

/** @throws RangeError for options that are not for binning. */
export function refuseUnlessBinning(given: object): void {
  requireOptions("dataset", given);
  const own = ownOptions("boosting", given, null);
  const odd = Object.keys(own).find((name) => !isTreeOption(camelCase(name)));
  if (odd !== undefined) throw wrongValue("bad-option", `a dataset has no option "${odd}"${nearestOfDataset(odd)}`);
  for (const [name, { as }] of namedOptions("a dataset", BOOSTING_RULES, own)) {
    if (OF_DATASET.includes(name)) continue;
    throw wrongValue(
      "bad-option",
      `a dataset has no option "${as}"; it belongs to the training. Options of a dataset: ${OF_DATASET.join(", ")}`,
    );
  }
}

function nearestOfDataset(name: string): string {
  const rules: OptionRules = BOOSTING_RULES;
  const near = OF_DATASET.find((own) => nearestName(camelCase(name), [own, ...(rules[own]?.aliases ?? [])]) !== null);
  return near === undefined ? `; known are ${OF_DATASET.join(", ")}` : `; did you mean "${near}"?`;
}

/** What was given, without options of other libraries that say what is so anyway. @throws RangeError for other ones of theirs, and for those of the other way of joining trees. */
export function ownOptions(what: "boosting" | "forest", given: object, loss: LossName | null): Readonly<Record<string, unknown>> {
  requireOptions(what, given);
  const [own, others] = what === "forest" ? [FOREST_RULES, BOOSTING_RULES] : [BOOSTING_RULES, FOREST_RULES];
  const kept = Object.entries(given).filter(([name, value]) => {
    const known = camelCase(name);
    if (value !== undefined && isSaid(what, name, known, value, loss)) return false;
    if (Object.hasOwn(REFUSED, known)) throw wrongValue("bad-option", `trees have no option "${name}": ${REFUSED[known]}`);
    if (!isOption(own, known) && FIELDS.some((field) => field === known) && known !== "loss")
      throw wrongValue("bad-option", `${what} has no option "${name}": it is a field of the training, the first argument`);
    if (!isOption(own, known) && isOption(others, known))
      throw wrongValue("bad-option", `${what} has no option "${name}": it belongs to ${what === "forest" ? "boosting" : "forests"}`);
    return true;
  });
  return Object.fromEntries(kept);
}

/** Whether boosting or forests have an option of this camelCase name. */
export function isTreeOption(name: string): boolean {
  return isOption(BOOSTING_RULES, name) || isOption(FOREST_RULES, name);
}

function isOption(rules: OptionRules, name: string): boolean {
  return Object.entries(rules).some(([proper, { aliases = [] }]) => proper === name || aliases.includes(name));
}
