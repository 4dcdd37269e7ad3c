import type { Suspicion } from "../../core/finding.ts";
import { readingSentence } from "../../core/reading-note.ts";
import type { AuditContext, Check } from "../check.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { amount, namedColumns } from "../findings/phrase.ts";
import { nameRows, nameRowsWords } from "../labels/name-rows.ts";
import { plainNumber } from "../meaning/written-number.ts";

/** Share of names that are numbers from which the header is taken for a row of data. */
const NUMBER_NAMES = 0.5;

/** The first row is data: either the reader saw it, or the names of the columns are values. */
export const missingHeader: Check = {
  trap: "missing-header",
  title: "The file has no header",
  inspect(context) {
    const { dialect } = context.dataset.source;
    if (dialect !== null && !dialect.header) return [noHeader(context)];
    return [...eatenRow(context), ...namesAmongRows(context)];
  },
};

/** Where they stand among classes too, the rows are no cases: that was found with the labels. */
function namesAmongRows(context: AuditContext): Suspicion[] {
  const { frame, roles } = context;
  const ofLabels = context.labels.filter(({ trap }) => trap === "missing-header");
  if (ofLabels.length > 0) return ofLabels;
  const named = nameRows(frame);
  if (named === null) return [];
  const { rows, columns: texts } = named;
  const steps = texts
    .filter(({ column }) => column.name !== roles.target)
    .map(({ column, codes }) => ({
      op: "null-out" as const,
      column: column.name,
      values: [...codes].map((code) => column.levels[code] ?? ""),
    }));
  const found = new Set(rows);
  const names = texts.map(({ column }) => column.name);
  return [
    {
      ...told(context),
      columns: names.slice(0, 20),
      rows: affectedRows(context, (row) => found.has(row)),
      severity: "costly",
      confidence: 0.95,
      evidence: { columns: context.dataset.columns.length, namesAmongRows: rows.length },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: null,
      why: `${nameRowsWords(named)}: files were put one behind the other, and a model takes the names for values.`,
    },
  ];
}

function noHeader(context: AuditContext): Suspicion {
  const note = context.dataset.noticed?.find(({ kind }) => kind === "no-header");
  return {
    ...told(context),
    severity: "cosmetic",
    confidence: 0.95,
    fix: { action: "advice", text: "Give the columns names: without them no column can be judged by its meaning." },
    question: null,
    why:
      (note === undefined ? null : readingSentence(note)) ??
      "The first row of the file is data like the others; the columns are called column_1, column_2, ...",
  };
}

/** Names such as "6", "148", "33.6": a row that was read as the header. Names in equal steps, as years, are names; others that rise may be either. */
function eatenRow(context: AuditContext): Suspicion[] {
  const names = context.dataset.columns.map(({ name }) => name);
  const numbers = names.map(plainNumber).filter((value) => value !== null);
  if (numbers.length < 2 || numbers.length < NUMBER_NAMES * names.length) return [];
  if (isNumbering(numbers))
    return (numbers[0] === 0 || numbers[0] === 1) && numbers[1] === numbers[0] + 1 ? [onlyCounted(context, names)] : [];
  const rises = numbers.every((value, i) => Number.isInteger(value) && (i === 0 || value > (numbers[i - 1] ?? value)));
  return [
    {
      ...told(context),
      columns: names.slice(0, 20),
      severity: "costly",
      confidence: rises ? 0.5 : 0.8,
      fix: { action: "advice", text: "Read the file again as one without a header, or put the names of the columns in its first line." },
      question: rises ? "Is the first line of the file a row of data?" : null,
      why: `${amount(numbers.length)} of ${amount(names.length)} columns are named with a number (${namedColumns(names.slice(0, 3))}): the first row of data ${rises ? "may have been" : "was"} taken for the header.`,
    },
  ];
}

/** As a program writes a table that has no names: "0", "1", "2". */
function onlyCounted(context: AuditContext, names: readonly string[]): Suspicion {
  return {
    ...told(context),
    severity: "cosmetic",
    confidence: 0.85,
    fix: { action: "advice", text: "Give the columns names: without them no column can be judged by its meaning." },
    question: null,
    why: `The columns are only counted (${namedColumns(names.slice(0, 3))}, ...): a program wrote a table whose columns had no names, or lost them.`,
  };
}

function isNumbering(numbers: readonly number[]): boolean {
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  const steady = numbers.every(
    (value, i) => i === 0 || Math.abs(value - (numbers[i - 1] ?? 0) - step) < 1e-9 * Math.max(1, Math.abs(value)),
  );
  return numbers.every((value, i) => i === 0 || value > (numbers[i - 1] ?? 0)) && steady && numbers.length > 2;
}

function told(context: AuditContext) {
  const evidence = { columns: context.dataset.columns.length };
  return { trap: "missing-header" as const, columns: [], rows: NO_ROWS, evidence, counterfactual: null };
}
