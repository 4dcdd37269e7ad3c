import { nearestName } from "../../../core/nearest-name.ts";
import type { SnakeCase } from "../../options.ts";
import { shown } from "../../shown.ts";
import { wrongType, wrongValue } from "../../wrong-use.ts";
import type { LossName } from "./contract.ts";
import { ownParameters } from "./parameters.ts";

/** Every loss, and what LightGBM, XGBoost and scikit-learn call it. */
const NAMES = {
  logistic: [
    "binary",
    "binary:logistic",
    "log_loss",
    "logloss",
    "binary_logloss",
    "logistic_loss",
    "binary_crossentropy",
    "bce",
    "bernoulli",
    "binomial",
  ],
  xentropy: ["cross_entropy", "crossentropy", "reg:logistic"],
  softmax: [
    "multiclass",
    "multi:softprob",
    "multi:softmax",
    "multi_logloss",
    "multinomial",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
  ],
  squared: [
    "regression",
    "regression_l2",
    "l2",
    "l2_root",
    "mse",
    "mean_squared_error",
    "rmse",
    "root_mean_squared_error",
    "squared_error",
    "squarederror",
    "reg:squarederror",
    "reg:linear",
    "ls",
    "gaussian",
  ],
  absolute: ["regression_l1", "l1", "mae", "mean_absolute_error", "absolute_error", "absoluteerror", "reg:absoluteerror", "lad", "laplace"],
  huber: ["huber_loss"],
  quantile: ["pinball", "reg:quantileerror"],
  quantiles: ["multiquantile"],
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
/** Parameters under other libraries' names. */
type Foreign =
  | ({ readonly loss: "logistic" } & Spelled<"scalePosWeight" | "posWeight", number>)
  | ({ readonly loss: "softmax" } & Spelled<"numClass" | "numClasses" | "nClasses", number>)
  | ({ readonly loss: "quantile" } & Spelled<"quantileAlpha" | "quantile", number | readonly number[]>)
  | ({ readonly loss: "quantiles" } & Spelled<"quantileAlpha" | "alpha" | "quantiles", readonly number[]>)
  | ({ readonly loss: "poisson" } & Spelled<"poissonMaxDeltaStep", number>)
  | ({ readonly loss: "tweedie" } & Spelled<"tweedieVariancePower" | "variancePower", number>)
  | ({ readonly loss: "lambdarank"; readonly norm?: boolean; readonly sigmoid?: number } & Spelled<
      "lambdarankTruncationLevel" | "truncationLevel",
      number
    > &
      Spelled<"lambdarankNorm", boolean> &
      Spelled<"labelGain", readonly number[]>);
type Spelled<K extends string, V> = { readonly [N in K | SnakeCase<K>]?: V };
type NeedsNothing = "logistic" | "xentropy" | "softmax" | "squared" | "absolute" | "huber" | "poisson" | "gamma" | "tweedie" | "lambdarank";
/** What is found when it is left out: the classes by the targets; a power of 1.5, as in LightGBM. */
type Shorter =
  | { readonly loss: "softmax"; readonly classes?: number | null }
  | { readonly loss: "tweedie"; readonly power?: number | null };

/** A loss under its own name or another library's; as a word where it needs no parameter. */
export type LossGiven = LossName | Shorter | Foreign | Renamed<LossName | Shorter | Foreign> | NeedsNothing | Names[NeedsNothing][number];

export const NO_LOSS =
  'a training needs a loss: a word, as in loss: "logistic" (two classes), "softmax" (more) or "squared" (numbers), or an object with its parameters, as { loss: "quantile", alpha: 0.9 }';

/** LightGBM's and XGBoost's variance power. */
const TWEEDIE_POWER = 1.5;

/** Other losses, which a near name would be mistaken for: what comes nearest. */
const NOT_BUILT: Readonly<Record<string, readonly string[]>> = {
  "softmax learns all classes together": ["multiclassova", "ova"],
  "lambdarank learns an order": ["rank_xendcg", "rank:pairwise", "rank:map", "yetirank", "pairlogit", "querysoftmax"],
  "huber is between squared and absolute too": ["fair", "reg:pseudohubererror", "pseudohuber"],
  "absolute with weights of 1 / |target| is the same": ["mape", "mean_absolute_percentage_error"],
  "squared loss of Math.log1p(target) is the same": ["reg:squaredlogerror"],
  "logistic learns two classes": ["binary:hinge", "hinge", "exponential"],
  "xentropy takes targets from 0 to 1": ["cross_entropy_lambda"],
  "a custom loss can be it": ["focal"],
  "no loss of survival is": ["survival:cox", "survival:aft", "cox"],
};

export function isLossName(name: string): name is LossName["loss"] {
  return Object.hasOwn(NAMES, name);
}

/** The loss that a word names: its own name or another library's, upper and lower case, "-" and "_" alike. Null: none. */
export function lossWord(given: string): LossName["loss"] | null {
  const word = given.toLowerCase().replaceAll("-", "_");
  const found = Object.entries(NAMES).find(([proper, others]) => proper === word || (others as readonly string[]).includes(word));
  return found === undefined ? null : (found[0] as LossName["loss"]);
}

/** The loss by its own name, with what was left out. What is no loss at all is left to `createLoss`. target: of all rows. @throws TypeError without a name */
export function lossNamed(given: LossGiven, target: Float64Array): LossName {
  const asked: { readonly loss?: unknown } | null = typeof given === "string" ? { loss: given } : given;
  if (typeof given === "function")
    throw wrongType("bad-loss", 'a loss of your own is { loss: "custom", gradient: (scores, target, weight) => ({ gradient, hessian }) }');
  if (typeof asked?.loss !== "string") throw wrongType("bad-loss", `${NO_LOSS}; got ${shown(given)}`);
  if (asked instanceof Map) throw wrongType("bad-loss", "a loss is a plain object, got a Map; Object.fromEntries makes one of it");
  const word = lossWord(asked.loss);
  if (word === null) return asked as LossName;
  const whole = ownParameters(word, asked) as unknown as LossName;
  if (whole.loss === "quantile" && Array.isArray(whole.alpha)) return { loss: "quantiles", alphas: whole.alpha };
  if (whole.loss === "softmax") return { ...whole, classes: whole.classes ?? classesOf(target) };
  return whole.loss === "tweedie" ? { ...whole, power: whole.power ?? TWEEDIE_POWER } : whole;
}

/** One more than the largest class. @throws RangeError when a class below it has no row: labels would be taken for classes. */
function classesOf(target: Float64Array): number {
  const seen = new Set(target.filter((y) => Number.isInteger(y) && y >= 0));
  const classes = [...seen].reduce((most, y) => Math.max(most, y + 1), 1);
  const odd = target.find((y) => Number.isFinite(y) && !seen.has(y));
  let gap = 0;
  while (seen.has(gap)) gap++;
  if (gap < classes && odd !== undefined)
    throw wrongValue("bad-loss", `softmax loss needs the numbers of classes, whole numbers from 0, got ${odd}; squared is for numbers`);
  if (gap < classes && seen.size > 0)
    throw wrongValue(
      "bad-loss",
      `softmax loss finds its classes by the targets: the largest is ${classes - 1}, but class ${gap} has no row. Number them from 0 without a gap, or give classes`,
    );
  return classes;
}

/** @throws RangeError for an unknown loss, with the nearest one. */
export function refuseUnknownLoss(name: LossName): never {
  const given = String((name as { readonly loss?: unknown } | null | undefined)?.loss ?? name);
  const known = Object.entries(NAMES);
  if (given.toLowerCase() === "binary:logitraw")
    throw wrongValue("bad-loss", 'loss "binary:logitraw" is { loss: "logistic" } with raw scores, which predictRaw gives');
  const [instead] = Object.entries(NOT_BUILT).find(([, names]) => names.includes(given.toLowerCase())) ?? [];
  if (instead !== undefined)
    throw wrongValue("bad-loss", `loss "${given}" is not built: ${instead}; known are ${Object.keys(NAMES).join(", ")}`);
  if (["gini", "entropy"].includes(given.toLowerCase()))
    throw wrongValue("bad-loss", `"${given}" judges the splits of a tree; the loss of classes is "logistic" (two) or "softmax" (more)`);
  const nearest = nearestName(given, known.flat(2));
  const near = known.find(([proper, others]) => proper === nearest || (others as readonly string[]).includes(nearest ?? ""));
  const help = near === undefined ? `known are ${Object.keys(NAMES).join(", ")}` : `did you mean { loss: "${near[0]}" }?`;
  throw wrongValue("bad-loss", `loss "${given}" is unknown; ${help}`);
}
