/** A label that a person should look at. */
export interface ReviewRow {
  /** Frame row. */
  readonly row: number;
  /** Class index or value. */
  readonly label: number;
  readonly proposed: number;
  /** Probability that the label is wrong, 0..1. */
  readonly probability: number;
  /** By how much the mean loss per row (log loss, or squared error) is expected to fall when the row is reviewed. */
  readonly gain: number;
}

/** No model is certain of a label. */
export const SUREST = 0.99;

/** The row that is worth most first. */
export const byGain = (a: ReviewRow, b: ReviewRow) => b.gain - a.gain || a.row - b.row;

/** @param row place or row. own: P(class) of it. n: rows in all. */
export function reviewRow(
  row: number,
  label: number,
  { wrong, proposed }: { readonly wrong: number; readonly proposed: number },
  own: Float64Array,
  n: number,
): ReviewRow {
  const saved = Math.log(Math.max(1e-6, own[proposed] ?? 0)) - Math.log(Math.max(1e-6, own[label] ?? 0));
  return { row, label, proposed, probability: Math.min(SUREST, wrong), gain: (wrong * Math.max(0, saved)) / n };
}
