import type { Feature } from "../../../src/core/matrix.ts";
import type { TreeEnsemble } from "../../../src/engine/trees/index.ts";

/** Options of one tree, under their names. 0 = no limit where the option says so. */
export interface BruteRules {
  readonly growth: "leaf-wise" | "depth-wise";
  readonly numLeaves: number;
  readonly maxDepth: number;
  readonly minDataInLeaf: number;
  readonly minSumHessianInLeaf: number;
  readonly minGainToSplit: number;
  readonly lambdaL1: number;
  readonly lambdaL2: number;
  readonly maxDeltaStep: number;
  readonly pathSmooth: number;
  readonly maxCatToOnehot: number;
  readonly catSmooth: number;
  readonly catL2: number;
  readonly maxCatThreshold: number;
  readonly minDataPerGroup: number;
  /** By feature name: 1, -1. */
  readonly monotoneConstraints: Readonly<Record<string, number>>;
  readonly interactionConstraints: readonly (readonly string[])[] | null;
}

export const NO_RULES: BruteRules = {
  growth: "leaf-wise",
  numLeaves: 0,
  maxDepth: 0,
  minDataInLeaf: 1,
  minSumHessianInLeaf: 0,
  minGainToSplit: 0,
  lambdaL1: 0,
  lambdaL2: 0,
  maxDeltaStep: 0,
  pathSmooth: 0,
  maxCatToOnehot: 1,
  catSmooth: 0,
  catL2: 0,
  maxCatThreshold: 255,
  minDataPerGroup: 1,
  monotoneConstraints: {},
  interactionConstraints: null,
};

/** Rows are those that the tree is grown on; each value and each level has a bin of its own. */
export interface BruteProblem {
  readonly features: readonly Feature[];
  readonly g: Float64Array;
  readonly h: Float64Array;
  readonly rules: BruteRules;
  /** Values of a leaf where they are not the Newton step that decides the splits. */
  readonly leafOf?: (rows: readonly number[]) => readonly number[];
  /** Splits by another criterion: those of a feature in a node. */
  readonly splitsOf?: (at: Node, feature: number) => readonly Candidate[];
}

export interface Sums {
  readonly g: number;
  readonly h: number;
}

export interface Node extends Sums {
  readonly node: number;
  readonly rows: readonly number[];
  readonly depth: number;
  readonly value: number;
  /** Bounds by the monotone splits above. */
  readonly lower: number;
  readonly upper: number;
  /** Features of the splits above. */
  readonly path: readonly number[];
}

/** Rows of a node that no split of the feature parts: of one value, one level, or missing. */
export interface Bin extends Sums {
  readonly key: number;
  readonly rows: readonly number[];
}

export interface Candidate {
  readonly feature: number;
  readonly left: readonly Bin[];
  readonly gain: number;
  readonly values: readonly [number, number];
  /** It may be taken, and need not: missing on the left of all values parts the rows as missing on their right. */
  readonly isOptional: boolean;
}

interface Open {
  readonly at: Node;
  readonly candidates: readonly Candidate[];
  /** The largest gain, -Infinity without candidates. */
  readonly best: number;
}

/**
 * What is wrong with a tree by the definition of its options: at each node all thresholds and sets of levels are tried, in sums of fractions. Where several splits are
 * best but for rounding, any of them is right. Empty: nothing is wrong.
 */
export function faultsOf(problem: BruteProblem, ensemble: TreeEnsemble): string[] {
  const { rules } = problem;
  const faults: string[] = [];
  const open = new Map([[0, opened(problem, rootOf(problem))]]);
  // Children of the first split come first, and so on.
  const splits = [...ensemble.feature.keys()].filter((node) => ensemble.feature[node]! >= 0);
  for (const node of splits.sort((a, b) => ensemble.left[a]! - ensemble.left[b]!)) {
    const { at, candidates, best } = open.get(node)!;
    const gain = ensemble.gain[node]!;
    const left = at.rows.filter((row) => goesLeft(ensemble, problem.features, node, row));
    const same = candidates.filter((one) => one.feature === ensemble.feature[node] && isSame(one.left, left));
    const taken = same.find((one) => isNear(one.gain, gain));
    if (taken === undefined) return [...faults, `node ${node} gains ${gain} by a split that gains ${same.map((one) => one.gain)}`];
    if (!isNear(ensemble.cover[node]!, at.h)) faults.push(`node ${node} covers ${ensemble.cover[node]}, not ${at.h}`);
    if (isAbove(best, gain)) faults.push(`node ${node} gains ${gain}, the best split ${best}`);
    if (isAbove(rules.minGainToSplit, gain)) faults.push(`node ${node} gains only ${gain}`);
    if (!missingIsRight(problem, ensemble, at, taken)) faults.push(`node ${node}: missing rows would go to the smaller side`);
    const earlier = [...open.values()].find((other) => isBefore(rules, other, { at, best: gain }));
    if (earlier !== undefined) faults.push(`node ${node} is split before node ${earlier.at.node}`);
    open.delete(node);
    for (const child of childrenOf(problem, at, taken, ensemble.left[node]!, ensemble.right[node]!))
      open.set(child.node, opened(problem, child));
  }
  if (rules.numLeaves > 0 && open.size > rules.numLeaves) faults.push(`${open.size} leaves`);
  const isFull = open.size === rules.numLeaves;
  for (const [node, { at, best }] of open) {
    if (!isFull && isAbove(best, rules.minGainToSplit)) faults.push(`leaf ${node} could gain ${best}`);
    const wanted = problem.leafOf?.(at.rows) ?? [at.value];
    const found = ensemble.leafValues.subarray(ensemble.left[node], ensemble.left[node]! + wanted.length);
    if (!wanted.every((value, k) => isNear(found[k]!, value))) faults.push(`leaf ${node} holds ${found}, not ${wanted}`);
    if (!isNear(ensemble.cover[node]!, at.h)) faults.push(`leaf ${node} covers ${ensemble.cover[node]}, not ${at.h}`);
  }
  return faults;
}

/** Gradients are rounded to whole steps, of a billionth of their sum. */
function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * (1 + Math.max(Math.abs(a), Math.abs(b)));
}

function isAbove(a: number, b: number): boolean {
  return a > b && !isNear(a, b);
}

/** Whether the one must be split first: it gains more, or by levels lies higher. */
function isBefore(
  { growth, numLeaves, minGainToSplit }: BruteRules,
  one: Omit<Open, "candidates">,
  other: Omit<Open, "candidates">,
): boolean {
  if (numLeaves === 0 || !isAbove(one.best, minGainToSplit)) return false;
  return growth === "leaf-wise" ? isAbove(one.best, other.best) : one.at.depth < other.at.depth;
}

function sumsOf({ g, h }: BruteProblem, rows: readonly number[]): Sums {
  return { g: rows.reduce((sum, row) => sum + g[row]!, 0), h: rows.reduce((sum, row) => sum + h[row]!, 0) };
}

export function added(bins: readonly Sums[]): Sums {
  return { g: bins.reduce((sum, { g }) => sum + g, 0), h: bins.reduce((sum, { h }) => sum + h, 0) };
}

function isSame(bins: readonly Bin[], rows: readonly number[]): boolean {
  const inside = new Set(bins.flatMap((bin) => bin.rows));
  return inside.size === rows.length && rows.every((row) => inside.has(row));
}

function goesLeft(ensemble: TreeEnsemble, features: readonly Feature[], node: number, row: number): boolean {
  const { missingLeft, threshold, subset, subsets } = ensemble;
  const key = keyOf(features[ensemble.feature[node]!]!, row);
  if (key === MISSING) return missingLeft[node] === 1;
  return subset[node]! < 0 ? key <= threshold[node]! : ((subsets[subset[node]! + (key >> 5)]! >>> (key & 31)) & 1) === 1;
}

export const MISSING = Number.POSITIVE_INFINITY;

function keyOf(feature: Feature, row: number): number {
  const key = feature.kind === "numeric" ? feature.values[row]! : feature.codes[row]!;
  return Number.isNaN(key) || (feature.kind === "categorical" && key < 0) ? MISSING : key;
}

/** Ascending, missing last. */
export function binsOf(problem: BruteProblem, feature: number, rows: readonly number[]): Bin[] {
  const byKey = new Map<number, number[]>();
  for (const row of rows) {
    const key = keyOf(problem.features[feature]!, row);
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return [...byKey].map(([key, own]) => ({ key, rows: own, ...sumsOf(problem, own) })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function rootOf(problem: BruteProblem): Node {
  const rows = Array.from({ length: problem.g.length }, (_, row) => row);
  const bounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  const sums = sumsOf(problem, rows);
  // There is no node above that its value could be drawn to.
  const value = answerOf({ ...problem.rules, pathSmooth: 0 }, sums, rows.length, problem.rules.lambdaL2, { ...bounds, value: 0 });
  return { ...sums, ...bounds, node: 0, rows, depth: 0, value, path: [] };
}

function opened(problem: BruteProblem, at: Node): Open {
  const candidates = candidatesOf(problem, at);
  const gains = candidates.filter(({ isOptional }) => !isOptional).map(({ gain }) => gain);
  return { at, candidates, best: Math.max(Number.NEGATIVE_INFINITY, ...gains) };
}

function childrenOf(problem: BruteProblem, at: Node, { feature, left, values }: Candidate, first: number, second: number): Node[] {
  const isLeft = new Set(left.flatMap(({ rows }) => rows));
  const about = { depth: at.depth + 1, path: [...at.path, feature], lower: at.lower, upper: at.upper };
  const [one, other] = [true, false].map((side): Node => {
    const rows = at.rows.filter((row) => isLeft.has(row) === side);
    return { ...about, ...sumsOf(problem, rows), rows, node: side ? first : second, value: values[side ? 0 : 1]! };
  }) as [Node, Node];
  const sign = directionOf(problem, feature);
  const middle = (values[0] + values[1]) / 2;
  const below = (node: Node): Node => ({ ...node, upper: Math.min(node.upper, middle) });
  const above = (node: Node): Node => ({ ...node, lower: Math.max(node.lower, middle) });
  if (sign === 0) return [one, other];
  return sign > 0 ? [below(one), above(other)] : [above(one), below(other)];
}

function directionOf({ features, rules }: BruteProblem, feature: number): number {
  return rules.monotoneConstraints[features[feature]!.name] ?? 0;
}

/** Where the node has no missing rows, missing goes to the side with the larger hessian. */
function missingIsRight({ features }: BruteProblem, { missingLeft }: TreeEnsemble, at: Node, { feature, left }: Candidate): boolean {
  const ofLeft = added(left).h;
  if (at.rows.some((row) => keyOf(features[feature]!, row) === MISSING) || isNear(2 * ofLeft, at.h)) return true;
  return 2 * ofLeft > at.h === (missingLeft[at.node] === 1);
}

function candidatesOf(problem: BruteProblem, at: Node): Candidate[] {
  const { rules, features } = problem;
  const byNewton = (feature: number) =>
    features[feature]!.kind === "numeric" ? thresholdsOf(problem, at, feature) : setsOf(problem, at, feature);
  if (rules.maxDepth > 0 && at.depth >= rules.maxDepth) return [];
  if (at.rows.length < 2 * rules.minDataInLeaf) return [];
  return [...features.keys()]
    .filter((feature) => isAllowed(problem, at.path, feature))
    .flatMap((feature) => problem.splitsOf?.(at, feature) ?? byNewton(feature));
}

/** The whole path with the feature must lie within one set; a feature of no set stands alone. */
function isAllowed({ features, rules }: BruteProblem, path: readonly number[], feature: number): boolean {
  const given = rules.interactionConstraints;
  if (given === null) return true;
  const names = [...path, feature].map((place) => features[place]!.name);
  const alone = features.map(({ name }) => [name]).filter(([name]) => !given.some((set) => set.includes(name!)));
  return [...given, ...alone].some((set) => names.every((name) => set.includes(name)));
}

/** Rows that a hessian is told to stand for. */
export function told(at: Node, { h }: Sums): number {
  return Math.floor(h * (at.rows.length / at.h) + 0.5);
}

/** All values up to one on the left, missing on either side. The rows of a side are those that its bins are told to hold. */
function thresholdsOf(problem: BruteProblem, at: Node, feature: number): Candidate[] {
  const { minDataInLeaf, lambdaL2 } = problem.rules;
  const bins = binsOf(problem, feature, at.rows);
  const values = bins.filter(({ key }) => key !== MISSING);
  const missing = bins.filter(({ key }) => key === MISSING);
  const rowsOf = (side: readonly Bin[]) => side.reduce((rows, bin) => rows + told(at, bin), 0);
  const attempt = (left: readonly Bin[]): Candidate[] => {
    const right = bins.filter((bin) => !left.includes(bin));
    const isEnough = minDataInLeaf === 1 || Math.min(rowsOf(left), rowsOf(right)) >= minDataInLeaf;
    return isEnough ? splitAt(problem, at, feature, left, lambdaL2) : [];
  };
  const prefixes = values.map((_, last) => values.slice(0, last + 1));
  const onLeft = missing.length === 0 ? [] : prefixes.slice(0, -1).map((left) => [...left, ...missing]);
  const mirrored = attempt(missing).map((split) => ({ ...split, isOptional: true }));
  return [...[...prefixes, ...onLeft].flatMap(attempt), ...mirrored];
}

/** Few levels: one against the rest. Else the first levels, from either end, in the order of G / (H + catSmooth). Missing is a level. */
function setsOf(problem: BruteProblem, at: Node, feature: number): Candidate[] {
  const { minDataInLeaf, minDataPerGroup, maxCatToOnehot, maxCatThreshold, catSmooth, lambdaL2, catL2 } = problem.rules;
  const known = new Set(Array.from(problem.g, (_, row) => keyOf(problem.features[feature]!, row)));
  known.delete(MISSING);
  const levels = binsOf(problem, feature, at.rows);
  const isEnough = (sums: Sums) => minDataInLeaf === 1 || told(at, sums) >= minDataInLeaf;
  const rest = (left: Sums): Sums => ({ g: at.g - left.g, h: at.h - left.h });
  const attempt = (left: readonly Bin[], l2: number) => {
    const ofLeft = added(left);
    return isEnough(ofLeft) && isEnough(rest(ofLeft)) ? splitAt(problem, at, feature, left, l2) : [];
  };
  if (known.size <= maxCatToOnehot) return levels.flatMap((level) => attempt([level], lambdaL2));
  const sorted = levels.filter((level) => told(at, level) >= catSmooth);
  sorted.sort((a, b) => a.g / (a.h + catSmooth) - b.g / (b.h + catSmooth));
  const most = Math.min(maxCatThreshold, Math.floor((sorted.length + 1) / 2));
  return [sorted, sorted.toReversed()].flatMap((order) => {
    let inGroup = 0;
    return order.slice(0, most).flatMap((level, last) => {
      const left = order.slice(0, last + 1);
      inGroup += told(at, level);
      if (inGroup < minDataPerGroup || told(at, rest(added(left))) < minDataPerGroup) return [];
      const cut = attempt(left, lambdaL2 + catL2);
      // A cut that leaves too little on a side is none: its group goes on.
      if (cut.length > 0) inGroup = 0;
      return cut;
    });
  });
}

/** Empty when a side has no row or too small a hessian, or the sides answer against the direction of the feature. */
function splitAt(problem: BruteProblem, at: Node, feature: number, left: readonly Bin[], l2: number): Candidate[] {
  const { rules } = problem;
  const one = added(left);
  const other = { g: at.g - one.g, h: at.h - one.h };
  const rows = left.reduce((count, bin) => count + bin.rows.length, 0);
  if (rows === 0 || rows === at.rows.length || Math.min(one.h, other.h) < rules.minSumHessianInLeaf) return [];
  const perH = at.rows.length / at.h;
  const [a, b] = [answerOf(rules, one, one.h * perH, l2, at), answerOf(rules, other, other.h * perH, l2, at)];
  const sign = directionOf(problem, feature);
  if (sign * a > sign * b) return [];
  const own = dropOf(rules, at, rules.lambdaL2, answerOf(rules, at, at.rows.length, rules.lambdaL2, at));
  const gain = dropOf(rules, one, l2, a) + dropOf(rules, other, l2, b) - own;
  return [{ feature, left, gain, values: [a, b], isOptional: false }];
}

/** A Newton step, at most maxDeltaStep long, drawn towards the value of the node above, then kept within the bounds. */
function answerOf(
  { lambdaL1, maxDeltaStep, pathSmooth }: BruteRules,
  { g, h }: Sums,
  rows: number,
  l2: number,
  above: { readonly value: number; readonly lower: number; readonly upper: number },
): number {
  const newton = -shrunk(g, lambdaL1) / (h + l2);
  const step = maxDeltaStep === 0 ? newton : Math.max(-maxDeltaStep, Math.min(maxDeltaStep, newton));
  const share = rows / (rows + pathSmooth);
  return Math.min(above.upper, Math.max(above.lower, share * step + (1 - share) * above.value));
}

function shrunk(g: number, l1: number): number {
  return Math.sign(g) * Math.max(0, Math.abs(g) - l1);
}

/** Twice what the value takes off the loss. */
function dropOf({ lambdaL1 }: BruteRules, { g, h }: Sums, l2: number, value: number): number {
  return -2 * shrunk(g, lambdaL1) * value - (h + l2) * value * value;
}
