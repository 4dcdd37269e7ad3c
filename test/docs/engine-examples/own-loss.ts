import { fitBoosting, predict } from "../../../src/engine/trees/index.ts";

// Too little in stock costs three times what too much does: the loss is 3 e² where the prediction is e too low, and e² where it is too high.
const weekday = Float64Array.from({ length: 700 }, (_, row) => row % 7);
const demand = weekday.map((day, row) => 20 + 5 * day + ((row * 31) % 13));
const matrix = { rows: 700, features: [{ name: "weekday", kind: "numeric" as const, values: weekday }] };
const costOf = (score: number, y: number) => (score < y ? 3 : 1);

const trees = fitBoosting(
  {
    matrix,
    target: demand,
    validation: [...demand.keys()].filter((row) => row % 4 === 0),
    loss: {
      loss: "custom",
      base: [35], // where all rows begin
      // First and second derivative of each row's loss by its score. There are no weights here; with them, multiply both by the weight.
      gradient: (scores, target) => ({
        gradient: scores.map((score, i) => 2 * costOf(score, target[i]!) * (score - target[i]!)),
        hessian: scores.map((score, i) => 2 * costOf(score, target[i]!)),
      }),
    },
  },
  {
    numIterations: 200,
    earlyStoppingRounds: 20,
    // What the validation rows are judged by: any number that predictions and targets give.
    earlyStoppingMetric: {
      name: "cost",
      higherIsBetter: false,
      score: (predictions, target) =>
        predictions.reduce((sum, score, i) => sum + costOf(score, target[i]!) * (score - target[i]!) ** 2, 0) / target.length,
    },
  },
);
const monday = predict(trees, { rows: 1, features: [{ name: "weekday", kind: "numeric", values: Float64Array.of(0) }] });
console.log("demand on Mondays: 20 to 32, mean 26; to be ordered:", monday[0]!.toFixed(1));
