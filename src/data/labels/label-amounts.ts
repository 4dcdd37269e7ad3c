import { readAmounts } from "../../core/amount-reading.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { Task } from "../../core/task.ts";
import { amountOf } from "../../core/written-amount.ts";
import { countCodes, type LevelColumn } from "../columns/counts.ts";
import { affectedRows, type Counted } from "../findings/affected-rows.ts";
import { counted, quoted } from "../findings/phrase.ts";

/** Fewer different numbers may well be names of classes, unless amounts were asked for. */
const LEAST_NUMBERS = 10;

/** A target whose texts write amounts ("$2,210.00", "593,07 \u20ac"): how it is read; null if they do not. */
export function writtenAmounts(rows: Counted, column: LevelColumn, task: Task["kind"] | null): Suspicion | null {
  const counts = countCodes(column.codes, column.levels.length);
  const levels = column.levels.filter((_, code) => (counts[code] ?? 0) > 0);
  const texts = levels.map((text) => ({ text, rows: 1 }));
  const reading = readAmounts(texts, { least: task === "regression" ? 3 : LEAST_NUMBERS, decimal: null });
  if (reading?.kind !== "read") return null;
  const amount = reading.writing;
  const unread = levels.filter((level) => amountOf(level, amount) === null);
  const isRead = column.levels.map((level) => amountOf(level, amount) !== null);
  const shown = levels
    .filter((level) => !unread.includes(level))
    .slice(0, 2)
    .map(quoted)
    .join(" and ");
  const left =
    unread.length === 0
      ? ""
      : ` ${counted(unread.length, "text")} that write no amount (${unread.slice(0, 3).map(quoted).join(", ")}) are read as no answer.`;
  return {
    trap: "text-number",
    columns: [column.name],
    rows: affectedRows(rows, (row) => isRead[column.codes[row] ?? -1] === true),
    severity: "harmful",
    confidence: 0.97,
    evidence: { decimal: amount.decimal, different: levels.length, unread },
    fix: {
      action: "steps",
      steps: [
        { op: "read-labels", target: column.name, spelt: {}, unknown: unread, amount },
        ...(unread.length === 0 ? [] : [{ op: "drop-unlabelled-rows" as const, target: column.name }]),
      ],
    },
    counterfactual: null,
    unmeasured: "Without this reading each amount would be a class of its own: scores of two readings answer different questions.",
    question: null,
    why: `The target \`${column.name}\` writes its numbers as texts (${shown}): they are read as amounts, with ${quoted(amount.decimal)} before the decimals.${left}`,
  };
}
