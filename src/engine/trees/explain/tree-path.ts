import type { TreeEnsemble } from "../ensemble.ts";
import { goesLeft } from "../predict/columns.ts";
import { leftShare } from "./rows.ts";
import { copyPath, extendPath, type UniquePath, unwindPath, unwoundSum } from "./unique-path.ts";

/** A feature taken as known (on) or unknown (off) instead of being explained: what interaction values are made of. */
export interface Condition {
  readonly feature: number;
  readonly isOn: boolean;
}

/** One tree explained for one row. */
export interface TreeExplanation {
  readonly ensemble: TreeEnsemble;
  readonly output: number;
  /** Node values of the row. */
  readonly values: Float64Array;
  readonly path: UniquePath;
  /** Values are added here, features x outputs. */
  readonly phi: Float64Array;
  readonly condition: Condition | null;
}

/** Adds a tree's path-dependent values to phi. */
export function explainTree(explanation: TreeExplanation, root: number): void {
  visit(explanation, root, 0, 0, 1, 1, -1, 1);
}

/** depth: entries of the path before this node. z, o, f: the entry that leads here. */
function visit(
  explanation: TreeExplanation,
  node: number,
  parentAt: number,
  depth: number,
  z: number,
  o: number,
  f: number,
  fraction: number,
): void {
  if (fraction === 0) return;
  const { ensemble, path, condition, values } = explanation;
  const at = parentAt + depth;
  copyPath(path, parentAt, at, depth);
  let length = depth;
  if (condition === null || condition.feature !== f) extendPath(path, at, length++, z, o, f);
  const place = ensemble.feature[node]!;
  if (place < 0) {
    addLeaf(explanation, node, at, length - 1, fraction);
    return;
  }
  const isLeft = goesLeft(ensemble, node, values[place]!);
  const share = leftShare(ensemble, node);
  const [hot, cold] = isLeft ? [ensemble.left[node]!, ensemble.right[node]!] : [ensemble.right[node]!, ensemble.left[node]!];
  const hotShare = isLeft ? share : 1 - share;
  if (condition !== null && condition.feature === place) {
    visit(explanation, hot, at, length, 1, 1, place, condition.isOn ? fraction : fraction * hotShare);
    visit(explanation, cold, at, length, 1, 1, place, condition.isOn ? 0 : fraction * (1 - hotShare));
    return;
  }
  let [beforeZero, beforeOne] = [1, 1];
  for (let i = 1; i < length; i++) {
    if (path.feature[at + i] !== place) continue;
    [beforeZero, beforeOne] = [path.zero[at + i]!, path.one[at + i]!];
    unwindPath(path, at, --length, i);
    break;
  }
  visit(explanation, hot, at, length, hotShare * beforeZero, beforeOne, place, fraction);
  visit(explanation, cold, at, length, (1 - hotShare) * beforeZero, 0, place, fraction);
}

function addLeaf({ ensemble, path, phi, output }: TreeExplanation, node: number, at: number, depth: number, fraction: number): void {
  const { left, leafValues, leafWidth, outputs } = ensemble;
  for (let i = 1; i <= depth; i++) {
    const weight = unwoundSum(path, at, depth, i) * (path.one[at + i]! - path.zero[at + i]!) * fraction;
    const to = path.feature[at + i]! * outputs + output;
    for (let k = 0; k < leafWidth; k++) phi[to + k]! += weight * leafValues[left[node]! + k]!;
  }
}
