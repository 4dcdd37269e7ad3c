import { closest } from "fastest-levenshtein";
import type { LossName } from "./contract.ts";

/** Every loss, and what LightGBM, XGBoost and scikit-learn call it. */
const NAMES = {
  logistic: ["binary", "binary:logistic", "log_loss", "logloss", "cross_entropy", "bce", "binary_crossentropy"],
  softmax: ["multiclass", "multi:softprob"],
  squared: ["regression", "regression_l2", "l2", "mse", "squared_error", "reg:squarederror", "reg:linear"],
  absolute: ["regression_l1", "l1", "mae", "absolute_error", "reg:absoluteerror"],
  huber: [],
  quantile: ["pinball", "reg:quantileerror"],
  quantiles: [],
  poisson: ["count:poisson"],
  gamma: ["reg:gamma"],
  tweedie: ["reg:tweedie"],
  lambdarank: ["lambdamart", "rank:ndcg"],
  custom: [],
} as const satisfies Readonly<Record<LossName["loss"], readonly string[]>>;

type Names = typeof NAMES;
type Renamed<L extends { readonly loss: LossName["loss"] }> = L extends unknown
  ? Omit<L, "loss"> & { readonly loss: Names[L["loss"]][number] }
  : never;
type NeedsNothing = "logistic" | "softmax" | "squared" | "absolute" | "huber" | "poisson" | "gamma" | "tweedie" | "lambdarank";
/** What is found when it is left out: the classes by the targets; a power of 1.5, as in LightGBM. */
type Shorter =
  | { readonly loss: "softmax"; readonly classes?: number | null }
  | { readonly loss: "tweedie"; readonly power?: number | null };

/** A loss under its own name or another library's; as a word where it needs no parameter. */
export type LossGiven = LossName | Shorter | Renamed<LossName | Shorter> | NeedsNothing | Names[NeedsNothing][number];

/** LightGBM's and XGBoost's variance power. */
const TWEEDIE_POWER = 1.5;

/** Other losses that a near name would be mistaken for. */
const NOT_BUILT = (
  "multiclassova ova rank_xendcg rank:pairwise rank:map fair mape reg:pseudohubererror reg:squaredlogerror reg:logistic binary:hinge hinge survival:cox survival:aft cox " +
  "cross_entropy_lambda focal exponential"
).split(" ");

export function isLossName(name: string): name is LossName["loss"] {
  return Object.hasOwn(NAMES, name);
}

/** The loss by its own name, with what was left out. What is no loss at all is left to `createLoss`. target: of all rows. @throws TypeError without a name */
export function lossNamed(given: LossGiven, target: Float64Array): LossName {
  const asked: { readonly loss?: unknown } | null = typeof given === "string" ? { loss: given } : given;
  if (typeof asked?.loss !== "string")
    throw new TypeError('the loss of a training must be an object with its name, as in { loss: "squared" }');
  const word = asked.loss.toLowerCase();
  const found = Object.entries(NAMES).find(([proper, others]) => proper === word || (others as readonly string[]).includes(word));
  const whole = { ...asked, loss: found === undefined ? asked.loss : found[0] } as LossName;
  if (whole.loss === "softmax") return { ...whole, classes: whole.classes ?? classesOf(target) };
  return whole.loss === "tweedie" ? { ...whole, power: whole.power ?? TWEEDIE_POWER } : whole;
}

/** One more than the largest class. @throws RangeError when a class below it has no row: labels would be taken for classes. */
function classesOf(target: Float64Array): number {
  const seen = new Set(target.filter((y) => Number.isInteger(y) && y >= 0));
  const classes = [...seen].reduce((most, y) => Math.max(most, y + 1), 1);
  for (let k = 0; k < classes; k++) {
    if (!seen.has(k) && seen.size > 0)
      throw new RangeError(
        `softmax loss finds its classes by the targets: the largest is ${classes - 1}, but class ${k} has no row. Number them from 0 without a gap, or give classes`,
      );
  }
  return classes;
}

/** @throws RangeError for an unknown loss, with the nearest one. */
export function refuseUnknownLoss(name: LossName): never {
  const given = String((name as { readonly loss?: unknown } | null | undefined)?.loss ?? name);
  const known = Object.entries(NAMES);
  if (NOT_BUILT.includes(given.toLowerCase()))
    throw new RangeError(`loss "${given}" is not built; known are ${Object.keys(NAMES).join(", ")}`);
  const nearest = closest(given.toLowerCase(), known.flat(2));
  const [loss] = known.find(([proper, others]) => proper === nearest || (others as readonly string[]).includes(nearest)) ?? [""];
  throw new RangeError(`loss "${given}" is unknown; did you mean { loss: "${loss}" }?`);
}
