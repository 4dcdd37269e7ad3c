import type { Dataset } from "../core/dataset.ts";

/** Rows beyond which experiments run on a uniform sample: the differences that matter show at this size, and thousands of trainings stay affordable. */
const EXPERIMENT_ROWS = 100_000;

/** Rows of a dataset that experiments use: all, or as many as fit into a quarter of the memory at 8 bytes a cell. */
export function experimentRows(dataset: Pick<Dataset, "rows" | "columns">, memoryBytes: number): number {
  const fitting = Math.floor(memoryBytes / 4 / 8 / Math.max(1, dataset.columns.length));
  return Math.min(dataset.rows, EXPERIMENT_ROWS, Math.max(1000, fitting));
}
