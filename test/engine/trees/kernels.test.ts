import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { buildTreeDataset } from "../../../src/engine/trees/dataset/build.ts";
import type { TreeDataset } from "../../../src/engine/trees/dataset/dataset.ts";
import type { SlotList, TreeKernels } from "../../../src/engine/trees/kernels/contract.ts";
import { histogramBytes } from "../../../src/engine/trees/kernels/contract.ts";
import * as L from "../../../src/engine/trees/kernels/layout.ts";
import { createTreeMemory, type TreeMemory } from "../../../src/engine/trees/kernels/memory.ts";
import { referenceKernels } from "../../../src/engine/trees/kernels/reference.ts";
import { wasmKernels } from "../../../src/engine/trees/kernels/wasm.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";

const memory = createTreeMemory();
const reference = referenceKernels(memory);
const others = [1, 2, 3].map((threads) => wasmKernels(memory, threads));
afterAll(() => {
  for (const one of others) one.close();
});

const RULES = { maxBin: 255, minDataInBin: 1, binSampleRows: 1e6, enableBundle: true };

/** Numbers with ties and missing, levels, sparse flags, and a column of more than 256 values. */
function matrixOf(rows: number, seed: number): Matrix {
  const uniform = uniformStream(seed, 7);
  const numeric = (name: string, of: () => number) => ({ name, kind: "numeric" as const, values: Float64Array.from({ length: rows }, of) });
  const flag = Int32Array.from({ length: rows }, () => Math.floor(uniform() * 9));
  return {
    rows,
    features: [
      numeric("a", () => uniform()),
      numeric("b", () => (uniform() < 0.2 ? Number.NaN : Math.floor(uniform() * 7))),
      ...Array.from({ length: 8 }, (_, i) => ({
        name: `f${i}`,
        kind: "numeric" as const,
        values: Float64Array.from(flag, (f) => (f === i ? 1 : 0)),
      })),
      { name: "wide", kind: "categorical", levels: 400, codes: Int32Array.from({ length: rows }, () => Math.floor(uniform() * 401) - 1) },
    ],
  };
}

/** Ascending, about `share` of them. */
const someRows = (rows: number, share: number, seed: number) => {
  const uniform = uniformStream(seed, 8);
  const picked = Int32Array.from({ length: rows }, (_, i) => i).filter(() => uniform() < share);
  return picked.length === 0 ? Int32Array.of(0) : picked;
};

function written(values: ArrayLike<number>, bytes: 1 | 4 | 8): number {
  const address = memory.allocate(bytes * values.length);
  if (bytes === 1) memory.u8.set(values, address);
  else if (bytes === 4) memory.i32.set(values, address / 4);
  else memory.f64.set(values, address / 8);
  return address;
}

const cases = fc.record({
  rows: fc.integer({ min: 1, max: 9000 }),
  share: fc.constantFrom(0.05, 0.5, 1),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

/** What a kernel leaves in `bytes` bytes after `run`. */
function leaves(address: number, bytes: number, run: () => unknown): readonly [unknown, string] {
  const given = run();
  return [given, contentOf(address, bytes)];
}

function contentOf(address: number, bytes: number): string {
  return createHash("sha256")
    .update(memory.u8.slice(address, address + bytes))
    .digest("hex");
}

function each(check: (kernels: TreeKernels) => void): void {
  for (const kernels of [reference, ...others]) check(kernels);
}

describe("the kernels in WebAssembly give what the reference gives, with any number of threads", () => {
  test("packed gradients of the logistic loss", () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ rows, share, seed }, weighted) => {
        const uniform = uniformStream(seed, 1);
        const reals = (of: () => number) => written(Float64Array.from({ length: rows }, of), 8);
        const picked = someRows(rows, share, seed);
        const [scores, target, weight] = [
          reals(() => 40 * (uniform() - 0.5)),
          written(
            Uint8Array.from({ length: rows }, () => Math.round(uniform())),
            1,
          ),
          reals(uniform),
        ];
        const list = { address: written(picked, 4), count: picked.length };
        const packed = memory.allocate(8 * rows);
        const run = (kernels: TreeKernels) =>
          leaves(packed, 8 * rows, () =>
            kernels.packLogistic(scores, target, weighted ? weight : 0, list, 2 ** 30 / rows, 2 ** 31 / rows, packed),
          );
        const expected = run(reference);
        each((kernels) => expect(run(kernels)).toEqual(expected));
        const sums = expected[0];
        const totals = { ...(sums as object), gradientSize: 0 };
        each((kernels) => expect(kernels.sumPacked(packed, list)).toEqual(totals));
        for (const address of [scores, target, weight, list.address, packed]) memory.free(address);
      }),
      { numRuns: 30 },
    );
  });

  test("packed gradients that a loss has written, to the nearest step or by chance", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(0, 1, 12_345), ({ rows, share, seed }, draw) => {
        const uniform = uniformStream(seed, 1);
        const gradients = Float64Array.from({ length: rows }, () => 3 * uniform() - 1);
        const [gradient, hessian] = [written(gradients, 8), written(gradients.map(uniform), 8)];
        const picked = someRows(rows, share, seed);
        const list = { address: written(picked, 4), count: picked.length };
        const packed = memory.allocate(8 * rows);
        const run = (kernels: TreeKernels) =>
          leaves(packed, 8 * rows, () => kernels.packGiven(gradient, hessian, list, 0.25, 2 ** 20, draw, packed));
        const expected = run(reference);
        each((kernels) => expect(run(kernels)).toEqual(expected));
        // A row's chance has a variance of at most 1/4; the sum in steps is right within six standard deviations.
        const sum = picked.reduce((all, row) => all + gradients[row]! / 4, 0);
        if (draw > 0) expect(Math.abs((expected[0] as { gradient: number }).gradient - sum)).toBeLessThan(3 * Math.sqrt(picked.length) + 1);
        for (const address of [gradient, hessian, list.address, packed]) memory.free(address);
      }),
      { numRuns: 30 },
    );
  });

  test("histograms, subtraction, splits, partition", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom("plain", "l1", "extra", "monotone"), fc.boolean(), ({ rows, share, seed }, variant, listed) => {
        const all = Int32Array.from({ length: rows }, (_, i) => i);
        const [dataset, ...copies] = [reference, ...others].map((kernels) =>
          buildTreeDataset(kernels, matrixOf(rows, seed), all, RULES, seed),
        ) as [TreeDataset, ...TreeDataset[]];
        for (const copy of copies) {
          expect(copy.columns).toEqual(dataset.columns);
          for (const [bins, stride] of [["bins8", "stride8"] as const, ["bins16", "stride16"] as const]) {
            const bytes = rows * dataset.slots[stride];
            expect(contentOf(copy.slots[bins], bytes)).toBe(contentOf(dataset.slots[bins], bytes));
          }
          expect(contentOf(copy.slots.columns8, rows * copy.slots.slots8)).toBe(
            contentOf(dataset.slots.columns8, rows * dataset.slots.slots8),
          );
          copy.close();
        }
        const uniform = uniformStream(seed, 3);
        const picked = someRows(rows, share, seed);
        const order = written(picked, 4);
        const packed = memory.allocate(8 * rows);
        for (let row = 0; row < rows; row++) {
          // Coarse gradients give levels of equal means: their order decides.
          const isCoarse = seed % 2 === 0;
          memory.i32[packed / 4 + 2 * row] = isCoarse ? 1000 : 1 + Math.floor(uniform() * (2 ** 30 / rows - 1));
          memory.i32[packed / 4 + 2 * row + 1] = isCoarse
            ? 1000 * Math.floor(3 * uniform() - 1)
            : Math.floor((uniform() - 0.5) * (2 ** 31 / rows));
        }
        const { slots, columns } = dataset;
        const bytes = histogramBytes(slots);
        const [histogram, half, found] = [memory.allocate(bytes), memory.allocate(bytes), memory.allocate(64)];
        const slotNumbers = [...new Set(columns.map(({ slot }) => slot))].sort((a, b) => a - b);
        const narrow = slotNumbers.filter((slot) => slot < slots.slots8);
        const wide = slotNumbers.filter((slot) => slot >= slots.slots8).map((slot) => slot - slots.slots8);
        const list8 = written([...narrow, ...wide, 0], 4);
        const list: SlotList | null = listed
          ? { list8, count8: narrow.length, list16: list8 + 4 * narrow.length, count16: wide.length }
          : null;
        // Slots that are not listed keep what was there.
        const built = (kernels: TreeKernels, address: number, begin: number, end: number) => {
          memory.u8.fill(0, address, address + bytes);
          return leaves(address, bytes, () => kernels.buildHistogram(slots, list, order, begin, end, packed, address));
        };
        const middle = picked.length >> 1;
        const expected = built(reference, histogram, 0, picked.length);
        each((kernels) => {
          expect(built(kernels, histogram, 0, picked.length)).toEqual(expected);
          built(kernels, half, 0, middle);
          kernels.subtract(slots, histogram, half);
          const rest = contentOf(histogram, bytes);
          expect(rest).toEqual(built(reference, histogram, middle, picked.length)[1]);
          built(reference, histogram, 0, picked.length);
        });
        const columnList = written([...columns.keys(), 0], 4);
        const sums = reference.sumPacked(packed, { address: order, count: picked.length });
        const node = nodeFor(variant, sums, picked.length, columns.length, uniform);
        const table = memory.allocate(65_536);
        // The last column is the one of many levels: once among all, once alone.
        for (const first of columns.length === 0 ? [] : [0, columns.length - 1]) {
          const search = (kernels: TreeKernels) => {
            memory.f64.fill(0, found / 8, found / 8 + 8);
            const list = columnList + 4 * first;
            return leaves(found, 64, () =>
              kernels.findSplit(histogram, dataset.descriptions, list, columns.length - first, node.address, found),
            );
          };
          const best = search(reference);
          each((kernels) => expect(search(kernels)).toEqual(best));
          if (memory.f64[found / 8 + L.FOUND_COLUMN]! < 0 || memory.f64[found / 8 + L.FOUND_PREFIX] === 0) continue;
          const { valueBins } = columns[memory.f64[found / 8 + L.FOUND_COLUMN]!]!.bins;
          const written = (kernels: TreeKernels) =>
            leaves(table, valueBins + 1, () => kernels.writeFoundLevels(histogram, dataset.descriptions, node.address, found, table));
          const levels = written(reference);
          each((kernels) => expect(written(kernels)).toEqual(levels));
        }
        for (let bin = 0; bin < 65_536; bin++) memory.u8[table + bin] = Math.round(uniform());
        const scratch = memory.allocate(4 * picked.length);
        for (const slot of slotNumbers) {
          const run = (kernels: TreeKernels) => {
            memory.i32.set(picked, order / 4);
            return leaves(order, 4 * picked.length, () => kernels.partition(slots, slot, table, order, 0, picked.length, scratch));
          };
          const parted = run(reference);
          each((kernels) => expect(run(kernels)).toEqual(parted));
        }
        dataset.close();
        for (const address of [order, packed, histogram, half, found, list8, columnList, ...node.blocks, table, scratch])
          memory.free(address);
      }),
      { numRuns: 40 },
    );
  });
});

function nodeFor(
  variant: string,
  { gradient, hessian }: { gradient: number; hessian: number },
  rows: number,
  columns: number,
  uniform: () => number,
): { address: number; blocks: number[] } {
  const node = memory.allocate(8 * L.NODE_NUMBERS);
  const draws = written(Float64Array.from({ length: columns }, uniform), 8);
  const signs = written(
    Int32Array.from({ length: columns }, () => Math.floor(uniform() * 3) - 1),
    4,
  );
  const at = node / 8;
  const { f64 } = memory as TreeMemory;
  f64.fill(0, at, at + L.NODE_NUMBERS);
  f64[at + L.NODE_G_UNIT] = 1 / 1024;
  f64[at + L.NODE_H_UNIT] = 1 / 4096;
  f64[at + L.NODE_L1] = variant === "l1" ? 3 : 0;
  f64[at + L.NODE_L2] = 0.5;
  f64[at + L.NODE_LOWER] = Number.NEGATIVE_INFINITY;
  f64[at + L.NODE_UPPER] = variant === "monotone" ? 0.3 : Number.POSITIVE_INFINITY;
  f64[at + L.NODE_PATH_SMOOTH] = variant === "l1" ? 2 : 0;
  f64[at + L.NODE_PARENT_OUTPUT] = 0.1;
  f64[at + L.NODE_MAX_STEP] = variant === "l1" ? 0.7 : 0;
  f64[at + L.NODE_G] = gradient;
  f64[at + L.NODE_H] = hessian;
  f64[at + L.NODE_MIN_H] = Math.max(1, Math.floor(hessian / 40));
  f64[at + L.NODE_MIN_SUM] = Math.max(1, Math.floor(hessian / 60));
  f64[at + L.NODE_MIN_ROWS] = Math.floor(rows / 50);
  f64[at + L.NODE_ROWS_PER_H] = rows / hessian;
  f64[at + L.NODE_MONOTONE] = variant === "monotone" ? signs : 0;
  f64[at + L.NODE_PLAIN] = variant === "plain" || variant === "extra" ? 1 : 0;
  f64[at + L.NODE_DRAWS] = variant === "extra" ? draws : 0;
  f64[at + L.NODE_MAX_CAT_TO_ONEHOT] = variant === "l1" ? 6 : 2;
  f64[at + L.NODE_CAT_SMOOTH] = variant === "monotone" ? 3 : 0;
  f64[at + L.NODE_CAT_L2] = 2;
  f64[at + L.NODE_MAX_CAT_THRESHOLD] = 8;
  f64[at + L.NODE_MIN_DATA_PER_GROUP] = variant === "plain" ? 4 : 1;
  return { address: node, blocks: [node, draws, signs] };
}

describe("memory", () => {
  test("blocks never overlap, are joined again and keep their content", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 5000 }), drop: fc.nat() }), { maxLength: 60 }), (steps) => {
        const own = createTreeMemory();
        const held: { address: number; bytes: number; mark: number }[] = [];
        for (const [i, { bytes, drop }] of steps.entries()) {
          const address = own.allocate(bytes);
          expect(address % 64).toBe(0);
          own.u8.fill(i + 1, address, address + bytes);
          held.push({ address, bytes, mark: i + 1 });
          if (drop % 2 === 0) own.free(held.splice(drop % held.length, 1)[0]!.address);
          for (const one of held)
            expect(own.u8.subarray(one.address, one.address + one.bytes).every((byte) => byte === one.mark)).toBe(true);
        }
        for (const { address } of held) own.free(address);
        const top = own.i32[2]!;
        if (steps.length > 0) own.free(own.allocate((top - 64) * 64 - 64));
        expect(own.i32[2]).toBe(top);
      }),
      { numRuns: 60 },
    );
  });
});
