import type { Suspicion } from "../../core/finding.ts";
import type { Unrecorded } from "../../core/task.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed, textAt, valueAt } from "../columns/column-facts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent, quoted } from "../findings/phrase.ts";
import type { StoppedLevel, StoppedLevels } from "../labels/stopped-levels.ts";
import { timeText } from "../labels/time-text.ts";
import { emptiedLabels } from "../labels/without-labels.ts";
import type { ConstantLevel } from "../labels/zero-levels.ts";
import { stoppedKinds, zerosOfKinds } from "../leaks/zeros-of-kinds.ts";

const MOST_FINDINGS = 5;
const MANY = 0.05;
const MOST_SHOWN = 20;

/** In a part of the table the target is always 0 (or its smallest value), or has one value from a time on: it may not have been recorded there. */
export const unobservedAsZero: Check = {
  trap: "unobserved-as-zero",
  title: "The target is 0 where it was not recorded",
  inspect: (context) => [...context.labels.filter(({ trap }) => trap === "unobserved-as-zero"), ...unobserved(context)],
};

function unobserved(context: AuditContext): readonly Suspicion[] {
  const levels = zerosOfKinds(context);
  const columns = [...new Set(levels.map(({ column }) => column))].slice(0, MOST_FINDINGS);
  const always = columns.map((column) =>
    suspicion(
      context,
      levels.filter((one) => one.column === column),
    ),
  );
  const stopped = stoppedKinds(context)
    .slice(0, MOST_FINDINGS)
    .map((one) => stoppedAt(context, one));
  return [...always, ...stopped];
}

/**
 * Truly 0 and not recorded look alike within the level. What speaks for "not recorded" is that the value is rare elsewhere: where it is common, a level of
 * nothing but it is the end of a scale of shares.
 */
function confidenceOf(elsewhere: number): number {
  return 0.35 + 0.35 * (1 - Math.min(1, elsewhere / 0.5));
}

function emptied(target: string, unrecorded: readonly Unrecorded[]): Pick<Suspicion, "fix"> {
  return { fix: emptiedLabels(target, [], unrecorded) };
}

function timeOf({ frame }: AuditContext, by: string, row: number): number {
  const [time] = columnsNamed(frame, [by]);
  return time === undefined ? Number.NaN : valueAt(time, row);
}

/** Share of the rows outside all these levels that have the value. */
function shareElsewhere({ target }: AuditContext, value: number, inside: { readonly rows: number; readonly equal: number }): number {
  let [labelled, equal] = [0, 0];
  for (const label of target) {
    labelled += Number(!Number.isNaN(label));
    equal += Number(label === value);
  }
  return (equal - inside.equal) / Math.max(1, labelled - inside.rows);
}

/** From a time on one value alone, or up to a time. What speaks for "not recorded" is that the value was rare before and is rare elsewhere. */
function stoppedAt(context: AuditContext, { column, by, levels, rows, p }: StoppedLevels): Suspicion {
  const { roles, task } = context;
  const held = new Set(rows);
  const labelled = context.target.reduce((count, label) => count + Number(!Number.isNaN(label)), 0);
  const [before, elsewhere] = [Math.max(...levels.map((one) => one.before)), Math.max(...levels.map((one) => one.elsewhere))];
  const words = wordsOf(context, by, levels);
  const isUntil = levels[0]?.side === "until";
  return {
    trap: "unobserved-as-zero",
    columns: [column, roles.target, by],
    rows: affectedRows(context, (row) => held.has(row)),
    severity: rows.length >= MANY * labelled ? "harmful" : "costly",
    confidence: 0.4 + 0.3 * (1 - Math.max(before, elsewhere)),
    evidence: {
      kind: isUntil ? "unstarted" : "stopped",
      levels: levels.slice(0, MOST_SHOWN).map(({ level, value, first }) => ({
        level,
        value: task.kind === "regression" ? value : (task.classes[value] ?? ""),
        [isUntil ? "until" : "from"]: timeText(context, by, first),
      })),
      labelledRows: rows.length,
      before,
      elsewhere,
      p,
    },
    fix: {
      action: "advice",
      text: `If \`${roles.target}\` was not recorded there ${isUntil ? "yet" : "any more"}, empty it in these rows: then they are left out.`,
    },
    ifConfirmed: emptied(
      roles.target,
      levels.map(({ level, value, first }) => ({
        column,
        values: [level],
        label: task.kind === "regression" ? String(value) : (task.classes[value] ?? ""),
        by,
        [isUntil ? "until" : "from"]: timeOf(context, by, first),
      })),
    ),
    counterfactual: null,
    unmeasured: "Whether the rows belong to the question at all decides; a score on other rows is no price.",
    question: `Was \`${roles.target}\` ${isUntil ? "already" : "still"} recorded in rows where \`${column}\` is ${words.levels}?`,
    choices: ["no", "yes"],
    why: `Where \`${column}\` is ${words.levels}, all ${amount(rows.length)} rows have \`${roles.target}\` = ${words.values}, which ${levels.length > 1 ? `up to ${percent(before)} of their` : `${percent(before)} of its`} rows just ${isUntil ? "after" : "before"} have, and ${percent(elsewhere)} of the other rows of the same time: it may not have been recorded there ${isUntil ? "yet, or it had not begun" : "any more, or it ended"}.`,
  };
}

/** Levels with the day from which on they are so, once where it is the same, and what they hold. */
function wordsOf(context: AuditContext, by: string, levels: readonly StoppedLevel[]): { readonly levels: string; readonly values: string } {
  const { task } = context;
  const days = levels.map(({ first }) => timeText(context, by, first));
  const isOneDay = new Set(days).size === 1;
  const when = (day = "") => (levels[0]?.side === "until" ? `up to ${day}` : `from ${day} on`);
  const named = levels.map(({ level }, i) => (isOneDay ? quoted(level) : `${quoted(level)} (${when(days[i])})`)).join(" or ");
  const values = new Set(levels.map(({ value }) => (task.kind === "regression" ? amount(value) : quoted(task.classes[value] ?? ""))));
  return { levels: isOneDay ? `${named} ${when(days[0])}` : named, values: [...values].join(" or ") };
}

function suspicion(context: AuditContext, levels: readonly ConstantLevel[]): Suspicion {
  const { roles, frame } = context;
  const [first] = levels;
  const column = first?.column ?? "";
  const [source] = columnsNamed(frame, [column]);
  const names = new Set(levels.map(({ level }) => level));
  const [rows, equal] = [levels.reduce((sum, one) => sum + one.rows, 0), levels.reduce((sum, one) => sum + one.equal, 0)];
  const value = amount(first?.value ?? 0);
  const elsewhere = shareElsewhere(context, first?.value ?? 0, { rows, equal });
  const shown = levels
    .slice(0, 3)
    .map(({ level }) => quoted(level))
    .join(", ");
  const labelled = context.target.reduce((count, label) => count + Number(!Number.isNaN(label)), 0);
  return {
    trap: "unobserved-as-zero",
    columns: [column, roles.target],
    rows: affectedRows(context, (row) => source !== undefined && names.has(textAt(source, row) ?? "")),
    severity: rows >= MANY * labelled ? "harmful" : "costly",
    confidence: confidenceOf(elsewhere),
    evidence: {
      value: first?.value ?? 0,
      levels: levels.slice(0, MOST_SHOWN).map(({ level }) => level),
      labelledRows: rows,
      equalRows: equal,
      elsewhere,
      p: first?.p ?? 1,
    },
    fix: { action: "advice", text: `If \`${roles.target}\` was not recorded there, empty it in these rows: then they are left out.` },
    ifConfirmed: emptied(roles.target, [{ column, values: levels.map(({ level }) => level), label: String(first?.value ?? 0) }]),
    counterfactual: null,
    unmeasured: "Whether the rows belong to the question at all decides; a score on other rows is no price.",
    question: `Was \`${roles.target}\` recorded in rows where \`${column}\` is ${shown}?`,
    choices: ["no", "yes"],
    why: `In ${counted(levels.length, "level")} of \`${column}\` (${shown}) ${equal === rows ? "all" : `${amount(equal)} of`} ${amount(rows)} rows have \`${roles.target}\` = ${value}, which ${elsewhere === 0 ? "no other row has" : `${percent(elsewhere)} of the other rows have`}: it may not have been recorded there.`,
  };
}
