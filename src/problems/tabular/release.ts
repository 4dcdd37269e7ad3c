import { createHash } from "node:crypto";
import type { Experiment } from "../../core/experiment.ts";
import type { Json } from "../../core/json.ts";
import { targetValues } from "../../core/target.ts";
import { type Choice, finalParams, modelCard } from "../../model/index.ts";
import { describeRecipe } from "../../recipe/index.ts";
import type { DataStage, ModelStage, Release, Workspace } from "../kind.ts";
import { exportOnnx } from "./onnx.ts";
import { featureFrame, fitPipeline, type Labelled } from "./pipeline.ts";
import type { TabularQuestion } from "./question.ts";
import { loadScorer, modelVersion, type NativeModel } from "./scorer.ts";
import { weightValues } from "./weight.ts";

/** Trains the chosen candidate once more on all labelled training rows, with what fitting found out in the folds. */
export async function release(space: Workspace, data: DataStage<TabularQuestion>, model: ModelStage<Choice>): Promise<Release> {
  space.progress("training the chosen model on all rows");
  const started = performance.now();
  const native = trainNative(space, data.question, model);
  const fitMs = performance.now() - started;
  const { bytes, inputs, output } = exportOnnx(native);
  const manifest = {
    schema: "oldhand/manifest/1",
    kind: native.kind,
    version: modelVersion(native),
    dataset: native.dataset,
    target: native.target,
    task: native.task,
    files: { native: "model.json", onnx: "model.onnx", card: "card.md" },
    onnx: { inputs: inputs as unknown as Json, output, sha256: createHash("sha256").update(bytes).digest("hex") },
  };
  return {
    scorer: loadScorer(native),
    native: native as unknown as Json,
    onnx: bytes,
    manifest: manifest as unknown as Json,
    card: cardOf(space, data, model, native),
    fitMs,
    reference: {
      rows: model.choice.outcome?.outOfFold.rows ?? new Int32Array(0),
      outputs: model.choice.judged?.outputs ?? new Float64Array(0),
    },
  };
}

/** The same data, choice and seed give the same value, to the bit. */
export function trainNative(space: Workspace, question: TabularQuestion, { comparison, choice }: ModelStage<Choice>): NativeModel {
  const { outcome, calibrator } = choice;
  if (outcome === null) throw new RangeError("nothing was chosen");
  const { frame, dataset } = space;
  const experiment: Experiment = {
    ...outcome.experiment,
    estimator: { name: outcome.experiment.estimator.name, params: finalParams(outcome) },
  };
  const labelled = {
    features: featureFrame(frame, experiment.features),
    target: targetValues(frame, experiment.target, experiment.task),
    weight: weightValues(frame, experiment.weight),
  };
  const { recipe, model } = fitPipeline(
    labelled,
    experiment,
    { index: 0, train: trainingRows(space, labelled), test: new Int32Array(0) },
    null,
  );
  return {
    schema: "oldhand/model/1",
    kind: "tabular",
    name: comparison.chosen,
    target: question.target,
    task: question.task,
    dataset: dataset.version,
    columns: dataset.columns.filter(({ name }) => experiment.features.includes(name)),
    others: dataset.columns.filter(({ name }) => !experiment.features.includes(name)).map(({ name }) => name),
    recipe: recipe.toJson(),
    model: model.save(),
    calibrator,
    threshold: comparison.threshold?.value ?? null,
    halfWidth: comparison.conformalHalfWidth,
  };
}

/** Every row with a label but those of a given test set. */
function trainingRows({ frame, testRows }: Workspace, { target }: Labelled): Int32Array {
  return Int32Array.from({ length: frame.rows - testRows }, (_, row) => row).filter((row) => !Number.isNaN(target[row]));
}

function cardOf(
  { dataset }: Workspace,
  { file, recipe, question }: DataStage<TabularQuestion>,
  { comparison }: ModelStage<Choice>,
  native: NativeModel,
): string {
  const { policy, why } = file.dataset.split;
  return modelCard({
    name: `${question.target} by ${comparison.chosen}`,
    version: modelVersion(native),
    created: new Date().toISOString().slice(0, 10),
    task: question.task,
    target: question.target,
    dataset: { name: dataset.source.name, version: dataset.version, rows: dataset.rows, features: question.features },
    split: `${policy}: ${why}`,
    comparison,
    preparation: describeRecipe(recipe).map(({ step, columns, what }) => `${step} ${columns}: ${what}`),
    limits: file.findings.filter(({ state, severity }) => state === "open" && severity !== "cosmetic").map((finding) => finding.why),
    slices: [],
  });
}
