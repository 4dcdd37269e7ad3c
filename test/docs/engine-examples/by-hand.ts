import { fitBoosting, predict } from "../../../src/engine/trees/index.ts";

const size = Float64Array.of(25, 30, 40, 45, 60, 70, 80, 95);
const area = Int32Array.of(0, 1, 1, 0, 0, 1, 0, 1); // 0 centre, 1 edge
const rent = Float64Array.of(7, 3, 3, 7, 13, 9, 13, 9);
const matrix = {
  rows: 8,
  features: [
    { name: "size", kind: "numeric" as const, values: size },
    { name: "area", kind: "categorical" as const, codes: area, levels: 2 },
  ],
};
const trees = fitBoosting(
  { matrix, target: rent, loss: { loss: "squared" } },
  { numIterations: 2, numLeaves: 2, learningRate: 0.5, minDataInLeaf: 1, minDataInBin: 1 },
);
console.log("base", trees.base.join(), "gains", trees.gain.filter((gain) => gain > 0).join(), "leaves", trees.leafValues.join());
console.log("scores", predict(trees, matrix).join(" "));
