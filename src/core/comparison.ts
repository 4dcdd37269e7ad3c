import type { Estimate } from "./estimate.ts";
import type { Json } from "./json.ts";

/** One candidate, judged on outer folds that were never used for its tuning, early stopping or threshold. */
export interface Candidate {
  readonly name: string;
  /** e.g. "boosted trees, 31 leaves". */
  readonly label: string;
  readonly complexity: number;
  readonly params: Readonly<Record<string, Json>>;
  readonly score: Estimate;
  /** Candidate minus best baseline, signed so that positive is better; null for the baseline itself. Paired by fold, or by judged row where folds are periods. */
  readonly overBaseline: Estimate | null;
  /** Candidate minus the best candidate; null for the best. "no difference" when the interval holds 0. */
  readonly againstBest: Estimate | null;
  readonly fitMs: number;
  readonly state: "chosen" | "baseline" | "not-worse-but-more-complex" | "worse" | "failed" | "not-run";
  /** Why it failed or did not run. */
  readonly note: string | null;
}

export interface ReliabilityBin {
  readonly predicted: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface CalibrationSummary {
  readonly method: "none" | "isotonic" | "platt";
  readonly before: { readonly logLoss: number; readonly brier: number; readonly ece: number };
  readonly after: { readonly logLoss: number; readonly brier: number; readonly ece: number };
  readonly bins: readonly ReliabilityBin[];
  /** Spiegelhalter's z test of calibration after, two-sided p. */
  readonly p: number;
}

export interface Importance {
  readonly column: string;
  /** Drop of the metric when the column is permuted on held-out rows, over folds. */
  readonly drop: Estimate;
}

/** Stage 2. */
export interface Comparison {
  readonly metric: string;
  readonly metricLabel: string;
  readonly better: "higher" | "lower";
  readonly candidates: readonly Candidate[];
  readonly chosen: string;
  readonly verdict: "model" | "simple-rule" | "cannot-learn";
  /** Plain sentences: why this one, what was not different. */
  readonly why: readonly string[];
  readonly calibration: CalibrationSummary | null;
  /** Binary only: chosen on out-of-fold predictions for the best F1 unless costs are given. */
  readonly threshold: { readonly value: number; readonly why: string; readonly precision: number; readonly recall: number } | null;
  readonly importance: readonly Importance[];
  /** Regression: half-width of a split-conformal interval at 90 %, from out-of-fold residuals. */
  readonly conformalHalfWidth: number | null;
}
