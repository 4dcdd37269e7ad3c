import type { Feature, Matrix } from "../../src/core/matrix.ts";
import { createRandom } from "../../src/core/random.ts";
import { outputsOf, type Task } from "../../src/core/task.ts";
import type { TrapId } from "../../src/core/trap.ts";
import { fitLogistic, fitRidge, predictLinear } from "../../src/engine/linear/index.ts";
import { fitBoosting, type LossName, predict } from "../../src/engine/trees/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { standardDeviation, tQuantile, tTwoSidedP } from "../../src/stats/index.ts";
import type { Planted } from "./plants/index.ts";
import { cellsOf, rowsOf, type Table } from "./table.ts";

/** What a trap truly does to the score: what a naive score claims more than the table without the trap gives. Positive: it flatters. */
export interface TrueHarm {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

/** How the score with the trap and the one without it are made; null = no experiment of this kind shows the trap. */
type Judging = "tables" | "linear" | "groups" | "blocks" | "test";

/**
 * tables: folds drawn at random on the planted table, against the table without the plant. linear: the same with a linear model of the numbers. groups, blocks:
 * the planted table, random folds against whole groups or stretches of rows. test: the given test rows with the plant against those without it.
 */
const JUDGED: Partial<Record<TrapId, Judging>> = {
  ...Object.fromEntries(
    (
      "target-leak post-outcome partial-leak missingness-leak combination-leak sibling-target order-leak duplicate-row hidden-duplicate near-duplicate oversampled " +
      "sentinel null-spelling mixed-types text-number spelling-variant encoding impossible-value unit-mix constant near-constant identifier high-cardinality " +
      "code-as-number duplicate-column derived-column personal-data text-date structural-missing preprocessing-leak"
    )
      .split(" ")
      .map((trap) => [trap, "tables"]),
  ),
  outlier: "linear",
  skewed: "linear",
  scale: "linear",
  "group-leak": "groups",
  "site-effect": "groups",
  "time-leak": "blocks",
  "split-overlap": "test",
};

export const hasTrueHarm = (trap: TrapId): boolean => JUDGED[trap] !== undefined;

/** One pair of scores on one planted table, its difference in units that compare between tasks: of AUC, of log loss, of the spread of the target for RMSE. */
export function flattery(trap: TrapId, before: Table, planted: Planted, seed: number): number | null {
  const judging = JUDGED[trap];
  if (judging === undefined) return null;
  const [claimed, honest] = [planted.unmended ?? planted.table, planted.mended ?? before];
  if (judging === "test") return testScore(claimed) - testScore({ ...claimed, test: planted.mended?.test ?? null });
  const byChance = (table: Table) => foldScore(table, randomFolds(rowsOf(table), seed), judging === "linear");
  if (judging === "tables" || judging === "linear") return byChance(claimed) - byChance(honest);
  const rows = rowsOf(claimed);
  const folds = judging === "groups" ? groupFolds(cellsOf(claimed, planted.columns[0] ?? "")) : blockFolds(rows);
  return byChance(claimed) - foldScore(claimed, folds, false);
}

/** Over tables of fresh rows with the same plant: what to expect of such a table, not of the one that is audited. */
export function trueHarm(differences: readonly number[]): TrueHarm | null {
  const n = differences.length;
  if (n < 3) return null;
  const value = differences.reduce((sum, one) => sum + one, 0) / n;
  const error = standardDeviation(Float64Array.from(differences)) / Math.sqrt(n);
  if (error === 0) return { value, low: value, high: value, p: value === 0 ? 1 : 0 };
  const reach = tQuantile(0.975, n - 1) * error;
  return { value, low: value - reach, high: value + reach, p: tTwoSidedP(value / error, n - 1) };
}

/** What twice as many rows of the world bring, as a share of the gain that counts (5 % of a loss, 0.02 of AUC). */
export function gainOfDoubling(rows: Table, twice: Table, seed: number): number {
  const [few, many] = [rows, twice].map((table) => foldScore(table, randomFolds(rowsOf(table), seed), false));
  return ((many ?? 0) - (few ?? 0)) / (rows.task === "binary" ? 0.02 : 0.05 * Math.abs(few ?? 1));
}

export const isLinear = (trap: TrapId): boolean => JUDGED[trap] === "linear";

const FOLDS = 4;

const randomFolds = (rows: number, seed: number) =>
  createRandom(seed, "folds of the true harm").shuffle(Int32Array.from({ length: rows }, (_, row) => row % FOLDS));
const blockFolds = (rows: number) => Int32Array.from({ length: rows }, (_, row) => Math.floor((row * FOLDS) / rows));

function groupFolds(cells: readonly string[]): Int32Array {
  const place = new Map([...new Set(cells)].map((name, i) => [name, i % FOLDS]));
  return Int32Array.from(cells, (name) => place.get(name) ?? 0);
}

interface Read {
  readonly features: readonly Feature[];
  readonly target: Float64Array;
  readonly task: Task;
  readonly scale: number;
}

/** As a plain reader takes the file: numbers where all cells are, names else; rows without a target go. */
function read(table: Table): Read {
  const labels = cellsOf(table, table.target);
  const rows = labels.flatMap((label, row) => (label === "" ? [] : [row]));
  const features = [...table.columns].flatMap(([name, cells]) =>
    name === table.target
      ? []
      : [
          featureOf(
            name,
            rows.map((row) => cells[row] ?? ""),
          ),
        ],
  );
  const own = rows.map((row) => labels[row] ?? "");
  if (table.task === "regression") {
    const target = Float64Array.from(own, Number);
    return { features, target, task: { kind: "regression" }, scale: standardDeviation(target) || 1 };
  }
  const classes = [...new Set(own)].sort();
  const target = Float64Array.from(own, (label) => classes.indexOf(label));
  const task: Task =
    classes.length === 2 ? { kind: "binary", classes: [classes[0] ?? "", classes[1] ?? ""] } : { kind: "multiclass", classes };
  return { features, target, task, scale: 1 };
}

function featureOf(name: string, cells: readonly string[]): Feature {
  if (cells.every((cell) => Number.isFinite(Number(cell))))
    return { name, kind: "numeric", values: Float64Array.from(cells, (cell) => (cell.trim() === "" ? Number.NaN : Number(cell))) };
  const codes = new Map([...new Set(cells)].filter((cell) => cell !== "").map((cell, code) => [cell, code]));
  return { name, kind: "categorical", levels: codes.size, codes: Int32Array.from(cells, (cell) => codes.get(cell) ?? -1) };
}

function taken(features: readonly Feature[], rows: readonly number[]): Matrix {
  return {
    rows: rows.length,
    features: features.map((feature) =>
      feature.kind === "numeric"
        ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row] ?? Number.NaN) }
        : { ...feature, codes: Int32Array.from(rows, (row) => feature.codes[row] ?? -1) },
    ),
  };
}

/** Higher is better. */
function foldScore(table: Table, folds: Int32Array, linear: boolean): number {
  const all = read(table);
  const data = linear ? { ...all, features: all.features.filter(({ kind }) => kind === "numeric") } : all;
  const places = Array.from(data.target.keys());
  const scores = Array.from({ length: FOLDS }, (_, fold) =>
    scoreOf(
      data,
      places.filter((row) => folds[row] !== fold),
      places.filter((row) => folds[row] === fold),
      linear,
    ),
  ).filter((score) => !Number.isNaN(score));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** The training rows answer for the given test rows. */
function testScore(table: Table): number {
  const rows = rowsOf(table);
  const columns = new Map([...table.columns].map(([name, cells]) => [name, [...cells, ...(table.test?.get(name) ?? [])]]));
  const data = read({ ...table, columns });
  const places = Array.from(data.target.keys());
  return scoreOf(data, places.slice(0, rows), places.slice(rows), false);
}

function scoreOf({ features, target, task, scale }: Read, train: readonly number[], test: readonly number[], linear: boolean): number {
  const at = (rows: readonly number[]) => Float64Array.from(rows, (row) => target[row] ?? Number.NaN);
  const [seen, judged] = [taken(features, train), taken(features, test)];
  const outputs = linear ? linearAnswers(seen, at(train), task, judged) : treeAnswers(seen, at(train), task, judged);
  const metric = metricNamed(task.kind === "binary" ? "auc" : task.kind === "multiclass" ? "log-loss" : "rmse");
  const score = metric.score({ task, truth: at(test), outputs, weight: null });
  return metric.better === "higher" ? score : -score / scale;
}

function treeAnswers(matrix: Matrix, target: Float64Array, task: Task, judged: Matrix): Float64Array {
  const loss: LossName =
    task.kind === "binary"
      ? { loss: "logistic" }
      : task.kind === "multiclass"
        ? { loss: "softmax", classes: outputsOf(task) }
        : { loss: "squared" };
  const options = { numIterations: 40, learningRate: 0.15, numLeaves: 15 };
  return predict(fitBoosting({ matrix, target, weight: null, validation: null, loss }, options, 1), judged);
}

function linearAnswers(matrix: Matrix, target: Float64Array, task: Task, judged: Matrix): Float64Array {
  if (task.kind === "regression") return predictLinear(fitRidge({ matrix, target, weight: null }, { l2: 1 }), judged);
  return predictLinear(fitLogistic({ matrix, target, weight: null, classes: task.classes.length }, { l2: 1 }), judged);
}
