import { expect, test } from "vitest";
import { fitForest } from "../../../src/engine/trees/index.ts";
import { drawing, rulesOf, tableOf } from "./brute-data.ts";
import { type Bin, type BruteProblem, binsOf, type Candidate, faultsOf, MISSING, NO_RULES, type Node, told } from "./brute-tree.ts";

/** Splits by the drop of weight times Gini impurity. Levels are ordered by their share of the class whose share differs most between them. */
function giniSplits(problem: BruteProblem, classOf: Float64Array, at: Node, feature: number): Candidate[] {
  const { minDataInLeaf, minSumHessianInLeaf } = problem.rules;
  const weightsOf = (rows: readonly number[]) =>
    [0, 1, 2].map((k) => rows.reduce((w, row) => w + (classOf[row] === k ? problem.h[row]! : 0), 0));
  const pure = (weights: readonly number[]) => weights.reduce((sum, w) => sum + w * w, 0) / weights.reduce((sum, w) => sum + w, 0);
  const all = weightsOf(at.rows);
  const bins = binsOf(problem, feature, at.rows);
  const attempt = (left: readonly Bin[]): Candidate[] => {
    const own = weightsOf(left.flatMap(({ rows }) => rows));
    const rest = all.map((w, k) => w - own[k]!);
    const sides = [own, rest].map((side) => side.reduce((a, b) => a + b, 0));
    if (sides.some((h) => h < 1e-9 || h < minSumHessianInLeaf || (minDataInLeaf > 1 && told(at, { g: 0, h }) < minDataInLeaf))) return [];
    return [{ feature, left, gain: pure(own) + pure(rest) - pure(all), values: [0, 0], isOptional: false }];
  };
  if (problem.features[feature]!.kind === "numeric") {
    const values = bins.filter(({ key }) => key !== MISSING);
    const missing = bins.filter(({ key }) => key === MISSING);
    const prefixes = values.map((_, last) => values.slice(0, last + 1));
    return [...prefixes, ...prefixes.map((left) => [...left, ...missing])].flatMap(attempt);
  }
  const shares = bins.map(({ rows, h }) => weightsOf(rows).map((w) => w / h));
  const spreads = all.map((w, k) => bins.reduce((sum, { h }, i) => sum + h * shares[i]![k]! ** 2, 0) - w ** 2 / at.h);
  const orders = spreads.flatMap((spread, k) => {
    if (spread < Math.max(...spreads) - 1e-9) return [];
    const order = [...bins.keys()].sort((a, b) => shares[a]![k]! - shares[b]![k]!).map((i) => bins[i]!);
    return [order.flatMap((_, last) => attempt(order.slice(0, last + 1)))];
  });
  // Of classes whose share differs as much any may be taken, as in a node of two classes.
  const best = (splits: readonly Candidate[]) => Math.max(...splits.map(({ gain }) => gain));
  const least = orders.toSorted((a, b) => best(a) - best(b))[0];
  return orders.flatMap((splits) => splits.map((split) => ({ ...split, isOptional: splits !== least })));
}

test("trees of three classes have the best splits by impurity", () => {
  const faultsOfClasses = (seed: number) => {
    const draw = drawing(seed + 1000);
    const rows = draw.pick(40, 120, 180);
    const { features, signal } = tableOf(draw, rows);
    const { growth, numLeaves, maxDepth, minDataInLeaf, minSumHessianInLeaf, minGainToSplit, interactionConstraints } = rulesOf(
      draw,
      "by node",
    );
    const limits = { growth, maxDepth, minDataInLeaf, minSumHessianInLeaf, minGainToSplit };
    const given = { ...limits, interactionConstraints, numLeaves: draw.pick(0, numLeaves) };
    const isWhole = draw.pick(true, false);
    const h = signal.map(() => (isWhole ? 1 + draw.below(3) : 0.2 + 1.8 * draw.uniform()));
    const target = signal.map((value) => (value < -0.6 ? 0 : value < 0.6 ? 1 : 2));
    const loss = { loss: "softmax", classes: 3 } as const;
    const tree = fitForest(
      { matrix: { rows, features }, target, weight: h, loss },
      { ...given, numTrees: 1, bootstrap: false, featureFractionByNode: 1, minDataInBin: 1 },
      seed,
    );
    const problem: BruteProblem = { features, g: h, h, rules: { ...NO_RULES, ...given } };
    const leafOf = (own: readonly number[]) =>
      [0, 1, 2].map(
        (k) => own.reduce((sum, row) => sum + (target[row] === k ? h[row]! : 0), 0) / own.reduce((sum, row) => sum + h[row]!, 0),
      );
    const splitsOf = (at: Node, feature: number) => giniSplits(problem, target, at, feature);
    return faultsOf({ ...problem, leafOf, splitsOf }, tree).map((fault) => `seed ${seed}: ${fault}`);
  };
  expect(Array.from({ length: 30 }, (_, seed) => faultsOfClasses(seed)).flat()).toEqual([]);
});
