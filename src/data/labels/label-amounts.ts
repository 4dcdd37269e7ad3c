import { type AmountReading, readAmounts } from "../../core/amount-reading.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { Task } from "../../core/task.ts";
import { type AmountWriting, amountOf } from "../../core/written-amount.ts";
import { countCodes, type LevelColumn } from "../columns/counts.ts";
import { affectedRows, type Counted } from "../findings/affected-rows.ts";
import { counted, quoted } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";

/** Fewer different numbers may well be names of classes, unless amounts were asked for. */
const LEAST_NUMBERS = 10;

/** A target whose texts write amounts ("$2,210.00", "593,07 \u20ac"): how it is read, and what is asked of it; null if they do not. */
export function writtenAmounts(rows: Counted, column: LevelColumn, task: Task["kind"] | null): Suspicion | null {
  const counts = countCodes(column.codes, column.levels.length);
  const levels = column.levels.filter((_, code) => (counts[code] ?? 0) > 0);
  const texts = levels.map((text) => ({ text, rows: 1 }));
  const reading = readAmounts(texts, { least: task === "regression" ? 3 : LEAST_NUMBERS, decimal: null, powers: true });
  if (reading === null) return null;
  const amount = reading.kind === "read" ? reading.writing : reading.thousands;
  // A currency is an amount either way; other texts that can be read in two ways stay names.
  if (reading.kind === "open" && !amount.units.some(({ before }) => before)) return null;
  const unread = levels.filter((level) => amountOf(level, amount) === null);
  const isRead = column.levels.map((level) => amountOf(level, amount) !== null);
  // What is asked about has the mark in question.
  const sign = reading.kind === "open" ? reading.decimals.decimal : "";
  const shown = levels
    .filter((level) => !unread.includes(level) && level.includes(sign))
    .slice(0, 2)
    .map(quoted)
    .join(" and ");
  const left =
    unread.length === 0
      ? ""
      : ` ${counted(unread.length, "text")} that write no amount (${unread.slice(0, 3).map(quoted).join(", ")}) are read as no answer.`;
  const fixOf = (writing: AmountWriting): Suspicion["fix"] => ({
    action: "steps",
    steps: [
      { op: "read-labels", target: column.name, spelt: {}, unknown: unread, amount: writing },
      ...(unread.length === 0 ? [] : [{ op: "drop-unlabelled-rows" as const, target: column.name }]),
    ],
  });
  return {
    trap: "text-number",
    columns: [column.name],
    rows: affectedRows(rows, (row) => isRead[column.codes[row] ?? -1] === true),
    severity: "harmful",
    confidence: reading.kind === "read" ? 0.97 : LIKELY,
    evidence: { decimal: amount.decimal, different: levels.length, unread, open: reading.kind === "open" },
    fix: fixOf(amount),
    counterfactual: null,
    unmeasured: "Without this reading each amount would be a class of its own: scores of two readings answer different questions.",
    ...(reading.kind === "read"
      ? { question: null }
      : {
          question: `Is ${shown} in the target \`${column.name}\` a number of thousands, or does it have three decimals?`,
          choices: ["thousands", "decimals"] as const,
          ifRejected: { severity: "harmful" as const, fix: fixOf(reading.decimals) },
        }),
    why: `The target \`${column.name}\` writes its numbers as texts (${shown}): they are read as amounts${howRead(reading)}.${left}`,
  };
}

function howRead(reading: AmountReading): string {
  if (reading.kind === "read") return reading.shown.decimal ? `, with ${quoted(reading.writing.decimal)} before the decimals` : "";
  const sign = quoted(reading.decimals.decimal);
  return `, with ${sign} between thousands until it is answered whether it stands there or before decimals, which no text tells: all scores in the target's unit hang on it`;
}
