import {
  columnsOfRows,
  dumpTree,
  fitBoosting,
  matrixFromRows,
  permutationImportance,
  predict,
  treeSvg,
} from "../../../src/engine/trees/index.ts";

const flats = Array.from({ length: 800 }, (_, i) => ({
  size: i % 9 === 0 ? null : 20 + ((i * 37) % 101),
  area: ["centre", "edge"][i % 2]!,
  door: (i * 7919) % 50, // tells nothing
}));
const rent = flats.map(({ size, area }) => (size ?? 60) / 10 + (area === "centre" ? 4 : 0));
const isLearned = (_: unknown, i: number) => i < 600;
const columns = columnsOfRows(flats.filter(isLearned));
const trees = fitBoosting(
  { matrix: matrixFromRows(flats.filter(isLearned), columns), target: rent.filter(isLearned), loss: "squared" },
  { numLeaves: 4 },
);

const judged = matrixFromRows(flats.slice(600), columns);
const meanError = (predictions: Float64Array) => predictions.reduce((sum, p, i) => sum + Math.abs(p - rent[600 + i]!), 0) / 200;
console.log(`mean error ${meanError(predict(trees, judged)).toFixed(2)}; what it gains when shuffled:`);
// A score that is better when lower, such as an error, says so.
for (const { name, drop } of permutationImportance(trees, judged, meanError, { better: "lower" }))
  console.log(`  ${name} ${drop.toFixed(1)}`);
console.log(dumpTree(trees, 0).split("\n")[0]);
const svg = treeSvg(trees, 0, { title: (feature) => (feature === "size" ? "size in m²" : feature) }); // writeFileSync("tree.svg", svg)
console.log(svg.slice(0, 4), "…");
