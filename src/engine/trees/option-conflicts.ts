import type { OptionValues } from "../options.ts";
import { wrongValue } from "../wrong-use.ts";
import type { BOOSTING_RULES } from "./option-rules.ts";

type Values = OptionValues<typeof BOOSTING_RULES>;
type Given = ReadonlyMap<string, { readonly as: string }>;
type Name = keyof Values;

const BAGGING = ["baggingFraction", "posBaggingFraction", "negBaggingFraction"] as const;

/** Each says what contradicts what, or null. as: the name under which an option was given. */
const CONFLICTS: readonly ((values: Values, given: Given, as: (name: Name) => string) => string | null)[] = [
  (values, given, as) => {
    const bagging = BAGGING.find((name) => given.has(name) && values[name] !== 1);
    if (bagging === undefined || values.sampling === "bagging" || !given.has("sampling")) return null;
    return `${as(bagging)} draws rows by chance, but ${as("sampling")} is "${values.sampling}"`;
  },
  (values, given, as) => {
    const drawn = values.sampling === "bagging" ? "sampling" : BAGGING.find((name) => given.has(name) && values[name] !== 1);
    if (values.baggingFreq > 0 || drawn === undefined) return null;
    return `${as("baggingFreq")} is 0, which leaves bagging off, but ${as(drawn)} is ${JSON.stringify(values[drawn])}`;
  },
  ({ baggingFreq, sampling }, given, as) => {
    const asked = sampling === "bagging" ? "sampling" : given.has("baggingFreq") && baggingFreq > 0 ? "baggingFreq" : null;
    if (asked === null || BAGGING.some((name) => given.has(name))) return null;
    return `${as(asked)} asks for bagging, but no fraction says of how many rows: give ${as("baggingFraction")} below 1`;
  },
  (values, given, as) => {
    const goss = (["topRate", "otherRate"] as const).find((name) => given.has(name));
    return goss === undefined || values.sampling === "goss"
      ? null
      : `${as(goss)} is for ${as("sampling")}: "goss", but ${as("sampling")} is "${values.sampling}"`;
  },
  ({ topRate, otherRate }, _given, as) =>
    topRate + otherRate > 1 ? `${as("topRate")} + ${as("otherRate")} is ${topRate + otherRate}, more than all rows` : null,
  ({ baggingFraction, posBaggingFraction, negBaggingFraction }, _given, as) =>
    baggingFraction < 1 && (posBaggingFraction < 1 || negBaggingFraction < 1)
      ? `${as("baggingFraction")} draws from all rows, ${as("posBaggingFraction")} and ${as("negBaggingFraction")} by class: give one or the other`
      : null,
  ({ isUnbalance, scalePosWeight, classWeight }, _given, as) => {
    const other = isUnbalance ? "isUnbalance" : scalePosWeight !== 1 ? "scalePosWeight" : null;
    return classWeight !== null && other !== null ? `${as("classWeight")} and ${as(other)} both weigh the classes: give one` : null;
  },
  ({ isUnbalance, scalePosWeight }, _given, as) =>
    isUnbalance && scalePosWeight !== 1 ? `${as("isUnbalance")} and ${as("scalePosWeight")} both weigh the classes: give one` : null,
  ({ pathSmooth, minDataInLeaf }, _given, as) =>
    pathSmooth > 0 && minDataInLeaf < 2 ? `${as("pathSmooth")} needs ${as("minDataInLeaf")} of at least 2` : null,
];

/** @throws RangeError for options that contradict one another, under the names that were given. */
export function refuseConflicts(values: Values, given: Given): void {
  for (const conflict of CONFLICTS) {
    const found = conflict(values, given, (name) => given.get(name)?.as ?? name);
    if (found !== null) throw wrongValue("bad-option", `boosting options contradict one another: ${found}`);
  }
}

/** Bagging is on when a fraction says so. */
export function withSampling(values: Values): Values {
  return values.sampling === "none" && BAGGING.some((name) => values[name] < 1) ? { ...values, sampling: "bagging" } : values;
}
