import type { OptionValues } from "../options.ts";
import type { BOOSTING_RULES } from "./option-rules.ts";

type Values = OptionValues<typeof BOOSTING_RULES>;
type Given = { has(name: string): boolean };

/** Each says what contradicts what, or null. */
const CONFLICTS: readonly ((values: Values, given: Given) => string | null)[] = [
  (values, given) => {
    const bagging = BAGGING.find((name) => given.has(name) && values[name] !== 1);
    if (bagging === undefined || values.sampling === "bagging" || !given.has("sampling")) return null;
    return `${bagging} draws rows by chance, but sampling is "${values.sampling}"`;
  },
  (values, given) => {
    const goss = ["topRate", "otherRate"].find((name) => given.has(name));
    return goss === undefined || values.sampling === "goss"
      ? null
      : `${goss} is for sampling: "goss", but sampling is "${values.sampling}"`;
  },
  ({ topRate, otherRate }) => (topRate + otherRate > 1 ? `topRate + otherRate is ${topRate + otherRate}, more than all rows` : null),
  ({ baggingFraction, posBaggingFraction, negBaggingFraction }) =>
    baggingFraction < 1 && (posBaggingFraction < 1 || negBaggingFraction < 1)
      ? "baggingFraction draws from all rows, posBaggingFraction and negBaggingFraction by class: give one or the other"
      : null,
  ({ isUnbalance, scalePosWeight }) =>
    isUnbalance && scalePosWeight !== 1 ? "isUnbalance and scalePosWeight both weigh the classes: give one" : null,
  ({ pathSmooth, minDataInLeaf }) => (pathSmooth > 0 && minDataInLeaf < 2 ? "pathSmooth needs minDataInLeaf of at least 2" : null),
];

const BAGGING = ["baggingFraction", "posBaggingFraction", "negBaggingFraction"] as const;

/** @throws RangeError for options that contradict one another. */
export function refuseConflicts(values: Values, given: Given): void {
  for (const conflict of CONFLICTS) {
    const found = conflict(values, given);
    if (found !== null) throw new RangeError(`boosting options contradict one another: ${found}`);
  }
}

/** Bagging is on when a fraction says so. */
export function withSampling(values: Values): Values {
  return values.sampling === "none" && BAGGING.some((name) => values[name] < 1) ? { ...values, sampling: "bagging" } : values;
}
