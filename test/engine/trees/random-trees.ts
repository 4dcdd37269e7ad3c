import type { Feature, Matrix } from "../../../src/core/matrix.ts";
import type { EnsembleFeature, TreeEnsemble } from "../../../src/engine/trees/index.ts";
import { goesLeft, nodeValue } from "../../../src/engine/trees/predict/columns.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";

/** Values that arithmetic trips over. */
export const ODD_NUMBERS = [0, -0, 5e-324, -5e-324, 1e-36, 1e-300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1, 0.1];

export interface TreesShape {
  readonly seed: number;
  readonly trees: number;
  /** Most leaves of a tree; each tree draws its own number. */
  readonly leaves: number;
  readonly outputs: number;
  readonly leafWidth: number;
  readonly numeric: number;
  readonly levels: readonly number[];
  /** Chains instead of bushes. */
  readonly isDeep: boolean;
  readonly float32Inputs: boolean;
}

/** An ensemble that nobody trained: any shape, any threshold. Numeric feature 1 takes zeros as missing; some categories have a level for others. */
export function randomTrees(shape: TreesShape): TreeEnsemble {
  const uniform = uniformStream(shape.seed, 5);
  const pick = (n: number) => Math.min(n - 1, Math.floor(uniform() * n));
  const features: EnsembleFeature[] = [
    ...Array.from({ length: shape.numeric }, (_, j) => ({ name: `x${j}`, kind: "numeric" as const, levels: 0, zeroIsMissing: j === 1 })),
    ...shape.levels.map((levels, j) => ({ name: `c${j}`, kind: "categorical" as const, levels, lastIsOther: (shape.seed + j) % 3 === 0 })),
  ];
  const nodes = { feature: [] as number[], threshold: [] as number[], missingLeft: [] as number[], subset: [] as number[] };
  const [left, right, cover, leafValues, subsets]: number[][] = [[], [], [], [], []];
  const [treeStart, treeOutput]: number[][] = [[0], []];
  const leaf = () => {
    nodes.feature.push(-1);
    nodes.threshold.push(0);
    nodes.missingLeft.push(0);
    nodes.subset.push(-1);
    left!.push(leafValues!.length);
    right!.push(0);
    for (let k = 0; k < shape.leafWidth; k++) leafValues!.push(uniform() * 2 - 1);
    return nodes.feature.length - 1;
  };
  for (let tree = 0; tree < shape.trees; tree++) {
    const open = [leaf()];
    const leaves = 1 + pick(shape.leaves);
    for (let made = 1; made < leaves && features.length > 0; made++) {
      const node = open.splice(shape.isDeep ? open.length - 1 : pick(open.length), 1)[0]!;
      const place = pick(features.length);
      const { kind, levels } = features[place]!;
      nodes.feature[node] = place;
      nodes.missingLeft[node] = pick(2);
      if (kind === "numeric") {
        const odd = uniform() < 0.2 ? ODD_NUMBERS[pick(ODD_NUMBERS.length)]! : Math.round(uniform() * 40 - 20) / 10;
        nodes.threshold[node] = Number.isNaN(odd) ? 0 : odd;
      } else {
        nodes.subset[node] = subsets!.length;
        for (let word = 0; word < Math.ceil(levels / 32); word++) subsets!.push(Math.floor(uniform() * 2 ** 32));
      }
      left![node] = leaf();
      right![node] = leaf();
      open.push(left![node]!, right![node]!);
    }
    treeStart!.push(nodes.feature.length);
    treeOutput!.push(shape.leafWidth > 1 ? 0 : tree % shape.outputs);
  }
  const root = (node: number): number => {
    cover![node] = nodes.feature[node]! < 0 ? 1 + pick(20) : root(left![node]!) + root(right![node]!);
    return cover![node]!;
  };
  for (const start of treeStart!.slice(0, -1)) root(start);
  return {
    link: "identity",
    outputs: shape.outputs,
    features,
    ...(shape.float32Inputs && { float32Inputs: true }),
    base: Float64Array.from({ length: shape.outputs }, () => uniform()),
    treeStart: Int32Array.from(treeStart!),
    treeOutput: Int32Array.from(treeOutput!),
    leafWidth: shape.leafWidth,
    feature: Int32Array.from(nodes.feature),
    threshold: Float64Array.from(nodes.threshold),
    missingLeft: Uint8Array.from(nodes.missingLeft),
    subset: Int32Array.from(nodes.subset),
    left: Int32Array.from(left!),
    right: Int32Array.from(right!),
    gain: Float64Array.from(cover!),
    cover: Float64Array.from(cover!),
    leafValues: Float64Array.from(leafValues!),
    subsets: Uint32Array.from(subsets!),
  };
}

/** Rows for the ensemble: values near its thresholds, odd numbers, missing and unknown codes. */
export function randomRows({ features }: TreeEnsemble, rows: number, seed: number): Matrix {
  const uniform = uniformStream(seed, 6);
  const number = () => {
    const kind = uniform();
    if (kind < 0.15) return ODD_NUMBERS[Math.floor(uniform() * ODD_NUMBERS.length)]!;
    return kind < 0.6 ? Math.round(uniform() * 40 - 20) / 10 : uniform() * 4 - 2;
  };
  return {
    rows,
    features: features.map(({ name, kind, levels }): Feature => {
      if (kind === "numeric") return { name, kind, values: Float64Array.from({ length: rows }, number) };
      const most = levels + 3;
      return { name, kind, levels: most, codes: Int32Array.from({ length: rows }, () => Math.floor(uniform() * (most + 1)) - 1) };
    }),
  };
}

/** The definition of a raw score: walk each tree, add its leaf. */
export function walkAll(ensemble: TreeEnsemble, matrix: Matrix): Float64Array {
  const { outputs, leafWidth, feature, left, right, leafValues } = ensemble;
  const raw = new Float64Array(matrix.rows * outputs);
  for (let row = 0; row < matrix.rows; row++) {
    raw.set(ensemble.base, row * outputs);
    for (const [tree, output] of ensemble.treeOutput.entries()) {
      let node = ensemble.treeStart[tree]!;
      while (feature[node]! >= 0) {
        const column = matrix.features[feature[node]!]!;
        const given = column.kind === "numeric" ? column.values[row]! : column.codes[row]!;
        const value = nodeValue(given, ensemble.features[feature[node]!]!, ensemble.float32Inputs === true);
        node = goesLeft(ensemble, node, value) ? left[node]! : right[node]!;
      }
      for (let k = 0; k < leafWidth; k++) raw[row * outputs + output + k]! += leafValues[left[node]! + k]!;
    }
  }
  return raw;
}
