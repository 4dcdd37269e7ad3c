import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { TreeKernels } from "../../../src/engine/trees/kernels/contract.ts";
import * as L from "../../../src/engine/trees/kernels/layout.ts";
import { createTreeMemory } from "../../../src/engine/trees/kernels/memory.ts";
import { referenceKernels } from "../../../src/engine/trees/kernels/reference.ts";
import { wasmKernels } from "../../../src/engine/trees/kernels/wasm.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";

// The kernel screens thresholds in 32 bits before it computes gains in 64: here are sums far apart in size, that cancel, or that nearly repeat from column to column.

const COLUMNS = 4;
const MOST_BINS = 700;
const memory = createTreeMemory();
const reference = referenceKernels(memory);
const kernels = wasmKernels(memory, 1);
const cellBytes = 8 * COLUMNS * (MOST_BINS + 1);
const [histogram, columns] = [memory.allocate(cellBytes), memory.allocate(4 * L.COLUMN_WORDS * COLUMNS)];
const [list, node, found] = [memory.allocate(4 * COLUMNS), memory.allocate(8 * L.NODE_NUMBERS), memory.allocate(64)];
afterAll(() => kernels.close());

type Uniform = () => number;

/** Whole numbers whose sizes sum to at most `sum`. */
function scaled(values: readonly number[], sum: number): number[] {
  const size = values.reduce((total, value) => total + Math.abs(value), 0);
  return values.map((value) => Math.trunc((value / (size || 1)) * sum));
}

function drawnRows(uniform: Uniform, rows: number): { gradients: number[]; hessians: number[] } {
  const pick = <T>(choices: readonly T[]) => choices[Math.floor(uniform() * choices.length)]!;
  const each = (of: (row: number) => number) => Array.from({ length: rows }, (_, row) => of(row));
  const size = pick([() => 1, uniform, () => Math.exp(-30 * uniform()), (row: number) => (row === 0 ? 1 : 0)]);
  const hessians = scaled(each(size), pick([rows, 2 ** 20, 2 ** 31 - 1]) - rows).map((h) => h + 1);
  const gradient = pick([() => uniform() - 0.5, (row: number) => (row % 2) - 0.5, () => 1, (row: number) => hessians[row]!]);
  return { gradients: scaled(each(gradient), pick([1, 100, 2 ** 30, 2 ** 31 - 1])), hessians };
}

/** Each column has the rows in nearly the order of the one before. */
function writeColumns(uniform: Uniform, gradients: readonly number[], hessians: readonly number[]): void {
  const { i32 } = memory;
  i32.fill(0, histogram / 4, (histogram + cellBytes) / 4);
  const order = Array.from(gradients.keys());
  if (uniform() < 0.5) order.sort((a, b) => gradients[a]! / hessians[a]! - gradients[b]! / hessians[b]!);
  let cell = 0;
  for (let column = 0; column < COLUMNS; column++) {
    const bins = [1, 3, 8, 64, 255, 255, MOST_BINS][Math.floor(7 * uniform())]!;
    const missing = uniform() < 0.5 ? 0 : uniform();
    i32.set([cell, bins, -1, missing > 0 ? 1 : 0, 0, 0, 0, 0], columns / 4 + column * L.COLUMN_WORDS);
    const at = Math.floor(uniform() * (order.length - 1));
    [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
    for (const [place, row] of order.entries()) {
      const to = histogram / 4 + 2 * (cell + (uniform() < missing ? bins : Math.floor((place * bins) / order.length)));
      i32[to] = i32[to]! + hessians[row]!;
      i32[to + 1] = i32[to + 1]! + gradients[row]!;
    }
    cell += bins + 1;
  }
}

function writeNode(uniform: Uniform, gradient: number, hessian: number, rows: number): void {
  const { f64 } = memory;
  const at = node / 8;
  const hUnit = uniform() < 0.5 ? 1 : 2 ** (100 * uniform() - 80);
  const inSteps = uniform() < 0.5 ? 0 : 10 ** (60 * uniform() - 10);
  f64.fill(0, at, at + L.NODE_NUMBERS);
  f64[at + L.NODE_G_UNIT] = 2 ** Math.floor(80 * uniform() - 60);
  f64[at + L.NODE_H_UNIT] = hUnit;
  f64[at + L.NODE_L2] = uniform() < 0.1 ? 1e300 : hUnit * inSteps;
  f64[at + L.NODE_LOWER] = Number.NEGATIVE_INFINITY;
  f64[at + L.NODE_UPPER] = Number.POSITIVE_INFINITY;
  f64[at + L.NODE_G] = gradient;
  f64[at + L.NODE_H] = hessian;
  f64[at + L.NODE_MIN_ROWS] = uniform() < 0.5 ? 0 : 1 + Math.floor((uniform() * rows) / 4);
  f64[at + L.NODE_MIN_SUM] = uniform() < 0.5 ? 1 : Math.ceil(hessian / 50);
  f64[at + L.NODE_ROWS_PER_H] = rows / hessian;
  f64[at + L.NODE_PLAIN] = 1;
}

function search(by: TreeKernels): number[] {
  memory.f64.fill(0, found / 8, found / 8 + 8);
  by.findSplit(histogram, columns, list, COLUMNS, node, found);
  return Array.from({ length: L.FOUND_NUMBERS }, (_, place) => memory.f64[found / 8 + place]!);
}

it("no threshold is lost by the screen, whatever the sums and penalties", () => {
  memory.i32.set([0, 1, 2, 3], list / 4);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom(2, 5, 60, 254, 1000), (seed, rows) => {
      const uniform = uniformStream(seed, 1);
      const { gradients, hessians } = drawnRows(uniform, rows);
      writeColumns(uniform, gradients, hessians);
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
      writeNode(uniform, sum(gradients), sum(hessians), rows);
      expect(search(kernels)).toEqual(search(reference));
    }),
    { numRuns: 400 },
  );
});
