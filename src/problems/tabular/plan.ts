import { takeRows } from "../../core/column.ts";
import type { Comparison } from "../../core/comparison.ts";
import type { Experiment } from "../../core/experiment.ts";
import type { LearningCurve, Plan } from "../../core/plan.ts";
import { metricNamed } from "../../metrics/index.ts";
import type { Choice } from "../../model/index.ts";
import { onnxTensorsOf } from "../../recipe/index.ts";
import { makePlan } from "../../scale/index.ts";
import type { DataStage, ModelStage, Release, Workspace } from "../kind.ts";
import { experimentFor } from "./experiment.ts";
import { onnxInputsOf } from "./manifest.ts";
import type { TabularQuestion } from "./question.ts";

/** Stage 3: the learning curve, and speed and cost of the released model. */
export function plan(space: Workspace, data: DataStage<TabularQuestion>, model: ModelStage<Choice>, release: Release): Promise<Plan> {
  const { question } = data;
  const { choice } = model;
  const { lab, frame, request, dataset } = space;
  const { outcome } = choice;
  if (outcome === null) throw new RangeError("nothing was chosen");
  const learner = learnerOf(data, model, outcome.experiment) ?? answered(model.comparison, outcome.experiment);
  const inputs = onnxInputsOf(release.manifest);
  return makePlan({
    lab,
    experimentAt: (trainRows) => ({ ...learner.experiment, trainRows }),
    of: learner.of,
    optimism: learner.optimism,
    metric: metricNamed(question.metrics[0] ?? ""),
    fullTrainRows: Math.round(outcome.folds.reduce((sum, fold) => sum + fold.trainRows, 0) / outcome.folds.length),
    scorer: release.scorer,
    frame,
    onnx: release.onnx,
    onnxFeeds: (rows) => onnxTensorsOf(inputs, takeRows(frame, rows)),
    modelBytes: JSON.stringify(release.native).length,
    fitMs: release.fitMs,
    load: request.load,
    dataBytes: dataset.source.bytes,
    seed: request.seed,
    today: new Date(),
    progress: space.progress,
  });
}

interface Learner {
  readonly experiment: Experiment;
  readonly of: LearningCurve["of"];
  readonly optimism: number;
}

/** The curve of what was chosen, corrected as its score is. */
export function answered({ candidates, chosen }: Pick<Comparison, "candidates" | "chosen">, experiment: Experiment): Learner {
  const optimism = candidates.find(({ name }) => name === chosen)?.optimism ?? 0;
  return { experiment, of: { label: labelOf({ candidates, chosen }), isShipped: true }, optimism };
}

/**
 * Where a simple rule or nothing won, more data does not help the winner; the question is what it would do for the model that is still open, else for the
 * best one, as it was judged, on the folds of the comparison. null when a model won, or none was judged.
 */
export function learnerOf(
  { question, recipe }: DataStage<TabularQuestion>,
  { comparison }: ModelStage<Choice>,
  { split }: Experiment,
): Learner | null {
  if (comparison.verdict === "model") return null;
  const { features } = question;
  const sign = comparison.better === "higher" ? -1 : 1;
  const models = comparison.candidates.filter(
    ({ state, score }) => state !== "baseline" && state !== "chosen" && Number.isFinite(score.value),
  );
  const open = models.find(({ label }) => label === comparison.toDecide?.open.label);
  const best = open ?? models.sort((a, b) => sign * (a.score.value - b.score.value))[0];
  if (best === undefined) return null;
  const estimator = { name: best.estimator, params: best.params };
  return {
    experiment: experimentFor(question, { features, recipe, split, estimator }),
    of: { label: best.label, isShipped: false, shipped: labelOf(comparison) },
    optimism: best.optimism,
  };
}

function labelOf({ candidates, chosen }: Pick<Comparison, "candidates" | "chosen">): string {
  return candidates.find(({ name }) => name === chosen)?.label ?? chosen;
}
