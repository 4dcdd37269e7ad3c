import { wrongValue } from "../../wrong-use.ts";
import type { Link } from "../losses/index.ts";

/** margin: from the base_score of the file to the raw score before the trees. */
interface Meaning {
  readonly link: Link;
  readonly margin: (score: number) => number;
}

const same = (score: number) => score;
const IDENTITY: Meaning = { link: "identity", margin: same };
const LOGISTIC: Meaning = { link: "logistic", margin: (score) => -Math.log(1 / score - 1) };
const EXP: Meaning = { link: "exp", margin: Math.log };
const SOFTMAX: Meaning = { link: "softmax", margin: same };

export const XGBOOST_MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ["reg:squarederror", IDENTITY],
  ["reg:linear", IDENTITY],
  ["reg:squaredlogerror", IDENTITY],
  ["reg:absoluteerror", IDENTITY],
  ["reg:pseudohubererror", IDENTITY],
  ["reg:quantileerror", IDENTITY],
  ["reg:logistic", LOGISTIC],
  ["binary:logistic", LOGISTIC],
  ["binary:logitraw", IDENTITY],
  ["multi:softprob", SOFTMAX],
  ["multi:softmax", SOFTMAX],
  ["count:poisson", EXP],
  ["reg:gamma", EXP],
  ["reg:tweedie", EXP],
  ["survival:cox", EXP],
  ["survival:aft", EXP],
  ["rank:ndcg", IDENTITY],
  ["rank:pairwise", IDENTITY],
  ["rank:map", IDENTITY],
]);

/** @throws RangeError when the objective is unknown or its predictions are steps. */
export function xgboostMeaning(name: string): Meaning {
  const found = XGBOOST_MEANINGS.get(name);
  if (found === undefined)
    throw wrongValue("bad-model", `objective "${name}" is not supported; supported are ${[...XGBOOST_MEANINGS.keys()].join(", ")}`);
  return found;
}
