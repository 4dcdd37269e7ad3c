import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";
import { levelCounts, valueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";
import { type EqualAtLevel, equalAtLevel } from "../leaks/equal-at-level.ts";
import { associationsOf, viewOf } from "../signal/associations.ts";
import { answerFor, knownQuestion, NEAR_PERFECT } from "../signal/leak-odds.ts";
import { meaningIn } from "../signal/named-after.ts";

/** Share of the rows that the pure values of one class must hold together, and the rows that each must. */
const LEAST_SHARE = 0.05;
const LEAST_ROWS = 20;

/** A pure value of a class that most rows have anyway is news only where chance hardly ever makes it. */
const [COMMON_CLASS, LEAST_WONDER] = [0.7, 1e-12];

const MOST_FINDINGS = 5;
const [MOST_NAMED, MOST_UNNAMED] = [0.9, 0.45];

interface Level {
  rows: number;
  readonly label: number;
  pure: boolean;
  readonly text: string;
  /** Rows of each class. */
  readonly labels: Float64Array;
}

interface PureValue {
  readonly column: string;
  /** The most frequent first. */
  readonly texts: readonly string[];
  readonly label: string;
  /** Of all of them. */
  readonly rows: number;
  readonly base: number;
  readonly p: number;
}

/** A value that always goes with one class, although that class is not common: perfect on a part of the rows. */
export const partialLeak: Check = {
  trap: "partial-leak",
  title: "A value always goes with one class",
  async inspect(context) {
    if (context.task.kind === "regression") return equalAtLevel(context).map((one) => ofEqual(context, one));
    const associations = associationsOf(context);
    const features = columnsNamed(context.frame, context.roles.features).filter(
      ({ name }) => answerFor(context, name) !== "before" && (associations.get(name)?.score ?? 0) < NEAR_PERFECT,
    );
    const pure: PureValue[] = [];
    for (const column of features) {
      pure.push(...pureValues(context, column));
      await context.pause();
    }
    const limit = 0.001 / Math.max(1, features.length);
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
  const frequent = frequentLevels(context, column, classes.length);
  return classes.flatMap((name, label) => {
    const all = frequent.filter((one) => one.pure && one.label === label).sort((a, b) => b.rows - a.rows);
    // Far numbers may all have one class honestly: each must hold the share by itself.
    const pure = "codes" in column ? all : all.slice(0, 1);
    const [most] = pure;
    const rows = pure.reduce((sum, one) => sum + one.rows, 0);
    const base = shareOf(context, label);
    if (most === undefined || rows < LEAST_SHARE * view.rows.length) return [];
    if ("codes" in column && isOfOneSpread(most.rows, frequent, pure, label)) return [];
    // By the most frequent of them alone, for each that could have been it.
    const p = Math.min(1, frequent.length * binomialUpperTail(most.rows, most.rows, base));
    if (base > COMMON_CLASS && p > LEAST_WONDER) return [];
    return [{ column: column.name, texts: pure.map(({ text }) => text), label: name, rows, base, p }];
  });
}

/** Values of so many looked at rows, in the order of their first ones. Most numbers have none. */
function frequentLevels(context: AuditContext, column: Column, classes: number): readonly Level[] {
  const placeOf = frequentPlaces(context, column);
  if (placeOf === null) return [];
  const { rows } = viewOf(context);
  const levels: Level[] = [];
  const found: (Level | undefined)[] = [];
  for (const row of rows) {
    const place = placeOf(row);
    if (place < 0) continue;
    const label = context.target[row] ?? Number.NaN;
    let held = found[place];
    if (held === undefined) {
      held = { rows: 0, label, pure: true, text: textAt(column, row) ?? "", labels: new Float64Array(classes) };
      found[place] = held;
      levels.push(held);
    }
    held.rows++;
    held.labels[label] = (held.labels[label] ?? 0) + 1;
    if (held.label !== label) held.pure = false;
  }
  return levels.filter((level) => level.rows >= LEAST_ROWS);
}

/** A number for each value that may be frequent, -1 for the others; null where none may. */
function frequentPlaces(context: AuditContext, column: Column): ((row: number) => number) | null {
  if ("codes" in column) {
    const { codes } = column;
    return levelCounts(context, column).some((rows) => rows >= LEAST_ROWS) ? (row) => codes[row] ?? -1 : null;
  }
  const { values, counts } = valueCounts(context, column);
  const places = new Map<number, number>();
  for (let i = 0; i < values.length; i++) if ((counts[i] ?? 0) >= LEAST_ROWS) places.set(values[i] ?? 0, places.size);
  return places.size === 0 ? null : (row) => places.get(column.values[row] ?? Number.NaN) ?? -1;
}

/** Levels beside the pure ones from which their spread is known, and deviations of it within which a pure one is the end of it. */
const [LEAST_OTHERS, WITHIN] = [3, 2.5];

/**
 * The other levels lie so far apart that one which always has the class is the end of their spread, as of a category that honestly tells much: by log odds of the class, with the
 * lower 95 % limit of the pure level. A level that was written with the outcome stands apart from others that are alike.
 */
function isOfOneSpread(rows: number, frequent: readonly Level[], pure: readonly Level[], label: number): boolean {
  const others = frequent.filter((one) => !pure.includes(one));
  if (others.length < LEAST_OTHERS) return false;
  const odds = others.map(({ rows: own, labels }) => Math.log(((labels[label] ?? 0) + 0.5) / (own - (labels[label] ?? 0) + 0.5)));
  const mean = odds.reduce((sum, one) => sum + one, 0) / odds.length;
  const spread = Math.sqrt(odds.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (odds.length - 1));
  const lowest = 0.05 ** (1 / rows);
  return Math.log(lowest / (1 - lowest)) - mean < WITHIN * spread;
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

/** What is the target itself in some rows is known with it there; of the others it may be an honest earlier value. */
function ofEqual(context: AuditContext, { column, by, text, rows, others, equalElsewhere }: EqualAtLevel): Suspicion {
  const hit = new Set(rows);
  const { target } = context.roles;
  return {
    trap: "partial-leak",
    columns: [column],
    rows: affectedRows(context, (row) => hit.has(row)),
    severity: "harmful",
    confidence: 0.6,
    evidence: { by, value: text, rows: rows.length, others, equalElsewhere },
    fix: {
      action: "advice",
      text: `Leave the rows with \`${by}\` = ${quoted(text)} out, or predict how \`${target}\` differs from \`${column}\`.`,
    },
    counterfactual: { change: "steps", steps: [{ op: "drop", columns: [column] }], flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
    why: `\`${column}\` is the target itself in the ${amount(rows.length)} rows with \`${by}\` = ${quoted(text)}, and in ${amount(equalElsewhere)} of the other ${amount(others)}: those rows give their answer away.`,
  };
}

function suspicion(context: AuditContext, value: PureValue): Suspicion {
  const { column, texts, label, rows, base, p } = value;
  const [text = ""] = texts;
  const steps = [{ op: "drop" as const, columns: [column] }];
  const meaning = meaningIn(context, column);
  const source = columnsNamed(context.frame, [column])[0];
  const answered = answerFor(context, column) === "after";
  // Without a word for it only a person knows whether the value was written with the outcome.
  const most = meaning.after > 0 ? MOST_NAMED : MOST_UNNAMED;
  const confidence = answered ? 1 : Math.min(most, 0.2 + 0.4 * (1 - base) + 0.4 * meaning.after) * (meaning.excusedBy.length > 0 ? 0.3 : 1);
  return {
    trap: "partial-leak",
    columns: [column],
    rows: affectedRows(context, (row) => source !== undefined && texts.includes(textAt(source, row) ?? "")),
    severity: confidence >= 0.5 ? "blocker" : "harmful",
    confidence,
    evidence: {
      value: text,
      values: texts.length,
      class: label,
      rows,
      classShare: base,
      log10P: Math.max(-300, Math.log10(p)),
      afterWeight: meaning.after,
    },
    fix:
      confidence >= 0.5
        ? { action: "steps", steps }
        : { action: "advice", text: `Find out whether "${column}" is known before the prediction.` },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
    why: `All ${amount(rows)} rows with \`${column}\` = ${quoted(text)}${texts.length === 1 ? "" : texts.length === 2 ? ` or ${quoted(texts[1] ?? "")}` : ` or one of ${amount(texts.length - 1)} other values`} have the class ${quoted(label)}, which ${percent(base)} of all rows have.`,
  };
}
