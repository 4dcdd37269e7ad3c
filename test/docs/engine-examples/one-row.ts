import { compileScorer, fitBoosting } from "../../../src/engine/trees/index.ts";

const visits = Float64Array.from({ length: 500 }, (_, row) => (row * 37) % 20);
const plan = Int32Array.from(visits, (_, row) => row % 3);
const left = visits.map((number, row) => (number + ((row * 7919) % 1000) / 100 < (plan[row] === 0 ? 14 : 10) ? 1 : 0));
const features = [
  { name: "visits", kind: "numeric" as const, values: visits },
  { name: "plan", kind: "categorical" as const, codes: plan, levels: 3 },
];
const trees = fitBoosting({ matrix: { rows: 500, features }, target: left, loss: "logistic" });

// Once, when the server starts. The row is filled in the order of trees.features; codes are numbers, missing is NaN.
const score = compileScorer(trees);
const row = new Float64Array(trees.features.length);
const answer = (asked: { visits: number; plan: number }) => {
  row[0] = asked.visits;
  row[1] = asked.plan;
  return score(row)[0]!; // the array is written over by the next call: take the number out
};
console.log("chances:", answer({ visits: 2, plan: 0 }).toFixed(2), answer({ visits: 6, plan: 1 }).toFixed(2));
