// Processor time of one fold of each candidate, against what src/model/portfolio.ts states, by which a budget decides how many are tried.
// npx rolldown bench/speed/candidate-costs.ts --platform node --file dist/candidate-costs.mjs && node dist/candidate-costs.mjs FOLDER   (beside the worker files of dist/)
// FOLDER holds the tables of bench/quality/trees-tables.json.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Feature } from "../../src/core/matrix.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Task } from "../../src/core/task.ts";
import { estimatorNamed } from "../../src/model/estimators/families.ts";
import { portfolio } from "../../src/model/portfolio.ts";
import { readTable, type TableSpec } from "../quality/trees-table.ts";
import { median, record } from "./record.ts";

const REPEATS = 3;
/** A long fit is timed once. */
const LONG_ROWS = 3000;
const FOLDS = 5;

const SHAPES = [
  { rows: 400, columns: 8, classes: 2 },
  { rows: 1_000, columns: 20, classes: 2 },
  { rows: 20_000, columns: 20, classes: 2 },
  { rows: 20_000, columns: 20, classes: 0 },
  { rows: 20_000, columns: 20, classes: 4 },
  { rows: 2_000, columns: 200, classes: 2 },
  { rows: 80, columns: 10_000, classes: 2 },
] as const;

/** Numbers; the target is a number or its classes of equal width, by one linear, one wave and one product. classes: 0 = the number. */
function table(rows: number, columns: number, classes: number) {
  const random = createRandom(1, `${rows} ${columns} ${classes}`);
  const features = Array.from({ length: columns }, (_, j) => ({
    name: `c${j}`,
    kind: "numeric" as const,
    values: Float64Array.from({ length: rows }, () => random.normal()),
  }));
  const at = (column: number, row: number) => features[column]?.values[row] ?? 0;
  const amount = Float64Array.from(
    { length: rows },
    (_, i) => at(0, i) + Math.sin(3 * at(1, i)) + 0.5 * at(0, i) * at(2, i) + random.normal(),
  );
  const target = classes === 0 ? amount : amount.map((y) => Math.max(0, Math.min(classes - 1, Math.floor(y / 1.5 + classes / 2))));
  return { features, target };
}

function taskOf(classes: number): Task {
  const names = Array.from({ length: classes }, (_, i) => `k${i}`);
  if (classes === 0) return { kind: "regression" };
  return classes === 2 ? { kind: "binary", classes: names as [string, string] } : { kind: "multiclass", classes: names };
}

/** What a linear model reads: numbers without gaps, of mean 0 and variance 1; levels as columns of 0 and 1. */
function forLinear(feature: Feature): Feature[] {
  if (feature.kind === "categorical") {
    const column = (level: number) => Float64Array.from(feature.codes, (code) => Number(code === level));
    return Array.from({ length: feature.levels }, (_, level) => ({
      name: `${feature.name} ${level}`,
      kind: "numeric",
      values: column(level),
    }));
  }
  const known = feature.values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length) || 1;
  return [{ ...feature, values: feature.values.map((value) => (Number.isNaN(value) ? 0 : (value - mean) / spread)) }];
}

function measure(table: string, task: Task, features: readonly Feature[], target: Float64Array) {
  const rows = target.length;
  const validation = Int32Array.from({ length: Math.floor(0.15 * rows) }, (_, i) => 6 * i);
  const wide = features.flatMap(forLinear);
  const candidates = portfolio(task, rows, features.length).map(({ name, estimator, params, cost }) => {
    const matrix = { rows, features: estimator === "linear" ? wide : features };
    const seconds = Array.from({ length: rows > LONG_ROWS ? 1 : REPEATS }, (_, repeat) => {
      const before = process.cpuUsage();
      const model = estimatorNamed(estimator, params).fit({ task, matrix, target, weight: null, validation }, repeat);
      model.predict(matrix);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    });
    const medianSeconds = median(seconds);
    const statedSeconds = (cost ?? 0) / 1000 / FOLDS;
    const rounded = (value: number) => Number(value.toPrecision(3));
    return {
      name,
      medianSeconds: rounded(medianSeconds),
      statedSeconds: rounded(statedSeconds),
      ratio: rounded(statedSeconds / medianSeconds),
    };
  });
  process.stderr.write(`${table}\n`);
  return { table, rows, columns: features.length, classes: task.kind === "regression" ? 0 : task.classes.length, candidates };
}

const [folder = ""] = process.argv.slice(2);
const specs = JSON.parse(readFileSync("bench/quality/trees-tables.json", "utf8")) as TableSpec[];
const measured = [
  ...SHAPES.map(({ rows, columns, classes }) => {
    const { features, target } = table(rows, columns, classes);
    return measure(`made, ${rows} x ${columns}`, taskOf(classes), features, target);
  }),
  ...specs.map((spec) => {
    const { matrix, target, classes } = readTable(readFileSync(join(folder, spec.file), "utf8"), spec);
    return measure(spec.name, taskOf(classes), matrix.features, target);
  }),
];
const names = [...new Set(measured.flatMap(({ candidates }) => candidates.map(({ name }) => name)))].filter((name) => name !== "constant");
const medianRatios = Object.fromEntries(
  names.map((name) => [
    name,
    median(measured.flatMap(({ candidates }) => candidates.filter((one) => one.name === name).map(({ ratio }) => ratio))),
  ]),
);
record(
  "candidate-costs",
  `Processor seconds of one fit and prediction, the median of ${REPEATS} (of one above ${LONG_ROWS} rows), and the cost that is stated for it.`,
  {
    medianRatios,
    measured,
  },
);
