import { fitBoosting, predict } from "../../../src/engine/trees/index.ts";

// 100 searches with 5 hits each; the target says how good a hit was, 0 to 4.
const query = Int32Array.from({ length: 500 }, (_, row) => Math.floor(row / 5));
const match = Float64Array.from(query, (_, row) => (row * 7) % 11);
const quality = match.map((value) => Math.floor(value / 2.5));
const matrix = { rows: 500, features: [{ name: "match", kind: "numeric" as const, values: match }] };
const trees = fitBoosting({ matrix, target: quality, query, loss: "lambdarank" });
const scores = predict(trees, matrix); // compare them within one query only
const hits = [0, 1, 2, 3, 4].sort((a, b) => scores[b]! - scores[a]!);
console.log("hits of the first search, best first:", hits.map((hit) => quality[hit]).join(", "));
