import { columnsOfRows, compileRowReader, compileScorer, fitBoosting, matrixFromRows } from "../../../src/engine/trees/index.ts";

const customers = Array.from({ length: 500 }, (_, i) => ({ visits: (i * 37) % 20, plan: ["basic", "family", "business"][i % 3]! }));
const left = customers.map(({ visits, plan }, i) => (visits + ((i * 7919) % 1000) / 100 < (plan === "basic" ? 14 : 10) ? 1 : 0));
const columns = columnsOfRows(customers);
const trees = fitBoosting({ matrix: matrixFromRows(customers, columns), target: left, loss: "logistic" });

// Once, when the server starts. Who has numbers and codes already fills a Float64Array in the order of trees.features; missing is NaN.
const score = compileScorer(trees);
const read = compileRowReader(trees, columns);
const answer = (asked: object) => score(read(asked))[0]!; // the array is written over by the next call: take the number out
console.log("chances:", answer({ visits: 2, plan: "basic" }).toFixed(2), answer({ visits: 6, plan: "family" }).toFixed(2));
try {
  answer({ plan: "basic" });
} catch (error) {
  console.log((error as Error).message); // its code, bad-matrix, tells a wrong request from a fault of the server
}
