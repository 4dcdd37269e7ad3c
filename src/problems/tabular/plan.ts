import { takeRows } from "../../core/column.ts";
import type { Plan } from "../../core/plan.ts";
import { metricNamed } from "../../metrics/index.ts";
import type { Choice } from "../../model/index.ts";
import { onnxTensorsOf } from "../../recipe/index.ts";
import { makePlan } from "../../scale/index.ts";
import type { DataStage, ModelStage, Release, Workspace } from "../kind.ts";
import { onnxInputsOf } from "./manifest.ts";
import type { TabularQuestion } from "./question.ts";

/** Stage 3: the learning curve of the chosen candidate, and speed and cost of the released model. */
export function plan(
  space: Workspace,
  { question }: DataStage<TabularQuestion>,
  { choice }: ModelStage<Choice>,
  release: Release,
): Promise<Plan> {
  const { lab, frame, request, dataset } = space;
  const { outcome } = choice;
  if (outcome === null) throw new RangeError("nothing was chosen");
  const inputs = onnxInputsOf(release.manifest);
  return makePlan({
    lab,
    experimentAt: (trainRows) => ({ ...outcome.experiment, trainRows }),
    metric: metricNamed(question.metrics[0] ?? ""),
    fullTrainRows: Math.round(outcome.folds.reduce((sum, fold) => sum + fold.trainRows, 0) / outcome.folds.length),
    scorer: release.scorer,
    frame,
    onnx: release.onnx,
    onnxFeeds: (rows) => onnxTensorsOf(inputs, takeRows(frame, rows)),
    modelBytes: release.onnx.length,
    fitMs: release.fitMs,
    load: request.load,
    dataBytes: dataset.source.bytes,
    seed: request.seed,
    today: new Date(),
    progress: space.progress,
  });
}
