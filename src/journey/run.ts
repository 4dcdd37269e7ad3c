import type { Comparison } from "../core/comparison.ts";
import type { Plan } from "../core/plan.ts";
import type { Proof } from "../core/proof.ts";
import type { JourneyResult, StageTime } from "../core/verdict.ts";
import { VERSION } from "../core/version.ts";
import { type Progress, workerExecutor } from "../lab/index.ts";
import type { DataStage } from "../problems/index.ts";
import { type AnyKind, kindFor } from "../problems/index.ts";
import { junitXml } from "../production/index.ts";
import { describeRecipe } from "../recipe/index.ts";
import { dossierLedger } from "./ledger.ts";
import { ledgerLines } from "./ledger-lines.ts";
import { type StageRunner, stageRunner } from "./stage.ts";
import { STAGES, type StageName } from "./stage-budget.ts";
import { reachVerdict } from "./verdict.ts";
import type { Workplace } from "./workplace.ts";

export interface JourneyOptions {
  readonly workplace: Workplace;
  /** Last stage to run. */
  readonly until: StageName;
  /** The command line, for the report. */
  readonly command: string;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal | null;
}

interface Stages {
  readonly data: DataStage<unknown>;
  readonly comparison: Comparison | null;
  readonly plan: Plan | null;
  readonly proof: Proof | null;
}

/**
 * Data, model, scale, production. Every stage writes its part of the dossier as soon as it is done; experiments that the ledger holds are not run
 * again, so the same call after an interruption goes on where it stopped. The caller closes the dossier.
 */
export async function runJourney(options: JourneyOptions): Promise<JourneyResult> {
  const { workplace, onProgress, signal } = options;
  const { dossier, request } = workplace;
  const kind = kindFor(request);
  const ledger = dossierLedger(dossier);
  const executor = workerExecutor({ runnerUrl: kind.runnerUrl, threads: request.threads });
  const times: StageTime[] = [];
  try {
    const stage = stageRunner({ workplace, executor, ledger, onProgress, signal, times });
    const stages = await runStages(kind, stage, options);
    const result = resultOf(options, kind.name, stages, times, ledgerLines(ledger.entries()));
    dossier.writeJson("result.json", result);
    return result;
  } finally {
    await executor.close();
    ledger.close();
  }
}

async function runStages(kind: AnyKind, stage: StageRunner, { workplace, until }: JourneyOptions): Promise<Stages> {
  const { dossier } = workplace;
  const wants = (name: StageName) => STAGES.indexOf(name) <= STAGES.indexOf(until);
  const data = await stage("data", (space) => kind.audit(space));
  if (data === null) throw new Error("the audit must answer within any budget");
  dossier.writeJson("findings.json", data.file);
  dossier.writeJson("recipe.json", data.recipe);
  const model = wants("model") ? await stage("model", (space) => kind.choose(space, data)) : null;
  const release =
    model === null || model.comparison.chosen === "" || !wants("scale")
      ? null
      : await stage("scale", (space) => kind.release(space, data, model));
  if (release !== null) {
    dossier.writeJson("model/manifest.json", release.manifest);
    dossier.writeJson("model/model.json", release.native);
    dossier.writeBytes("model/model.onnx", release.onnx);
    dossier.writeText("model/card.md", release.card);
    dossier.writeBlob("reference.rows", release.reference.rows);
    dossier.writeBlob("reference.outputs", release.reference.outputs);
  }
  const plan = model === null || release === null ? null : await stage("scale", (space) => kind.plan(space, data, model, release));
  if (plan !== null) dossier.writeJson("plan.json", plan);
  const proof =
    model === null || release === null || !wants("production")
      ? null
      : await stage("production", (space) => kind.prove(space, data, model, release, plan));
  if (proof !== null) {
    dossier.writeJson("proof.json", proof);
    dossier.writeText("proof.junit.xml", junitXml(proof));
  }
  return { data, comparison: model?.comparison ?? null, plan, proof };
}

function resultOf(
  { workplace, command }: JourneyOptions,
  kind: string,
  stages: Stages,
  times: readonly StageTime[],
  ledger: Record<string, string>,
): JourneyResult {
  const { request, dataset, frame } = workplace;
  const { data, comparison, plan, proof } = stages;
  return {
    schema: "oldhand/run/1",
    version: VERSION,
    created: new Date().toISOString(),
    command,
    dataset: {
      name: dataset.source.name,
      version: dataset.version,
      rows: dataset.rows,
      columns: dataset.columns.length,
      notes: dataset.notes,
      sampledRows: frame.rows < dataset.rows ? frame.rows : null,
    },
    kind,
    seed: request.seed,
    threads: request.threads,
    budgetMs: request.budgetMs,
    inferred: data.inferred,
    findings: data.file,
    recipe: describeRecipe(data.recipe),
    comparison,
    plan,
    proof,
    verdict: reachVerdict({ file: data.file, comparison, plan, proof }),
    times: mergeTimes(times),
    ledger,
  };
}

/** One line per stage: a stage may have run in two parts. */
function mergeTimes(times: readonly StageTime[]): StageTime[] {
  return STAGES.flatMap((stage) => {
    const parts = times.filter((time) => time.stage === stage);
    if (parts.length === 0) return [];
    const sum = (pick: (time: StageTime) => number) => parts.reduce((total, part) => total + pick(part), 0);
    return [
      { stage, tookMs: sum((part) => part.tookMs), experiments: sum((part) => part.experiments), reused: sum((part) => part.reused) },
    ];
  });
}
