import { count, digits } from "../phrase.ts";
import { type Gate, judgedBy, skipped } from "./gate.ts";

const FEWEST = 100;

/** 99 of 100 answers to a single row must come within the budget. */
export const latency: Gate = {
  gate: "latency",
  title: "Fast enough for one row",
  rubric: ["O6"],
  run: async ({ latency: measured, latencyBudgetMs }) => {
    if (measured === null) return skipped("Single answers were not timed.");
    const { p50Ms, p99Ms, maxMs } = measured;
    const evidence = { p50Ms, p99Ms, maxMs, count: measured.count, budgetMs: latencyBudgetMs };
    if (measured.count < FEWEST)
      return judgedBy(false, `Not shown: ${count(measured.count, "answer")} timed, ${FEWEST} are needed for a p99.`, { evidence });
    const found = `p99 of ${count(measured.count, "single answer")} is ${digits(p99Ms)} ms (median ${digits(p50Ms)} ms) on this machine`;
    return judgedBy(p99Ms <= latencyBudgetMs, `${found}; the budget is ${digits(latencyBudgetMs)} ms.`, { evidence });
  },
};
