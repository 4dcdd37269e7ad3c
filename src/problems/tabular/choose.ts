import type { Comparison } from "../../core/comparison.ts";
import { metricNamed } from "../../metrics/index.ts";
import {
  type Choice,
  chooseModel,
  cutRepeats,
  leftOut,
  notTried,
  portfolio,
  repeatsOf,
  repeatsWithin,
  withRepeats,
} from "../../model/index.ts";
import { textFeatures } from "../../recipe/index.ts";
import type { DataStage, ModelStage, Workspace } from "../kind.ts";
import { withCorrections } from "./corrected-score.ts";
import { experimentFor } from "./experiment.ts";
import { measureImportance } from "./importance.ts";
import type { TabularQuestion } from "./question.ts";
import { ruleOf } from "./rule.ts";
import { spoiltMs } from "./spoilt-scores.ts";
import { weightValues } from "./weight.ts";

/** Stage 2: the portfolio on the honest split with the mended data. */
export async function choose(space: Workspace, { recipe, question }: DataStage<TabularQuestion>): Promise<ModelStage<Choice>> {
  const { lab, frame, dataset, request } = space;
  const { features, task } = question;
  const rows = question.truth.subarray(0, frame.rows - space.testRows).reduce((count, value) => count + Number(!Number.isNaN(value)), 0);
  const columns = recipe.reduce(
    (sum, step) => sum + (step.op === "text" ? textFeatures(step.column, task).length - 1 : 0),
    features.length,
  );
  // Of a table that is larger than a budget holds, more rows tell more than another draw of the same.
  const isCut = request.budgetMs !== null && frame.rows < dataset.rows;
  const split = isCut ? question.split : withRepeats(question.split, rows, repeatsWithin(task, rows, columns, space.plannedMs));
  const repeats = repeatsOf(split);
  const candidates = portfolio(task, rows, columns, space.plannedMs, repeats);
  const spare = leftOut(task, rows, columns, space.plannedMs, repeats);
  const choice = await chooseModel({
    lab,
    candidates,
    leftOut: space.plannedOnly ? [] : spare,
    experimentFor: (plan) => experimentFor(question, { features, recipe, split, estimator: { name: plan.estimator, params: plan.params } }),
    task,
    metric: metricNamed(question.metrics[0] ?? ""),
    truth: question.truth,
    weight: weightValues(frame, question.weight),
    seed: request.seed,
    sampleOf: frame.rows < dataset.rows ? dataset.rows : null,
    onProgress: space.progress,
  });
  const left = notTried(spare, choice.comparison.candidates);
  const comparison = withCorrections(await withImportance(space, question, choice), space, question, choice.outcome);
  return {
    comparison: {
      ...comparison,
      ...(isCut ? {} : cutRepeats(split, question.split, rows)),
      ...(left.length === 0 ? {} : { notTried: left }),
      rule: ruleOf(space, choice),
    },
    proveMs: spoiltMs(space, choice),
    choice,
  };
}

/** What each column is worth to the chosen model; nothing to ask of a baseline or when nothing was chosen. */
async function withImportance(space: Workspace, question: TabularQuestion, { comparison, outcome }: Choice): Promise<Comparison> {
  if (outcome === null || comparison.verdict !== "model" || space.plannedOnly) return comparison;
  space.progress("measuring what each column is worth");
  return { ...comparison, importance: await measureImportance(space, question, outcome) };
}
