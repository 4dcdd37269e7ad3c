import { columnsOfRows, fitBoosting, matrixFromRows, predict } from "../../../src/engine/trees/index.ts";

// What a CSV parser gives: every cell a text, "" for an empty one. Made up: dear tickets survive.
const passengers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => {
    const [row, fare] = [from + i, 5 + (((from + i) * 13) % 90)];
    return {
      age: row % 8 === 0 ? "" : String(16 + (row % 50)),
      fare: row % 30 === 0 ? "NA" : String(fare),
      sex: row % 3 === 0 ? "female" : "male",
      survived: fare + (row % 7) * 5 > 60 ? "1" : "0",
    };
  });
const [training, judging] = [passengers(0, 600), passengers(600, 800)];

// Are these numbers or categories? Without `numeric` it asks, naming all such fields.
const columns = columnsOfRows(training, { leaveOut: ["survived"], numeric: ["age", "fare"], missing: ["NA"] });

// Validation rows are rows of the same matrix: join the two files, and give the numbers of those that only judge.
const all = [...training, ...judging];
const matrix = matrixFromRows(all, columns);
const validation = judging.map((_, i) => training.length + i);
const target = all.map(({ survived }) => Number(survived));
const trees = fitBoosting({ matrix, target, validation, loss: "logistic" }, { numIterations: 1000, earlyStoppingRounds: 20 });
const chances = predict(trees, matrixFromRows(judging, columns));
const right = judging.filter(({ survived }, i) => chances[i]! > 0.5 === (survived === "1")).length;
console.log(`${trees.treeOutput.length} trees kept; right in ${right} of ${judging.length}`);
