import type { Column } from "../../core/column.ts";
import type { Severity, Suspicion } from "../../core/finding.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import { ranks } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, namedColumns, percent } from "../findings/phrase.ts";
import { explainedGaps } from "../leaks/explained-gaps.ts";
import { type GapsPerRow, gapsPerRow } from "../leaks/gaps-per-row.ts";
import { outtellsValues } from "../leaks/telling-gaps.ts";
import { nameWords } from "../meaning/name-words.ts";
import { gapsOf } from "../missing/missing-masks.ts";
import { type FlagSignal, flagSignal } from "../signal/flag-signal.ts";
import { answerFor } from "../signal/leak-odds.ts";

/** Rows on each side below which a share is too uncertain to say anything. */
const LEAST_ROWS = 10;
/** Chance of one false alarm among all columns of a table. */
const FALSE_ALARM = 1e-4;
/** AUC from which being missing says more than most honest columns do. */
const NOTABLE = 0.65;
const STRONG = 0.85;
/** Below LIKELY: it asks. */
const MAYBE = 0.35;
/** Rows with a gap of which a class holds the first share, while it holds no more than the second of the others. */
const LEAST_TURNED = 20;
const [RULE, EXCEPTION] = [0.75, 0.35];

/** Of a class: gaps that give away fewer of its rows are worth little, however sure they are. */
const LEAST_PURE = 0.05;

/** That a value is missing tells the label: often because it is filled in, or cleared, after the outcome. */
export const missingnessLeak: Check = {
  trap: "missingness-leak",
  title: "Being missing tells the label",
  hiddenByLabels: true,
  inspect(context) {
    const tested = featuresOf(context).flatMap((column) => {
      if (answerFor(context, column.name) === "before") return [];
      const isGap = gapsOf(context, column);
      const signal = flagSignal(context, isGap);
      return signal === null || Math.min(signal.flagged, signal.others) < LEAST_ROWS ? [] : [{ column, isGap, signal }];
    });
    const telling = tested.flatMap((one): Telling[] => {
      const p = Math.min(1, one.signal.p * tested.length);
      const pure = purity(context, one.signal, tested.length);
      if (p > FALSE_ALARM) return [];
      const isPlain = one.signal.auc >= NOTABLE || pure > 0 || turns(context, one.signal);
      const mostTold = !isPlain && outtellsValues(context, one.column, one.signal);
      return isPlain || mostTold ? [{ ...one, p, pure, mostTold }] : [];
    });
    const together = telling.length === 0 ? gapsPerRow(context) : null;
    return [
      ...byCause(context, telling)
        .filter(([first]) => first === undefined || explainedGaps(context, first.column, first.signal.classIndex) === null)
        .map((group) => suspicion(context, group)),
      ...(together === null ? [] : [ofRows(context, together)]),
    ];
  },
};

/** A column whose being missing tells the label. p: corrected for all columns that were tested. */
interface Telling {
  readonly column: Column;
  readonly isGap: (row: number) => boolean;
  readonly signal: FlagSignal;
  readonly p: number;
  /** Of a class the share of the rows that one side holds, and nothing else; 0: neither side is pure. */
  readonly pure: number;
  /** It tells less than most honest columns of most tables, and more than those of this one. */
  readonly mostTold: boolean;
}

/** Share of the shorter gaps that lie within the longer ones, and standard deviations beyond chance, from which the gaps of two columns go together. */
const NESTED = 0.95;
const NESTED_Z = 5;
/** Parts of equally many rows by the target's value, within which gaps that only tell the target are independent. */
const PARTS = 10;

/**
 * Columns whose gaps go together, such as months that are not written once the outcome is there: they are the same, or lie within each other, more than the
 * target explains that both tell. Each column is compared with the one of the next fewer gaps of each group.
 */
function byCause(context: AuditContext, telling: readonly Telling[]): readonly (readonly Telling[])[] {
  const groups: Telling[][] = [];
  for (const one of telling.toSorted((a, b) => a.signal.flagged - b.signal.flagged)) {
    const group = groups.find((held) => areNested(context, held.at(-1) ?? one, one));
    if (group === undefined) groups.push([one]);
    else group.push(one);
  }
  const places = new Map(telling.map((one, place) => [one, place]));
  return groups
    .map((group) => group.toSorted((a, b) => b.signal.auc - a.signal.auc || (places.get(a) ?? 0) - (places.get(b) ?? 0)))
    .sort((a, b) => firstPlace(a, places) - firstPlace(b, places));
}

function firstPlace(group: readonly Telling[], places: ReadonlyMap<Telling, number>): number {
  return Math.min(...group.map((one) => places.get(one) ?? 0));
}

/** z of the rows that both miss, against gaps that are independent where the target is alike (Mantel and Haenszel's test, without its correction). */
function areNested(context: AuditContext, fewer: Telling, more: Telling): boolean {
  const strata = strataOf(context);
  const size = strata.reduce((most, part) => Math.max(most, part + 1), 0);
  const counts = Array.from({ length: size }, () => ({ rows: 0, a: 0, b: 0 }));
  let [all, both] = [0, 0];
  for (let row = 0; row < strata.length; row++) {
    const part = counts[strata[row] ?? -1];
    if (part === undefined) continue;
    const [x, y] = [fewer.isGap(row), more.isGap(row)];
    part.rows++;
    part.a += Number(x);
    part.b += Number(y);
    all += Number(x);
    both += Number(x && y);
  }
  let [expected, variance] = [0, 0];
  for (const { rows, a, b } of counts) {
    if (rows < 2) continue;
    expected += (a * b) / rows;
    variance += (a * b * (rows - a) * (rows - b)) / (rows * rows * (rows - 1));
  }
  if (both < NESTED * all) return false;
  // Gaps that are a whole class leave nothing to be tested: then equal ones go together, and those of a series of columns ("month_11", "month_12").
  if (variance === 0) return both === counts.reduce((sum, { b }) => sum + b, 0) || seriesOf(fewer) === seriesOf(more);
  return both - expected > NESTED_Z * Math.sqrt(variance);
}

function seriesOf({ column }: Telling): string {
  const words = nameWords(column.name).filter((word) => !/^\p{N}+$/u.test(word));
  return words.length === 0 ? column.name : words.join(" ");
}

/** Class of each row, or a tenth of the rows by the target's rank; -1 without a label. Once per audit. */
function strataOf(context: AuditContext): Int32Array {
  return context.shared("missingness strata", () => {
    const { target, task } = context;
    if (task.kind !== "regression") return int32From(target, (label) => (Number.isNaN(label) ? -1 : label));
    const labelled = Array.from(target.keys()).filter((row) => !Number.isNaN(target[row]));
    const rank = ranks(float64From(labelled, (row) => target[row] ?? 0));
    const strata = new Int32Array(target.length).fill(-1);
    labelled.forEach((row, place) => {
      strata[row] = Math.min(PARTS - 1, Math.floor((PARTS * ((rank[place] ?? 1) - 0.5)) / labelled.length));
    });
    return strata;
  });
}

/** A gap in few rows tells little of all and much of its own: with it a class is the rule that is the exception without. */
function turns({ task }: AuditContext, { flagged, withFlag, withoutFlag, classIndex }: FlagSignal): boolean {
  if (classIndex < 0 || task.kind === "regression" || flagged < LEAST_TURNED) return false;
  const isTurned = (one: number, other: number) => one >= RULE && other <= EXCEPTION;
  return isTurned(withFlag, withoutFlag) || (task.kind === "binary" && isTurned(1 - withFlag, 1 - withoutFlag));
}

/** One side holds one class only, which its base rate makes a wonder: of that class (or of all others) the share of the rows that stand there. 0: neither side. */
function purity(context: AuditContext, { flagged, others, withFlag, withoutFlag, classIndex }: FlagSignal, tests: number): number {
  if (classIndex < 0 || context.task.kind === "regression") return 0;
  const base = (flagged * withFlag + others * withoutFlag) / (flagged + others);
  const held = [
    [flagged, withFlag],
    [others, withoutFlag],
  ].map(([rows = 0, share = 0]) => {
    const own = share === 1 ? base : 1 - base;
    if (rows < LEAST_ROWS || (share > 0 && share < 1)) return 0;
    return own ** rows * tests < 1e-6 ? rows / (own * (flagged + others)) : 0;
  });
  return Math.max(...held);
}

/** group: the column that tells most first. */
function suspicion(context: AuditContext, group: readonly Telling[]): Suspicion {
  const [first] = group;
  if (first === undefined) throw new RangeError("no column");
  const { column, signal } = first;
  const held = Math.max(...group.map((one) => one.pure));
  const pure = held >= LEAST_PURE;
  const severity: Severity = signal.auc >= STRONG || pure ? "blocker" : "harmful";
  const confidence = signal.auc >= 0.95 ? 0.9 : signal.auc >= STRONG ? 0.75 : pure ? 0.6 : MAYBE;
  const names = group.map((one) => one.column.name);
  const columns = names.toSorted();
  const steps = [{ op: "drop" as const, columns }];
  return {
    trap: "missingness-leak",
    columns,
    rows: affectedRows(context, (row) => group.some((one) => one.isGap(row))),
    severity,
    confidence,
    evidence: {
      auc: signal.auc,
      p: first.p,
      missingRows: signal.flagged,
      targetWhenMissing: signal.withFlag,
      targetWhenPresent: signal.withoutFlag,
      pure: held > 0,
      ...(group.length > 1 ? { strongest: column.name } : {}),
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: `Is it settled before the outcome is known whether ${namedColumns(names)} ${names.length === 1 ? "is" : "are"} filled in?`,
    choices: KNOWN_AT,
    why: `${sentence(context, column.name, first)}${group.length === 1 ? "" : ` The gaps of ${namedColumns(names.slice(1))} go together with these, more than the target explains.`}`,
  };
}

/** No step takes away that a row has many gaps and leaves its values. */
function ofRows(context: AuditContext, { columns, gaps, score, z, bestAlone }: GapsPerRow): Suspicion {
  const most = gaps.reduce((held, count) => Math.max(held, count), 0);
  return {
    trap: "missingness-leak",
    columns: columns.toSorted(),
    rows: affectedRows(context, (row) => (gaps[row] ?? 0) > 0),
    severity: "harmful",
    confidence: MAYBE,
    evidence: { kind: "gaps per row", score, z, bestAlone, mostGaps: most },
    fix: {
      action: "advice",
      text: "Find out when these columns are filled in; if that is once the outcome is known, take their values of before it.",
    },
    counterfactual: null,
    unmeasured: "No step of a recipe takes away how much a row lacks and leaves what it has.",
    question: `Is it settled before the outcome is known whether ${namedColumns(columns)} are filled in?`,
    choices: KNOWN_AT,
    why: `How many of ${amount(columns.length)} columns a row lacks (up to ${amount(most)}) tells the target with a score of ${score.toFixed(2)} (0.5 nothing, 1 everything), the gaps of the best of them alone ${bestAlone.toFixed(2)}: they may be filled in once the outcome is known.`,
  };
}

function sentence({ task }: AuditContext, name: string, { signal, mostTold }: Telling): string {
  const { auc, withFlag, withoutFlag, classIndex } = signal;
  const tells = mostTold
    ? `an AUC of ${auc.toFixed(2)}, more than any other column tells by its values`
    : auc < NOTABLE
      ? "too unlike for chance"
      : `that alone separates the outcomes with an AUC of ${auc.toFixed(2)}`;
  if (task.kind === "regression") {
    return `Where \`${name}\` is missing the target is ${amount(withFlag)} on average, where it is present ${amount(withoutFlag)}: ${tells}.`;
  }
  return `Where \`${name}\` is missing ${percent(withFlag)} of the rows are "${task.classes[classIndex] ?? ""}", where it is present ${percent(withoutFlag)}: ${tells}.`;
}
