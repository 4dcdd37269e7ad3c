import { createTreeDataset, fitBoosting, predict } from "../../../src/engine/trees/index.ts";

const size = Float64Array.from({ length: 1000 }, (_, row) => 20 + ((row * 37) % 101));
const floor = Float64Array.from(size, (_, row) => row % 6);
const rent = size.map((area, row) => area / 10 + floor[row]! / 4);
const matrix = {
  rows: 1000,
  features: [
    { name: "size", kind: "numeric" as const, values: size },
    { name: "floor", kind: "numeric" as const, values: floor },
  ],
};
const rows = Int32Array.from(size.keys());
const dataset = createTreeDataset(matrix, {}); // binned once
const errorWith = (columns: readonly string[]) => {
  const errors = [0, 1, 2, 3, 4].flatMap((fold) => {
    const learned = rows.filter((row) => row % 5 !== fold);
    const training = { matrix: dataset, target: rent, loss: { loss: "squared" as const } };
    const predicted = predict(fitBoosting({ ...training, rows: learned, columns }), matrix);
    return Array.from(
      rows.filter((row) => row % 5 === fold),
      (row) => Math.abs(predicted[row]! - rent[row]!),
    );
  });
  return (errors.reduce((sum, error) => sum + error) / errors.length).toFixed(2);
};
console.log("mean error with both columns", errorWith(["size", "floor"]), "- without the floor", errorWith(["size"]));
dataset.close();
