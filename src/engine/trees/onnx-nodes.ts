import type { OnnxAttribute } from "../onnx/attribute.ts";
import type { TreeEnsemble } from "./ensemble.ts";

/** What a node compares: column <= threshold goes left; NaN follows missingLeft. */
export interface SplitInput {
  readonly column: number;
  readonly threshold: number;
  readonly missingLeft: number;
}

/** Attributes of ai.onnx.ml TreeEnsembleRegressor (version 3) for the trees that split. splitInputs: one per node of the ensemble. */
export function nodeAttributes(ensemble: TreeEnsemble, splitInputs: readonly SplitInput[]): Record<string, OnnxAttribute> {
  const { treeStart, treeOutput, feature, left, right, leafValues, leafWidth, outputs } = ensemble;
  const nodes = { tree: [] as number[], id: [] as number[], yes: [] as number[], no: [] as number[], kept: [] as number[] };
  const leaves = { tree: [] as number[], node: [] as number[], target: [] as number[], value: [] as number[] };
  let tree = 0;
  for (const [t, output] of treeOutput.entries()) {
    const start = treeStart[t]!;
    if (feature[start]! < 0) continue;
    for (let node = start; node < treeStart[t + 1]!; node++) {
      const isLeaf = feature[node]! < 0;
      nodes.tree.push(tree);
      nodes.id.push(node - start);
      nodes.kept.push(node);
      nodes.yes.push(isLeaf ? 0 : left[node]! - start);
      nodes.no.push(isLeaf ? 0 : right[node]! - start);
      for (let k = 0; isLeaf && k < leafWidth; k++) {
        leaves.tree.push(tree);
        leaves.node.push(node - start);
        leaves.target.push(output + k);
        leaves.value.push(leafValues[left[node]! + k]!);
      }
    }
    tree++;
  }
  const thresholds = Float64Array.from(nodes.kept, (node) => splitInputs[node]!.threshold);
  return {
    n_targets: { int: outputs },
    aggregate_function: { string: "SUM" },
    post_transform: { string: "NONE" },
    nodes_treeids: { ints: nodes.tree },
    nodes_nodeids: { ints: nodes.id },
    nodes_featureids: { ints: nodes.kept.map((node) => splitInputs[node]!.column) },
    nodes_modes: { strings: nodes.kept.map((node) => (feature[node]! < 0 ? "LEAF" : "BRANCH_LEQ")) },
    nodes_values_as_tensor: { tensor: { values: thresholds, shape: [thresholds.length] } },
    nodes_truenodeids: { ints: nodes.yes },
    nodes_falsenodeids: { ints: nodes.no },
    nodes_missing_value_tracks_true: { ints: nodes.kept.map((node) => splitInputs[node]!.missingLeft) },
    target_treeids: { ints: leaves.tree },
    target_nodeids: { ints: leaves.node },
    target_ids: { ints: leaves.target },
    target_weights_as_tensor: { tensor: { values: Float64Array.from(leaves.value), shape: [leaves.value.length] } },
  };
}
