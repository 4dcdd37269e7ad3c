import { readOptions } from "../../options.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { nodeValue } from "./columns.ts";
import { applyLink } from "./link.ts";

/**
 * Predicts one row: a value per feature of the ensemble in its order, codes as numbers, NaN for missing. Gives one number per output in an
 * array that the next call overwrites.
 */
export type RowScorer = (values: Float64Array) => Float64Array;

const RULES = { raw: { type: "flag", value: false } } as const;

export interface RowScorerOptions {
  /** Raw scores, without the link. */
  readonly raw?: boolean;
}

/** A scorer for rows that come one at a time. It allocates nothing per call. @throws RangeError for an option that does not exist. */
export function compileScorer(ensemble: TreeEnsemble, options: RowScorerOptions = {}): RowScorer {
  const { raw } = readOptions("compileScorer", RULES, options);
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
  const { features, outputs, leafWidth, base, treeOutput, leafValues, subsets } = ensemble;
  const { roots, about, thresholds, extra } = layNodes(ensemble);
  const inputs = Int32Array.from(new Set(ensemble.feature)).filter((place) => place >= 0);
  const isFloat32 = ensemble.float32Inputs === true;
  const isPlain = features.every(({ kind }) => kind === "numeric");
  const row = new Float64Array(features.length);
  const scores = new Float64Array(outputs);

  /** Leaf of a row without missing values in trees without categories: one comparison a node and no branch. */
  const plainLeaf = (root: number): number => {
    let node = root;
    for (let place = about[2 * node]!; place >= 0; place = about[2 * node]!) {
      node = about[2 * node + 1]! + Number(row[place]! > thresholds[node]!);
    }
    return about[2 * node + 1]!;
  };
  const anyLeaf = (root: number): number => {
    let node = root;
    for (let place = about[2 * node]!; place >= 0; place = about[2 * node]!) {
      const value = row[place]!;
      const subset = extra[node]! >> 1;
      let isRight: boolean;
      if (Number.isNaN(value)) isRight = (extra[node]! & 1) === 0;
      else if (subset < 0) isRight = value > thresholds[node]!;
      else isRight = ((subsets[subset + (value >> 5)]! >>> (value & 31)) & 1) === 0;
      node = about[2 * node + 1]! + (isRight ? 1 : 0);
    }
    return about[2 * node + 1]!;
  };
  return (values) => {
    let hasMissing = false;
    for (let i = 0; i < inputs.length; i++) {
      const place = inputs[i]!;
      const value = nodeValue(values[place]!, features[place]!, isFloat32);
      row[place] = value;
      hasMissing ||= Number.isNaN(value);
    }
    const isFast = isPlain && !hasMissing;
    scores.set(base);
    for (let tree = 0; tree < roots.length; tree++) {
      const leaf = isFast ? plainLeaf(roots[tree]!) : anyLeaf(roots[tree]!);
      const to = treeOutput[tree]!;
      for (let k = 0; k < leafWidth; k++) scores[to + k] = scores[to + k]! + leafValues[leaf + k]!;
    }
    return scores;
  };
}

/**
 * Nodes level by level, the right child behind the left. about: feature and left child, or -1 and the place of the leaf's values; extra:
 * missingLeft + 2 subset, whose sign tells the kind.
 */
function layNodes({ feature, threshold, missingLeft, subset, left, right, treeStart, treeOutput }: TreeEnsemble) {
  const about = new Int32Array(feature.length * 2);
  const thresholds = new Float64Array(feature.length);
  const extra = new Int32Array(feature.length);
  const roots = treeStart.slice(0, treeOutput.length);
  for (const root of roots) {
    const order = [root];
    for (let i = 0; i < order.length; i++) {
      const [node, at] = [order[i]!, root + i];
      const isLeaf = feature[node]! < 0;
      about[2 * at] = isLeaf ? -1 : feature[node]!;
      about[2 * at + 1] = isLeaf ? left[node]! : root + order.length;
      thresholds[at] = threshold[node]!;
      extra[at] = missingLeft[node]! + 2 * subset[node]!;
      if (!isLeaf) order.push(left[node]!, right[node]!);
    }
  }
  return { about, thresholds, extra, roots };
}
