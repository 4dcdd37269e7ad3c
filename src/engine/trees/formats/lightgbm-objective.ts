import { shown } from "../../shown.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import type { Link } from "../losses/index.ts";

/** What the objective makes of raw scores: the link of `scale` times them. */
export interface ObjectiveMeaning {
  readonly name: string;
  readonly link: Link;
  readonly scale: number;
}

/** By LightGBM's names in model files, older ones included. */
export const LIGHTGBM_LINKS: ReadonlyMap<string, Link> = new Map<string, Link>([
  ["", "identity"],
  ["regression", "identity"],
  ["regression_l1", "identity"],
  ["huber", "identity"],
  ["fair", "identity"],
  ["quantile", "identity"],
  ["mape", "identity"],
  ["poisson", "exp"],
  ["gamma", "exp"],
  ["tweedie", "exp"],
  ["binary", "logistic"],
  ["multiclass", "softmax"],
  ["multiclassova", "logistic"],
  ["cross_entropy", "logistic"],
  ["xentropy", "logistic"],
  ["cross_entropy_lambda", "softplus"],
  ["xentlambda", "softplus"],
  ["lambdarank", "identity"],
  ["rank_xendcg", "identity"],
  ["xendcg", "identity"],
  ["custom", "identity"],
  ["none", "identity"],
]);

/** text: e.g. "binary sigmoid:1"; "" for a custom objective. @throws RangeError when it is unknown. */
export function objectiveMeaning(text: string): ObjectiveMeaning {
  const [name = "", ...parts] = text.split(" ").filter((part) => part !== "");
  const link = LIGHTGBM_LINKS.get(name);
  if (link === undefined)
    throw wrongValue("bad-model", `objective "${name}" is unknown; known are ${[...LIGHTGBM_LINKS.keys()].slice(1).join(", ")}`);
  const sigmoid = parts.find((part) => part.startsWith("sigmoid:"));
  const scale = sigmoid === undefined ? 1 : Number(sigmoid.slice("sigmoid:".length));
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY))
    throw wrongValue("bad-model", `objective "${text}": sigmoid must be a number above 0`);
  return { name, link: link === "identity" && parts.includes("sqrt") ? "signedSquare" : link, scale };
}

/** @throws RangeError for an objective under which LightGBM would predict something else than the ensemble. */
export function requireObjective(objective: unknown, { link, outputs }: TreeEnsemble): string {
  const { name, ...meaning } = objectiveMeaning(typeof objective === "string" ? objective : shown(objective));
  if (meaning.link === link && meaning.scale === 1 && outputs === 1) return String(objective);
  const other =
    outputs === 1 ? `the link ${meaning.link}${meaning.scale === 1 ? "" : ` of ${meaning.scale} times the score`}` : "one output";
  throw wrongValue(
    "bad-model",
    `objective "${name}" is for ${other}; the trees have ${outputs === 1 ? `the link ${link}` : `${outputs} outputs`}`,
  );
}

/** An objective under which LightGBM applies the ensemble's link; null when it has none and gives raw scores. */
export function objectiveText({ link, outputs }: TreeEnsemble): string | null {
  switch (link) {
    case "identity":
      return outputs === 1 ? "regression" : null;
    case "signedSquare":
      return outputs === 1 ? "regression sqrt" : null;
    case "exp":
      return outputs === 1 ? "poisson" : null;
    case "softplus":
      return outputs === 1 ? "cross_entropy_lambda" : null;
    case "logistic":
      return outputs === 1 ? "binary sigmoid:1" : `multiclassova num_class:${outputs} sigmoid:1`;
    case "softmax":
      return `multiclass num_class:${outputs}`;
    case "share":
    case "sorted":
      return null;
    default:
      return link satisfies never;
  }
}
