import { kindOf } from "../../shown.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { EnsembleFeature, TreeEnsemble } from "../ensemble.ts";
import { checkEnsemble } from "../ensemble-check.ts";
import { type BitScorer, bitScorerOf } from "./bit-scorer.ts";
import { nodeValue } from "./columns.ts";
import { applyLink } from "./link.ts";
import { rowOptions } from "./options.ts";

/**
 * Predicts one row: a value per feature of the ensemble in its order, codes as numbers, NaN for missing. Gives one number per output in an
 * array that the next call overwrites. @throws RangeError for a row that is no Float64Array of that length.
 */
export type RowScorer = (values: Float64Array) => Float64Array;

/** raw, numIterations, iterationRange, as for predict. */
export type RowScorerOptions = Parameters<typeof rowOptions>[2];

/** A scorer for rows that come one at a time. It allocates nothing per call. @throws RangeError for an option that does not exist. */
export function compileScorer(ensemble: TreeEnsemble, options: RowScorerOptions = {}): RowScorer {
  checkEnsemble("compileScorer", ensemble);
  const asked = rowOptions("compileScorer", ensemble, options);
  const score = compileRawScorer(asked.ensemble);
  const isRaw = asked.raw || ensemble.link === "identity";
  const { features } = ensemble;
  return (values) => {
    if (!(values instanceof Float64Array) || values.length !== features.length) refuseRow(values, features);
    const scores = score(values);
    if (!isRaw) applyLink(ensemble, scores);
    return scores;
  };
}

function refuseRow(values: unknown, features: readonly EnsembleFeature[]): never {
  const got = values instanceof Float64Array ? `${values.length} values` : kindOf(values);
  const names = features.map(({ name }) => name).slice(0, 5);
  throw wrongValue(
    "bad-matrix",
    `a row is a Float64Array with a value for each of the ${features.length} features in their order (${names.join(", ")}${features.length > 5 ? ", ..." : ""}), got ${got}`,
  );
}

const compiled = new WeakMap<TreeEnsemble, RowScorer>();

/** Rows after which the tables of categories, some milliseconds of work, are worth being made. */
const MANY_ROWS = 5_000;

/** The ensemble's raw scorer, compiled once. Callers share its output. The first rows are walked. */
export function rawScorerOf(ensemble: TreeEnsemble): RowScorer {
  const known = compiled.get(ensemble);
  if (known !== undefined) return known;
  let rows = 0;
  let score = walkingScorer(ensemble);
  const scorer: RowScorer = (values) => {
    if (++rows === MANY_ROWS) score = compileRawScorer(ensemble);
    return score(values);
  };
  compiled.set(ensemble, scorer);
  return scorer;
}

/** Trees that are walked side by side: a step waits for the one before it, those of other trees need not. */
const SIDE_BY_SIDE = 4;

/** Nodes as layNodes gives them, and a row as they read it. Not variables of a closure: of a second one the engine would not put steps into the loop. */
interface Walk extends ReturnType<typeof layNodes> {
  /** By place. A feature has two: what nodes read that send missing values left, and what those read that send them right, for NaN is not <= anything. */
  readonly row: Float64Array;
  /** By place: the code of a category, `levels` for missing; 0 for a number. */
  readonly codes: Int32Array;
  readonly reached: Int32Array;
}

/** Ensembles with categories by bits where their trees are small enough, else by walking. */
function compileRawScorer(ensemble: TreeEnsemble): RowScorer {
  const bits = ensemble.subset.some((subset) => subset >= 0) ? bitScorerOf(ensemble) : null;
  return bits === null ? walkingScorer(ensemble) : bitwiseScorer(ensemble, bits);
}

function bitwiseScorer(ensemble: TreeEnsemble, { leafOf, reach }: BitScorer): RowScorer {
  const { features, outputs, base } = ensemble;
  const isFloat32 = ensemble.float32Inputs === true;
  const read = new Float64Array(features.length);
  const reached = new Int32Array(ensemble.treeOutput.length);
  const scores = new Float64Array(outputs);
  return (values) => {
    for (let i = 0; i < read.length; i++) read[i] = nodeValue(values[i]!, features[i]!, isFloat32);
    reach(read, reached);
    scores.set(base);
    addReached({ reached, leafOf }, ensemble, scores);
    return scores;
  };
}

function walkingScorer(ensemble: TreeEnsemble): RowScorer {
  const { features, outputs, base } = ensemble;
  const nodes = layNodes(ensemble);
  const places = nodes.leafPlace + 1;
  const walk: Walk = {
    ...nodes,
    row: new Float64Array(places).fill(Number.NEGATIVE_INFINITY),
    codes: new Int32Array(places),
    reached: new Int32Array(nodes.roots.length),
  };
  const inputs = Int32Array.from(new Set(ensemble.feature)).filter((place) => place >= 0);
  const isFloat32 = ensemble.float32Inputs === true;
  const hasCategories = ensemble.subset.some((subset) => subset >= 0);
  const scores = new Float64Array(outputs);
  return (values) => {
    for (let i = 0; i < inputs.length; i++) {
      const place = inputs[i]!;
      readValue(walk, place, features[place]!, nodeValue(values[place]!, features[place]!, isFloat32));
    }
    if (hasCategories) walkMixed(walk);
    else walkPlain(walk);
    scores.set(base);
    addReached(walk, ensemble, scores);
    return scores;
  };
}

/** value: of the node, NaN for missing. */
function readValue({ row, codes }: Walk, place: number, { kind, levels }: EnsembleFeature, value: number): void {
  const isMissing = Number.isNaN(value);
  if (kind === "numeric") {
    row[2 * place] = isMissing ? Number.NEGATIVE_INFINITY : value;
    row[2 * place + 1] = value;
    return;
  }
  codes[2 * place] = isMissing ? levels : value;
}

/** One comparison and no branch. A leaf leads to itself. */
function plainStep(about: Int32Array, thresholds: Float64Array, row: Float64Array, node: number): number {
  return about[4 * node + 1]! + 1 - Number(row[about[4 * node]!]! <= thresholds[node]!);
}

function walkPlain({ roots, about, thresholds, row, leafPlace, reached }: Walk): void {
  for (let tree = 0; tree < roots.length; tree += SIDE_BY_SIDE) {
    let [a, b, c, d] = [roots[tree]!, roots[tree + 1]!, roots[tree + 2]!, roots[tree + 3]!];
    while (((about[4 * a]! ^ leafPlace) | (about[4 * b]! ^ leafPlace) | (about[4 * c]! ^ leafPlace) | (about[4 * d]! ^ leafPlace)) !== 0) {
      a = plainStep(about, thresholds, row, a);
      b = plainStep(about, thresholds, row, b);
      c = plainStep(about, thresholds, row, c);
      d = plainStep(about, thresholds, row, d);
    }
    reached[tree] = a;
    reached[tree + 1] = b;
    reached[tree + 2] = c;
    reached[tree + 3] = d;
  }
}

/** Compares a number and looks at a bit; of a numeric node the bit is 0, of a categorical one the number is not above the threshold. */
function mixedStep(
  about: Int32Array,
  thresholds: Float64Array,
  rights: Int32Array,
  row: Float64Array,
  codes: Int32Array,
  node: number,
): number {
  const place = about[4 * node]!;
  const code = codes[place]!;
  const above = 1 - Number(row[place]! <= thresholds[node]!);
  return about[4 * node + 1]! + (above | ((rights[about[4 * node + 2]! + (code >> 5)]! >>> code) & 1));
}

function walkMixed(walk: Walk): void {
  const { roots, about, thresholds, rights, row, codes, leafPlace, reached } = walk;
  for (let tree = 0; tree < roots.length; tree += SIDE_BY_SIDE) {
    let [a, b, c, d] = [roots[tree]!, roots[tree + 1]!, roots[tree + 2]!, roots[tree + 3]!];
    while (((about[4 * a]! ^ leafPlace) | (about[4 * b]! ^ leafPlace) | (about[4 * c]! ^ leafPlace) | (about[4 * d]! ^ leafPlace)) !== 0) {
      a = mixedStep(about, thresholds, rights, row, codes, a);
      b = mixedStep(about, thresholds, rights, row, codes, b);
      c = mixedStep(about, thresholds, rights, row, codes, c);
      d = mixedStep(about, thresholds, rights, row, codes, d);
    }
    reached[tree] = a;
    reached[tree + 1] = b;
    reached[tree + 2] = c;
    reached[tree + 3] = d;
  }
}

/** The place in leafOf of each tree, and where the values of the leaf begin. */
interface Reached {
  readonly reached: Int32Array;
  readonly leafOf: Int32Array;
}

/** In the order of the trees. */
function addReached({ reached, leafOf }: Reached, { treeOutput, leafWidth, leafValues }: TreeEnsemble, scores: Float64Array): void {
  for (let tree = 0; tree < treeOutput.length; tree++) {
    const to = treeOutput[tree]!;
    const leaf = leafOf[reached[tree]!]!;
    for (let k = 0; k < leafWidth; k++) scores[to + k] = scores[to + k]! + leafValues[leaf + k]!;
  }
}

/**
 * Nodes level by level, the right child behind the left. about, four numbers a node: the place that it reads and its left child, or leafPlace and the leaf itself; where in
 * `rights` the bits of a categorical split begin, those of the codes that go right and, at `levels`, whether missing does, 0 for a numeric one, where the first word is
 * empty. leafOf: where a leaf's values begin. roots: filled up with the first tree's, so that they come in fours.
 */
function layNodes(ensemble: TreeEnsemble) {
  const { features, feature, threshold, missingLeft, subset, left, right, treeStart, treeOutput } = ensemble;
  const leafPlace = 2 * features.length;
  const about = new Int32Array(feature.length * 4);
  const thresholds = new Float64Array(feature.length);
  const leafOf = new Int32Array(feature.length);
  const rights = [0];
  const roots = new Int32Array(SIDE_BY_SIDE * Math.ceil(treeOutput.length / SIDE_BY_SIDE));
  for (let tree = 0; tree < treeOutput.length; tree++) {
    const root = treeStart[tree]!;
    roots[tree] = root;
    const order = [root];
    for (let i = 0; i < order.length; i++) {
      const [node, at] = [order[i]!, root + i];
      if (feature[node]! < 0) {
        about[4 * at] = leafPlace;
        about[4 * at + 1] = at;
        leafOf[at] = left[node]!;
        continue;
      }
      const isNumeric = subset[node]! < 0;
      about[4 * at] = 2 * feature[node]! + (isNumeric ? 1 - missingLeft[node]! : 0);
      about[4 * at + 1] = root + order.length;
      thresholds[at] = isNumeric ? threshold[node]! : 0;
      if (!isNumeric) {
        about[4 * at + 2] = rights.length;
        addRights(ensemble, node, rights);
      }
      order.push(left[node]!, right[node]!);
    }
  }
  return { about, thresholds, rights: Int32Array.from(rights), leafOf, leafPlace, roots };
}

function addRights({ features, feature, subset, subsets, missingLeft }: TreeEnsemble, node: number, rights: number[]): void {
  const { levels } = features[feature[node]!]!;
  for (let first = 0; first <= levels; first += 32) {
    // Behind the last level the word holds zeros, which mean right; they are cut off.
    const known = Math.min(32, levels - first);
    const isKnown = known === 32 ? 0xffffffff : 2 ** known - 1;
    let word = known <= 0 ? 0 : ~subsets[subset[node]! + (first >> 5)]! & isKnown;
    if (levels - first < 32 && missingLeft[node] === 0) word |= 1 << (levels - first);
    rights.push(word | 0);
  }
}
