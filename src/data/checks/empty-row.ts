import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { affectedRows, countInFrame } from "../findings/affected-rows.ts";
import { counted } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { emptyRowNumbers, rowsWithoutValue } from "../missing/empty-rows.ts";
import { keyLikeness } from "../roles/key-likeness.ts";

/** Rows without any value: they have no label either, and go with the unlabelled rows. And rows with a label and no more than what names them. */
export const emptyRow: Check = {
  trap: "empty-row",
  title: "Rows hold nothing",
  inspect: (context) => [...ofNothing(context), ...ofLabelAlone(context)],
};

function ofNothing(context: AuditContext): Suspicion[] {
  const empty = new Set(emptyRowNumbers(context));
  if (empty.size === 0) return [];
  const rows = affectedRows(context, (row) => empty.has(row));
  return [
    {
      trap: "empty-row",
      columns: [],
      rows,
      severity: "cosmetic",
      confidence: 1,
      evidence: { emptyRows: rows.count },
      fix: { action: "steps", steps: [{ op: "drop-unlabelled-rows", target: context.roles.target }] },
      counterfactual: null,
      question: null,
      why: `${counted(countInFrame(rows), "row has", "rows have")} no value in any column.`,
    },
  ];
}

/** Columns that have to be empty together; rows that are, and how seldom gaps that know nothing of each other would make as many. */
const [LEAST_COLUMNS, LEAST_EMPTY, BY_CHANCE] = [3, 2, 1e-3];

/** A join that found nothing, or a form that nobody filled: a key, a time and a label are there. */
function ofLabelAlone(context: AuditContext): Suspicion[] {
  const { frame, roles, target } = context;
  const isKey = (column: Column) => (keyLikeness(context, column)?.confidence ?? 0) >= LIKELY;
  const columns = featuresOf(context).filter((column) => column.name !== roles.time && column.name !== roles.group && !isKey(column));
  if (columns.length < LEAST_COLUMNS) return [];
  const labelled = (row: number) => !Number.isNaN(target[row]);
  const empty = rowsWithoutValue(columns, frame.rows).filter(labelled);
  if (empty.length < LEAST_EMPTY || empty.length === frame.rows) return [];
  const together = columns.reduce((chance, column) => chance * (infoOf(context, column.name).missing / context.dataset.rows), 1);
  if (binomialUpperTail(empty.length, frame.rows, together) > BY_CHANCE) return [];
  const own = new Set(empty);
  const rows = affectedRows(context, (row) => own.has(row));
  return [
    {
      trap: "empty-row",
      columns: [],
      rows,
      severity: "cosmetic",
      confidence: 0.9,
      evidence: { rowsWithLabelAlone: rows.count, columns: columns.length, togetherByChance: together },
      fix: {
        action: "advice",
        text: "Find out at the source why nothing is known of these rows: no model can tell them apart, and each counts with its label.",
      },
      counterfactual: null,
      unmeasured: "What these rows should hold the table does not say.",
      question: null,
      why: `${counted(countInFrame(rows), "row has", "rows have")} a label and no value in any of the ${columns.length} features but keys and times, as after a join that found nothing.`,
    },
  ];
}
