import type { Experiment } from "../../core/experiment.ts";
import type { Suspicion } from "../../core/finding.ts";
import { canonicalJson } from "../../core/json.ts";
import type { Recipe, RecipeStep } from "../../core/recipe.ts";
import type { SplitPolicy } from "../../core/split.ts";

/** What the audit asks experiments with; the kind of problem adds the rest. */
export interface ReferenceOptions {
  readonly features: readonly string[];
  readonly recipe: Recipe;
  readonly split: SplitPolicy;
  /** Of each fold's training rows; absent = all. */
  readonly trainShare?: number;
  readonly estimator: Experiment["estimator"];
}

export type ExperimentFor = (options: ReferenceOptions) => Experiment;

/** The quick estimator that prices harm: strong enough to use what a trap gives away, fast enough to be run many times. */
export const REFERENCE: Experiment["estimator"] = {
  name: "boosting",
  params: { rounds: 100, learningRate: 0.1, leaves: 15, patience: 20, refit: false },
};

/** What prices traps that trees do not care about. The penalty is the default of scikit-learn: how most first linear models are trained. */
export const LINEAR: Experiment["estimator"] = { name: "linear", params: { strength: 1 } };

/** Probability from which a leak is taken out and a repair is made without asking. */
export const LIKELY = 0.5;

/** Where harm is measured: the proposed split, likely leaks taken out, likely repairs made. */
export interface HonestGround {
  readonly features: readonly string[];
  readonly recipe: Recipe;
  readonly split: SplitPolicy;
}

/** A leak that is taken out by default: it would make the score a lie, it is likely, and dropping columns mends it. */
export function isLikelyLeak(suspicion: Suspicion): boolean {
  const { severity, confidence, fix, counterfactual } = suspicion;
  return (
    severity === "blocker" &&
    confidence >= LIKELY &&
    fix.action === "steps" &&
    counterfactual?.change === "steps" &&
    counterfactual.flatters
  );
}

/** A repair that is made by default. */
export function isLikelyRepair(suspicion: Suspicion): boolean {
  return suspicion.fix.action === "steps" && suspicion.confidence >= LIKELY && !isLikelyLeak(suspicion);
}

/** Columns that flatter would be left out: not so equal rows, whose columns are only those that hide them. */
export function leavesOutToBeHonest({ counterfactual }: Pick<Suspicion, "counterfactual">): boolean {
  return counterfactual?.change === "steps" && counterfactual.flatters && droppedBy(counterfactual.steps).size > 0;
}

/** The ground under the given suspicions, all of whose fixes are made. */
export function honestGround(features: readonly string[], mended: readonly Suspicion[], split: SplitPolicy): HonestGround {
  const steps = inFixedOrder(mended.flatMap(({ fix }) => (fix.action === "steps" ? fix.steps : [])));
  return withSteps({ features, recipe: [], split }, steps);
}

/** Drops become fewer features; other steps go into the recipe. */
export function withSteps(ground: HonestGround, steps: readonly RecipeStep[]): HonestGround {
  const dropped = droppedBy(steps);
  const recipe = inFixedOrder([...ground.recipe, ...steps.filter(({ op }) => op !== "drop")]);
  const features = ground.features.filter((name) => !dropped.has(name));
  return { ...ground, features, recipe };
}

/** The ground as if these steps were not made: dropped columns are back in their places, equal steps are gone. */
export function withoutSteps(ground: HonestGround, steps: readonly RecipeStep[], all: readonly string[]): HonestGround {
  const back = droppedBy(steps);
  const gone = new Set(steps.map(canonicalJson));
  const kept = new Set(ground.features);
  return {
    ...ground,
    features: all.filter((name) => kept.has(name) || back.has(name)),
    recipe: ground.recipe.filter((step) => !gone.has(canonicalJson(step))),
  };
}

export function droppedBy(steps: readonly RecipeStep[]): ReadonlySet<string> {
  return new Set(steps.flatMap((step) => (step.op === "drop" ? step.columns : [])));
}

/** Rows first, then what cells mean, then types, then columns; by column within. Equal steps once. */
const ORDER: readonly RecipeStep["op"][] = [
  "read-labels",
  "drop-unlabelled-rows",
  "drop-duplicate-rows",
  "drop",
  "null-out",
  "map",
  "convert-unit",
  "to-number",
  "to-category",
  "to-date",
  "clip",
  "log",
  "date-parts",
  "text",
  "missing-indicator",
  "fill",
  "impute",
  "encode",
  "scale",
];

/** Whether a rename takes blanks away and nothing else. */
function isTrim(step: RecipeStep): boolean {
  return step.op === "map" && Object.entries(step.mapping).every(([from, to]) => to === from.trim());
}

/**
 * Where a column tells which cells are in another unit, they are converted while it is there and as it was written, and after what stands for "no value" among them is gone. Other renames know
 * values as they are written, so blanks are taken away after them.
 */
function placeAmong(steps: readonly RecipeStep[]): (step: RecipeStep) => number {
  const told = new Set(steps.flatMap((step) => (step.op === "convert-unit" && "by" in step ? [step.column] : [])));
  const beforeDrops = ORDER.indexOf("drop") - 0.5;
  return (step) => {
    if (step.op === "null-out" && told.has(step.column)) return beforeDrops - 0.25;
    if (isTrim(step)) return ORDER.indexOf("map") + 0.5;
    return step.op === "convert-unit" && "by" in step ? beforeDrops : ORDER.indexOf(step.op);
  };
}

export function inFixedOrder(steps: readonly RecipeStep[]): Recipe {
  const unique = new Map(steps.map((step) => [canonicalJson(step), step]));
  const place = placeAmong(steps);
  return [...unique].sort(([keyA, a], [keyB, b]) => place(a) - place(b) || (keyA < keyB ? -1 : 1)).map(([, step]) => step);
}
