import type { Suspicion } from "../../core/finding.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { featuresOf, infoOf, numberFeatures } from "../columns/features.ts";
import { affectedRows, countedInAll } from "../findings/affected-rows.ts";
import { counted, percent } from "../findings/phrase.ts";
import { type KeyLikeness, keyLikeness } from "../roles/key-likeness.ts";
import { personalColumns } from "../values/personal-columns.ts";

/** A key of the rows: what a model learns from it does not hold for new rows. Keys that are left out already are priced as if they were not. */
export const identifier: Check = {
  trap: "identifier",
  title: "A key of the rows is used as a feature",
  inspect(context) {
    const used = featuresOf(context).flatMap((column) => {
      const key = keyLikeness(context, column);
      return key === null ? [] : [suspicion(context, column.name, key, true)];
    });
    const inferred = context.roles.ids.filter((name) => !context.roles.declared.includes(name));
    const leftOut = columnsNamed(context.frame, inferred).map((column) => {
      const key = keyLikeness(context, column) ?? {
        confidence: 0.7,
        distinctShare: Number.NaN,
        reason: context.roles.why[column.name] ?? "",
        evidence: {},
      };
      return suspicion(context, column.name, key, false);
    });
    return [...targetKey(context), ...used, ...leftOut, ...numberFeatures(context).flatMap((column) => countsAnew(context, column))];
  },
};

/** A target that is called a key and has another value in each row: it was meant to name the rows. */
function targetKey(context: AuditContext): Suspicion[] {
  const { target } = context.roles;
  const key = columnsNamed(context.frame, [target]).map((column) => keyLikeness(context, column))[0] ?? null;
  if (key === null || key.evidence.named !== true) return [];
  return [
    {
      trap: "identifier",
      columns: [target],
      rows: countedInAll(
        affectedRows(context, () => true),
        context.dataset.rows,
      ),
      severity: "blocker",
      confidence: key.confidence,
      evidence: { ...key.evidence, isTarget: true },
      fix: { action: "advice", text: "Give the column that is to be predicted as --target." },
      counterfactual: null,
      unmeasured: "There is no other target to compare with.",
      question: `Is \`${target}\` a number or name given to each row, without a meaning of its own?`,
      why: `The target \`${target}\` is a key of the rows: ${key.reason}. What names a row cannot be foretold, and nobody needs it foretold.`,
    },
  ];
}

/** Names of row numbers that a program writes into a file. */
const ROW_NUMBER = /^(unnamed(:?[ _]*\d+)?|index|idx|x|row|rownum|row[ _]?(number|no|id)|level_0|_c0|column1|\.\.\.1)$/i;
/** Steps of one from row to row, and stretches that begin at 0 or 1. */
const [COUNTING, LEAST_STRETCH] = [0.95, 5];

/** The row numbers of tables that were put together, or of one that was sorted: they count up or down, and begin anew. */
function countsAnew(context: AuditContext, { name, values }: NumberColumn): Suspicion[] {
  if (!ROW_NUMBER.test(name.trim()) || !infoOf(context, name).integer || context.frame.rowNumbers !== null) return [];
  let [steps, starts, others, least] = [0, 1, 0, Number.POSITIVE_INFINITY];
  for (let row = 0; row < values.length; row++) {
    const [value, before] = [values[row] ?? Number.NaN, values[row - 1] ?? Number.NaN];
    if (value < least) least = value;
    if (row === 0) continue;
    if (Math.abs(value - before) === 1) steps++;
    else if (value < before || value > before + 1) starts++;
    else others++;
  }
  if ((least !== 0 && least !== 1) || steps < COUNTING * (values.length - starts) || others > 0 || values.length < LEAST_STRETCH * starts)
    return [];
  if (starts < 2) return [];
  const drop = [{ op: "drop" as const, columns: [name] }];
  return [
    {
      trap: "identifier",
      columns: [name],
      rows: affectedRows(context, () => true),
      severity: "costly",
      confidence: 0.8,
      evidence: { stretches: starts, steps, usedAsFeature: true },
      fix: { action: "steps", steps: drop },
      counterfactual: { change: "steps", steps: drop, flatters: true },
      question: null,
      why: `\`${name}\` counts the rows one by one and begins anew ${counted(starts - 1, "time")}: it is the row number of tables that were put together, and says where in them a row stood.`,
    },
  ];
}

function suspicion(context: AuditContext, name: string, key: KeyLikeness, used: boolean): Suspicion {
  const [column] = columnsNamed(context.frame, [name]);
  const example =
    column === undefined || personalColumns(context).has(name)
      ? null
      : (Array.from({ length: 20 }, (_, row) => textAt(column, row)).find((text) => text !== null) ?? null);
  const steps = [{ op: "drop" as const, columns: [name] }];
  const rows = countedInAll(
    affectedRows(context, () => true),
    context.dataset.rows,
  );
  const { distinct, missing } = infoOf(context, name);
  const share = Number.isNaN(key.distinctShare)
    ? ""
    : `${percent(distinct / (context.dataset.rows - missing))} of its values are different${example === null ? "" : ` (for example ${example})`}: `;
  return {
    trap: "identifier",
    columns: [name],
    rows,
    severity: used ? "harmful" : "cosmetic",
    confidence: key.confidence,
    evidence: { ...key.evidence, usedAsFeature: used },
    fix: { action: "steps", steps },
    counterfactual: used ? { change: "steps", steps, flatters: true } : { change: "undo", features: [name], steps: [], flatters: true },
    question: used && key.confidence < 0.7 ? `Is \`${name}\` a number or name given to each row, without a meaning of its own?` : null,
    why: `\`${name}\` is a key of the rows: ${share}${key.reason}.${comesBack(context, name)}${used ? "" : " It is left out of the features."}`,
  };
}

/** Rows of one thing may stand on both sides of a split, too few of them to measure that. */
function comesBack(context: AuditContext, name: string): string {
  const { distinct, missing } = infoOf(context, name);
  const more = context.dataset.rows - missing - distinct;
  return more === 0
    ? ""
    : ` In ${counted(more, "row")} a value comes back: where rows of one thing must be judged together, say \`--group ${shellWord(name)}\`.`;
}
