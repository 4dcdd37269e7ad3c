import { type Column, isMissing } from "../../core/column.ts";
import type { Severity, Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, percent } from "../findings/phrase.ts";
import { type FlagSignal, flagSignal } from "../signal/flag-signal.ts";
import { answerFor } from "../signal/leak-odds.ts";

/** Rows on each side below which a share is too uncertain to say anything. */
const LEAST_ROWS = 10;
/** Chance of one false alarm among all columns of a table. */
const FALSE_ALARM = 1e-4;
/** AUC from which being missing says more than most honest columns do. */
const NOTABLE = 0.65;
const STRONG = 0.85;

/** That a value is missing tells the label: often because it is filled in, or cleared, after the outcome. */
export const missingnessLeak: Check = {
  trap: "missingness-leak",
  title: "Being missing tells the label",
  inspect(context) {
    const tested = featuresOf(context).flatMap((column) => {
      if (infoOf(context, column.name).missing === 0 || answerFor(context, column.name) === "before") return [];
      const signal = flagSignal(context, (row) => isMissing(column, row));
      return signal === null || Math.min(signal.flagged, signal.others) < LEAST_ROWS ? [] : [{ column, signal }];
    });
    return tested.flatMap(({ column, signal }) => {
      const corrected = Math.min(1, signal.p * tested.length);
      const pure = purity(context, signal, tested.length);
      if (corrected > FALSE_ALARM || (signal.auc < NOTABLE && !pure)) return [];
      return [suspicion(context, column, signal, corrected, pure)];
    });
  },
};

/** One side of 20 rows or more holds one class only, which its base rate makes a wonder. */
function purity(context: AuditContext, { flagged, others, withFlag, withoutFlag, classIndex }: FlagSignal, tests: number): boolean {
  if (classIndex < 0 || context.task.kind === "regression") return false;
  const base = (flagged * withFlag + others * withoutFlag) / (flagged + others);
  return [
    [flagged, withFlag],
    [others, withoutFlag],
  ].some(([rows = 0, share = 0]) => {
    if (rows < 20 || (share > 0 && share < 1)) return false;
    return (share === 1 ? base : 1 - base) ** rows * tests < 1e-6;
  });
}

function suspicion(context: AuditContext, column: Column, signal: FlagSignal, corrected: number, pure: boolean): Suspicion {
  const { auc } = signal;
  const severity: Severity = auc >= STRONG || pure ? "blocker" : "harmful";
  const confidence = auc >= 0.95 ? 0.9 : auc >= STRONG ? 0.75 : pure ? 0.6 : 0.35;
  const steps = [{ op: "drop" as const, columns: [column.name] }];
  return {
    trap: "missingness-leak",
    columns: [column.name],
    rows: affectedRows(context, (row) => isMissing(column, row)),
    severity,
    confidence,
    evidence: {
      auc,
      p: corrected,
      missingRows: signal.flagged,
      targetWhenMissing: signal.withFlag,
      targetWhenPresent: signal.withoutFlag,
      pure,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: `Is it settled before the outcome is known whether \`${column.name}\` is filled in?`,
    choices: KNOWN_AT,
    why: sentence(context, column.name, signal),
  };
}

function sentence({ task }: AuditContext, name: string, { auc, withFlag, withoutFlag, classIndex }: FlagSignal): string {
  const tells = auc < NOTABLE ? "too pure for chance" : `that alone separates the outcomes with an AUC of ${auc.toFixed(2)}`;
  if (task.kind === "regression") {
    return `Where \`${name}\` is missing the target is ${amount(withFlag)} on average, where it is present ${amount(withoutFlag)}: ${tells}.`;
  }
  return `Where \`${name}\` is missing ${percent(withFlag)} of the rows are "${task.classes[classIndex] ?? ""}", where it is present ${percent(withoutFlag)}: ${tells}.`;
}
