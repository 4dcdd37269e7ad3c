import { columnOf } from "../../core/column.ts";
import type { RuleWords } from "../../core/comparison.ts";
import type { Outcome } from "../../core/experiment.ts";
import { targetValues } from "../../core/target.ts";
import { int32Where, placesUpTo } from "../../core/typed-from.ts";
import { type Choice, ONE_COLUMN_RULE, ruleInWords } from "../../model/index.ts";
import type { Workspace } from "../kind.ts";
import { featureFrame, fitPipeline } from "./pipeline.ts";
import { weightValues } from "./weight.ts";

/** The rule on one column, trained on all training rows, in words: when it was chosen, or is what a model had to beat. Else null. */
export function ruleOf(space: Workspace, { outcome, baseline }: Choice): RuleWords | null {
  const told = [outcome, baseline].find((one) => one?.experiment.estimator.name === ONE_COLUMN_RULE);
  const words = told === undefined || told === null ? null : inWords(space, told);
  return words === null || told == null ? null : { ...words, isChosen: told === outcome, experiments: [told.id] };
}

function inWords({ frame, testRows }: Workspace, { experiment }: Outcome): Omit<RuleWords, "isChosen" | "experiments"> | null {
  const target = targetValues(frame, experiment.target, experiment.task);
  const features = featureFrame(frame, experiment.features);
  const train = int32Where(placesUpTo(frame.rows - testRows), (row) => !Number.isNaN(target[row]));
  const data = { features, target, weight: weightValues(frame, experiment.weight) };
  const { recipe, model } = fitPipeline(data, experiment, { index: 0, train, test: new Int32Array(0) }, null);
  const sourceOf = (feature: string) => recipe.features.find(({ name }) => name === feature)?.source ?? feature;
  return ruleInWords({
    saved: model.save(),
    matrix: recipe.transform(features, train),
    task: experiment.task,
    target: experiment.target,
    nameOf: (feature) => ({
      column: sourceOf(feature),
      feature: recipe.inWords(feature, { name: experiment.target, task: experiment.task }),
    }),
    textOf: (feature, row) => {
      const column = columnOf(features, sourceOf(feature));
      const at = train[row] ?? 0;
      if ("codes" in column) return column.levels[column.codes[at] ?? -1] ?? null;
      const value = column.values[at] ?? Number.NaN;
      return Number.isNaN(value) ? null : String(value);
    },
  });
}
