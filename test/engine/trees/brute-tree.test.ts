import { expect, test } from "vitest";
import type { Feature } from "../../../src/core/matrix.ts";
import type { KernelMaker } from "../../../src/engine/trees/growth/seat.ts";
import { fitBoosting, fitForest, saveEnsemble, type TreeTraining } from "../../../src/engine/trees/index.ts";
import { referenceKernels } from "../../../src/engine/trees/kernels/reference.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import { type BruteProblem, type BruteRules, faultsOf } from "./brute-tree.ts";

type Draw = ReturnType<typeof drawing>;

function drawing(seed: number) {
  const uniform = uniformStream(seed, 21);
  const below = (most: number) => Math.floor(most * uniform());
  const pick = <T>(...choices: readonly T[]): T => choices[below(choices.length)]!;
  return { uniform, below, pick };
}

/** Few values and many, with missing; few levels and many; two columns that are hardly ever filled, and never both. */
function tableOf({ uniform, below }: Draw, rows: number): { features: Feature[]; signal: Float64Array } {
  const each = <T>(of: (row: number) => T) => Array.from({ length: rows }, (_, row) => of(row));
  const numeric = (name: string, of: (row: number) => number): Feature => ({ name, kind: "numeric", values: Float64Array.from(each(of)) });
  const levels = (name: string, count: number, missing: number): Feature => ({
    name,
    kind: "categorical",
    levels: count,
    codes: Int32Array.from(each(() => (uniform() < missing ? -1 : below(count)))),
  });
  const turn = each(() => below(14));
  const features = [
    levels("few", 4, 0.1),
    levels("many", 14, 0.1),
    numeric("s", (row) => (turn[row] === 0 ? 1 + (row % 3) : 0)),
    numeric("t", (row) => (turn[row] === 1 ? 1 + (row % 2) : 0)),
    numeric("x", () => (uniform() < 0.15 ? Number.NaN : below(6))),
    numeric("y", () => below(30)),
  ];
  const effects = features.map(() => each(() => 2 * uniform() - 1));
  const signal = Float64Array.from(
    each((row) => {
      const parts = features.map((feature, k) => {
        const value = feature.kind === "numeric" ? feature.values[row]! : feature.codes[row]!;
        return effects[k]![Number.isNaN(value) ? rows - 1 : (value + rows) % rows]!;
      });
      return parts.reduce((a, b) => a + b) + uniform() - 0.5;
    }),
  );
  return { features, signal };
}

/** How a tree is grown: whole in one call of a kernel, below its first split in one call, or node by node, which knows all options. */
type Way = "whole" | "below" | "by node";

function rulesOf({ pick, uniform }: Draw, way: Way): BruteRules {
  const some = <T>(none: T, ...others: readonly T[]) => (uniform() < 0.5 ? none : pick(...others));
  const own = <T>(none: T, ...others: readonly T[]) => (way === "by node" ? some(none, ...others) : none);
  const pathSmooth = own(0, 3, 20);
  return {
    growth: pick("leaf-wise", "depth-wise"),
    numLeaves: way === "below" ? 0 : pick(2, 4, 7, 12),
    maxDepth: some(0, 1, 2, 3),
    minDataInLeaf: pathSmooth > 0 ? pick(2, 8) : pick(1, 2, 3, 8),
    minSumHessianInLeaf: some(0, 4.5, 10.3),
    minGainToSplit: some(0, 0.7, 3),
    lambdaL2: some(0, 1, 7),
    maxCatToOnehot: pick(1, 3, 4, 20),
    catSmooth: some(0, 3, 6.5),
    catL2: some(0, 2, 10),
    maxCatThreshold: some(32, 1, 2),
    minDataPerGroup: some(1, 6, 17),
    lambdaL1: own(0, 0.4, 2),
    maxDeltaStep: own(0, 0.3, 0.7),
    pathSmooth,
    monotoneConstraints: own<Record<string, number>>({}, { x: 1, y: -1 }, { s: 1, x: -1, y: 1 }),
    interactionConstraints: own<BruteRules["interactionConstraints"]>(
      null,
      [
        ["x", "y"],
        ["y", "few", "s"],
        ["many", "x"],
      ],
      [
        ["many", "few"],
        ["few", "y"],
      ],
    ),
  };
}

/** What a boosted tree learns from the target, whose gradients start from 0. Hessians are weights, which may all be 1, or any numbers. */
function learned(
  { pick, uniform, below }: Draw,
  target: Float64Array,
): Pick<BruteProblem, "g" | "h"> & { of: Pick<TreeTraining, "weight" | "loss"> } {
  const kind = pick("equal", "weights", "any");
  const h = target.map(() => (kind === "equal" ? 1 : kind === "weights" ? 1 + below(3) : 0.2 + 1.8 * uniform()));
  const gradient = target.map((y, row) => -y * h[row]!);
  if (kind !== "any") return { g: gradient, h, of: { weight: kind === "equal" ? null : h, loss: "squared" } };
  return { g: gradient, h, of: { weight: null, loss: { loss: "custom", gradient: () => ({ gradient, hessian: h }) } } };
}

function faultsWith(seed: number, way: Way): string[] {
  const draw = drawing(seed);
  const rows = draw.pick(25, 50, 80);
  const { features, signal } = tableOf(draw, rows);
  const rules = rulesOf(draw, way);
  const target = signal.map((value) => Math.round(16 * value) / 16);
  const { g, h, of } = learned(draw, target);
  const training = { matrix: { rows, features }, target, ...of };
  const options = { ...rules, minDataInBin: 1, interactionConstraints: rules.interactionConstraints };
  const grow = (make: KernelMaker | null) =>
    way === "below"
      ? fitForest({ ...training, weight: h, loss: "squared" }, { ...options, ...ONE_TREE }, seed, make)
      : fitBoosting(training, { ...options, ...ONE_ROUND }, seed, make);
  const [tree, twin] = [grow(null), grow(referenceKernels)];
  const faults = faultsOf(way === "below" ? ofForest({ features, g, h, rules }, target) : { features, g, h, rules }, tree);
  if (JSON.stringify(saveEnsemble(twin)) !== JSON.stringify(saveEnsemble(tree))) faults.push("the kernels differ");
  return faults.map((fault) => `seed ${seed}: ${fault}`);
}

const ONE_ROUND = { numIterations: 1, learningRate: 1, boostFromAverage: false };
const ONE_TREE = { numTrees: 1, bootstrap: false, featureFractionByNode: 1 };

/** A forest's gradients are those of the centred target, its leaves are means. */
function ofForest(problem: BruteProblem, target: Float64Array): BruteProblem {
  const { h } = problem;
  const centre = target.reduce((a, b) => a + b) / target.length;
  const sum = (rows: readonly number[], of: (row: number) => number) => rows.reduce((total, row) => total + of(row), 0);
  const leafOf = (rows: readonly number[]) => sum(rows, (row) => h[row]! * target[row]!) / sum(rows, (row) => h[row]!);
  return { ...problem, g: target.map((y, row) => (centre - y) * h[row]!), leafOf };
}

test.each<Way>(["whole", "below", "by node"])(
  "by the definition of all options, trees grown %s have the best splits and the right leaves",
  (way) => {
    expect(Array.from({ length: 60 }, (_, seed) => faultsWith(seed, way)).flat()).toEqual([]);
  },
);
