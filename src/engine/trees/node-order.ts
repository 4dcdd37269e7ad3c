/** Nodes of one tree as a file tells them. feature: -1 for a leaf, whose children are not looked at. */
export interface ToldNodes {
  readonly feature: ArrayLike<number>;
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
}

/**
 * The nodes [root, end) that the root leads to, depth first, left before right. fail: throws.
 * Each has one parent: with two, ways down double at every node, and a tree of forty nodes has more of them than anyone can walk.
 */
export function nodesInOrder({ feature, left, right }: ToldNodes, root: number, end: number, fail: (what: string) => never): number[] {
  const seen = new Uint8Array(end - root);
  const order: number[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!(node >= root && node < end)) fail(`child ${node} is not one of its ${end - root} nodes`);
    if (seen[node - root] === 1) fail(`node ${node} has two parents`);
    seen[node - root] = 1;
    order.push(node);
    if (feature[node]! >= 0) open.push(right[node]!, left[node]!);
  }
  return order;
}
