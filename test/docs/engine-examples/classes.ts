import { fitBoosting, predict } from "../../../src/engine/trees/index.ts";

const petal = Float64Array.from({ length: 300 }, (_, row) => 1 + (row % 60) / 10);
const species = petal.map((length) => (length < 2.5 ? 0 : length < 4.9 ? 1 : 2)); // 0, 1, 2
const matrix = { rows: 300, features: [{ name: "petal", kind: "numeric" as const, values: petal }] };
const trees = fitBoosting({ matrix, target: species, loss: "softmax" });
const chances = predict(trees, matrix); // row after row, a chance per class
console.log("first row:", Array.from(chances.subarray(0, 3), (chance) => chance.toFixed(2)).join(", "));
