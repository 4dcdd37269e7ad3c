import { readFileSync } from "node:fs";
import type { Feature, Matrix } from "../../../src/core/matrix.ts";

/** What bench/peers/engine.py wrote. */
export interface Recorded {
  readonly train: number;
  readonly numeric: (number | null)[][];
  readonly categorical: { levels: number; codes: number[] }[];
  readonly targets: Readonly<Record<"binary" | "classes" | "value" | "count", number[]>>;
  readonly options: Readonly<Record<string, number>>;
  /** Numbers of bins that LightGBM was run with; its scores are one per entry. */
  readonly bins: number[];
  readonly lightgbm: Readonly<Record<string, Readonly<Record<string, number[]>>>>;
  readonly histGradientBoosting: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly forests: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const recorded = JSON.parse(
  readFileSync(new URL("../../reference/recorded/engine-trees.json", import.meta.url), "utf8"),
) as Recorded;

/** Rows [begin, end) of the recorded data; numericOnly leaves the categories out and writes missing as -9. */
export function recordedMatrix(begin: number, end: number, numericOnly = false): Matrix {
  const missing = numericOnly ? -9 : Number.NaN;
  const numeric: Feature[] = recorded.numeric.map((column, j) => ({
    name: `x${j}`,
    kind: "numeric",
    values: Float64Array.from(column.slice(begin, end), (value) => value ?? missing),
  }));
  const categorical: Feature[] = recorded.categorical.map(({ levels, codes }, j) => ({
    name: `c${j}`,
    kind: "categorical",
    codes: Int32Array.from(codes.slice(begin, end)),
    levels,
  }));
  return { rows: end - begin, features: numericOnly ? numeric : [...numeric, ...categorical] };
}
