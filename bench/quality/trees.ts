// Our trees with default options against LightGBM's recorded scores (bench/peers/quality_trees.py), on the same rows and folds.
// From the root: npx rolldown bench/quality/trees.ts --platform node --file /tmp/trees.mjs && node /tmp/trees.mjs FOLDER [TABLE ...]
// Writes bench/results/quality-trees.json when no table is named.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Matrix } from "../../src/core/matrix.ts";
import { fitBoosting, type LossName, predict } from "../../src/engine/trees/index.ts";
import { createMetric } from "../../src/engine/trees/metrics/index.ts";
import { correctedT } from "../../src/stats/index.ts";
import { record } from "../speed/record.ts";
import { readTable, type Table, type TableSpec } from "./trees-table.ts";

const FOLDS = 5;
const SEED = 1;
const LEVEL = 0.95;

interface Reference {
  readonly name: string;
  readonly rows: number;
  readonly features: number;
  readonly targetSum: number;
  readonly missing: number;
  /** A sum by repeat that tells whether both sides drew the same folds. */
  readonly folds: readonly number[];
  /** By repeat, by fold. */
  readonly scores: Readonly<Record<string, number[]>>;
}

const [folder = "", ...only] = process.argv.slice(2);
const specs = JSON.parse(readFileSync("bench/quality/trees-tables.json", "utf8")) as TableSpec[];
const recorded = JSON.parse(readFileSync("test/reference/recorded/quality-trees.json", "utf8")) as { tables: Reference[] };
const results = specs.filter(({ name }) => only.length === 0 || only.includes(name)).flatMap(compareTable);
const averageRank = results.reduce((sum, { tie, better }) => sum + (tie ? 1.5 : better ? 1 : 2), 0) / results.length;
const worse = results.filter(({ p, better }) => p < 1 - LEVEL && !better).map(({ table, metric }) => `${table} ${metric}`);
console.log(`average rank of ours against LightGBM's: ${averageRank.toFixed(3)} against ${(3 - averageRank).toFixed(3)}`);
console.log(worse.length === 0 ? "significantly worse on none" : `significantly worse: ${worse.join(", ")}`);
if (only.length === 0) {
  const what =
    "Default options, 100 rounds, five folds, drawn up to 20 times; delta = ours minus LightGBM's, corrected resampled t; rank 1 = better mean";
  record("quality-trees", what, { averageRank, significantlyWorse: worse, results });
}

interface Result {
  readonly table: string;
  readonly metric: string;
  readonly ours: number;
  readonly lightgbm: number;
  readonly delta: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly better: boolean;
  /** No further apart than their last digits. */
  readonly tie: boolean;
}

function compareTable(spec: TableSpec): Result[] {
  const reference = recorded.tables.find(({ name }) => name === spec.name);
  if (reference === undefined) throw new Error(`${spec.name} is not recorded`);
  const table = readTable(readFileSync(join(folder, spec.file), "utf8"), spec);
  requireSame(table, reference);
  const loss: LossName =
    spec.task === "binary"
      ? { loss: "logistic" }
      : spec.task === "multiclass"
        ? { loss: "softmax", classes: table.classes }
        : { loss: "squared" };
  const scored = reference.folds.flatMap((sum, repeat) => {
    const folds = foldsOf(loss.loss === "squared" ? table.target.map(() => 0) : table.target, repeat);
    const drawn = folds.reduce((total, fold, row) => total + fold * (row % 97), 0);
    if (drawn !== sum) throw new Error(`${spec.name}: other folds than the recorded ones in repeat ${repeat}`);
    return Array.from({ length: FOLDS }, (_, fold) => scoresOfFold(table, folds, Object.keys(reference.scores), loss, fold));
  });
  return Object.entries(reference.scores).map(([metric, theirs]) => {
    const ours = scored.map((scores) => scores[metric]!);
    const { mean, low, high, p } = correctedT(
      ours.map((score, fold) => score - theirs[fold]!),
      1 / (FOLDS - 1),
      LEVEL,
    );
    const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const better = metric === "auc" ? mean > 0 : mean < 0;
    const tie = Math.abs(mean) <= 1e-12 * Math.abs(average(theirs));
    const result = { table: spec.name, metric, ours: average(ours), lightgbm: average(theirs), delta: mean, low, high, p, better, tie };
    console.log(
      `${spec.name.padEnd(14)}${metric.padEnd(10)}${result.ours.toPrecision(6).padEnd(12)}${result.lightgbm.toPrecision(6).padEnd(12)}p ${p.toFixed(3)}`,
    );
    return result;
  });
}

/** Rows in the order of their stratum, then of a hash of row and repeat, are dealt to the folds in turn (quality_trees.py). */
function foldsOf(strata: Float64Array, repeat: number): Int32Array {
  const keys = Uint32Array.from(strata, (_, row) => {
    let key = (Math.imul(row, 2654435761) + repeat * 40503 + 1) >>> 0;
    for (const factor of [0x85ebca6b, 0xc2b2ae35]) key = Math.imul(key ^ (key >>> 15), factor) >>> 0;
    return key ^ (key >>> 16);
  });
  const order = Int32Array.from(strata.keys()).sort((a, b) => strata[a]! - strata[b]! || keys[a]! - keys[b]! || a - b);
  const folds = new Int32Array(strata.length);
  for (const [place, row] of order.entries()) folds[row] = place % FOLDS;
  return folds;
}

function scoresOfFold(
  { matrix, target }: Table,
  folds: Int32Array,
  metrics: readonly string[],
  loss: LossName,
  fold: number,
): Record<string, number> {
  const weight = Float64Array.from(folds, (of) => (of === fold ? 0 : 1));
  const outputs = loss.loss === "softmax" ? loss.classes : 1;
  const said = predict(fitBoosting({ matrix, target, weight, validation: null, loss }, {}, SEED), matrix);
  const rows = Int32Array.from(weight.keys()).filter((row) => weight[row] === 0);
  const predictions = Float64Array.from({ length: rows.length * outputs }, (_, at) => {
    const row = rows[Math.floor(at / outputs)]!;
    return said[row * outputs + (at % outputs)]!;
  });
  const judged = { predictions, outputs, target: Float64Array.from(rows, (row) => target[row]!), weight: null, query: null };
  return Object.fromEntries(metrics.map((metric) => [metric, createMetric(metric, loss, outputs).score(judged)]));
}

/** Both sides must have read the same table. */
function requireSame({ matrix, target }: Table, reference: Reference): void {
  const seen = {
    rows: matrix.rows,
    features: matrix.features.length,
    missing: missingIn(matrix),
    targetSum: target.reduce((sum, y) => sum + y, 0),
  };
  for (const [what, value] of Object.entries(seen)) {
    const wanted = reference[what as keyof typeof seen];
    if (Math.abs(value - wanted) > 1e-9 * Math.abs(wanted)) throw new Error(`${reference.name}: ${what} is ${value}, recorded ${wanted}`);
  }
}

function missingIn({ features }: Matrix): number {
  return features.reduce((sum, feature) => {
    const missing = feature.kind === "numeric" ? feature.values.filter(Number.isNaN) : feature.codes.filter((code) => code < 0);
    return sum + missing.length;
  }, 0);
}
