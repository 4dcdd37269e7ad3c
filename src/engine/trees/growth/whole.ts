import { CELL_BYTES } from "../kernels/contract.ts";
import * as L from "../kernels/layout.ts";
import { createTree, type Tree } from "../tree.ts";
import {
  createGrowthBlock,
  type GrowthBlock,
  type GrowthSetting,
  type GrowthTree,
  growsInOneCall,
  mostCells,
  readStream,
  writeGrowthTree,
} from "./block.ts";
import { KEPT_BYTES } from "./histograms.ts";
import { bytesAt, slotsOf } from "./newton.ts";

/** Grows whole trees, each in one call of the kernel. */
export interface WholeTrees {
  /** gradient, hessian: sums over the first `count` rows of the space, whole numbers. */
  grow(tree: GrowthTree, count: number, gradient: number, hessian: number): Tree;
}

/** Open leaves lie in a list by rank: long lists are slow. */
const MOST_LEAVES = 512;

interface Whole {
  readonly block: GrowthBlock;
  readonly records: number;
  readonly sets: number;
}

/** null when the rules of the training, or the kernels, need node after node. */
export function createWholeTrees(setting: GrowthSetting): WholeTrees | null {
  const { kernels, rules } = setting;
  const { numLeaves, featureFractionByNode } = rules;
  if (kernels.growWhole === null || numLeaves < 1 || numLeaves > MOST_LEAVES || featureFractionByNode !== 1) return null;
  const bytes = histogramPitch(setting);
  if (!growsInOneCall(setting) || (numLeaves + 1) * bytes > KEPT_BYTES) return null;
  let whole: Whole | null = null;
  return {
    grow: (tree, count, gradient, hessian) => {
      whole ??= createWhole(setting);
      return grow(whole, tree, count, gradient, hessian);
    },
  };
}

function histogramPitch({ dataset }: GrowthSetting): number {
  return 64 * Math.ceil((dataset.slots.cells * CELL_BYTES) / 64);
}

function createWhole(setting: GrowthSetting): Whole {
  const { dataset, kernels, rules, space } = setting;
  const { slots, columns } = dataset;
  const block = createGrowthBlock(setting);
  const nodes = 2 * rules.numLeaves - 1;
  const records = space.block(L.GROWN_BYTES * nodes);
  // Leaves that could be split keep their set too.
  const sets = space.block(columns.some(({ bins }) => bins.kind === "categorical") ? nodes * mostCells(dataset) : 8);
  const draws = space.block(8 * columns.length);
  const histograms = space.block((rules.numLeaves + 1) * histogramPitch(setting));
  const at = block.address / 8;
  const { f64 } = kernels.memory;
  f64[at + L.BELOW_RECORDS] = records;
  f64[at + L.BELOW_SETS] = sets;
  f64[at + L.BELOW_BINS8] = slots.bins8;
  f64[at + L.BELOW_STRIDE8] = slots.stride8;
  f64[at + L.BELOW_CELLS16] = slots.cells16;
  f64[at + L.BELOW_HISTOGRAMS] = histograms;
  f64[at + L.BELOW_HISTOGRAM_BYTES] = slots.cells * CELL_BYTES;
  f64[at + L.BELOW_MOST_LEAVES] = rules.numLeaves;
  f64[at + L.BELOW_DEPTH_WISE] = rules.growth === "depth-wise" ? 1 : 0;
  f64[at + L.BELOW_DRAWS] = draws;
  f64[at + L.BELOW_QUADS8] = slots.quads8;
  return { block, records, sets };
}

function grow({ block, records, sets }: Whole, tree: GrowthTree, count: number, gradient: number, hessian: number): Tree {
  const { kernels, dataset, space } = block;
  const { slots } = dataset;
  writeGrowthTree(block, tree);
  const few = slotsOf({ kernels, dataset, slotList: space.slotList }, tree.columns);
  const { i32, f64 } = kernels.memory;
  const at = block.address / 8;
  f64[at + L.BELOW_FEW_SLOTS] = few === null ? 0 : 1;
  f64[at + L.BELOW_LIST8] = few?.list8 ?? 0;
  f64[at + L.BELOW_COUNT8] = few?.count8 ?? 0;
  f64[at + L.BELOW_LIST16] = few?.list16 ?? slots.all16;
  f64[at + L.BELOW_COUNT16] = few?.count16 ?? slots.slots16;
  i32[records / 4 + L.GROWN_DEPTH] = 0;
  i32[records / 4 + L.GROWN_BEGIN] = 0;
  i32[records / 4 + L.GROWN_END] = count;
  f64[records / 8 + L.GROWN_G] = gradient;
  f64[records / 8 + L.GROWN_H] = hessian;
  const nodes = kernels.growWhole!(slots, mostCells(dataset), count, block.address);
  readStream(block, tree.uniform);
  return treeOf(block, records, sets, nodes, tree);
}

function treeOf(
  { kernels, dataset, rules }: GrowthBlock,
  records: number,
  sets: number,
  nodes: number,
  { gUnit, hUnit }: GrowthTree,
): Tree {
  const { i32, f64, u8 } = kernels.memory;
  const tree = createTree();
  const penalties = new Float64Array(nodes).fill(rules.lambdaL2);
  tree.leafValues = new Float64Array((nodes + 1) / 2);
  for (let node = 0; node < nodes; node++) {
    const word = (records + node * L.GROWN_BYTES) / 4;
    const number = word / 2;
    const column = i32[word + L.GROWN_COLUMN]!;
    const left = i32[word + L.GROWN_LEFT]!;
    const hessian = f64[number + L.GROWN_H]!;
    const set = i32[word + L.GROWN_SET]!;
    tree.column.push(column);
    tree.bin.push(column < 0 ? -1 : i32[word + L.GROWN_BIN]!);
    tree.missingLeft.push(column >= 0 && i32[word + L.GROWN_MISSING_LEFT] !== 0);
    tree.left.push(left);
    tree.right.push(column < 0 ? -1 : left + 1);
    tree.gain.push(column < 0 ? 0 : f64[number + L.GROWN_GAIN]!);
    tree.cover.push(hessian * hUnit);
    if (column < 0) {
      tree.goesLeft.push(null);
      tree.leafBegin[left] = i32[word + L.GROWN_BEGIN]!;
      tree.leafEnd[left] = i32[word + L.GROWN_END]!;
      tree.leafValues[left] = -(f64[number + L.GROWN_G]! * gUnit) / (hessian * hUnit + penalties[node]!);
      continue;
    }
    const { valueBins } = dataset.columns[column]!.bins;
    tree.goesLeft.push(set < 0 ? null : bytesAt(u8, sets + set, valueBins + 1));
    if (set >= 0 && valueBins > rules.maxCatToOnehot) penalties.fill(rules.lambdaL2 + rules.catL2, left, left + 2);
  }
  return tree;
}
