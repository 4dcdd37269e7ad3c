/** Tables on which trees are timed, made anew by seed, for this process and as files for the others. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Matrix } from "../../src/core/matrix.ts";
import { uniformStream } from "../../src/engine/trees/random.ts";

export interface Shape {
  readonly name: string;
  readonly rows: number;
  readonly numeric: number;
  readonly levels: readonly number[];
  readonly rounds: number;
}

export const SHAPES: readonly Shape[] = [
  { name: "500kx28", rows: 500_000, numeric: 28, levels: [], rounds: 100 },
  { name: "100kx100", rows: 100_000, numeric: 100, levels: [], rounds: 100 },
  { name: "50kx300", rows: 50_000, numeric: 300, levels: [], rounds: 100 },
  { name: "1Mx30-categories", rows: 1_000_000, numeric: 22, levels: [10, 30, 100, 300, 1000, 3000, 5000, 10_000], rounds: 100 },
  { name: "2kx20", rows: 2000, numeric: 20, levels: [], rounds: 100 },
];

/** Held-out rows for the AUC, on top of the training rows. */
export const HELD = 0.2;

export interface Table {
  readonly folder: string;
  readonly train: Matrix;
  readonly test: Matrix;
  readonly y: Float64Array;
  readonly truth: Float64Array;
}

/** Normal features, of which ten matter, also in pairs; levels with effects of their own. */
export function tableOf({ rows, numeric, levels }: Omit<Shape, "name" | "rounds">, seed: number): Table {
  const uniform = uniformStream(seed, 1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const all = Math.round(rows * (1 + HELD));
  const score = new Float64Array(all);
  const columns = Array.from({ length: numeric }, () => Float64Array.from({ length: all }, normal));
  const x = (j: number) => columns[j % numeric]!;
  for (let i = 0; i < all; i++) {
    score[i] =
      x(0)[i]! + 0.7 * x(1)[i]! * x(2)[i]! + Math.sin(2 * x(3)[i]!) + 0.5 * Math.abs(x(4)[i]!) - 0.6 * x(5)[i]! * (x(6)[i]! > 0 ? 1 : 0);
    score[i]! += 0.3 * x(7)[i]! ** 2 - 0.4 * x(8)[i]! + 0.3 * x(9)[i]! - 0.5;
  }
  const codes = levels.map((count) => {
    const effect = Array.from({ length: count }, () => 0.6 * normal());
    // Some levels are common, most are rare.
    const drawn = Int32Array.from({ length: all }, () => Math.floor(count * uniform() ** 1.5));
    for (let i = 0; i < all; i++) score[i]! += effect[drawn[i]!]!;
    return drawn;
  });
  const y = score.map((s) => (uniform() < 1 / (1 + Math.exp(-s)) ? 1 : 0));
  const folder = mkdtempSync(join(tmpdir(), "trees-"));
  const x64 = new Float64Array(all * (numeric + levels.length));
  for (const [j, column] of columns.entries()) x64.set(column, j * all);
  for (const [j, column] of codes.entries()) x64.set(column, (numeric + j) * all);
  writeFileSync(join(folder, "x.f64"), new Uint8Array(x64.buffer));
  writeFileSync(join(folder, "y.f64"), new Uint8Array(y.buffer));
  const categorical = levels.map((_, j) => numeric + j);
  writeFileSync(join(folder, "shape.json"), JSON.stringify({ rows: all, features: numeric + levels.length, train: rows, categorical }));
  const part = (begin: number, end: number): Matrix => ({
    rows: end - begin,
    features: [
      ...columns.map((values, j) => ({
        name: `x${String(j).padStart(3, "0")}`,
        kind: "numeric" as const,
        values: values.slice(begin, end),
      })),
      ...codes.map((drawn, j) => ({ name: `z${j}`, kind: "categorical" as const, levels: levels[j]!, codes: drawn.slice(begin, end) })),
    ],
  });
  return { folder, train: part(0, rows), test: part(rows, all), y: y.slice(0, rows), truth: y.slice(rows) };
}
