import { availableParallelism, totalmem } from "node:os";
import { OldhandError } from "../core/error.ts";
import { parsePlace, withoutPasswords } from "../core/place.ts";
import type { Load, Request } from "../core/request.ts";
import { shellWord } from "../core/shell-word.ts";
import { readAnswers } from "./known-at.ts";
import { type CommonOptions, LATENCY_BUDGET, SPLITS, TASKS } from "./options.ts";
import { parseBudget, parseBytes, parseChoice, parseCount, parseMilliseconds, parseWhole } from "./quantities.ts";

/** The value of an option without which the command has nothing to do. @throws OldhandError bad-option. */
function needed(value: string | undefined, option: string, what: string): string {
  if (value !== undefined) return value;
  throw new OldhandError("bad-option", { what: `${option} is missing: ${what}.`, expected: option, fix: "Add it to the command." });
}

/** What was asked, checked as far as it can be without the data. @throws OldhandError bad-option, bad-known-at. */
export async function parseRequest(data: string, options: CommonOptions): Promise<Request> {
  return {
    data: withQuery(data, options.query),
    target: needed(options.target, "--target COLUMN", "it names the column to predict"),
    test: options.test ?? null,
    ...(options.secondHeader === false ? { secondHeader: false } : {}),
    time: options.time ?? null,
    group: options.group ?? [],
    ids: options.id ?? [],
    weight: options.weight ?? null,
    ignore: options.ignore ?? [],
    positive: options.positive ?? null,
    task: options.task === undefined ? null : parseChoice(options.task, "--task", TASKS),
    metric: options.metric === undefined ? null : (await import("../metrics/index.ts")).metricNamed(options.metric).name,
    split: parseSplit(options),
    answers: options.knownAt === undefined ? {} : await readAnswers(options.knownAt),
    labels: options.labels ?? null,
    seed: parseWhole(options.seed, "--seed", 0, 2 ** 31 - 1),
    budgetMs: options.budget === undefined ? null : parseBudget(options.budget),
    threads: options.threads === undefined ? availableParallelism() : parseWhole(options.threads, "--threads", 1, 256),
    memoryBytes: options.memory === undefined ? defaultMemory() : parseBytes(options.memory, "--memory"),
    load: parseLoad(options),
    latencyBudgetMs: parseLatencyBudget(options.latencyBudget ?? LATENCY_BUDGET),
  };
}

function withQuery(data: string, query: string | undefined): string {
  if (query === undefined) return data;
  const { kind, where, part } = parsePlace(data, () => false);
  if (part === null && kind !== "files") return `${where}#${query}`;
  throw new OldhandError("bad-option", {
    what: "--query does not go together with this data.",
    where: `--query ${shellWord(query)}`,
    expected: "a database without a # behind it",
    got: withoutPasswords(data),
    fix: "Give either --query or what stands behind the #.",
  });
}

function parseSplit({ split, test }: CommonOptions): Request["split"] {
  if (split === undefined) return null;
  const policy = parseChoice(split, "--split", SPLITS);
  if (policy !== "given" || test !== undefined) return policy;
  throw new OldhandError("bad-option", { what: "--split given needs a test set.", expected: "--test FILE", fix: "Add --test FILE." });
}

export function parseLoad(options: Pick<CommonOptions, "load" | "peak" | "retrain">): Load {
  return {
    predictionsPerMonth: parseCount(options.load ?? "1M", "--load"),
    peakFactor: parseCount(options.peak ?? "5", "--peak"),
    retrainingsPerMonth: parseCount(options.retrain ?? "4", "--retrain"),
  };
}

export function parseLatencyBudget(text: string): number {
  return parseMilliseconds(text, "--latency-budget");
}

export function defaultMemory(): number {
  return Math.max(512e6, Math.floor(totalmem() / 4));
}
