import { takeRows } from "../../core/column.ts";
import { contentHash } from "../../core/json.ts";
import type { Plan } from "../../core/plan.ts";
import type { Proof } from "../../core/proof.ts";
import { isTableStep } from "../../core/recipe.ts";
import { openOnnxWorker } from "../../engine/onnx/worker-session.ts";
import { metricNamed } from "../../metrics/index.ts";
import type { Choice } from "../../model/index.ts";
import { GATES, type Parity, prove as proveModel } from "../../production/index.ts";
import { mendFrame, onnxTensorsOf } from "../../recipe/index.ts";
import type { DataStage, ModelStage, Release, Workspace } from "../kind.ts";
import { repeatTraining } from "./last-training.ts";
import { onnxInputsOf } from "./manifest.ts";
import type { TabularQuestion } from "./question.ts";
import type { NativeModel } from "./scorer.ts";
import { spoiltScores } from "./spoilt-scores.ts";

/** Rows on which the exported model is compared with the native one. */
const PARITY_ROWS = 5000;

/** Stage 4: every gate, on rows that the model had not seen where that matters. */
export async function prove(
  space: Workspace,
  data: DataStage<TabularQuestion>,
  model: ModelStage<Choice>,
  release: Release,
  plan: Plan | null,
): Promise<Proof> {
  const { outcome, judged } = model.choice;
  if (outcome === null || judged === null) throw new RangeError("nothing was chosen");
  const { question, file } = data;
  const frame = takeRows(space.frame, judged.rows);
  return proveModel(GATES, {
    comparison: model.comparison,
    findings: file.findings,
    scorer: release.scorer,
    frame,
    mended: (raw) =>
      mendFrame(
        data.recipe.filter((step) => !isTableStep(step)),
        raw,
      ),
    judged: judged.judged,
    experiments: model.comparison.test?.score.experiments ?? [outcome.id],
    groups: judged.clusters,
    metric: metricNamed(question.metrics[0] ?? ""),
    parity: () => parityOf(space, release),
    repeatTraining: () => repeatTraining(space, question, model, releasedOf(release)),
    spoilt: (spoiling) => spoiltScores(space, model.choice, spoiling),
    latency: plan?.throughput.find(({ runtime }) => runtime === "native")?.singleRow ?? null,
    latencyBudgetMs: space.request.latencyBudgetMs,
    seed: space.request.seed,
    signal: space.signal,
    onGate: (title, done, planned) => space.progress(`gate: ${title}`, { done, planned, unit: "gates" }),
    ran: model.comparison.importance.length > 0 ? [{ test: "D2", by: "permutation importance of every column on held-out rows" }] : [],
  });
}

function releasedOf({ native, training, fitMs }: Release): Parameters<typeof repeatTraining>[3] {
  return { native: native as unknown as NativeModel, hash: contentHash(native), training, fitMs };
}

async function parityOf({ frame }: Workspace, { scorer, onnx, manifest }: Release): Promise<Parity> {
  const rows = Math.min(PARITY_ROWS, frame.rows);
  const sample = takeRows(
    frame,
    Int32Array.from({ length: rows }, (_, i) => Math.floor((i * frame.rows) / rows)),
  );
  const session = await openOnnxWorker(onnx);
  try {
    const outputs = await session.run(onnxTensorsOf(onnxInputsOf(manifest), sample));
    const [first] = outputs.values();
    return { native: scorer.score(sample), other: Float64Array.from((first?.values ?? []) as ArrayLike<number>), rows };
  } finally {
    await session.close();
  }
}
