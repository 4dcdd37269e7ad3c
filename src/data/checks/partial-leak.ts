import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { associationsOf, viewOf } from "../signal/associations.ts";
import { answerFor, knownQuestion, NEAR_PERFECT } from "../signal/leak-odds.ts";

/** Share of the rows that a value must hold, and the most values of a column that can. */
const LEAST_SHARE = 0.05;

/** A pure value of a class that most rows have anyway is no news. */
const COMMON_CLASS = 0.7;

const MOST_FINDINGS = 5;

interface PureValue {
  readonly column: string;
  readonly text: string;
  readonly label: string;
  readonly rows: number;
  readonly base: number;
  readonly p: number;
}

/** A value that always goes with one class, although that class is not common: perfect on a part of the rows. */
export const partialLeak: Check = {
  trap: "partial-leak",
  title: "A value always goes with one class",
  async inspect(context) {
    if (context.task.kind === "regression") return [];
    const associations = associationsOf(context);
    const features = columnsNamed(context.frame, context.roles.features).filter(
      ({ name }) => answerFor(context, name) !== "before" && (associations.get(name)?.score ?? 0) < NEAR_PERFECT,
    );
    const pure: PureValue[] = [];
    for (const column of features) {
      pure.push(...pureValues(context, column));
      await context.pause();
    }
    const limit = 0.001 / (20 * Math.max(1, features.length));
    const best = new Map<string, PureValue>();
    for (const value of pure.filter(({ p }) => p < limit).sort((a, b) => a.p - b.p || b.rows - a.rows)) {
      if (!best.has(value.column)) best.set(value.column, value);
    }
    return [...best.values()].slice(0, MOST_FINDINGS).map((value) => suspicion(context, value));
  },
};

function pureValues(context: AuditContext, column: Column): readonly PureValue[] {
  const view = viewOf(context);
  const classes = context.task.kind === "regression" ? [] : context.task.classes;
  const counts = new Map<string, { rows: number; label: number; pure: boolean }>();
  for (const row of view.rows) {
    const text = textAt(column, row);
    const label = context.target[row] ?? Number.NaN;
    if (text === null) continue;
    const held = counts.get(text);
    if (held === undefined) counts.set(text, { rows: 1, label, pure: true });
    else {
      held.rows++;
      if (held.label !== label) held.pure = false;
    }
  }
  const least = Math.max(20, LEAST_SHARE * view.rows.length);
  return [...counts].flatMap(([text, { rows, label, pure }]) => {
    if (!pure || rows < least) return [];
    const base = shareOf(context, label);
    if (base > COMMON_CLASS) return [];
    return [{ column: column.name, text, label: classes[label] ?? "", rows, base, p: binomialUpperTail(rows, rows, base) }];
  });
}

function shareOf(context: AuditContext, label: number): number {
  const shares = context.shared("class shares", () => {
    const counts = new Map<number, number>();
    const { rows } = viewOf(context);
    for (const row of rows) counts.set(context.target[row] ?? 0, (counts.get(context.target[row] ?? 0) ?? 0) + 1 / rows.length);
    return counts;
  });
  return shares.get(label) ?? 0;
}

function suspicion(context: AuditContext, value: PureValue): Suspicion {
  const { column, text, label, rows, base } = value;
  const steps = [{ op: "drop" as const, columns: [column] }];
  const meaning = meaningOf(column);
  const source = columnsNamed(context.frame, [column])[0];
  const answered = answerFor(context, column) === "after";
  const confidence = answered ? 1 : Math.min(0.9, 0.2 + 0.4 * (1 - base) + 0.4 * meaning.after) * (meaning.excusedBy.length > 0 ? 0.3 : 1);
  return {
    trap: "partial-leak",
    columns: [column],
    rows: affectedRows(context, (row) => source !== undefined && textAt(source, row) === text),
    severity: confidence >= 0.5 ? "blocker" : "harmful",
    confidence,
    evidence: {
      value: text,
      class: label,
      rows,
      classShare: base,
      log10P: Math.max(-300, rows * Math.log10(base)),
      afterWeight: meaning.after,
    },
    fix:
      confidence >= 0.5
        ? { action: "steps", steps }
        : { action: "advice", text: `Find out whether "${column}" is known before the prediction.` },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
    why: `All ${amount(rows)} rows with \`${column}\` = ${quoted(text)} have the class ${quoted(label)}, which ${percent(base)} of all rows have.`,
  };
}
