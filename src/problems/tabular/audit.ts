import { OldhandError } from "../../core/error.ts";
import type { Task } from "../../core/task.ts";
import { type AuditContext, audit as auditData, CHECKS, findingsFile, inferRoles, inferTask, unknownColumn } from "../../data/index.ts";
import { defaultMetric, metricNamed, metricsFor } from "../../metrics/index.ts";
import type { DataStage, Workspace } from "../kind.ts";
import { experimentFor, type Question } from "./experiment.ts";
import type { TabularQuestion } from "./question.ts";
import { weightValues } from "./weight.ts";

/** Shown beside the deciding metric. */
const COMPANIONS: Record<Task["kind"], readonly string[]> = {
  binary: ["auc", "log-loss", "brier"],
  multiclass: ["log-loss", "accuracy", "macro-f1"],
  regression: ["rmse", "mae", "r2"],
};

/** Milliseconds that pricing leaves for the rest of the stage. */
const RESERVE_MS = 1000;

/** Stage 1 for tables: roles, task, metric, checks, split, prices. */
export async function audit(space: Workspace): Promise<DataStage<TabularQuestion>> {
  const { request, dataset, frame, lab } = space;
  const inferredTask = inferTask(dataset, frame, request.target, { task: request.task, positive: request.positive });
  const { task, target } = inferredTask;
  const roles = inferRoles(dataset, frame, request);
  refuseUnknownAnswers(space);
  weightValues(frame, request.weight);
  const metric = metricFor(space, task, target);
  const question: Question = {
    dataset,
    target: request.target,
    task,
    weight: request.weight,
    metrics: [...new Set([metric.name, ...COMPANIONS[task.kind]])],
    seed: request.seed,
  };
  const context = contextOf(space, { roles, task, target });
  const result = await auditData(context, CHECKS, lab, (options) => experimentFor(question, options), {
    signal: space.signal,
    onProgress: (note, done, planned) => space.progress(note, done, planned),
    given: { policy: request.split, group: request.group },
    reserveMs: RESERVE_MS,
  });
  return {
    file: findingsFile(context, result, metric.name),
    recipe: result.recipe,
    naive: result.proposal.naive,
    inferred: {
      task: `${task.kind}: ${inferredTask.why}`,
      metric: `${metric.name}: ${metric.why}`,
      split: `${result.split.policy}: ${result.proposal.why}`,
      ...notesOf(result.notes),
      ...result.roles.why,
    },
    question: { ...question, roles: result.roles, features: result.roles.features, split: result.split, truth: target },
  };
}

function contextOf(space: Workspace, known: Pick<AuditContext, "roles" | "task" | "target">): AuditContext {
  const { dataset, frame, request, testRows } = space;
  const kept = new Map<string, unknown>();
  return {
    ...known,
    dataset,
    frame,
    testRows: testRows === 0 ? null : Int32Array.from({ length: testRows }, (_, i) => frame.rows - testRows + i),
    knownAt: request.knownAt,
    duplicates: space.duplicates,
    seed: request.seed,
    shared: <T>(key: string, make: () => T): T => {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as T;
    },
  };
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

function refuseUnknownAnswers({ request, dataset }: Workspace): void {
  const names = dataset.columns.map(({ name }) => name);
  const stranger = Object.keys(request.knownAt).find((name) => !names.includes(name));
  if (stranger !== undefined) throw unknownColumn("--known-at", stranger, names);
}

function notesOf(notes: readonly string[]): Record<string, string> {
  return notes.length === 0 ? {} : { audit: notes.join(" ") };
}
