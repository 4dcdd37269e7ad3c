import { createHash } from "node:crypto";
import { decisionRule, servedThreshold } from "../../core/decision-rule.ts";
import type { Json } from "../../core/json.ts";
import { slicesOf } from "../../core/judged-slices.ts";
import type { Training } from "../../core/verdict.ts";
import { answersFromZero, type CardInput, type Choice, modelCard } from "../../model/index.ts";
import { spreadOfTruth } from "../../production/index.ts";
import { describeRecipe, loadRecipe } from "../../recipe/index.ts";
import type { DataStage, ModelStage, Release, Workspace } from "../kind.ts";
import { trainForRelease } from "./last-training.ts";
import type { TabularQuestion } from "./question.ts";
import { loadScorer, modelVersion, type NativeModel } from "./scorer.ts";

/** Trains the chosen candidate once more on all labelled training rows, with what fitting found out in the folds. */
export async function release(space: Workspace, data: DataStage<TabularQuestion>, model: ModelStage<Choice>): Promise<Release> {
  space.progress("training the chosen model on all rows");
  const { model: trained, training: learnedFrom, fitMs } = await trainForRelease(space, data.question, model);
  const { native } = trained;
  const words = loadRecipe(native.recipe).words(native.task);
  const training = words.length === 0 ? learnedFrom : { ...learnedFrom, words };
  const { bytes, inputs, output } = trained.exported;
  const manifest = {
    schema: "oldhand/manifest/1",
    kind: native.kind,
    version: modelVersion(native),
    dataset: native.dataset,
    target: native.target,
    task: native.task,
    threshold: servedThreshold(native),
    decisionRule: decisionRule(native),
    training: training as unknown as Json,
    files: { native: "model.json", onnx: "model.onnx", card: "card.md" },
    onnx: { inputs: inputs as unknown as Json, output, sha256: createHash("sha256").update(bytes).digest("hex") },
  };
  return {
    scorer: loadScorer(native),
    native: native as unknown as Json,
    onnx: bytes,
    manifest: manifest as unknown as Json,
    card: (proof, created) =>
      modelCard({ ...cardOf(space, data, model, native, training), created, slices: slicesOf(proof?.gates ?? []).slices }),
    training,
    fitMs,
    reference: referenceOf(model.choice),
  };
}

function referenceOf({ judged: chosen }: Choice): Release["reference"] {
  if (chosen === null) return { outputs: new Float64Array(0), spread: new Float64Array(0), clusters: new Int32Array(0) };
  const { task, truth, outputs } = chosen.judged;
  return { outputs, spread: spreadOfTruth(task, truth), clusters: chosen.clusters ?? new Int32Array(0) };
}

function cardOf(
  { dataset, frame }: Workspace,
  { file, recipe, question }: DataStage<TabularQuestion>,
  { comparison }: ModelStage<Choice>,
  native: NativeModel,
  training: Training,
): Omit<CardInput, "slices" | "created"> {
  const { policy, why } = file.dataset.split;
  return {
    name: `${question.target} by ${comparison.chosen}`,
    version: modelVersion(native),
    task: question.task,
    target: question.target,
    dataset: { name: dataset.source.name, version: dataset.version, rows: dataset.rows, features: question.features },
    training,
    sampledRows: frame.rows < dataset.rows ? frame.rows : null,
    split: `${policy}: ${why}`,
    comparison,
    preparation: describeRecipe(recipe).map(({ step, columns, what }) => `${step} ${columns}: ${what}`),
    limits: [
      ...(answersFromZero(native.model)
        ? [
            `Answers below 0 are given as 0, here and wherever it was judged: no value of \`${native.target}\` in its training rows is negative.`,
          ]
        : []),
      ...file.findings.filter(({ state, severity }) => state === "open" && severity !== "cosmetic").map((finding) => finding.why),
    ],
  };
}
