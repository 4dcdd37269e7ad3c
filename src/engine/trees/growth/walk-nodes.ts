import { slotBin, type TreeDataset } from "../dataset/dataset.ts";
import * as L from "../kernels/layout.ts";
import type { TreeMemory } from "../kernels/memory.ts";
import type { Tree } from "../tree.ts";

/** A grown tree as the kernels walk it. Give it back with `free`. */
export interface WalkableTree {
  readonly nodes: number;
  readonly values: number;
  free(): void;
}

const TABLE_BYTES = 256;

export function writeWalkable(memory: TreeMemory, dataset: TreeDataset, tree: Tree): WalkableTree {
  const count = tree.column.length;
  const needsTable = (node: number) => tree.column[node]! >= 0 && tableBytes(dataset, tree, node) > 0;
  const tableSizes = tree.column.reduce((sum, _, node) => sum + (needsTable(node) ? tableBytes(dataset, tree, node) : 0), 0);
  const nodes = memory.allocate(4 * L.WALK_WORDS * count);
  const values = memory.allocate(8 * tree.leafValues.length);
  const tables = tableSizes === 0 ? 0 : memory.allocate(tableSizes);
  const { i32, f64 } = memory;
  f64.set(tree.leafValues, values / 8);
  let table = tables;
  for (let node = 0; node < count; node++) {
    const at = nodes / 4 + node * L.WALK_WORDS;
    const column = dataset.columns[tree.column[node]!];
    i32[at + L.WALK_SLOT] = column?.slot ?? -1;
    i32[at + L.WALK_LEFT] = tree.left[node]!;
    if (column === undefined) continue;
    i32[at + L.WALK_RIGHT] = tree.right[node]!;
    i32[at + L.WALK_BIN] = tree.bin[node]!;
    i32[at + L.WALK_MISSING_BIN] = column.bins.valueBins;
    i32[at + L.WALK_MISSING_LEFT] = tree.missingLeft[node] === true ? 1 : 0;
    i32[at + L.WALK_TABLE] = 0;
    if (!needsTable(node)) continue;
    i32[at + L.WALK_TABLE] = table;
    writeTable(memory, dataset, tree, node, table);
    table += tableBytes(dataset, tree, node);
  }
  return {
    nodes,
    values,
    free: () => {
      memory.free(nodes);
      memory.free(values);
      if (tables !== 0) memory.free(tables);
    },
  };
}

/** Sets of levels, and columns that share a slot, are looked up; a column alone in its slot is compared. */
function tableBytes({ columns }: TreeDataset, { column, goesLeft }: Tree, node: number): number {
  const { implicit, bins } = columns[column[node]!]!;
  if (implicit >= 0) return TABLE_BYTES;
  return goesLeft[node] === null ? 0 : bins.valueBins + 1;
}

function writeTable({ u8 }: TreeMemory, { columns }: TreeDataset, tree: Tree, node: number, table: number): void {
  const column = columns[tree.column[node]!]!;
  const { bins, implicit, hasMissing } = column;
  const levels = tree.goesLeft[node] ?? null;
  const isLeft = (bin: number) => {
    if (levels !== null) return levels[bin] === 1;
    return bin === bins.valueBins ? tree.missingLeft[node]! : bin <= tree.bin[node]!;
  };
  if (implicit >= 0) u8.fill(isLeft(implicit) ? 1 : 0, table, table + TABLE_BYTES);
  for (let bin = 0; bin < bins.valueBins + (hasMissing ? 1 : 0); bin++) u8[table + slotBin(column, bin)] = isLeft(bin) ? 1 : 0;
}
