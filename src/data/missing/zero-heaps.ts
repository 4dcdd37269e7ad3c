import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { heapAtZero } from "./heaped-values.ts";

/** A code lies apart from all values; 0 amid them may be an honest "no change", so it asks. */
const ASKS = 0.4;

/** Columns of decimals of both signs with a heap at 0, in one finding: they are mostly of one kind, such as the returns of many shares. */
export function zeroHeaps(context: AuditContext, columns: readonly NumberColumn[]): Suspicion[] {
  const found = columns
    .flatMap((column) => {
      const counts = valueCounts(context, column);
      const heap = heapAtZero(counts);
      return heap === null ? [] : [{ column, heap, share: heap.rows / counts.present }];
    })
    .sort((a, b) => b.share - a.share || (a.column.name < b.column.name ? -1 : 1));
  const [first] = found;
  if (first === undefined) return [];
  const names = found.map(({ column }) => column.name);
  const steps: RecipeStep[] = [
    ...names.map((column): RecipeStep => ({ op: "null-out", column, values: [0] })),
    { op: "missing-indicator", columns: names },
  ];
  const others = found.length === 1 ? "" : ` So it is in ${counted(found.length - 1, "more column")}.`;
  return [
    {
      trap: "sentinel",
      columns: names,
      rows: affectedRows(context, (row) => found.some(({ column }) => column.values[row] === 0)),
      held: names.map((column) => ({ column, values: [0] })),
      severity: "cosmetic",
      confidence: ASKS,
      evidence: { heap: true, codes: [0], largestShare: first.share, nextMostFrequent: first.heap.next, distinct: first.heap.distinct },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: `Does 0 in ${namedColumns(names)} stand for "not known", or is it a real value (no change)?`,
      choices: ["missing", "value"],
      why: `\`${first.column.name}\` is 0 in ${percent(first.share)} of its rows, amid values of both signs of which no other of ${amount(first.heap.distinct)} has more than ${counted(first.heap.next, "row")}: nothing changed there, or nothing was measured.${others}`,
    },
  ];
}
