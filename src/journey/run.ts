import type { Comparison } from "../core/comparison.ts";
import type { Finding } from "../core/finding.ts";
import type { Plan } from "../core/plan.ts";
import type { Proof } from "../core/proof.ts";
import type { JourneyResult, StageTime, Training } from "../core/verdict.ts";
import { VERSION } from "../core/version.ts";
import { type Progress, workerExecutor } from "../lab/index.ts";
import { type AnyKind, type DataStage, kindFor, type ModelStage, type Release, type Workspace } from "../problems/index.ts";
import { junitXml } from "../production/index.ts";
import { describeRecipe } from "../recipe/index.ts";
import type { Dossier } from "../store/index.ts";
import { auditAsking, auditOn } from "./audit-asking.ts";
import { earlierResult, isAnswered, keptStages } from "./earlier.ts";
import { type Audited, withLargerAudit, withLargerSample } from "./larger-sample.ts";
import { dossierLedger } from "./ledger.ts";
import { ledgerLines } from "./ledger-lines.ts";
import { removeOutdated, writeAudit } from "./outdated.ts";
import { sampleLimit, sampleWhy } from "./sample-size.ts";
import { withEarlier } from "./set-aside.ts";
import { type StageRunner, stageRunner } from "./stage.ts";
import { isBefore, STAGES, type StageName } from "./stage-budget.ts";
import { noteLook } from "./test-looks.ts";
import { reachVerdict } from "./verdict.ts";
import { whyNoModel } from "./why-no-model.ts";
import type { Workplace } from "./workplace.ts";

export interface JourneyOptions {
  readonly workplace: Workplace;
  /** First stage to work anew; default the first. Stages before it are recalled from the dossier as far as it answers them. */
  readonly from?: StageName;
  /** Last stage to run. */
  readonly until: StageName;
  /** The command line, for the report. */
  readonly command: string;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal | null;
  /** Puts questions to a person and gives their answers by finding id; those that are not answered stay open. */
  readonly ask?: (questions: readonly Finding[]) => Promise<Readonly<Record<string, string>>>;
}

interface Stages {
  readonly data: DataStage<unknown>;
  readonly comparison: Comparison | null;
  readonly training: Training | null;
  readonly plan: Plan | null;
  readonly proof: Proof | null;
}

/**
 * Data, model, scale, production. Every stage writes its part of the dossier as soon as it is done; experiments that the ledger holds are not run
 * again, so the same call after an interruption goes on where it stopped. A failure before there are findings leaves nothing new in the
 * dossier. The caller closes the dossier.
 */
export async function runJourney(options: JourneyOptions): Promise<JourneyResult> {
  const { dossier, request } = options.workplace;
  const kind = kindFor(request);
  const ledger = dossierLedger(dossier);
  const executor = workerExecutor({ runnerUrl: kind.runnerUrl, threads: request.threads });
  const bench = { executor, ledger, onProgress: options.onProgress, signal: options.signal, times: [] as StageTime[] };
  try {
    const { workplace, data, stage } = await audit(kind, bench, options);
    const stages = await runStages(kind, stage, data, { ...options, workplace });
    // A stage that was worked anew and ended without an answer.
    removeOutdated(dossier, earlierResult(dossier), data, stages);
    const answer = resultOf({ ...options, workplace }, kind.name, stages, bench.times, ledgerLines(ledger.entries()));
    const result = withEarlier(dossier, answer);
    dossier.writeJson("result.json", result);
    return result;
  } finally {
    await executor.close();
    ledger.close();
  }
}

type Bench = Omit<Parameters<typeof stageRunner>[0], "workplace">;

/** A command that spent little of its budget on a small sample begins again on a larger one. What only that one asks is asked then. */
async function audit(kind: AnyKind, bench: Bench, { workplace, from = "data", until, ask }: JourneyOptions): Promise<Audited> {
  const { ledger, executor } = bench;
  const stageOn = (one: Workplace) => stageRunner({ ...bench, workplace: one });
  const recall = earlierResult(workplace.dossier) !== null && isBefore("data", from);
  const auditing = { kind, stageOn, recall, until, ask };
  const asked = new Set<string>();
  const first = await auditAsking(await auditOn(workplace, auditing), auditing, asked);
  if (from !== "data" || first.data.unjudgeable !== null) return first;
  const enlarged = until === "data" ? withLargerAudit : withLargerSample;
  const keep = ({ workplace: { dossier }, data }: Audited) => writeAudit(dossier, earlierResult(dossier), data);
  return auditAsking(await enlarged(first, { kind, ledger, threads: executor.threads, keep, stageOn }), auditing, asked);
}

async function runStages(
  kind: AnyKind,
  stage: StageRunner,
  data: DataStage<unknown>,
  { workplace, from = "data", until }: JourneyOptions,
): Promise<Stages> {
  const { dossier } = workplace;
  const earlier = earlierResult(dossier);
  const wants = (name: StageName) => isBefore(name, until) || name === until;
  const recalls = (name: StageName, answered: boolean) => ({ recall: answered && isBefore(name, from) });
  writeAudit(dossier, earlier, data);
  if (!wants("model") || data.unjudgeable !== null) return { data, ...keptStages(earlier, data) };
  const recalled = recalls("model", isAnswered(earlier?.comparison ?? null));
  const model = await chooseWithin(stage, (space) => kind.choose(space, data), recalled, workplace.request.budgetMs !== null);
  if (model !== null && model.comparison.test !== null) noteLook(workplace);
  const kept = keptStages(earlier, data, model?.comparison ?? null);
  removeOutdated(dossier, earlier, data, kept);
  const comparison = recalled.recall && kept.comparison !== null ? kept.comparison : (model?.comparison ?? null);
  if (model === null || comparison === null || !isAnswered(comparison) || !wants("scale")) return { data, ...kept, comparison };
  // A recalled stage has no time to measure what the columns are worth: the one that was answered then knows.
  const settled = { ...model, comparison };
  // Without it there is nothing to plan or prove, so it may use what is left of the whole budget.
  const release = await stage("scale", (space) => kind.release(space, data, settled), { isLast: true });
  const before = release === null ? null : sameModel(dossier, release);
  const held = before !== null ? kept : { comparison: kept.comparison, training: null, plan: null, proof: null };
  removeOutdated(dossier, earlier, data, held);
  if (release === null) return { data, comparison, training: null, plan: null, proof: null };
  const { training } = release;
  // Made again to the bit it is the same model, as old as it was.
  const made = before?.made ?? new Date().toISOString().slice(0, 10);
  writeRelease(dossier, release, held.proof, made);
  const known = isBefore("scale", from) ? held.plan : null;
  // Without the gates there is no verdict; without more points the learning curve is only less certain.
  const reserveMs = model.proveMs + release.fitMs;
  const plan = known ?? (await stage("scale", (space) => kind.plan(space, data, settled, release), { reserveMs }));
  if (plan !== null) dossier.writeJson("plan.json", plan);
  if (!wants("production")) return { data, comparison, training, plan, proof: held.proof };
  const proof = await stage("production", (space) => kind.prove(space, data, settled, release, plan));
  // The gates judge the parts of the rows that the card tells of.
  dossier.writeText("model/card.md", release.card(proof, made));
  if (proof !== null) {
    dossier.writeJson("proof.json", proof);
    dossier.writeText("proof.junit.xml", junitXml(proof));
  }
  return { data, comparison, training, plan, proof };
}

/** When the share of the stage was not enough for an answer, it has what is left: no later stage can use it. */
async function chooseWithin(
  stage: StageRunner,
  choose: (space: Workspace) => Promise<ModelStage<unknown>>,
  options: { readonly recall: boolean },
  hasBudget: boolean,
): Promise<ModelStage<unknown> | null> {
  const model = await stage("model", choose, options);
  if (isAnswered(model?.comparison ?? null) || options.recall || !hasBudget) return model;
  return (await stage("model", choose, { isLast: true })) ?? model;
}

/** The manifest in the dossier where it is of this model, to the bit; else null. */
function sameModel(dossier: Dossier, { manifest }: Release): { readonly made?: string } | null {
  if (!dossier.exists("model/manifest.json")) return null;
  const known = dossier.readJson("model/manifest.json") as { readonly version?: unknown; readonly made?: string };
  return known.version === (manifest as { readonly version?: unknown }).version ? known : null;
}

/** The model last: it is not there without what `watch` compares it with. */
function writeRelease(dossier: Dossier, release: Release, proof: Proof | null, made: string): void {
  dossier.writeBlob("reference.outputs", release.reference.outputs);
  dossier.writeBlob("reference.spread", release.reference.spread);
  dossier.writeBlob("reference.clusters", release.reference.clusters);
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  dossier.writeFolder("model", {
    "manifest.json": json({ ...(release.manifest as object), made }),
    "model.json": json(release.native),
    "model.onnx": release.onnx,
    "card.md": release.card(proof, made),
  });
}

/** The note of a version whose labels were corrected and checked comes last in it. null with a test set: its labels judge, and they are as given. */
function relabelledNote({ trainingSet, original }: JourneyOptions["workplace"]): string | null {
  return trainingSet.parent === original ? (trainingSet.notes.at(-1) ?? null) : null;
}

function resultOf(
  { workplace, command, until }: JourneyOptions,
  kind: string,
  stages: Stages,
  times: readonly StageTime[],
  ledger: Record<string, string>,
): JourneyResult {
  const { request, dataset, frame } = workplace;
  const sampled =
    frame.rows < dataset.rows ? { rows: frame.rows, of: dataset.rows, limit: sampleLimit(dataset, frame.rows, request.memoryBytes) } : null;
  const { data, comparison, training, plan, proof } = stages;
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
      sample: sampled && {
        rows: sampled.rows,
        why: sampleWhy(sampled.limit, request),
        ...(data.lookedRows > frame.rows ? { looked: data.lookedRows } : {}),
      },
    },
    kind,
    seed: request.seed,
    threads: request.threads,
    budgetMs: request.budgetMs,
    inferred: data.inferred,
    findings: data.file,
    recipe: describeRecipe(data.recipe),
    comparison,
    whyNoModel: comparison === null ? whyNoModel({ unjudgeable: data.unjudgeable, until, budgetMs: request.budgetMs }) : null,
    training,
    plan,
    proof,
    verdict: reachVerdict({
      file: data.file,
      comparison,
      plan,
      proof,
      dossier: workplace.dossier.folder,
      // More time would not help.
      until: data.unjudgeable !== null ? "data" : until,
      relabelled: relabelledNote(workplace),
      sampled,
      budgetMs: request.budgetMs,
    }),
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
