import type { TreeDataset } from "../dataset/dataset.ts";
import type { TreeKernels } from "../kernels/contract.ts";
import * as L from "../kernels/layout.ts";
import type { UniformStream } from "../random.ts";
import { firstRules, writeRules } from "./newton.ts";
import type { Constraints, GrowthRules } from "./part.ts";
import type { GrowthSpace } from "./space.ts";

/** What trees of one training share that are grown, whole or below a split, in one call of a kernel. */
export interface GrowthSetting {
  readonly dataset: TreeDataset;
  readonly kernels: TreeKernels;
  readonly rules: GrowthRules;
  readonly constraints: Constraints;
  readonly space: GrowthSpace;
}

/** The description that such a kernel reads (layout.ts). */
export interface GrowthBlock extends GrowthSetting {
  readonly address: number;
}

/** One tree's share. */
export interface GrowthTree {
  /** Ascending. */
  readonly columns: Int32Array;
  readonly uniform: UniformStream;
  readonly gUnit: number;
  readonly hUnit: number;
}

/** Whether the kernels know all that the rules ask: the gain is G^2 / (H + l2), and every node may use all columns of the tree. */
export function growsInOneCall({ dataset, rules, constraints }: GrowthSetting): boolean {
  const { lambdaL1, maxDeltaStep, pathSmooth } = rules;
  if (lambdaL1 !== 0 || maxDeltaStep !== 0 || pathSmooth !== 0) return false;
  return constraints.monotone === null && constraints.interactions === null && dataset.columns.length > 0;
}

/** Cells of the widest column, the one of missing among them. */
export function mostCells({ columns }: TreeDataset): number {
  return columns.reduce((most, { bins }) => Math.max(most, bins.valueBins), 0) + 1;
}

export function createGrowthBlock(setting: GrowthSetting): GrowthBlock {
  const { kernels, dataset, rules, space } = setting;
  const { slots, descriptions } = dataset;
  const address = space.block(8 * L.BELOW_NUMBERS);
  const scratch = space.block(L.LEVEL_BYTES * mostCells(dataset) + 8);
  const stream = space.block(16);
  const at = address / 8;
  const { f64 } = kernels.memory;
  f64.fill(0, at, at + L.BELOW_NUMBERS);
  f64[at + L.BELOW_COLUMNS8] = slots.columns8;
  f64[at + L.BELOW_PITCH8] = slots.pitch8;
  f64[at + L.BELOW_SLOTS8] = slots.slots8;
  f64[at + L.BELOW_BINS16] = slots.bins16;
  f64[at + L.BELOW_STRIDE16] = slots.stride16;
  f64[at + L.BELOW_COLUMNS] = descriptions;
  f64[at + L.BELOW_LIST] = space.list;
  f64[at + L.BELOW_ROWS] = space.rows;
  f64[at + L.BELOW_PACKED] = space.packed;
  f64[at + L.BELOW_SPARE_ROWS] = space.scratch;
  f64[at + L.BELOW_NODE] = space.node;
  f64[at + L.BELOW_FOUND] = space.found;
  f64[at + L.BELOW_EXTRA] = rules.extraTrees ? 1 : 0;
  f64[at + L.BELOW_MIN_DATA] = rules.minDataInLeaf;
  f64[at + L.BELOW_MIN_HESSIAN] = rules.minSumHessianInLeaf;
  f64[at + L.BELOW_MAX_DEPTH] = rules.maxDepth;
  f64[at + L.BELOW_MIN_GAIN] = rules.minGainToSplit;
  f64[at + L.BELOW_STREAM] = stream;
  f64[at + L.BELOW_SCRATCH] = scratch;
  f64[at + L.BELOW_TABLE] = space.table;
  return { ...setting, address };
}

/** The columns, the stream, and the rules of the tree's nodes. */
export function writeGrowthTree({ kernels, rules, constraints, space, address }: GrowthBlock, tree: GrowthTree): void {
  const { i32, f64 } = kernels.memory;
  const at = address / 8;
  f64[at + L.BELOW_COUNT] = tree.columns.length;
  i32.set(tree.columns, space.list / 4);
  i32.set(tree.uniform.save(), f64[at + L.BELOW_STREAM]! / 4);
  writeRules(f64, space.node / 8, firstRules({ rules, constraints }, tree), rules);
}

/** The stream goes on where the kernel left it. */
export function readStream({ kernels, address }: GrowthBlock, uniform: UniformStream): void {
  const { i32, f64 } = kernels.memory;
  const stream = f64[address / 8 + L.BELOW_STREAM]! / 4;
  uniform.load([i32[stream]!, i32[stream + 1]!, i32[stream + 2]!, i32[stream + 3]!]);
}
