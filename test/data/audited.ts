import type { Answers } from "../../src/core/answers.ts";
import type { Suspicion } from "../../src/core/finding.ts";
import type { Check } from "../../src/data/check.ts";
import { audit, CHECKS } from "../../src/data/index.ts";
import { type ContextOptions, contextOf, type tableOf } from "./table.ts";
import { tinyLab } from "./tiny-lab.ts";

export const LEAKS = CHECKS.filter(({ trap }) => /leak|post-outcome|sibling/.test(trap));

/** An audit of a table with real experiments of small models. */
export async function auditOf(
  table: ReturnType<typeof tableOf>,
  target: string,
  metric: string,
  { answers, ...options }: ContextOptions & { readonly answers?: Answers } = {},
  checks: readonly Check[] = LEAKS,
) {
  const context = contextOf(table, target, options);
  const { lab, experimentFor } = tinyLab(context, metric);
  return { context, lab, result: await audit(context, checks, lab, experimentFor, { answers: answers ?? options.knownAt ?? {} }) };
}

/** What a check says that leaves one column out. */
export const dropping = (name: string): Partial<Suspicion> => {
  const steps = [{ op: "drop" as const, columns: [name] }];
  return { columns: [name], fix: { action: "steps", steps }, counterfactual: { change: "steps", steps, flatters: true } };
};
