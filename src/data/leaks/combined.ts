import type { Suspicion } from "../../core/finding.ts";
import type { Json } from "../../core/json.ts";
import type { AuditContext } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { namedColumns } from "../findings/phrase.ts";
import { answerFor, knownQuestion } from "../signal/leak-odds.ts";

export const MOST_PAIRS = 3;

/** Pairs without a column in common, the first of those that share one: what shares a column has the same cause. */
export function apart<T extends { readonly columns: readonly [string, string] }>(found: readonly T[]): readonly T[] {
  const taken = new Set<string>();
  return found
    .filter(({ columns }) => {
      const isNew = columns.every((name) => !taken.has(name));
      if (isNew) for (const name of columns) taken.add(name);
      return isNew;
    })
    .slice(0, MOST_PAIRS);
}

/** Findings that share no column, the first of those that do: whoever leaves out the columns of one is still given the target by the next. */
export function apartAll(found: readonly Suspicion[]): readonly Suspicion[] {
  const told: Suspicion[] = [];
  for (const one of found) if (!told.some(({ columns }) => columns.some((name) => one.columns.includes(name)))) told.push(one);
  return told;
}

/** Columns that together give the target. */
export function combined(
  context: AuditContext,
  columns: readonly string[],
  confidence: number,
  evidence: Readonly<Record<string, Json>>,
  why: string,
): Suspicion {
  // Without the one that is known to come later the others give nothing away.
  const later = columns.filter((name) => answerFor(context, name) === "after");
  const steps = [{ op: "drop" as const, columns: later.length > 0 ? later : columns }];
  const before = columns.every((name) => answerFor(context, name) === "before");
  return {
    trap: "combination-leak",
    columns,
    rows: NO_ROWS,
    severity: before ? "cosmetic" : "blocker",
    confidence,
    evidence,
    fix: before ? { action: "advice", text: "No model is needed: compute the target from these columns." } : { action: "steps", steps },
    counterfactual: before ? null : { change: "steps", steps, flatters: true },
    question:
      before || later.length > 0
        ? null
        : columns.length === 1
          ? knownQuestion(columns[0] ?? "")
          : `At the moment of prediction, are the values of ${namedColumns(columns)} already written?`,
    choices: KNOWN_AT,
    why,
  };
}
