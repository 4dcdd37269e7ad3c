import { columnsOfRows, fitBoosting, loadEnsemble, matrixFromRows, predict, saveEnsemble } from "../../../src/engine/trees/index.ts";

interface Customer {
  readonly age: number | null; // null: not known
  readonly visits: number;
  readonly plan: string;
}

// Your rows come from a database or a file. These are made up: who comes seldom leaves, those on "basic" sooner.
const customers = Array.from({ length: 1000 }, (_, i): Customer & { left: boolean } => {
  const visits = (i * 37) % 20;
  const plan = ["basic", "family", "business"][i % 3]!;
  const luck = ((i * 7919) % 1000) / 100;
  return { age: i % 10 === 0 ? null : 18 + ((i * 7) % 60), visits, plan, left: visits < (plan === "basic" ? 4 : 0) + luck };
});

// Trees want columns: numbers, with NaN for "not known", and categories as codes 0, 1, 2 ..., with -1. What each field is, is read from the rows; keep it with the trees.
const columns = columnsOfRows(customers, { leaveOut: ["left"] });

const trees = fitBoosting(
  {
    matrix: matrixFromRows(customers, columns),
    target: customers.map(({ left }) => (left ? 1 : 0)),
    validation: [...customers.keys()].filter((row) => row % 5 === 0), // every fifth row only judges when to stop
    loss: "logistic", // 0 or 1; "squared" is for numbers
  },
  { numIterations: 500, learningRate: 0.05, earlyStoppingRounds: 30 },
);

const saved = JSON.stringify({ columns, trees: saveEnsemble(trees) }); // a text, for a file
const loaded = JSON.parse(saved);
const asked: Customer[] = [
  { age: 61, visits: 2, plan: "basic" },
  { age: null, visits: 15, plan: "a plan never seen" },
];
const chances = predict(loadEnsemble(loaded.trees), matrixFromRows(asked, loaded.columns));
console.log(`${trees.treeOutput.length} trees kept; chance of leaving:`, Array.from(chances, (chance) => chance.toFixed(2)).join(", "));
