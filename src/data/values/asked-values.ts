import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { ASKS } from "./broken-orders.ts";

export const MOST_VALUES = 100;

/** More values are not looked for in the whole table. */
export function heldIn({ name }: NumberColumn, values: readonly number[]): Pick<Suspicion, "held"> {
  return values.length > MOST_VALUES ? {} : { held: [{ column: name, values }] };
}

/** Values that only whoever knows the column can call a mistake: if they are, they become missing. */
export function asked(
  context: AuditContext,
  column: NumberColumn,
  values: readonly number[],
  said: Pick<Suspicion, "evidence" | "question" | "why"> &
    Partial<Pick<Suspicion, "fix" | "counterfactual" | "ifConfirmed" | "unmeasured">>,
): Suspicion {
  const steps = [{ op: "null-out" as const, column: column.name, values }];
  const hit = new Set(values);
  return {
    trap: "impossible-value",
    columns: [column.name],
    rows: affectedRows(context, (row) => hit.has(column.values[row] ?? Number.NaN)),
    ...heldIn(column, values),
    severity: "costly",
    confidence: ASKS,
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    choices: ["mistake", "true value"],
    ...said,
    evidence: { values: values.slice(0, 10), ...said.evidence },
  };
}
