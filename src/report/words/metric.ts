/** How a metric is written for people. */
export interface MetricWords {
  readonly label: string;
  readonly better: "higher" | "lower";
}

const HIGHER: Readonly<Record<string, string>> = {
  auc: "ROC AUC",
  "average-precision": "average precision",
  accuracy: "accuracy",
  "balanced-accuracy": "balanced accuracy",
  f1: "F1",
  "macro-f1": "macro F1",
  mcc: "Matthews correlation",
  precision: "precision",
  recall: "recall",
  "quadratic-kappa": "quadratic kappa",
  r2: "R2",
};

const LOWER: Readonly<Record<string, string>> = {
  "log-loss": "log loss",
  brier: "Brier score",
  rmse: "RMSE",
  mae: "MAE",
  mape: "MAPE",
};

/** Label and direction of a metric by its id. A test compares them with the metrics themselves. */
export function metricWords(name: string): MetricWords {
  if (Object.hasOwn(HIGHER, name)) return { label: HIGHER[name] ?? name, better: "higher" };
  if (Object.hasOwn(LOWER, name)) return { label: LOWER[name] ?? name, better: "lower" };
  const quantile = /^pinball(?:-(0?\.\d+))?$/.exec(name);
  return quantile === null ? { label: name, better: "higher" } : { label: `pinball loss (q = ${quantile[1] ?? "0.5"})`, better: "lower" };
}

/** Whether it is the id of a metric, and no other words. */
export function isMetric(name: string): boolean {
  return Object.hasOwn(HIGHER, name) || Object.hasOwn(LOWER, name);
}

const MEANINGS: Readonly<Record<string, string>> = {
  auc: "ROC AUC: how often a random positive row gets a higher score than a random negative one; 0.5 is guessing, 1 is perfect.",
  "average-precision":
    "Average precision: share of right calls among those ranked first, over all depths; guessing gives the share of positives, 1 is perfect.",
  accuracy: "Accuracy: share of right answers.",
  "balanced-accuracy": "Balanced accuracy: share of right answers, every class counting the same.",
  f1: "F1: balance of finding all positives and of calling only positives; 1 is perfect.",
  "macro-f1": "Macro F1: F1 of each class, averaged; 1 is perfect.",
  mcc: "Matthews correlation: 0 is guessing, 1 is perfect.",
  "quadratic-kappa": "Quadratic kappa: agreement on an ordered scale; 0 is chance, 1 is perfect.",
  r2: "R2: share of the target's variance that is explained; 0 is the mean, 1 is perfect.",
  "log-loss": "Log loss: penalty for confident wrong probabilities; lower is better, 0 is perfect.",
  brier: "Brier score: mean squared error of the probabilities; lower is better, 0 is perfect.",
  rmse: "RMSE: typical size of an error in units of the target, large errors weighing more; lower is better.",
  mae: "MAE: mean size of an error in units of the target; lower is better.",
  mape: "MAPE: mean size of an error as a share of the true value; lower is better.",
};

/** One sentence on what a metric says; null when there is none. */
export function metricMeaning(name: string): string | null {
  return Object.hasOwn(MEANINGS, name) ? (MEANINGS[name] ?? null) : null;
}
