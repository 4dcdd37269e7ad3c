import { OldhandError } from "../../core/error.ts";
import type { Finding, Suspicion } from "../../core/finding.ts";
import { canonicalJson } from "../../core/json.ts";
import type { Recipe } from "../../core/recipe.ts";
import { targetValues } from "../../core/target.ts";
import type { Task } from "../../core/task.ts";
import type { TrapId } from "../../core/trap.ts";
import {
  type Audit,
  type AuditContext,
  answeredLabels,
  audit as auditData,
  CHECKS,
  emptiedRows,
  type FoundLabels,
  findingsFile,
  inferRoles,
  inferTask,
  knownAtOf,
  leansOn,
  mayEmptyLabels,
  pauses,
  readingOf,
  readTestLabels,
  readTrainingLabels,
  strangeTestNumbers,
  withShared,
} from "../../data/index.ts";
import { defaultMetric, metricNamed, metricsFor } from "../../metrics/index.ts";
import type { DataStage, Workspace } from "../kind.ts";
import { experimentFor, type Question } from "./experiment.ts";
import type { TabularQuestion } from "./question.ts";
import { refuseWeightless, weightValues } from "./weight.ts";

/** Shown beside the deciding metric. */
const COMPANIONS: Record<Task["kind"], readonly string[]> = {
  binary: ["auc", "log-loss", "brier"],
  multiclass: ["log-loss", "accuracy", "macro-f1"],
  regression: ["rmse", "mae", "r2"],
};

/** Milliseconds that pricing leaves for the rest of the stage. */
const RESERVE_MS = 1000;

/** Stage 1 for tables: labels, roles, task, metric, checks, split, prices. With a given test set all but the split is decided on the training rows. */
export async function audit(space: Workspace): Promise<DataStage<TabularQuestion>> {
  const { request, dataset, frame, lab, training } = space;
  const { target: name, answers } = request;
  const { own, seen } = await labelsToldOf(space);
  const { space: looked, labels, writtenLabels, inferredTask } = seen;
  const { task } = inferredTask;
  const strangers = strangeTestNumbers(looked, looked.training.dataset, testRowsOf(looked), name, task);
  const testLabels = { ...writtenLabels, suspicions: [...writtenLabels.suspicions, ...strangers] };
  const roles = inferRoles(looked.training.dataset, looked.training.frame, request);
  refuseWeightless(inferredTask.target, task, weightValues(looked.frame, request.weight), request.weight);
  const truth = truthOf(space, own.inferredTask.target, name, task);
  const metric = metricFor(space, task, inferredTask.target);
  const question: Question = {
    // What is prepared for is what the training rows hold.
    dataset: { ...training.dataset, version: dataset.version },
    target: name,
    task,
    weight: request.weight,
    heldOut: space.testRows,
    metrics: [...new Set([metric.name, ...COMPANIONS[task.kind]])],
    seed: request.seed,
  };
  const about = { roles, task, labels, testLabels };
  const { context, whole } = contextsOf(looked, {
    ...about,
    inferred: inferredTask.target,
    truth: truthOf(looked, inferredTask.target, name, task),
  });
  const { context: judged } = contextsOf(own.space, { ...about, labels: own.labels, inferred: own.inferredTask.target, truth });
  const notMade = withoutExperiments(request.budgetMs);
  const result = await auditData(
    context,
    CHECKS.filter(({ trap }) => !notMade.includes(trap)),
    lab,
    (options) => experimentFor({ ...question, dataset: training.dataset, heldOut: 0 }, options),
    {
      given: { policy: request.split, group: request.group },
      answers,
      metric: metric.name,
      judged,
      test: whole === null ? null : { context: whole, experimentFor: (options) => experimentFor(question, options) },
      ...limitsOf(space),
    },
  );
  return {
    file: findingsFile({ dataset, task }, result, metric.name, notMade, leansOn(context, result)),
    lookedRows: looked.frame.rows,
    recipe: [...result.recipe, ...correctionsOf(space)],
    review: result.review,
    unjudgeable: space.testRows === 0 ? null : whyUnjudgeable(result.findings, truth.subarray(frame.rows - space.testRows)),
    naive: result.proposal.naive,
    inferred: {
      task: `${task.kind}: ${inferredTask.why}`,
      metric: `${metric.name}: ${metric.why}`,
      split: `${result.split.policy}: ${result.proposal.why}`,
      ...notesOf(result),
    },
    question: { ...question, roles: result.roles, features: result.roles.features, split: result.split, truth },
  };
}

function truthOf({ frame, testRows }: Workspace, ofTraining: Float64Array, target: string, task: Task): Float64Array {
  return testRows === 0 ? ofTraining : targetValues(frame, target, task);
}

/** Labels and task of the rows of experiments, and of those looked at. Which labels were not recorded is found with a task; where the user said so, both are read anew without them. */
async function labelsToldOf(space: Workspace): Promise<Record<"own" | "seen", Labels>> {
  const own = labelsIn(space);
  const told = labelsLookedAt(space, own, []);
  if (!mayEmptyLabels(space.request.answers, space.request.target)) return told;
  const { seen } = told;
  const { inferredTask, labels, writtenLabels } = seen;
  const roles = inferRoles(seen.space.training.dataset, seen.space.training.frame, space.request);
  const truth = truthOf(seen.space, inferredTask.target, space.request.target, inferredTask.task);
  const about = { roles, task: inferredTask.task, labels, testLabels: writtenLabels, inferred: inferredTask.target, truth };
  const unrecorded = await answeredLabels(CHECKS, contextsOf(seen.space, about).context, space.request.answers);
  return unrecorded.length === 0 ? told : labelsLookedAt(space, labelsIn(space, unrecorded), unrecorded);
}

type Labels = ReturnType<typeof labelsIn>;

/** Labels and task as these rows tell them. unrecorded: what the user said of them. */
function labelsIn(space: Workspace, unrecorded: readonly Suspicion[] = []) {
  const { request, training } = space;
  const plain = readTrainingLabels(training, request.target, request.answers, request.task);
  const told = [...plain.suspicions, ...unrecorded];
  const labels = unrecorded.length === 0 ? plain : { ...plain, reading: readingOf(told), suspicions: told };
  const writtenLabels = testLabelsOf(space, labels);
  const mends = [...labels.suspicions, ...writtenLabels.suspicions];
  const given = { task: request.task, positive: request.positive, labels: readingOf(mends) };
  const inferredTask = inferTask(training.dataset, training.frame, request.target, given);
  const frame = emptiedRows(training.frame, labels.totals ?? [], [request.target]);
  return { space: { ...space, training: { ...training, frame } }, labels, writtenLabels, inferredTask };
}

/**
 * Labels of the rows that are looked at, and those of the rows of experiments by the same task: rows of experiments may lack a rare class. Where it is another
 * task (two classes there, three here; numbers, classes), experiments on the one would tell nothing of the other: then they are what is looked at.
 */
function labelsLookedAt(space: Workspace, own: Labels, unrecorded: readonly Suspicion[]): Record<"own" | "seen", Labels> {
  if (space.looked.frame === space.frame) return { own, seen: own };
  const more = labelsIn({ ...space, ...space.looked }, unrecorded);
  if (canonicalJson(more.inferredTask.task) === canonicalJson(own.inferredTask.task)) return { own, seen: more };
  const among = amongClasses(own, more.inferredTask.task);
  return among === null ? { own, seen: own } : { own: among, seen: more };
}

/** The labels as those of a task with more classes, all of its own among them; null where it is no such task. */
function amongClasses(own: Labels, task: Task): Labels | null {
  const { task: narrow, target } = own.inferredTask;
  if (narrow.kind === "regression" || task.kind !== "multiclass") return null;
  if (canonicalJson(narrow.labels ?? null) !== canonicalJson(task.labels ?? null)) return null;
  const places = narrow.classes.map((name) => task.classes.indexOf(name));
  if (places.includes(-1)) return null;
  return { ...own, inferredTask: { ...own.inferredTask, task, target: target.map((label) => places[label] ?? Number.NaN) } };
}

function limitsOf({ request, leftMs, signal, progress }: Workspace) {
  return { signal, onProgress: progress, leftMs, threads: request.threads, reserveMs: RESERVE_MS, noExperiments: request.budgetMs === 0 };
}

/** Traps whose checks look at what models answer, when no experiments are asked for. */
function withoutExperiments(budgetMs: number | null): TrapId[] {
  return budgetMs === 0 ? CHECKS.flatMap(({ trap, subject }) => (subject === "out-of-fold" ? [trap] : [])) : [];
}

/** The findings say more than a model that cannot be judged would. */
function whyUnjudgeable(findings: readonly Finding[], labels: Float64Array): string | null {
  const blocker = (trap: string) =>
    findings.find((finding) => finding.trap === trap && finding.severity === "blocker" && finding.state === "open");
  if (blocker("label-variant") !== undefined && labels.every(Number.isNaN))
    return "no label of the given test rows is one that the training rows have, so nothing could be scored on them";
  if (blocker("split-overlap")?.evidence.leavesNone === true)
    return "every training row also stands in the given test set, so it would ask for nothing but what was told";
  return null;
}

/** Checks and prices go by the labels as delivered; what is trained later goes by the corrections too. */
function correctionsOf({ corrections, request: { target } }: Workspace): Recipe {
  return corrections.length === 0 ? [] : [{ op: "correct-labels", target, labels: corrections }];
}

interface Seen {
  readonly roles: AuditContext["roles"];
  readonly task: Task;
  /** Labels of the training rows, and of all rows. */
  readonly inferred: Float64Array;
  readonly truth: Float64Array;
  readonly labels: FoundLabels;
  readonly testLabels: FoundLabels;
}

/** What checks look at: the training rows, and beside a given test set the whole. */
function contextsOf(
  space: Workspace,
  { roles, task, inferred, truth, labels, testLabels }: Seen,
): { readonly context: AuditContext; readonly whole: AuditContext | null } {
  const { request, dataset, frame, training } = space;
  const known = {
    roles,
    groupBy: request.group,
    task,
    knownAt: knownAtOf(request.answers, roleNames(dataset)),
    outOfFold: null,
    seed: request.seed,
    duplicates: space.duplicates,
    whole: space.whole,
    testOverlap: space.testOverlap,
    pause: pauses(space.signal, space.leftMs),
  };
  const context = withShared({
    ...known,
    ...training,
    target: inferred,
    labels: labels.suspicions,
    totals: labels.totals ?? [],
    testRows: null,
    testLooks: 0,
    training: null,
  });
  if (space.testRows === 0) return { context, whole: null };
  const rest = {
    target: truth,
    labels: testLabels.suspicions,
    testRows: testRowsOf(space),
    testLooks: space.earlierLooks,
    training: context,
  };
  return { context, whole: withShared({ ...known, dataset, frame, ...rest }) };
}

function roleNames(dataset: Workspace["dataset"]): string[] {
  return dataset.columns.map(({ name }) => name);
}

function testRowsOf({ frame, testRows }: Workspace): Int32Array {
  return Int32Array.from({ length: testRows }, (_, i) => frame.rows - testRows + i);
}

function testLabelsOf(space: Workspace, training: FoundLabels): FoundLabels {
  const { dataset, frame, request } = space;
  if (space.testRows === 0) return { reading: undefined, suspicions: [] };
  const testSetRows = dataset.rows - space.training.dataset.rows;
  return readTestLabels({ dataset, frame, testSetRows }, request.target, testRowsOf(space), training, request.answers);
}

function metricFor({ request }: Workspace, task: Task, target: Float64Array): { name: string; why: string } {
  if (request.metric === null) return defaultMetric(task, classCounts(task, target), target);
  const metric = metricNamed(request.metric);
  if (metric.tasks.includes(task.kind)) return { name: metric.name, why: "asked for" };
  throw new OldhandError("bad-option", {
    what: `The metric ${metric.name} does not fit a ${task.kind} target.`,
    where: "--metric",
    expected: metricsFor(task)
      .map(({ name }) => name)
      .join(", "),
    got: metric.name,
  });
}

function classCounts(task: Task, target: Float64Array): Float64Array {
  const counts = new Float64Array(task.kind === "regression" ? 0 : task.classes.length);
  for (const label of target) if (label < counts.length) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function notesOf({ notes, roles }: Audit): Record<string, string> {
  return { ...(notes.length === 0 ? {} : { audit: notes.join(" ") }), ...roles.why };
}
