import type { Column } from "../../core/column.ts";
import { chiSquareTest, kolmogorovSmirnov, twoProportionZ } from "../../stats/index.ts";
import { countCodes } from "../columns/counts.ts";

/** How a column differs between training and test rows. */
export interface ColumnShift {
  readonly name: string;
  /** 0 equal, 1 no value in common: Kolmogorov-Smirnov distance, or half the sum of differences of shares. */
  readonly effect: number;
  readonly p: number;
  readonly what: "values" | "missing";
}

/** Expected rows of a level per side below which levels are pooled for the test. */
const LEAST_EXPECTED = 5;

export function columnShift(column: Column, train: Int32Array, test: Int32Array): ColumnShift {
  const missingTrain = missingIn(column, train);
  const missingTest = missingIn(column, test);
  const gaps = twoProportionZ(missingTest, test.length, missingTrain, train.length);
  const values = "values" in column ? numberShift(column.values, train, test) : levelShift(column.codes, column.levels.length, train, test);
  const { name } = column;
  const missing = { name, effect: Math.abs(gaps.difference), p: Math.min(1, 2 * gaps.p), what: "missing" as const };
  const present = { name, effect: values.effect, p: Math.min(1, 2 * values.p), what: "values" as const };
  return missing.p < present.p && missing.effect > present.effect ? missing : present;
}

function missingIn(column: Column, rows: Int32Array): number {
  let count = 0;
  for (const row of rows) if ("values" in column ? Number.isNaN(column.values[row]) : (column.codes[row] ?? -1) < 0) count++;
  return count;
}

function numberShift(values: Float64Array, train: Int32Array, test: Int32Array): { effect: number; p: number } {
  const of = (rows: Int32Array) => Float64Array.from(rows, (row) => values[row] ?? Number.NaN).filter((value) => !Number.isNaN(value));
  const { statistic, p } = kolmogorovSmirnov(of(train), of(test));
  return Number.isNaN(p) ? { effect: 0, p: 1 } : { effect: statistic, p };
}

function levelShift(codes: Int32Array, levels: number, train: Int32Array, test: Int32Array): { effect: number; p: number } {
  const counts = [train, test].map((rows) =>
    countCodes(
      Int32Array.from(rows, (row) => codes[row] ?? -1),
      levels,
    ),
  );
  const [a = new Int32Array(0), b = new Int32Array(0)] = counts;
  const [totalA, totalB] = [a.reduce((sum, n) => sum + n, 0), b.reduce((sum, n) => sum + n, 0)];
  if (totalA === 0 || totalB === 0) return { effect: 0, p: 1 };
  const least = (LEAST_EXPECTED * (totalA + totalB)) / Math.min(totalA, totalB);
  const pooled: number[][] = [[], []];
  const rest = [0, 0];
  for (let code = 0; code < levels; code++) {
    const [x, y] = [a[code] ?? 0, b[code] ?? 0];
    if (x + y >= least) {
      pooled[0]?.push(x);
      pooled[1]?.push(y);
    } else {
      rest[0] = (rest[0] ?? 0) + x;
      rest[1] = (rest[1] ?? 0) + y;
    }
  }
  const table = [...(pooled[0] ?? []), rest[0] ?? 0, ...(pooled[1] ?? []), rest[1] ?? 0];
  const width = table.length / 2;
  const { p } = chiSquareTest({ rows: 2, columns: width, counts: Float64Array.from(table) });
  let effect = 0;
  for (let i = 0; i < width; i++) effect += Math.abs((table[i] ?? 0) / totalA - (table[width + i] ?? 0) / totalB) / 2;
  return { effect, p };
}
