// Forests on categories of many levels: splits by sets of levels, and by ordered target statistics above 32 levels (categoricalEncoding "auto", the default of forests).
// From the root: npx rolldown bench/quality/forest-categories.ts --platform node --file /tmp/bench.mjs && node /tmp/bench.mjs FOLDER
// Writes bench/results/forest-categories.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Matrix } from "../../src/core/matrix.ts";
import { fitForest, predict } from "../../src/engine/trees/index.ts";
import { createMetric } from "../../src/engine/trees/metrics/index.ts";
import { uniformStream } from "../../src/engine/trees/random.ts";
import { record } from "../speed/record.ts";
import { readTable, type TableSpec } from "./trees-table.ts";

const [folder = ""] = process.argv.slice(2);
const FOLDS = 5;
const DRAWS = 1;
const TREES = 100;

type Judged = { readonly name: string; readonly matrix: Matrix; readonly target: Float64Array; readonly isClass: boolean };

function real(name: string, spec: Omit<TableSpec, "name">, most = Number.POSITIVE_INFINITY): Judged {
  const lines = readFileSync(join(folder, spec.file), "utf8").split("\n");
  const { matrix, target, classes } = readTable(lines.slice(0, most).join("\n"), { name, ...spec });
  const known = [...target.keys()].filter((row) => Number.isFinite(target[row]!));
  return { name, matrix: rowsOf(matrix, known), target: Float64Array.from(known, (row) => target[row]!), isClass: classes === 2 };
}

/** Two numbers and two categories, of 300 levels with an effect each and of 800 without; noise: its standard deviation, for a number as target. */
function drawn(name: string, noise: number | null): Judged {
  const uniform = uniformStream(7, 1);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const effects = Array.from({ length: 300 }, gauss);
  const rows = 4000;
  const effect = Int32Array.from({ length: rows }, () => Math.floor(uniform() ** 2 * 300));
  const idle = Int32Array.from({ length: rows }, () => Math.floor(uniform() * 800));
  const [x, w] = [Float64Array.from({ length: rows }, gauss), Float64Array.from({ length: rows }, gauss)];
  const score = Float64Array.from(effect, (code, row) => effects[code]! + x[row]!);
  const target = score.map((s) => (noise === null ? Number(uniform() < 1 / (1 + Math.exp(-s))) : s + noise * gauss()));
  const features = [
    { name: "x", kind: "numeric" as const, values: x },
    { name: "w", kind: "numeric" as const, values: w },
    { name: "effect", kind: "categorical" as const, codes: effect, levels: 300 },
    { name: "idle", kind: "categorical" as const, codes: idle, levels: 800 },
  ];
  return { name, matrix: { rows, features }, target, isClass: noise === null };
}

function rowsOf(matrix: Matrix, rows: readonly number[]): Matrix {
  const features = matrix.features.map((feature) =>
    feature.kind === "numeric"
      ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row]!) }
      : { ...feature, codes: Int32Array.from(rows, (row) => feature.codes[row]!) },
  );
  return { rows: rows.length, features };
}

const TITANIC = { file: "titanic3/titanic3.csv", header: true, missing: [] };
const NAMES = ["sex", "ticket", "cabin", "embarked", "home.dest", "pclass"];
const ADULT = { file: "adult_census/adult-train.csv", header: false, missing: ["?"], drop: [] };
const tables = [
  real("titanic: survived", {
    ...TITANIC,
    task: "binary",
    target: "survived",
    positive: "1",
    drop: ["boat", "body", "name"],
    categorical: NAMES,
  }),
  real("titanic: fare", { ...TITANIC, task: "regression", target: "fare", drop: ["boat", "body", "name"], categorical: NAMES }),
  real(
    "adult, 6,000 rows",
    { ...ADULT, task: "binary", target: "14", positive: ">50K", categorical: ["1", "3", "5", "6", "7", "8", "9", "13"] },
    6000,
  ),
  drawn("drawn: two classes", null),
  drawn("drawn: a number", 2),
];

function scores({ matrix, target, isClass }: Judged, extraTrees: boolean, categoricalEncoding: "subsets" | "auto") {
  const metrics = isClass ? (["auc", "log-loss", "brier"] as const) : (["rmse"] as const);
  const sums = metrics.map(() => 0);
  const loss = { loss: isClass ? ("logistic" as const) : ("squared" as const) };
  for (let draw = 0; draw < DRAWS; draw++) {
    const uniform = uniformStream(draw, 2);
    const fold = Int32Array.from(target, () => Math.floor(uniform() * FOLDS));
    for (let k = 0; k < FOLDS; k++) {
      const all = Int32Array.from(target.keys());
      const judged = all.filter((row) => fold[row] === k);
      const training = { matrix, target, rows: all.filter((row) => fold[row] !== k), loss };
      const options = { numTrees: TREES, categoricalEncoding, extraTrees, bootstrap: !extraTrees };
      const predictions = predict(fitForest(training, options, draw), rowsOf(matrix, [...judged]));
      const sample = { predictions, outputs: 1, target: Float64Array.from(judged, (row) => target[row]!), weight: null, query: null };
      metrics.forEach((metric, m) => {
        sums[m]! += createMetric(metric, loss, 1).score(sample) / (DRAWS * FOLDS);
      });
    }
  }
  return Object.fromEntries(metrics.map((metric, m) => [metric, Number(sums[m]!.toPrecision(4))]));
}

const found = tables.flatMap((table) =>
  [false, true].map((extraTrees) => {
    const line = {
      table: table.name,
      forest: extraTrees ? "extra trees" : "random forest",
      subsets: scores(table, extraTrees, "subsets"),
      auto: scores(table, extraTrees, "auto"),
    };
    console.log(JSON.stringify(line));
    return line;
  }),
);
record("forest-categories", "Forests of 100 trees: sets of levels, and ordered target statistics above 32 levels; means over the folds", {
  trees: TREES,
  folds: FOLDS,
  draws: DRAWS,
  found,
});
