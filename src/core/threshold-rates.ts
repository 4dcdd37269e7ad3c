/** Precision and recall in [0, 1] at a threshold; NaN where 0 / 0 (JSON makes it null). */
export interface ThresholdRates {
  /** NaN when no row is called positive. */
  readonly precision: number;
  /** NaN when no row is positive. */
  readonly recall: number;
}

export const NONE_CALLED = "no row is called positive";
export const NONE_POSITIVE = "no row is positive";

/** "precision 0.6, recall 0.7"; "precision unknown (no row is called positive), recall 0". */
export function ratesText({ precision, recall }: ThresholdRates, show: (share: number) => string): string {
  const shown = (share: number, why: string) => (Number.isFinite(share) ? show(share) : `unknown (${why})`);
  return `precision ${shown(precision, NONE_CALLED)}, recall ${shown(recall, NONE_POSITIVE)}`;
}
