import { closest } from "fastest-levenshtein";
import { OldhandError } from "../core/error.ts";
import type { Metric } from "../core/metric.ts";
import type { Task } from "../core/task.ts";
import { mae, mape, pinball } from "./absolute-error.ts";
import { accuracy } from "./accuracy.ts";
import { auc } from "./auc.ts";
import { averagePrecision } from "./average-precision.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { brier } from "./brier.ts";
import { f1, macroF1 } from "./f1.ts";
import { logLoss } from "./log-loss.ts";
import { mcc } from "./mcc.ts";
import { precision, recall } from "./precision-recall.ts";
import { quadraticKappa } from "./quadratic-kappa.ts";
import { r2, rmse } from "./squared-error.ts";

/** Every metric, the usual ones first. */
export const METRICS: readonly Metric[] = [
  auc,
  logLoss,
  averagePrecision,
  brier,
  accuracy,
  balancedAccuracy,
  f1,
  macroF1,
  mcc,
  precision,
  recall,
  quadraticKappa,
  rmse,
  mae,
  r2,
  mape,
  pinball(),
];

/**
 * The metric of this name, e.g. "auc" or "pinball-0.9".
 * @throws OldhandError bad-option, with the nearest name, when there is none.
 */
export function metricNamed(name: string): Metric {
  const found = METRICS.find((metric) => metric.name === name) ?? pinballNamed(name);
  if (found !== null) return found;
  const names = METRICS.map((metric) => metric.name);
  const nearest = closest(name.toLowerCase().replaceAll(/[\s_]+/g, "-"), names);
  throw new OldhandError("bad-option", {
    what: `There is no metric "${name}".`,
    where: "--metric",
    expected: `one of ${names.join(", ")}`,
    got: name,
    fix: `Did you mean "${nearest}"?`,
  });
}

/** The metrics that are defined for a task, the usual ones first. */
export function metricsFor(task: Task): readonly Metric[] {
  return METRICS.filter((metric) => metric.tasks.includes(task.kind));
}

function pinballNamed(name: string): Metric | null {
  const q = Number(/^pinball-(0?\.\d+)$/.exec(name)?.[1]);
  return q > 0 && q < 1 ? pinball(q) : null;
}
