import type { Experiment } from "../../core/experiment.ts";
import { AS_IT_STANDS, type Counterfactual, type LinearSide, NAIVE_SPLIT, type Suspicion, WITH_AND_WITHOUT } from "../../core/finding.ts";
import type { SplitPolicy } from "../../core/split.ts";
import { namedColumns } from "../findings/phrase.ts";
import { droppedBy, type HonestGround, LINEAR, withoutSteps, withSteps } from "./ground.ts";

/** Ground of one side; the training rows of its folds may be cut. */
export type Side = HonestGround & { readonly trainShare?: number; readonly estimator?: Experiment["estimator"] };

/** The two experiments of a suspicion. */
export interface Trial {
  readonly honest: Side;
  readonly claimed: Side;
  readonly counterfactual: Counterfactual;
  /** What is set against what, in words. */
  readonly compares: string;
}

/** Why a suspicion cannot be priced. */
export interface Refusal {
  readonly unmeasured: string;
}

/** allFeatures: what the claimed side may hold. */
export function trialOf(suspicion: Suspicion, ground: HonestGround, allFeatures: readonly string[]): Trial | Refusal {
  const { counterfactual, trap, unmeasured } = suspicion;
  if (counterfactual === null) return { unmeasured: unmeasured ?? `No experiment shows what ${trap} costs on this data.` };
  const trial: MakeTrial = (honest, claimed, compares) => ({ honest, claimed, counterfactual, compares });
  switch (counterfactual.change) {
    case "steps":
      return stepsTrial(suspicion, counterfactual.steps, ground, allFeatures, trial);
    case "undo": {
      const { features, steps } = counterfactual;
      const claimed = withSteps({ ...ground, features: [...ground.features, ...features] }, steps);
      return trial(ground, claimed, "the data as it came against the data as it is read now");
    }
    case "split":
      return splitTrial(counterfactual, ground, trial);
    case "half":
      return trial(ground, { ...ground, trainShare: 0.5 }, "trained on half of the rows against all of them");
    case "metric":
      return trial(ground, ground, `${counterfactual.claimed} against ${counterfactual.honest} of the same predictions`);
    case "judged-rows":
      return trial(ground, ground, "the same predictions, judged on all rows against all but these");
    case "classes":
      return trial(ground, ground, "share decided right of the rows of other classes against those of these classes, the same predictions");
    case "cells":
      return cellsTrial(counterfactual.column, ground, trial);
    case "linear":
      return linearTrial(counterfactual, ground, trial);
    default:
      return counterfactual satisfies never;
  }
}

type MakeTrial = (honest: Side, claimed: Side, compares: string) => Trial;

function splitTrial(
  { naive, honest: by, without = [], instead = [] }: Extract<Counterfactual, { change: "split" }>,
  ground: HonestGround,
  trial: MakeTrial,
): Trial | Refusal {
  const back = instead.filter((name) => !ground.features.includes(name));
  const features = [...ground.features.filter((name) => !without.includes(name)), ...back];
  if (features.length === 0) return { unmeasured: `Without ${namedColumns(without)} no column is left to learn from.` };
  const taken = back.length === 0 ? "" : ` and takes ${namedColumns(back)} in its place`;
  const left = without.some((name) => ground.features.includes(name)) ? `, which leaves ${namedColumns(without)} out${taken}` : "";
  const honest = { ...ground, features, split: by ?? ground.split };
  return trial(honest, { ...ground, split: naive }, `${NAIVE_SPLIT}${left}`);
}

function stepsTrial(
  { columns }: Suspicion,
  steps: Parameters<typeof withSteps>[1],
  ground: HonestGround,
  allFeatures: readonly string[],
  trial: MakeTrial,
): Trial | Refusal {
  const honest = withSteps(ground, steps);
  const claimed = withoutSteps(honest, steps, allFeatures);
  if (honest.features.length === 0)
    return { unmeasured: `Without ${namedColumns(columns)} no column is left to learn from: there is no score to compare with.` };
  if (claimed.features.length === 0) return { unmeasured: "Findings that leave columns out have left none to learn from." };
  return trial(honest, claimed, droppedBy(steps).size > 0 ? WITH_AND_WITHOUT : AS_IT_STANDS);
}

/** What the cells that are there tell is the measure of what the lost ones would. */
function cellsTrial(column: string, ground: HonestGround, trial: MakeTrial): Trial | Refusal {
  if (!ground.features.includes(column))
    return { unmeasured: `\`${column}\` is not among the columns to learn from: what its cells say does not reach the model.` };
  const features = ground.features.filter((name) => name !== column);
  if (features.length === 0) return { unmeasured: `\`${column}\` is the only column: there is no score without it to compare with.` };
  return trial(ground, { ...ground, features }, "rows without a value where as many more cells are lost, against as it is");
}

/** Numbers alone: names would cost a linear model a column for each level, and tell nothing of these traps. */
function linearTrial(
  { features, trainShare, claimed, honest, compares }: Extract<Counterfactual, { change: "linear" }>,
  ground: HonestGround,
  trial: MakeTrial,
): Trial | Refusal {
  const codes = new Set(ground.recipe.flatMap((step) => (step.op === "to-category" ? [step.column] : [])));
  const left = features.filter((name) => ground.features.includes(name) && !codes.has(name));
  const touched = [claimed, honest].flatMap(({ without = [], steps = [] }) => [
    ...without,
    ...steps.flatMap((step) => ("columns" in step ? step.columns : [])),
  ]);
  const gone = touched.filter((name) => !left.includes(name));
  if (gone.length > 0) return { unmeasured: `${namedColumns([...new Set(gone)])} are not among the numbers to learn from.` };
  const sideOf = ({ without = [], steps = [], scaled = true, logTarget = false }: LinearSide): Side => ({
    ...withSteps({ ...ground, split: drawn(ground.split), features: left.filter((name) => !without.includes(name)) }, steps),
    ...(trainShare === undefined ? {} : { trainShare }),
    estimator: { name: LINEAR.name, params: { ...LINEAR.params, scaled, logTarget } },
  });
  if (sideOf(honest).features.length === 0) return { unmeasured: "Without these columns no number is left to learn from." };
  return trial(sideOf(honest), sideOf(claimed), compares);
}

/** Draws of the folds of a small table. */
const MOST_DRAWS = 4;

/**
 * Few rows that lie far away fall into one fold or another, and which of them decides what a linear model of the others loses: where a small table draws its folds again, more
 * draws tell a harm that two leave open, for milliseconds. Of many rows once is enough.
 */
function drawn(split: SplitPolicy): SplitPolicy {
  return "repeats" in split ? { ...split, repeats: split.repeats > 1 ? MOST_DRAWS : 1 } : split;
}
