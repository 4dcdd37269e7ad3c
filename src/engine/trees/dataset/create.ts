import type { Matrix } from "../../../core/matrix.ts";
import { wrongValue } from "../../wrong-use.ts";
import { createTreeMemory } from "../kernels/memory.ts";
import { wasmKernels } from "../kernels/wasm.ts";
import { checkMatrix } from "../matrix-check.ts";
import { integers, type Numbers, namedRows } from "../numbers.ts";
import type { BoostingNames } from "../option-names.ts";
import { boostingOptions, refuseUnlessBinning, seedOf } from "../options.ts";
import type { BoostingGiven } from "../options-given.ts";
import { binningRules, threadsFor } from "../rules.ts";
import { buildTreeDataset } from "./build.ts";
import { datasetIn, type TreeDataset } from "./dataset.ts";

/** Options that binning obeys, under all their names. */
export type DatasetGiven = Pick<BoostingGiven, Binning | BoostingNames[Binning]>;

type Binning = "maxBin" | "minDataInBin" | "binSampleRows" | "enableBundle" | "numThreads" | "seed";

/** Finding the bin of a value takes as long as counting it so many times. */
const COUNTS_PER_BIN = 10;

/**
 * Bins a matrix once, in memory that threads can share. rows: those that bins are learned on; null = all. Close it when no training needs it any more.
 * @throws RangeError, TypeError for options or rows that do not fit.
 */
export function createTreeDataset(
  matrix: Matrix,
  given: DatasetGiven = {},
  rows: Numbers<Int32Array> | null = null,
  callSeed = 0,
): TreeDataset {
  refuseUnlessBinning(given);
  checkMatrix(matrix);
  const learned = learnedRows(rows, matrix.rows);
  const options = boostingOptions(given);
  const kernels = wasmKernels(createTreeMemory(), threadsFor(options, COUNTS_PER_BIN * matrix.rows * matrix.features.length));
  try {
    const dataset = buildTreeDataset(kernels, matrix, learned, binningRules(options), seedOf(options, callSeed));
    return datasetIn(kernels.memory, { ...dataset.share(), isAlone: true });
  } finally {
    kernels.close();
  }
}

/** As a training's rows: ascending. */
function learnedRows(given: Numbers<Int32Array> | null, count: number): Int32Array {
  const all = Int32Array.from({ length: count }, (_, row) => row);
  const rows = integers("rows", given);
  if (rows === null) return all;
  if (rows.length === 0) throw wrongValue("bad-training", "rows are empty: no row to learn bins on; null means all");
  const isNamed = namedRows("row", "rows name", rows, count);
  return all.filter((row) => isNamed[row] === 1);
}
