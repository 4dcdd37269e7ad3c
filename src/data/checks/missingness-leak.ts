import { type Column, isMissing } from "../../core/column.ts";
import type { Severity, Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, namedColumns, percent } from "../findings/phrase.ts";
import { type FlagSignal, flagSignal } from "../signal/flag-signal.ts";
import { answerFor } from "../signal/leak-odds.ts";

/** Rows on each side below which a share is too uncertain to say anything. */
const LEAST_ROWS = 10;
/** Chance of one false alarm among all columns of a table. */
const FALSE_ALARM = 1e-4;
/** AUC from which being missing says more than most honest columns do. */
const NOTABLE = 0.65;
const STRONG = 0.85;

/** That a value is missing tells the label: often because it is filled in, or cleared, after the outcome. */
export const missingnessLeak: Check = {
  trap: "missingness-leak",
  title: "Being missing tells the label",
  inspect(context) {
    const tested = featuresOf(context).flatMap((column) => {
      if (infoOf(context, column.name).missing === 0 || answerFor(context, column.name) === "before") return [];
      const signal = flagSignal(context, (row) => isMissing(column, row));
      return signal === null || Math.min(signal.flagged, signal.others) < LEAST_ROWS ? [] : [{ column, signal }];
    });
    const telling = tested.flatMap((one): Telling[] => {
      const p = Math.min(1, one.signal.p * tested.length);
      const pure = purity(context, one.signal, tested.length);
      return p > FALSE_ALARM || (one.signal.auc < NOTABLE && !pure) ? [] : [{ ...one, p, pure }];
    });
    return byCause(context, telling).map((group) => suspicion(context, group));
  },
};

/** A column whose being missing tells the label. p: corrected for all columns that were tested. */
interface Telling {
  readonly column: Column;
  readonly signal: FlagSignal;
  readonly p: number;
  readonly pure: boolean;
}

/** Share of the shorter gaps that lie within the longer ones, and standard deviations beyond chance, from which two columns are emptied by one cause. */
const NESTED = 0.95;
const NESTED_Z = 5;

/**
 * Columns that one cause empties, such as months that are not written once the outcome is there: their gaps are the same, or lie within each other. Each
 * column is compared with the one of the next fewer gaps of each group.
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

function areNested({ frame: { rows } }: AuditContext, fewer: Telling, more: Telling): boolean {
  let [a, b, both] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [x, y] = [isMissing(fewer.column, row), isMissing(more.column, row)];
    a += Number(x);
    b += Number(y);
    both += Number(x && y);
  }
  const [share, expected] = [b / rows, (a * b) / rows];
  return both >= NESTED * a && both - expected > NESTED_Z * Math.sqrt(expected * (1 - share));
}

/** One side of 20 rows or more holds one class only, which its base rate makes a wonder. */
function purity(context: AuditContext, { flagged, others, withFlag, withoutFlag, classIndex }: FlagSignal, tests: number): boolean {
  if (classIndex < 0 || context.task.kind === "regression") return false;
  const base = (flagged * withFlag + others * withoutFlag) / (flagged + others);
  return [
    [flagged, withFlag],
    [others, withoutFlag],
  ].some(([rows = 0, share = 0]) => {
    if (rows < 20 || (share > 0 && share < 1)) return false;
    return (share === 1 ? base : 1 - base) ** rows * tests < 1e-6;
  });
}

/** group: the column that tells most first. */
function suspicion(context: AuditContext, group: readonly Telling[]): Suspicion {
  const [first] = group;
  if (first === undefined) throw new RangeError("no column");
  const { column, signal } = first;
  const pure = group.some((one) => one.pure);
  const severity: Severity = signal.auc >= STRONG || pure ? "blocker" : "harmful";
  const confidence = signal.auc >= 0.95 ? 0.9 : signal.auc >= STRONG ? 0.75 : pure ? 0.6 : 0.35;
  const names = group.map((one) => one.column.name);
  const columns = names.toSorted();
  const steps = [{ op: "drop" as const, columns }];
  return {
    trap: "missingness-leak",
    columns,
    rows: affectedRows(context, (row) => group.some((one) => isMissing(one.column, row))),
    severity,
    confidence,
    evidence: {
      auc: signal.auc,
      p: first.p,
      missingRows: signal.flagged,
      targetWhenMissing: signal.withFlag,
      targetWhenPresent: signal.withoutFlag,
      pure,
      ...(group.length > 1 ? { strongest: column.name } : {}),
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: `Is it settled before the outcome is known whether ${namedColumns(names)} ${names.length === 1 ? "is" : "are"} filled in?`,
    choices: KNOWN_AT,
    why: `${sentence(context, column.name, signal)}${group.length === 1 ? "" : ` The gaps of ${namedColumns(names.slice(1))} lie within each other and with these, so they have one cause.`}`,
  };
}

function sentence({ task }: AuditContext, name: string, { auc, withFlag, withoutFlag, classIndex }: FlagSignal): string {
  const tells = auc < NOTABLE ? "too pure for chance" : `that alone separates the outcomes with an AUC of ${auc.toFixed(2)}`;
  if (task.kind === "regression") {
    return `Where \`${name}\` is missing the target is ${amount(withFlag)} on average, where it is present ${amount(withoutFlag)}: ${tells}.`;
  }
  return `Where \`${name}\` is missing ${percent(withFlag)} of the rows are "${task.classes[classIndex] ?? ""}", where it is present ${percent(withoutFlag)}: ${tells}.`;
}
