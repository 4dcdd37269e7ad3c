import { nearestName } from "../../../core/nearest-name.ts";
import { shown } from "../../shown.ts";
import { wrongType, wrongValue } from "../../wrong-use.ts";
import type { LossName } from "../losses/contract.ts";
import type { CustomMetric } from "../option-shapes.ts";
import { areaUnderCurve, averagePrecision, meanAreaOfClasses } from "./auc.ts";
import type { Judged, StoppingMetric } from "./contract.ts";
import * as means from "./means.ts";
import { METRIC_NAMES, type ProperMetric, WITH_NUMBER } from "./names.ts";
import { mapAt, ndcgAt } from "./ranked.ts";

export type { Judged, StoppingMetric } from "./contract.ts";

/** at: the number after "@", as in ndcg@10; null without. */
interface Entry {
  readonly higherIsBetter: boolean;
  /** Outputs that it can judge; of classes: several where they are those. */
  readonly outputs: "one" | "any" | "classes";
  readonly create: (at: number | null, loss: LossName) => (judged: Judged) => number;
}

const lower = (outputs: "one" | "any", score: (judged: Judged) => number): Entry => ({
  higherIsBetter: false,
  outputs,
  create: () => score,
});

const ENTRIES: Readonly<Record<ProperMetric, Entry>> = {
  auc: {
    higherIsBetter: true,
    outputs: "classes",
    create: () => (judged) => (judged.outputs > 1 ? meanAreaOfClasses(judged) : ofClasses("auc", areaUnderCurve)(judged)),
  },
  "log-loss": lower("any", means.logLoss),
  "average-precision": { higherIsBetter: true, outputs: "one", create: () => ofClasses("average-precision", averagePrecision) },
  brier: lower("one", ofClasses("brier", means.meanSquaredError)),
  error: { higherIsBetter: false, outputs: "any", create: (_at, loss) => ofSoft(loss, "error", means.errorRate) },
  accuracy: {
    higherIsBetter: true,
    outputs: "any",
    create: (_at, loss) => ofSoft(loss, "accuracy", (judged) => 1 - means.errorRate(judged)),
  },
  rmse: lower("one", (judged) => Math.sqrt(means.meanSquaredError(judged))),
  mse: lower("one", means.meanSquaredError),
  mae: lower("one", means.meanAbsoluteError),
  mape: lower("one", means.meanAbsolutePercentageError),
  r2: { higherIsBetter: true, outputs: "one", create: () => means.determination },
  huber: { higherIsBetter: false, outputs: "one", create: (at, loss) => means.huberLoss(deltaOf(at, loss)) },
  quantile: { higherIsBetter: false, outputs: "any", create: (at, loss) => means.pinballLoss(alphasOf(at, loss)) },
  "poisson-deviance": lower("one", means.poissonDeviance),
  "gamma-deviance": lower("one", means.gammaDeviance),
  "tweedie-deviance": { higherIsBetter: false, outputs: "one", create: (at, loss) => means.tweedieDeviance(powerOf(at, loss)) },
  ndcg: { higherIsBetter: true, outputs: "one", create: (at, loss) => ndcgAt(depthOf(at), gainsOf(loss)) },
  map: { higherIsBetter: true, outputs: "one", create: (at) => mapAt(depthOf(at)) },
};

const PROPER: ReadonlyMap<string, ProperMetric> = new Map(
  (Object.keys(METRIC_NAMES) as ProperMetric[]).flatMap((name) => METRIC_NAMES[name].map((word) => [word, name] as const)),
);

/** They change in jumps, with a threshold that is chosen later. */
const OF_LABELS = new Set([
  "f1",
  "f1-score",
  "f1-macro",
  "f1-micro",
  "f1-weighted",
  "fbeta",
  "precision",
  "recall",
  "mcc",
  "kappa",
  "balanced-accuracy",
]);

/** Of a loss for numbers they would compare a number with a class. */
const OF_CLASSES = new Set(["log-loss", "error", "accuracy"]);
const LOSSES_OF_NUMBERS = new Set(["squared", "absolute", "huber", "quantile", "quantiles", "poisson", "gamma", "tweedie"]);

/**
 * A metric by name, "-" or "_" alike: auc (of several classes the mean of each against the rest), average-precision, log-loss, brier, error, accuracy, rmse, mse, mae, mape, r2, huber@1 and quantile@0.9 (without
 * number: the delta or the alphas of the loss), poisson-deviance, gamma-deviance, tweedie-deviance@1.5 (without number: the power of the loss), ndcg@10,
 * map@10 (without number: all rows), or the user's own.
 * outputs: of the loss. @throws RangeError for an unknown name (with the nearest one) or one that does not suit the loss.
 */
export function createMetric(choice: string | CustomMetric, loss: LossName, outputs: number): StoppingMetric {
  if (typeof choice !== "string") return customMetric(choice);
  // "neg_log_loss" of scikit-learn: each metric knows what is better.
  const [word = "", number] = choice.toLowerCase().replaceAll("_", "-").replace(/^neg-/, "").split("@");
  if (OF_LABELS.has(word))
    throw wrongValue("bad-option", `metric "${choice}" judges labels, which hang on a threshold; use log-loss, average-precision or auc`);
  const name = PROPER.get(word);
  if (name === undefined) {
    const nearest = nearestName(word, [...PROPER.keys()]);
    const help = nearest === null ? `known are ${Object.keys(METRIC_NAMES).join(", ")}` : `did you mean "${nearest}"?`;
    throw wrongValue("bad-option", `metric "${choice}" is unknown; ${help}`);
  }
  const entry = ENTRIES[name];
  if (number !== undefined && !WITH_NUMBER.some((one) => one === name))
    throw wrongValue("bad-option", `metric "${name}" takes no number, got "${choice}"`);
  const isSingle = entry.outputs === "one" || (entry.outputs === "classes" && loss.loss === "quantiles");
  if (isSingle && outputs > 1) throw wrongValue("bad-option", `metric "${name}" judges one output, ${loss.loss} loss has ${outputs}`);
  if (OF_CLASSES.has(name) && LOSSES_OF_NUMBERS.has(loss.loss))
    throw wrongValue(
      "bad-option",
      `metric "${choice}" judges classes, ${loss.loss} loss foresees numbers; use logistic or softmax loss, or rmse, mae, r2`,
    );
  const at = number === undefined ? null : Number(number);
  return { name: number === undefined ? name : `${name}@${number}`, higherIsBetter: entry.higherIsBetter, score: entry.create(at, loss) };
}

/** Of other targets the score would be NaN in every round, and the model kept a constant. */
function ofClasses(name: string, score: (judged: Judged) => number): (judged: Judged) => number {
  return (judged) => {
    const other = judged.target.find((y) => y !== 0 && y !== 1);
    if (other !== undefined) throw wrongValue("bad-option", `metric "${name}" needs targets 0 and 1, got ${other}`);
    return score(judged);
  };
}

/** Soft labels have no class to hit. */
function ofSoft({ loss }: LossName, name: string, score: (judged: Judged) => number): (judged: Judged) => number {
  return loss === "xentropy" ? ofClasses(name, score) : score;
}

function customMetric({ name, higherIsBetter, score }: CustomMetric): StoppingMetric {
  return {
    name,
    higherIsBetter,
    score: ({ predictions, target, weight, query }) => {
      const found: unknown = score(predictions, target, weight, query);
      if (typeof found !== "number") throw wrongType("bad-option", `metric "${name}" must give a number, got ${shown(found)}`);
      return found;
    },
  };
}

function alphasOf(at: number | null, loss: LossName): readonly number[] {
  if (at !== null && !(at > 0 && at < 1))
    throw wrongValue("bad-option", `metric "quantile" needs a number between 0 and 1 after "@", got ${at}`);
  if (loss.loss === "quantiles") {
    if (at === null) return loss.alphas;
    throw wrongValue("bad-option", 'metric "quantile" judges quantiles loss by its own alphas: leave the number out');
  }
  if (at !== null) return [at];
  if (loss.loss === "quantile") return [loss.alpha];
  throw wrongValue("bad-option", `metric "quantile" needs a number, as in quantile@0.9, with ${loss.loss} loss`);
}

function deltaOf(at: number | null, loss: LossName): number {
  const delta = at ?? (loss.loss === "huber" ? (loss.delta ?? null) : null);
  if (delta === null) throw wrongValue("bad-option", 'metric "huber" needs a number, as in huber@1.35, or huber loss with a delta');
  if (!(delta > 0 && Number.isFinite(delta)))
    throw wrongValue("bad-option", `metric "huber" needs a number above 0 after "@", got ${delta}`);
  return delta;
}

function powerOf(at: number | null, loss: LossName): number {
  const power = at ?? (loss.loss === "tweedie" ? loss.power : null);
  if (power === null)
    throw wrongValue("bad-option", `metric "tweedie-deviance" needs a number, as in tweedie-deviance@1.5, with ${loss.loss} loss`);
  if (!(power > 1 && power < 2))
    throw wrongValue("bad-option", `metric "tweedie-deviance" needs a number above 1 and below 2 after "@", got ${power}`);
  return power;
}

function depthOf(at: number | null): number {
  if (at === null) return Number.POSITIVE_INFINITY;
  if (!Number.isInteger(at) || at < 1)
    throw wrongValue("bad-option", `ranking metrics need a whole number of at least 1 after "@", got ${at}`);
  return at;
}

function gainsOf(loss: LossName): readonly number[] | null {
  return loss.loss === "lambdarank" ? (loss.gains ?? null) : null;
}
