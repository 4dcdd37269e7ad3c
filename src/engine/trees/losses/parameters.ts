import { camelCase } from "../../options.ts";
import { shown } from "../../shown.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { LossName } from "./contract.ts";

/** What each loss takes beside its name, and what LightGBM, XGBoost, CatBoost and scikit-learn call it, in camelCase. */
export const PARAMETERS = {
  logistic: { positiveWeight: ["scalePosWeight", "posWeight"] },
  xentropy: {},
  softmax: { classes: ["numClass", "numClasses", "nClasses"] },
  squared: {},
  absolute: {},
  huber: { delta: [] },
  quantile: { alpha: ["quantileAlpha", "quantile"] },
  quantiles: { alphas: ["quantileAlpha", "alpha", "quantiles"] },
  poisson: {},
  gamma: {},
  tweedie: { power: ["tweedieVariancePower", "variancePower"] },
  lambdarank: { truncation: ["lambdarankTruncationLevel", "truncationLevel"], norm: ["lambdarankNorm"], sigmoid: [], gains: ["labelGain"] },
  custom: { gradient: [], outputs: [], link: [], base: [], value: [] },
} as const satisfies Readonly<Record<LossName["loss"], Readonly<Record<string, readonly string[]>>>>;

/** Parameters of other libraries that stand for nothing here. so: the one value that says what is so anyway, which is passed over. */
interface Foreign {
  readonly so?: unknown;
  readonly why: string;
}

const FOREIGN: Readonly<Partial<Record<LossName["loss"], Readonly<Record<string, Foreign>>>>> = {
  logistic: {
    sigmoid: { so: 1, why: "the curve is 1 / (1 + exp(-score)); a steeper one would only scale the scores" },
    isUnbalance: { so: false, why: "it is an option of the training" },
    numClass: { so: 1, why: "logistic loss is for two classes, softmax for more" },
  },
  xentropy: {
    sigmoid: { so: 1, why: "the curve is 1 / (1 + exp(-score)); a steeper one would only scale the scores" },
    scalePosWeight: { so: 1, why: "no row is of class 1 alone; weights are given row by row, in the training" },
    isUnbalance: { so: false, why: "no row is of class 1 alone; weights are given row by row, in the training" },
    numClass: { so: 1, why: "xentropy loss has one share for each row" },
  },
  huber: {
    alpha: {
      why: "LightGBM means the delta by it, scikit-learn a quantile of the residuals: give delta; without it the 0.9 quantile is taken",
    },
    huberSlope: { why: "it is XGBoost's, of the pseudo-Huber loss, which is not built; delta is where this one becomes a line" },
  },
  poisson: {
    poissonMaxDeltaStep: { so: 0.7, why: "the hessian is exp(score + 0.7), LightGBM's default" },
    maxDeltaStep: { why: "it is an option of the training, for the leaves of any loss" },
  },
  lambdarank: {
    lambdarankPairMethod: { so: "topk", why: "pairs with a row among the first `truncation` are looked at" },
    lambdarankNumPairPerSample: { why: "`truncation` says among how many first rows a pair must have one" },
    ndcgExpGain: { so: true, why: "the gain of a label is 2^label - 1, or what `gains` says" },
    lambdarankUnbiased: { so: false, why: "the bias of positions is not learned" },
    lambdarankPositionBiasRegularization: { so: 0, why: "the bias of positions is not learned" },
  },
};

/**
 * A loss's parameters under their own names. @throws RangeError for one that is given twice with different values, or that has no place here, with the reason. Unknown
 * ones are left.
 */
export function ownParameters(loss: LossName["loss"], given: object): Record<string, unknown> {
  const own: Readonly<Record<string, readonly string[]>> = PARAMETERS[loss];
  const out: Record<string, unknown> = { loss };
  for (const [as, value] of Object.entries(given)) {
    if (as === "loss" || value === undefined) continue;
    const name = camelCase(as);
    const proper = Object.keys(own).find((one) => one === name || own[one]!.includes(name)) ?? as;
    const foreign = proper === as ? FOREIGN[loss]?.[name] : undefined;
    if (foreign !== undefined) {
      if ("so" in foreign && Object.is(foreign.so, value)) continue;
      const so = "so" in foreign ? `. Only ${JSON.stringify(foreign.so)} is passed over` : "";
      throw wrongValue("bad-loss", `${loss} loss has no "${as}": ${foreign.why}${so}`);
    }
    if (out[proper] !== undefined && !Object.is(out[proper], value))
      throw wrongValue("bad-loss", `${loss} loss is given two values of ${proper}, ${shown(out[proper])} and, as "${as}", ${shown(value)}`);
    out[proper] = value;
  }
  return out;
}
