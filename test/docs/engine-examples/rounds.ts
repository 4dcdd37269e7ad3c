import { firstRounds, fitBoosting, predict, type RoundScore, stagedPredict } from "../../../src/engine/trees/index.ts";

const size = Float64Array.from({ length: 600 }, (_, row) => 20 + ((row * 37) % 101));
const rent = size.map((area, row) => area / 10 + ((row * 7919) % 40) / 10);
const matrix = { rows: 600, features: [{ name: "size", kind: "numeric" as const, values: size }] };
const validation = [...rent.keys()].filter((row) => row % 5 === 0);

const log = ({ round, metric, training, validation: judged }: RoundScore) => {
  if (round % 20 === 0) console.log(`round ${round}, ${metric}: ${training?.toFixed(3)} learned, ${judged?.toFixed(3)} judged`);
};
const trees = fitBoosting(
  { matrix, target: rent, validation, loss: "squared" },
  { numIterations: 60, metric: "rmse", earlyStoppingRounds: false, trainingMetric: true, onRound: log },
);
const { bestRound, validation: scores } = trees.history!; // scores[r]: after r rounds; scores[0]: the constant
console.log(`constant ${scores![0]!.toFixed(3)}, best after ${bestRound} rounds: ${scores![bestRound!]!.toFixed(3)}`);

// Predictions of the first rounds only; and of each, one after another.
const early = predict(firstRounds(trees, bestRound!), matrix);
const staged = [...stagedPredict(trees, matrix)];
console.log(
  "first row:",
  early[0]!.toFixed(2),
  "- after 1, 10 and 60 rounds:",
  [1, 10, 60].map((r) => staged[r - 1]![0]!.toFixed(2)).join(", "),
);
