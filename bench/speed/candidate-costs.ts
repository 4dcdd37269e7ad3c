// Processor time of one fold of each candidate, against what src/model/portfolio.ts states, by which a budget decides how many are tried.
// npx rolldown bench/speed/candidate-costs.ts --platform node --file dist/candidate-costs.mjs && node dist/candidate-costs.mjs   (beside the worker files of dist/)

import { createRandom } from "../../src/core/random.ts";
import type { Task } from "../../src/core/task.ts";
import { estimatorNamed } from "../../src/model/estimators/families.ts";
import { portfolio } from "../../src/model/portfolio.ts";
import { median, record } from "./record.ts";

const REPEATS = 3;
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

const measured = SHAPES.map(({ rows, columns, classes }) => {
  const { features, target } = table(rows, columns, classes);
  const task = taskOf(classes);
  const validation = Int32Array.from({ length: Math.floor(0.15 * rows) }, (_, i) => 6 * i);
  const candidates = portfolio(task, rows, columns).map(({ name, estimator, params, cost }) => {
    const seconds = Array.from({ length: REPEATS }, (_, repeat) => {
      const before = process.cpuUsage();
      const model = estimatorNamed(estimator, params).fit({ task, matrix: { rows, features }, target, weight: null, validation }, repeat);
      model.predict({ rows, features });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    });
    return {
      name,
      medianSeconds: Number(median(seconds).toPrecision(3)),
      statedSeconds: Number(((cost ?? 0) / 1000 / FOLDS).toPrecision(3)),
    };
  });
  return { rows, columns, classes, candidates };
});
record("candidate-costs", `Processor seconds of one fit and prediction, the median of ${REPEATS}, and the cost that is stated for it.`, {
  measured,
});
