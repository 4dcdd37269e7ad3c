/** What is minimised, with its own parameters. Each loss has a file of its name, which says what its targets are. */
export type LossName =
  /** positiveWeight: factor on the weight of rows of class 1, above 0; 1 when left out. */
  | { readonly loss: "logistic"; readonly positiveWeight?: number }
  /** Soft labels: targets from 0 to 1. */
  | { readonly loss: "xentropy" }
  | { readonly loss: "softmax"; readonly classes: number }
  | { readonly loss: "squared" }
  | { readonly loss: "absolute" }
  /** delta: residual beyond which the loss grows linearly; null or left out = the 0.9 quantile of |y - median|. */
  | { readonly loss: "huber"; readonly delta?: number | null }
  | { readonly loss: "quantile"; readonly alpha: number }
  /** One output per alpha. alphas: between 0 and 1, ascending. */
  | { readonly loss: "quantiles"; readonly alphas: readonly number[] }
  | { readonly loss: "poisson" }
  | { readonly loss: "gamma" }
  /** power: of the mean in the variance, above 1 and below 2. */
  | { readonly loss: "tweedie"; readonly power: number }
  | LambdaRankName
  | CustomLossName;

export interface LambdaRankName {
  readonly loss: "lambdarank";
  /** Only pairs with a row among the first so many are looked at; the k of NDCG@k. 30 when left out. */
  readonly truncation?: number;
  /** Whether lambdas are made smaller for scores that lie apart and for queries with many pairs. True when left out. */
  readonly norm?: boolean;
  /** Steepness of the pairwise logistic curve, above 0. 1 when left out. */
  readonly sigmoid?: number;
  /** Gain of each label 0, 1, 2, ...; 2^label - 1 when left out. */
  readonly gains?: readonly number[];
}

/**
 * Derivatives by each score of the loss of each row, times the row's weight. n rows, k outputs.
 * scores: n x k, row-major, raw. target: n. weight: n, or null for all 1. Rows are those that are learned from, ascending.
 * Gives gradient and hessian, n x k, row-major, finite; hessian not negative.
 */
export type CustomGradient = (
  scores: Float64Array,
  target: Float64Array,
  weight: Float64Array | null,
) => { readonly gradient: ArrayLike<number>; readonly hessian: ArrayLike<number> };

export interface CustomLossName {
  readonly loss: "custom";
  readonly gradient: CustomGradient;
  /** Raw scores per row; 1 when left out. */
  readonly outputs?: number;
  /** From raw score to prediction; "identity" when left out. */
  readonly link?: Link;
  /** Raw score before the first tree, one per output; 0 when left out. */
  readonly base?: readonly number[];
  /** Weighted mean loss, same arguments as gradient. Without it, validation rows need an early-stopping metric. */
  readonly value?: (scores: Float64Array, target: Float64Array, weight: Float64Array | null) => number;
}

/**
 * From raw scores to prediction. "share": already a probability, cut to [0, 1]. "logistic" with several outputs: each for itself. "softplus":
 * log(1 + exp(score)); "signedSquare": score |score|, of models that learned the root (both from LightGBM). "sorted": the row's outputs in
 * ascending order.
 */
export type Link = (typeof LINKS)[number];

export const LINKS = ["identity", "logistic", "softmax", "exp", "share", "softplus", "signedSquare", "sorted"] as const;

export interface Loss {
  /** Raw scores per row. */
  readonly outputs: number;
  readonly link: Link;
  /** Best constant raw score of each output on these rows. */
  base(sample: LossRows): number[];
  /** First and second derivative of the loss by each output's score, times weight, for the rows of the sample. Arrays are by row number. */
  gradients(scores: readonly Float64Array[], sample: LossRows, gradients: readonly Float64Array[], hessians: readonly Float64Array[]): void;
  /** Weighted mean loss of the rows. */
  mean(scores: readonly Float64Array[], sample: LossRows): number;
  /** Where the hessian tells nothing: leaves of each output take this quantile of their residuals (LightGBM's RenewTreeOutput). Else null. */
  readonly leafQuantiles: readonly number[] | null;
}

/** Rows of a matrix. target, weight and query have one number per row of the matrix; `rows` says which of them count. */
export interface LossRows {
  readonly target: Float64Array;
  readonly weight: Float64Array | null;
  readonly rows: Int32Array;
  readonly count: number;
  /** Query that each row belongs to, any whole number. Needed for ranking only. */
  readonly query?: Int32Array | null;
}
