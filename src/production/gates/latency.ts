import { digits } from "../../core/digits.ts";
import type { Latency } from "../../core/plan.ts";
import { binomialUpperTail, quantileOfSorted } from "../../stats/index.ts";
import { count } from "../phrase.ts";
import { recordOf } from "../records.ts";
import { type Gate, type GateContext, judgedBy, undecided } from "./gate.ts";
import { drawRows, inputsOf } from "./sample.ts";

const MOST = 2000;
const WARM_UP = 20;
const LONGEST_MS = 5000;
/** Chance that a one-sided bound of p99 is wrong, shared by the looks of one gate. */
const ERROR = 0.05;
const SHARE = 0.99;

interface Timed {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** One-sided bounds of p99, by order statistics: 95 % of one look, 97.5 % of each of two; infinite where so few answers bound nothing. */
  readonly p99LowMs: number;
  readonly p99HighMs: number;
  readonly maxMs: number;
}

/**
 * 99 of 100 answers to a single row must come within the budget. Passed when the upper bound of p99 is within it, failed when the lower bound is above,
 * else undecided: other programs on the machine must not decide. What was timed before is taken when it settles the question (no answer above the
 * budget, and enough of them); otherwise it is timed here. That is a second look, so each of two has half of the error (Bonferroni).
 */
export const latency: Gate = {
  gate: "latency",
  title: "Fast enough for one row",
  // Not O6, "have not become worse": there is nothing before it to compare with.
  rubric: [],
  run: async (context) => {
    const { latency: before, latencyBudgetMs: budgetMs } = context;
    const error = before === null ? ERROR : ERROR / 2;
    const isSettled = before !== null && isWithin(before, budgetMs, error);
    const timed = isSettled ? { ...before, p99LowMs: 0, p99HighMs: before.maxMs } : timeHere(context, error);
    const source = before === null ? "" : isSettled ? SAME : anew(before);
    const { p50Ms, p99Ms, p99LowMs, p99HighMs, maxMs } = timed;
    const evidence = {
      p50Ms,
      p99Ms,
      p99LowMs,
      p99HighMs: Number.isFinite(p99HighMs) ? p99HighMs : null,
      maxMs,
      count: timed.count,
      budgetMs,
    };
    const found = `p99 of ${count(timed.count, "answer")}, each alone, is ${digits(p99Ms)} ms on this machine (median ${digits(p50Ms)} ms; native, from the JSON text of a request to that of the answer, without network and waiting${source})`;
    const budget = `the budget of ${digits(budgetMs)} ms`;
    if (p99HighMs <= budgetMs)
      return judgedBy(true, `${found}; at most ${digits(p99HighMs)} ms beyond chance, within ${budget}.`, { evidence });
    if (p99LowMs > budgetMs)
      return judgedBy(false, `${found}; at least ${digits(p99LowMs)} ms beyond chance, above ${budget}.${quietly(p50Ms, budgetMs)}`, {
        evidence,
      });
    const high = Number.isFinite(p99HighMs) ? `${digits(p99LowMs)} to ${digits(p99HighMs)} ms` : `${digits(p99LowMs)} ms or more`;
    return undecided(`${found}. Beyond chance that is ${high}: whether it is within ${budget} cannot be told.${quietly(p50Ms, budgetMs)}`, {
      evidence,
    });
  },
};

const SAME = "; the measurement that stands under speed";

/** Two measurements of the same differ: both are named. */
function anew({ count: answers, p99Ms }: Latency): string {
  return `; timed anew, since p99 ${digits(p99Ms)} ms of the ${count(answers, "answer")} that stand under speed did not settle it`;
}

/** A median within the budget says that most answers are fast enough: other programs may have slowed the rest. */
function quietly(p50Ms: number, budgetMs: number): string {
  return p50Ms > budgetMs
    ? ""
    : " The median is within it, so other programs may have slowed the rest: run prove again on a quiet machine.";
}

/** The upper bound of p99 is the slowest answer, when there are enough of them. */
function isWithin({ count: answers, maxMs }: Latency, budgetMs: number, error: number): boolean {
  return boundRanks(answers, error).high <= answers && maxMs <= budgetMs;
}

/** The same work as stands under speed: the JSON text of a request to the JSON text of the answer, which is that of a server but for HTTP. */
function timeHere({ scorer, frame, seed }: GateContext, error: number): Timed {
  const sample = inputsOf(scorer, frame, drawRows(frame.rows, MOST, seed));
  const texts = Array.from({ length: sample.rows }, (_, row) => recordOf(sample, row)).flatMap((record) =>
    record === null ? [] : [JSON.stringify(record)],
  );
  const answer = (turn: number) => {
    const record = JSON.parse(texts[turn % texts.length] ?? "{}") as Record<string, unknown>;
    return JSON.stringify(Array.from(scorer.score(scorer.frameOf([record]))));
  };
  for (let i = 0; i < WARM_UP && texts.length > 0; i++) answer(i);
  const took: number[] = [];
  const end = performance.now() + LONGEST_MS;
  while (texts.length > 0 && took.length < MOST && performance.now() < end) {
    const start = performance.now();
    answer(took.length);
    took.push(performance.now() - start);
  }
  const sorted = took.sort((a, b) => a - b);
  const { low, high } = boundRanks(sorted.length, error);
  return {
    count: sorted.length,
    p50Ms: quantileOfSorted(sorted, 0.5),
    p99Ms: quantileOfSorted(sorted, SHARE),
    p99LowMs: low === 0 ? 0 : (sorted[low - 1] ?? Number.NaN),
    p99HighMs: high > sorted.length ? Number.POSITIVE_INFINITY : (sorted[high - 1] ?? Number.NaN),
    maxMs: sorted.at(-1) ?? Number.NaN,
  };
}

/**
 * Ranks (1 = fastest) of the answers that bound p99: of n answers, binomially many lie at or below it (David and Nagaraja 2003, section 7.1).
 * low 0, or high n + 1: no answer bounds it. error: the chance that one bound is wrong.
 */
export function boundRanks(n: number, error: number): { readonly low: number; readonly high: number } {
  const reaches = (rank: number) => binomialUpperTail(rank, n, SHARE);
  let low = n;
  while (low > 0 && reaches(low) < 1 - error) low--;
  let high = n + 1;
  while (high > 1 && reaches(high - 1) <= error) high--;
  return { low, high };
}
