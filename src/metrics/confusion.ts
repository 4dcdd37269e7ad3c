import type { Judged, Metric } from "../core/metric.ts";
import { crossTable, margins } from "../stats/index.ts";
import { type ReweightableMetric, reweightable } from "./forms.ts";
import { classCount, decisions } from "./judged.ts";

/** Weighted counts of decisions. `cells`: truth x decision, row-major. */
export interface Confusion {
  readonly classes: number;
  readonly cells: Float64Array;
  readonly truth: Float64Array;
  readonly decided: Float64Array;
  readonly total: number;
}

/** A metric of the confusion matrix alone. */
export function ofConfusion(words: Omit<Metric, "score">, score: (confusion: Confusion) => number): ReweightableMetric {
  return reweightable(words, (judged) => {
    const decided = decisions(judged);
    return (weight) => score(confusionOf(judged, decided, weight));
  });
}

/** Right decisions for class k. */
export function hits(confusion: Confusion, k: number): number {
  return confusion.cells[k * confusion.classes + k]!;
}

function confusionOf(judged: Judged, decided: Int32Array, weight: Float64Array): Confusion {
  const classes = classCount(judged);
  const table = crossTable(judged.truth, classes, decided, classes, weight);
  const { rows, columns, total } = margins(table);
  return { classes, cells: table.counts, truth: rows, decided: columns, total };
}
