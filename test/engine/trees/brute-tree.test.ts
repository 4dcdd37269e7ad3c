import { expect, test } from "vitest";
import type { KernelMaker } from "../../../src/engine/trees/growth/seat.ts";
import { fitBoosting, fitForest, saveEnsemble, type TreeTraining } from "../../../src/engine/trees/index.ts";
import { referenceKernels } from "../../../src/engine/trees/kernels/reference.ts";
import { type Draw, drawing, rulesOf, tableOf, type Way } from "./brute-data.ts";
import { type BruteProblem, faultsOf } from "./brute-tree.ts";

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
  const leafOf = (rows: readonly number[]) => [sum(rows, (row) => h[row]! * target[row]!) / sum(rows, (row) => h[row]!)];
  return { ...problem, g: target.map((y, row) => (centre - y) * h[row]!), leafOf };
}

test.each<Way>(["whole", "below", "by node"])(
  "by the definition of all options, trees grown %s have the best splits and the right leaves",
  (way) => {
    expect(Array.from({ length: 60 }, (_, seed) => faultsWith(seed, way)).flat()).toEqual([]);
  },
);
