import type { TreeEnsemble } from "../ensemble.ts";
import { nodeValue } from "./columns.ts";
import { applyLink } from "./link.ts";

/**
 * Predicts one row: a value per feature of the ensemble in its order, codes as numbers, NaN for missing. Gives one number per output in an
 * array that the next call overwrites.
 */
export type RowScorer = (values: Float64Array) => Float64Array;

export interface RowScorerOptions {
  /** Raw scores, without the link. */
  readonly raw?: boolean;
}

/** A scorer for rows that come one at a time. It allocates nothing per call. */
export function compileScorer(ensemble: TreeEnsemble, { raw = false }: RowScorerOptions = {}): RowScorer {
  const score = compileRawScorer(ensemble);
  if (raw || ensemble.link === "identity") return score;
  return (values) => {
    const scores = score(values);
    applyLink(ensemble, scores);
    return scores;
  };
}

const compiled = new WeakMap<TreeEnsemble, RowScorer>();

/** The ensemble's raw scorer, compiled once. Callers share its output. */
export function rawScorerOf(ensemble: TreeEnsemble): RowScorer {
  const known = compiled.get(ensemble);
  if (known !== undefined) return known;
  const scorer = compileRawScorer(ensemble);
  compiled.set(ensemble, scorer);
  return scorer;
}

function compileRawScorer(ensemble: TreeEnsemble): RowScorer {
  const { features, outputs, leafWidth, base, treeOutput, leafValues } = ensemble;
  const { roots, about, thresholds } = layNodes(ensemble);
  const { subsets } = ensemble;
  const inputs = Array.from(new Set(ensemble.feature)).filter((place) => place >= 0);
  const isFloat32 = ensemble.float32Inputs === true;
  const row = new Float64Array(features.length);
  const scores = new Float64Array(outputs);
  const trees = treeOutput.length;
  return (values) => {
    for (const place of inputs) row[place] = nodeValue(values[place]!, features[place]!, isFloat32);
    scores.set(base);
    for (let tree = 0; tree < trees; tree++) {
      let node = roots[tree]!;
      for (let place = about[node]!; place >= 0; place = about[node]!) {
        const value = row[place]!;
        const subset = about[node + 3]!;
        let isLeft: boolean;
        if (Number.isNaN(value)) isLeft = (subset & 1) === 1;
        else if (subset < 2) isLeft = value <= thresholds[node >> 2]!;
        else isLeft = ((subsets[(subset >> 1) - 1 + (value >> 5)]! >>> (value & 31)) & 1) === 1;
        node = isLeft ? about[node + 1]! : about[node + 2]!;
      }
      const leaf = about[node + 1]!;
      const to = treeOutput[tree]!;
      for (let k = 0; k < leafWidth; k++) scores[to + k] = scores[to + k]! + leafValues[leaf + k]!;
    }
    return scores;
  };
}

/** Four numbers a node: feature or -1; left child or leaf; right child; missingLeft + 2 (subset + 1). Children are places in the list. */
function layNodes({ feature, threshold, missingLeft, subset, left, right, treeStart }: TreeEnsemble) {
  const about = new Int32Array(feature.length * 4);
  for (let node = 0; node < feature.length; node++) {
    const isLeaf = feature[node]! < 0;
    about[4 * node] = isLeaf ? -1 : feature[node]!;
    about[4 * node + 1] = isLeaf ? left[node]! : 4 * left[node]!;
    about[4 * node + 2] = isLeaf ? 0 : 4 * right[node]!;
    about[4 * node + 3] = missingLeft[node]! + 2 * (subset[node]! + 1);
  }
  return { about, thresholds: threshold, roots: treeStart.map((start) => 4 * start) };
}
