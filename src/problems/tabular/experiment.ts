import type { Dataset } from "../../core/dataset.ts";
import type { PreparationInput } from "../../core/estimator.ts";
import type { Experiment } from "../../core/experiment.ts";
import type { Recipe, RecipeStep } from "../../core/recipe.ts";
import type { SplitPolicy } from "../../core/split.ts";
import type { Task } from "../../core/task.ts";
import { estimatorNamed, isBaseline } from "../../model/index.ts";
import { textFeatures } from "../../recipe/index.ts";

/** Everything that is fixed for all experiments on one table. */
export interface Question {
  readonly dataset: Dataset;
  readonly target: string;
  readonly task: Task;
  readonly weight: string | null;
  /** Rows of a given test set at the end, in no fold of any policy but `given`; 0 without one. */
  readonly heldOut: number;
  /** The deciding metric first. */
  readonly metrics: readonly string[];
  readonly seed: number;
}

export interface ExperimentOptions {
  readonly features: readonly string[];
  /** Repairs of the data. What the estimator needs is added behind them. */
  readonly recipe: Recipe;
  readonly split: SplitPolicy;
  readonly trainRows?: number | null;
  readonly trainShare?: number;
  readonly estimator: { readonly name: string; readonly params: Experiment["estimator"]["params"] };
}

/** What a model must beat is what a person can write down, and a score of thousands of words is not: baselines read no text. */
export function experimentFor(question: Question, options: ExperimentOptions): Experiment {
  const { dataset, target, task, weight, metrics, seed, heldOut } = question;
  const estimator = estimatorNamed(options.estimator.name, options.estimator.params);
  const repairs = isBaseline(estimator) ? options.recipe.filter(({ op }) => op !== "text") : options.recipe;
  const { features, recipe } = withTelling(dataset, options.features, repairs);
  const columns = columnsAfter(recipe, dataset, features, task);
  return {
    kind: "tabular",
    dataset: dataset.version,
    target,
    task,
    features,
    weight,
    recipe: [...recipe, ...estimator.prepare(columns, task)],
    split: options.split,
    trainRows: options.trainRows ?? null,
    ...(options.trainShare === undefined ? {} : { trainShare: options.trainShare }),
    ...(heldOut === 0 || options.split.policy === "given" ? {} : { heldOut }),
    estimator: { name: estimator.name, params: estimator.params },
    metrics,
    seed,
  };
}

/** A column that is no feature but tells which cells of one are in another unit is there until they are converted. */
function withTelling(dataset: Dataset, features: readonly string[], recipe: Recipe): Pick<ExperimentOptions, "features" | "recipe"> {
  const isTold = (step: RecipeStep) => step.op === "convert-unit" && "by" in step && features.includes(step.column);
  const telling = recipe.flatMap((step) => (isTold(step) && step.op === "convert-unit" && "by" in step ? [step.by.column] : []));
  const held = [...new Set(telling)].filter((name) => !features.includes(name) && dataset.columns.some((column) => column.name === name));
  if (held.length === 0) return { features, recipe };
  const behind = recipe.findLastIndex(isTold) + 1;
  return { features: [...features, ...held], recipe: [...recipe.slice(0, behind), { op: "drop", columns: held }, ...recipe.slice(behind)] };
}

/** The columns that are left after the repairs, as far as it can be known without running them. */
function columnsAfter(recipe: Recipe, dataset: Dataset, features: readonly string[], task: Task): PreparationInput[] {
  const wanted = new Set(features);
  const columns = new Map<string, PreparationInput>(
    dataset.columns
      .filter(({ name }) => wanted.has(name))
      .map(({ name, type, distinct, missing }) => [name, { name, type, distinct, missing }]),
  );
  for (const step of recipe) {
    if (step.op === "drop") for (const name of step.columns) columns.delete(name);
    if (step.op === "null-out") change(columns, step.column, (column) => ({ ...column, missing: Math.max(1, column.missing) }));
    if (step.op === "to-number")
      change(columns, step.column, (column) => ({ ...column, type: "number", missing: Math.max(1, column.missing) }));
    if (step.op === "to-category") change(columns, step.column, (column) => ({ ...column, type: "category" }));
    if (step.op === "to-date")
      change(columns, step.column, (column) => ({ ...column, type: "date", missing: Math.max(1, column.missing) }));
    if (step.op === "fill") change(columns, step.column, (column) => ({ ...column, distinct: column.distinct + 1, missing: 0 }));
    if (step.op === "missing-indicator")
      for (const name of step.columns) if (columns.has(name)) columns.set(`${name}.missing`, indicator(name));
    if (step.op === "text" && columns.delete(step.column))
      for (const name of textFeatures(step.column, task)) columns.set(name, { name, type: "number", distinct: dataset.rows, missing: 0 });
    if (step.op === "date-parts") {
      const date = columns.get(step.column);
      columns.delete(step.column);
      if (date !== undefined)
        for (const part of step.parts) columns.set(`${step.column}.${part}`, { ...date, name: `${step.column}.${part}`, type: "number" });
    }
  }
  return [...columns.values()];
}

function change(columns: Map<string, PreparationInput>, name: string, update: (column: PreparationInput) => PreparationInput): void {
  const column = columns.get(name);
  if (column !== undefined) columns.set(name, update(column));
}

function indicator(name: string): PreparationInput {
  return { name: `${name}.missing`, type: "number", distinct: 2, missing: 0 };
}
