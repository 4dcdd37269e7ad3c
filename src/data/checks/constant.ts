import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns } from "../findings/phrase.ts";
import { isConstant, oneOfLabelled } from "../missing/one-value.ts";

/** Columns with one value in all rows, or in all that are filled. */
export const constant: Check = {
  trap: "constant",
  title: "Columns hold one value only",
  inspect(context) {
    const columns = featuresOf(context)
      .filter((column) => isConstant(context, column))
      .map(({ name }) => name);
    const labelled = ofLabelled(context, columns);
    if (columns.length === 0) return labelled;
    const gaps = columns.some((name) => infoOf(context, name).missing > 0);
    const why = `${counted(columns.length, "column has", "columns have")} the same value in every row${gaps ? " that is filled" : ""} and can tell nothing: ${namedColumns(columns)}.`;
    return [leftOut(columns, {}, why), ...labelled];
  },
};

/** Columns that say something, but one thing only wherever there is a label to learn from: what they are in the rows that are left out no model sees. */
function ofLabelled(context: AuditContext, told: readonly string[]): readonly Suspicion[] {
  const found = featuresOf(context).flatMap((column) => (told.includes(column.name) ? [] : (oneOfLabelled(context, column) ?? [])));
  const [first] = found;
  if (first === undefined) return [];
  const columns = found.map(({ name }) => name);
  const [hold, them] = columns.length === 1 ? ["holds", "it"] : ["hold", "them"];
  const why = `In all ${amount(first.rows)} rows that have a label ${namedColumns(columns)} ${hold} one value, and others only in rows without one: a model learns nothing from ${them}, and does not know the others.`;
  return [leftOut(columns, { amongLabelled: first.rows }, why)];
}

function leftOut(columns: readonly string[], evidence: Suspicion["evidence"], why: string): Suspicion {
  const steps = [{ op: "drop" as const, columns }];
  return {
    trap: "constant",
    columns,
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: 1,
    evidence: { constantColumns: columns.length, ...evidence, losesNothing: true },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    why,
  };
}
