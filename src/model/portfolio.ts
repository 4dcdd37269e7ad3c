import type { NotTried } from "../core/comparison.ts";
import { classesTake, type Task } from "../core/task.ts";
import type { Params } from "./estimators/family.ts";

/** One model to try: an estimator with its parameters, under a name of its own. */
export interface CandidatePlan {
  readonly name: string;
  /** For people. */
  readonly label: string;
  /** 0 = simplest. Orders the candidates when their scores do not. */
  readonly complexity: number;
  readonly estimator: string;
  readonly params: Params;
  /** Rough cost of one fold, relative to the other candidates. */
  readonly cost?: number;
}

/** What a model must beat: the constant and the rule on one column. */
export function isBaseline({ complexity }: Pick<CandidatePlan, "complexity">): boolean {
  return complexity < 2;
}

interface Option extends CandidatePlan {
  /** Tried only up to this many rows. */
  readonly upToRows: number;
  readonly seconds: FitSeconds;
}

/** Rough processor time of one fold, for the choice of what fits a budget. */
interface FitSeconds {
  /** However small the table. */
  readonly least: number;
  /** Per million cells (rows x columns). */
  readonly perMillionCells: number;
}

/** Tried whatever the budget: what a model must beat, and one of each simple kind. */
const ALWAYS = 4;

/** Folds that a budget has to pay for, and the share of it that trying models may take. */
const FOLDS = 5;
const BUDGET_SHARE = 0.5;

/**
 * The fixed list of models to try, the most telling first, so that a budget that ends early cuts the least. Not a tuner: on most tables a few
 * settings that are good everywhere do as well (AutoGluon's presets; docs/model.md). Large data and small budgets get fewer.
 * rows, columns: size of the training data. budgetMs: Infinity = none. repeats: of the folds.
 */
export function portfolio(task: Task, rows: number, columns: number, budgetMs = Number.POSITIVE_INFINITY, repeats = 1): CandidatePlan[] {
  return partedByBudget(task, rows, columns, budgetMs, repeats).tried;
}

/** What the same question leaves out, since its share of the budget is not expected to reach so far. cost: of all repeats, in milliseconds of one thread. */
export function leftOut(task: Task, rows: number, columns: number, budgetMs: number, repeats = 1): CandidatePlan[] {
  return partedByBudget(task, rows, columns, budgetMs, repeats).left.map((plan) => ({ ...plan, cost: repeats * (plan.cost ?? 0) }));
}

/** Those of the plans that were left out and that nobody has tried since, with the processor time that each would rather take. */
export function notTried(plans: readonly CandidatePlan[], tried: readonly { readonly name: string }[] = []): NotTried[] {
  return plans
    .filter(({ name }) => !tried.some((one) => one.name === name))
    .map(({ label, cost = 0 }) => ({ label, seconds: cost / 1000 }));
}

function partedByBudget(task: Task, rows: number, columns: number, budgetMs: number, repeats: number) {
  let spentMs = 0;
  const tried: CandidatePlan[] = [];
  const left: CandidatePlan[] = [];
  optionsFor(task, rows)
    .filter(({ upToRows }) => rows <= upToRows)
    .forEach((option, place) => {
      const { name, label, complexity, estimator, params } = option;
      const cost = costMs(option, task, rows, columns);
      spentMs += repeats * cost;
      const isTried = place < ALWAYS || spentMs <= BUDGET_SHARE * budgetMs;
      (isTried ? tried : left).push({ name, label, complexity, estimator, params, cost });
    });
  return { tried, left };
}

/** Repeats of the folds in which all candidates fit the share of the budget; Infinity without a budget. */
export function repeatsWithin(task: Task, rows: number, columns: number, budgetMs: number): number {
  const options = optionsFor(task, rows).filter(({ upToRows }) => rows <= upToRows);
  return (BUDGET_SHARE * budgetMs) / options.reduce((sum, option) => sum + costMs(option, task, rows, columns), 0);
}

/** Rough time of all folds of one repeat, in milliseconds of one thread. */
function costMs({ estimator, seconds }: Option, task: Task, rows: number, columns: number): number {
  const outputs = task.kind === "multiclass" && estimator !== "one-column-rule" ? classesTake(task.classes.length) : 1;
  // A node of a forest of classes looks at the square root of the columns.
  const width = estimator === "forest" && task.kind !== "regression" ? Math.sqrt(MEASURED_COLUMNS * columns) : columns;
  return 1000 * FOLDS * outputs * (seconds.least + (seconds.perMillionCells * rows * Math.max(1, width)) / 1e6);
}

/** Below: few rows, so small trees and slow learning; above `LARGE`: one step costs much, so learning is faster and forests are smaller. */
const SMALL = 3000;
const LARGE = 20_000;

const MEASURED_COLUMNS = 20;

/**
 * Processor times are medians over public and made tables of 80 to 54,000 rows (bench/speed/candidate-costs.ts). One table's lie between a third and three
 * times of them, boosted trees' more: how many rounds they go hangs on the target.
 */
function optionsFor(task: Task, rows: number): Option[] {
  const [small, standard, large] = rows < SMALL ? [4, 12, 31] : [12, 31, 96];
  const trees = rows < SMALL ? 300 : rows > LARGE ? 100 : 150;
  const baselines: Option[] = [
    option("constant", task.kind === "regression" ? "the mean" : "the class shares", 0, "constant", {}, { least: 0, perMillionCells: 0 }),
    option("one-column-rule", "rule on one column", 1, "one-column-rule", {}, { least: 0.01, perMillionCells: 0.3 }),
  ];
  // A penalty is chosen in each fit; classes take several passes, numbers one.
  const linear = { regression: [0.05, 0.6], binary: [0.05, 3], multiclass: [0.25, 3] }[task.kind] as [number, number];
  const forest = { least: trees / 1800, perMillionCells: trees / 25 };
  return [
    ...baselines,
    option(
      "linear",
      task.kind === "regression" ? "ridge regression" : "logistic regression",
      2,
      "linear",
      {},
      { least: linear[0], perMillionCells: linear[1] },
    ),
    boosted("boosting", 3.1, standard, rows),
    option("forest", `random forest, ${trees} trees`, 4, "forest", { trees }, forest, 200_000),
    boosted("boosting-large", 3.2, large, rows, 200_000),
    boosted("boosting-small", 3, small, rows, LARGE),
    option("extra-trees", `extremely randomised trees, ${trees} trees`, 4.1, "forest", { trees, extraTrees: true }, forest, SMALL),
    boosted("boosting-random", 3.15, standard, rows, LARGE, true),
  ];
}

function boosted(name: string, complexity: number, leaves: number, rows: number, upToRows?: number, randomThresholds = false): Option {
  // Small trees take more rounds for the same fit, so each may do more.
  const learningRate = rows > LARGE || leaves < 31 ? 0.1 : 0.05;
  const label = `boosted trees, ${leaves} leaves${randomThresholds ? ", random thresholds" : ""}`;
  const seconds = { least: 0.03 + leaves / 1000, perMillionCells: (3 + leaves / 30) * (randomThresholds ? 1.5 : 1) };
  return option(
    name,
    label,
    complexity,
    "boosting",
    { leaves, learningRate, ...(randomThresholds ? { randomThresholds } : {}) },
    seconds,
    upToRows,
  );
}

function option(
  name: string,
  label: string,
  complexity: number,
  estimator: string,
  params: Params,
  seconds: FitSeconds,
  upToRows = Number.POSITIVE_INFINITY,
): Option {
  return { name, label, complexity, estimator, params, upToRows, seconds };
}
