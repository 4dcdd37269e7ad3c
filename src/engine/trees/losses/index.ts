import { refuseUnknown as refuseFields } from "../../options.ts";
import { absolute } from "./absolute.ts";
import type { Loss, LossName, LossRows } from "./contract.ts";
import { custom } from "./custom.ts";
import { gamma } from "./gamma.ts";
import { huber } from "./huber.ts";
import { lambdarank } from "./lambdarank.ts";
import { logistic } from "./logistic.ts";
import { isLossName, refuseUnknownLoss } from "./names.ts";
import { PARAMETERS } from "./parameters.ts";
import { poisson } from "./poisson.ts";
import { quantile, quantiles } from "./quantile.ts";
import { softmax } from "./softmax.ts";
import { squared } from "./squared.ts";
import { tweedie } from "./tweedie.ts";
import { xentropy } from "./xentropy.ts";

export type { CustomGradient, CustomLossName, LambdaRankName, Link, Loss, LossName, LossRows } from "./contract.ts";
export { refuseBaggingByClass, withPositiveWeight } from "./logistic.ts";
export { isLossName, type LossGiven, lossNamed, lossWord, NO_LOSS, refuseUnknownLoss } from "./names.ts";

/** @throws RangeError for an unknown loss or parameter, and when targets or parameters do not suit it. */
export function createLoss(name: LossName, sample: LossRows): Loss {
  if (isLossName(name.loss)) refuseFields(`${name.loss} loss`, ["loss", ...Object.keys(PARAMETERS[name.loss])], name, "bad-loss");
  switch (name.loss) {
    case "logistic":
      return logistic(sample, name.positiveWeight ?? 1);
    case "xentropy":
      return xentropy(sample);
    case "softmax":
      return softmax(sample, name.classes);
    case "squared":
      return squared();
    case "absolute":
      return absolute();
    case "huber":
      return huber(sample, name.delta ?? null);
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
      name satisfies never;
      return refuseUnknownLoss(name);
  }
}
