import { absolute } from "./absolute.ts";
import type { Loss, LossName, LossRows } from "./contract.ts";
import { custom } from "./custom.ts";
import { gamma } from "./gamma.ts";
import { huber } from "./huber.ts";
import { lambdarank } from "./lambdarank.ts";
import { logistic } from "./logistic.ts";
import { poisson } from "./poisson.ts";
import { quantile, quantiles } from "./quantile.ts";
import { softmax } from "./softmax.ts";
import { squared } from "./squared.ts";
import { tweedie } from "./tweedie.ts";

export type { CustomGradient, CustomLossName, LambdaRankName, Link, Loss, LossName, LossRows } from "./contract.ts";
export { withClassWeight } from "./logistic.ts";

/** @throws RangeError when targets or parameters do not suit the loss. */
export function createLoss(name: LossName, sample: LossRows): Loss {
  switch (name.loss) {
    case "logistic":
      return logistic(sample, name.positiveWeight ?? 1);
    case "softmax":
      return softmax(sample, name.classes);
    case "squared":
      return squared();
    case "absolute":
      return absolute();
    case "huber":
      return huber(sample, name.delta);
    case "quantile":
      return quantile(name.alpha);
    case "quantiles":
      return quantiles(name.alphas);
    case "poisson":
      return poisson(sample);
    case "gamma":
      return gamma(sample);
    case "tweedie":
      return tweedie(sample, name.power);
    case "lambdarank":
      return lambdarank(sample, name);
    case "custom":
      return custom(name);
    default:
      return name satisfies never;
  }
}
