/**
 * The features on the way to a node, each once, with the weights of subsets of them by size: EXTEND and UNWIND of TreeSHAP (Lundberg, Erion
 * and Lee 2018, algorithm 2). A path of `depth` has entries at .. at + depth; entry `at` stands for no feature.
 */
export interface UniquePath {
  /** Place of the feature; -1 for none. */
  readonly feature: Int32Array;
  /** Share of the training rows that go this way when the feature is unknown. */
  readonly zero: Float64Array;
  /** 1 when the explained row goes this way, else 0. */
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

/** Room for the paths of all nodes from the root down to `depth`. */
export function createUniquePath(depth: number): UniquePath {
  const room = ((depth + 2) * (depth + 3)) / 2 + depth + 3;
  return {
    feature: new Int32Array(room),
    zero: new Float64Array(room),
    one: new Float64Array(room),
    weight: new Float64Array(room),
  };
}

/** Copies the `count` entries at `from` to `to`. */
export function copyPath(path: UniquePath, from: number, to: number, count: number): void {
  for (let i = 0; i < count; i++) {
    path.feature[to + i] = path.feature[from + i]!;
    path.zero[to + i] = path.zero[from + i]!;
    path.one[to + i] = path.one[from + i]!;
    path.weight[to + i] = path.weight[from + i]!;
  }
}

/** Adds entry at + depth. */
export function extendPath({ feature, zero, one, weight }: UniquePath, at: number, depth: number, z: number, o: number, f: number): void {
  feature[at + depth] = f;
  zero[at + depth] = z;
  one[at + depth] = o;
  weight[at + depth] = depth === 0 ? 1 : 0;
  for (let i = depth - 1; i >= 0; i--) {
    weight[at + i + 1]! += (o * weight[at + i]! * (i + 1)) / (depth + 1);
    weight[at + i] = (z * weight[at + i]! * (depth - i)) / (depth + 1);
  }
}

/** Takes out entry at + index. The path is then one shorter. */
export function unwindPath({ feature, zero, one, weight }: UniquePath, at: number, depth: number, index: number): void {
  const [o, z] = [one[at + index]!, zero[at + index]!];
  let next = weight[at + depth]!;
  for (let i = depth - 1; i >= 0; i--) {
    if (o !== 0) {
      const known = weight[at + i]!;
      weight[at + i] = (next * (depth + 1)) / ((i + 1) * o);
      next = known - (weight[at + i]! * z * (depth - i)) / (depth + 1);
    } else weight[at + i] = z === 0 ? 0 : (weight[at + i]! * (depth + 1)) / (z * (depth - i));
  }
  for (let i = index; i < depth; i++) {
    feature[at + i] = feature[at + i + 1]!;
    zero[at + i] = zero[at + i + 1]!;
    one[at + i] = one[at + i + 1]!;
  }
}

/** Sum of the weights without entry at + index. */
export function unwoundSum({ zero, one, weight }: UniquePath, at: number, depth: number, index: number): number {
  const [o, z] = [one[at + index]!, zero[at + index]!];
  let total = 0;
  if (o !== 0) {
    let next = weight[at + depth]!;
    for (let i = depth - 1; i >= 0; i--) {
      const share = next / ((i + 1) * o);
      total += share;
      next = weight[at + i]! - share * z * (depth - i);
    }
  } else if (z !== 0) {
    for (let i = depth - 1; i >= 0; i--) total += weight[at + i]! / (z * (depth - i));
  }
  return total * (depth + 1);
}
