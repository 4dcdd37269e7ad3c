import { fitBoosting, loadEnsemble, predict, saveEnsemble } from "../../../src/engine/trees/index.ts";

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

// Trees want columns: numbers with NaN for "not known", categories as codes 0, 1, 2 ... with -1 for "not known".
const plans = [...new Set(customers.map(({ plan }) => plan))];
const matrixOf = (rows: readonly Customer[]) => ({
  rows: rows.length,
  features: [
    { name: "age", kind: "numeric" as const, values: Float64Array.from(rows, ({ age }) => age ?? Number.NaN) },
    { name: "visits", kind: "numeric" as const, values: Float64Array.from(rows, ({ visits }) => visits) },
    { name: "plan", kind: "categorical" as const, codes: Int32Array.from(rows, ({ plan }) => plans.indexOf(plan)), levels: plans.length },
  ],
});

const trees = fitBoosting(
  {
    matrix: matrixOf(customers),
    target: Float64Array.from(customers, ({ left }) => (left ? 1 : 0)),
    validation: Int32Array.from(customers.keys()).filter((row) => row % 5 === 0), // every fifth row only judges when to stop
    loss: { loss: "logistic" }, // 0 or 1; "squared" is for numbers
  },
  { numIterations: 500, learningRate: 0.05, earlyStoppingRounds: 30 },
);

const asked = matrixOf([
  { age: 61, visits: 2, plan: "basic" },
  { age: null, visits: 15, plan: "a plan never seen" },
]);
const saved = JSON.stringify(saveEnsemble(trees)); // a text, for a file
const loaded = loadEnsemble(JSON.parse(saved));
const chances = predict(loaded, asked);
console.log(`${trees.treeOutput.length} trees kept; chance of leaving:`, Array.from(chances, (chance) => chance.toFixed(2)).join(", "));
