/** Names of each metric: the proper one, then LightGBM's, XGBoost's, CatBoost's and scikit-learn's. */
export const METRIC_NAMES = {
  auc: ["auc", "roc-auc", "roc-auc-ovr"],
  "log-loss": [
    "log-loss",
    "logloss",
    "binary-logloss",
    "multi-log-loss",
    "multi-logloss",
    "mlogloss",
    "multiclass",
    "cross-entropy",
    "crossentropy",
  ],
  "average-precision": ["average-precision", "aucpr", "pr-auc", "prauc"],
  brier: ["brier", "brier-score", "brier-score-loss"],
  error: ["error", "binary-error", "multi-error", "merror"],
  accuracy: ["accuracy"],
  rmse: ["rmse", "l2-root", "root-mean-squared-error"],
  mse: ["mse", "l2", "mean-squared-error"],
  mae: ["mae", "l1", "mean-absolute-error"],
  mape: ["mape", "mean-absolute-percentage-error"],
  r2: ["r2"],
  huber: ["huber"],
  quantile: ["quantile", "pinball"],
  "poisson-deviance": ["poisson-deviance", "poisson"],
  "gamma-deviance": ["gamma-deviance", "gamma"],
  "tweedie-deviance": ["tweedie-deviance", "tweedie"],
  ndcg: ["ndcg"],
  map: ["map", "mean-average-precision"],
} as const;

/** Metrics that take a number, as in ndcg@10. */
export const WITH_NUMBER = ["quantile", "huber", "tweedie-deviance", "ndcg", "map"] as const;

export type ProperMetric = keyof typeof METRIC_NAMES;
type Word = (typeof METRIC_NAMES)[ProperMetric][number];
type Numbered = (typeof METRIC_NAMES)[(typeof WITH_NUMBER)[number]][number];

type Snake<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}_${Snake<Tail>}` : S;
/** As the libraries write it: log-loss, log_loss, Logloss, AUC. Other mixtures of upper and lower case are read too. */
type Written<S extends string> = S | Snake<S> | Uppercase<S> | Capitalize<S>;
type OfCatBoost = "MultiClass" | "CrossEntropy";

/** A metric by name. "neg_" is scikit-learn's; each metric knows what is better. */
export type MetricName = Written<Word> | OfCatBoost | `neg-${Word}` | `neg_${Snake<Word>}` | `${Written<Numbered>}@${number}`;
