import { takeRows } from "../../core/column.ts";
import { quantileOfSorted } from "../../stats/index.ts";
import { count, digits } from "../phrase.ts";
import { type Gate, type GateContext, judgedBy } from "./gate.ts";
import { drawRows, inputsOf } from "./sample.ts";

/** Answers that a p99 needs. */
const FEWEST = 100;
const MOST = 1000;
const WARM_UP = 20;
const LONGEST_MS = 5000;

interface Timed {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** 99 of 100 answers to a single row must come within the budget. What was timed before is taken; when that is too little, it is timed here. */
export const latency: Gate = {
  gate: "latency",
  title: "Fast enough for one row",
  rubric: ["O6"],
  run: async (context) => {
    const { latency: before, latencyBudgetMs } = context;
    const timed = before !== null && before.count >= FEWEST ? before : timeHere(context);
    const { p50Ms, p99Ms, maxMs } = timed;
    const evidence = { p50Ms, p99Ms, maxMs, count: timed.count, budgetMs: latencyBudgetMs };
    if (timed.count < FEWEST)
      return judgedBy(
        false,
        `Only ${count(timed.count, "answer")} in ${LONGEST_MS / 1000} s (median ${digits(p50Ms)} ms): no p99 to hold to the budget.`,
        { evidence },
      );
    const found = `p99 of ${count(timed.count, "single answer")} is ${digits(p99Ms)} ms (median ${digits(p50Ms)} ms) on this machine`;
    return judgedBy(p99Ms <= latencyBudgetMs, `${found}; the budget is ${digits(latencyBudgetMs)} ms.`, { evidence });
  },
};

function timeHere({ scorer, frame, seed }: GateContext): Timed {
  const sample = inputsOf(scorer, frame, drawRows(frame.rows, MOST, seed));
  const single = (i: number) => takeRows(sample, Int32Array.of(i % sample.rows));
  for (let i = 0; i < WARM_UP; i++) scorer.score(single(i));
  const took: number[] = [];
  const end = performance.now() + LONGEST_MS;
  while (took.length < MOST && performance.now() < end) {
    const row = single(took.length);
    const start = performance.now();
    scorer.score(row);
    took.push(performance.now() - start);
  }
  const sorted = took.sort((a, b) => a - b);
  return {
    count: sorted.length,
    p50Ms: quantileOfSorted(sorted, 0.5),
    p99Ms: quantileOfSorted(sorted, 0.99),
    maxMs: sorted.at(-1) ?? Number.NaN,
  };
}
