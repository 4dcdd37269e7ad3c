import type { Task } from "../core/task.ts";
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
}

interface Option extends CandidatePlan {
  /** Tried only up to this many rows. */
  readonly upToRows: number;
  /** Rough cost: seconds per million cells (rows x columns) of one fold, for the choice of what fits a budget. */
  readonly secondsPerMillionCells: number;
}

/** Tried whatever the budget: what a model must beat, and one of each simple kind. */
const ALWAYS = 4;

/** Folds that a budget has to pay for, and the share of it that trying models may take. */
const FOLDS = 5;
const BUDGET_SHARE = 0.5;

/**
 * The fixed list of models to try, the most telling first, so that a budget that ends early cuts the least. Not a tuner: on most tables a few
 * settings that are good everywhere do as well (AutoGluon's presets; docs/model.md). Large data and small budgets get fewer.
 * rows, columns: size of the training data. budgetMs: Infinity = none.
 */
export function portfolio(task: Task, rows: number, columns: number, budgetMs = Number.POSITIVE_INFINITY): CandidatePlan[] {
  const outputs = task.kind === "multiclass" ? task.classes.length : 1;
  const cells = (rows * Math.max(1, columns)) / 1e6;
  let spentMs = 0;
  return optionsFor(task, rows)
    .filter(({ upToRows }) => rows <= upToRows)
    .filter((option, place) => {
      spentMs += 1000 * FOLDS * option.secondsPerMillionCells * cells * outputs;
      return place < ALWAYS || spentMs <= BUDGET_SHARE * budgetMs;
    })
    .map(({ name, label, complexity, estimator, params }) => ({ name, label, complexity, estimator, params }));
}

function optionsFor(task: Task, rows: number): Option[] {
  const any = Number.POSITIVE_INFINITY;
  const answer = task.kind === "regression" ? "the mean" : "the class shares";
  const linearName = task.kind === "regression" ? "ridge regression" : "regularised logistic regression";
  const [small, standard, large] = rows < 3000 ? [4, 12, 31] : [12, 31, 96];
  const trees = rows > 20_000 ? 150 : 300;
  const boosted = (
    leaves: number,
    complexity: number,
    name: string,
    learningRate: number,
    more: Params = {},
  ): Omit<Option, "upToRows"> => ({
    name,
    label: `boosted trees, ${leaves} leaves${more.randomThresholds === true ? ", random thresholds" : ""}`,
    complexity,
    estimator: "boosting",
    params: { leaves, learningRate, ...more },
    secondsPerMillionCells: 1 + (leaves / 31) * (0.05 / learningRate) * 5,
  });
  return [
    { name: "constant", label: answer, complexity: 0, estimator: "constant", params: {}, upToRows: any, secondsPerMillionCells: 0 },
    {
      name: "one-column-rule",
      label: "rule on one column",
      complexity: 1,
      estimator: "one-column-rule",
      params: {},
      upToRows: any,
      secondsPerMillionCells: 0.1,
    },
    { name: "linear", label: linearName, complexity: 2, estimator: "linear", params: {}, upToRows: any, secondsPerMillionCells: 2 },
    { ...boosted(standard, 3.1, "boosting", 0.05), upToRows: any },
    {
      name: "forest",
      label: `random forest, ${trees} trees`,
      complexity: 4,
      estimator: "forest",
      params: { trees },
      upToRows: 200_000,
      secondsPerMillionCells: 30,
    },
    { ...boosted(small, 3, "boosting-small", 0.05), upToRows: 500_000 },
    { ...boosted(large, 3.2, "boosting-large", 0.03), upToRows: 200_000 },
    {
      name: "extra-trees",
      label: `extremely randomised trees, ${trees} trees`,
      complexity: 4.1,
      estimator: "forest",
      params: { trees, extraTrees: true },
      upToRows: 50_000,
      secondsPerMillionCells: 25,
    },
    { ...boosted(standard, 3.15, "boosting-random", 0.05, { randomThresholds: true }), upToRows: 50_000 },
  ];
}
