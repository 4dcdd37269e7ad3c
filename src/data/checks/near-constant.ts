import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { HeldValues } from "../../core/whole-counts.ts";
import { binomialCdf, binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { levelCounts, valueCounts } from "../columns/counts.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { emptyRowNumbers } from "../missing/empty-rows.ts";
import { type HardlyVarying, hardlyVarying, isOther } from "../missing/hardly-varying.ts";
import { isConstant } from "../missing/one-value.ts";
import { onlyNullWord } from "../missing/only-null-word.ts";
import { type FlagSignal, flagSignal } from "../signal/flag-signal.ts";

const TOP_SHARE = 0.99;
/** Below this p, over all such columns, the rare rows do tell something of the target and the column is kept; fewer of them tell nothing that would last. */
const [TELLS, LEAST_TELLING] = [0.01, 5];

/** Columns with one value in at least 99 % of the rows, where the other rows tell nothing of the target; and others that hardly vary, to be looked at. */
export const nearConstant: Check = {
  trap: "near-constant",
  title: "Columns hold nearly one value only",
  inspect(context) {
    const found = tellingNothing(context);
    const told = new Set(found.map(({ name }) => name));
    return [...(found.length === 0 ? [] : [suspicion(context, found)]), ...tellingLittle(context, told)];
  },
};

interface NearlyConstant {
  readonly name: string;
  readonly share: number;
  readonly rare: (row: number) => boolean;
  readonly held: HeldValues | null;
}

function tellingNothing(context: AuditContext): readonly NearlyConstant[] {
  // Rows without any value are left out, and one value in all others is told as such.
  const empty = new Set(emptyRowNumbers(context));
  const nearly = featuresOf(context).flatMap((column) => {
    const top = topOf(context, column, context.frame.rows - empty.size);
    const info = infoOf(context, column.name);
    const isOne = isConstant(context, column) || (info.distinct === 1 && info.missing === 0);
    if (top === null || top.share < TOP_SHARE || isOne) return [];
    const rare = (row: number) => valueAt(column, row) !== top.value && !empty.has(row);
    return [{ name: column.name, share: top.share, rare, held: rareValues(context, column, top.value), signal: flagSignal(context, rare) }];
  });
  return nearly.filter(
    ({ signal }) => signal === null || signal.flagged < LEAST_TELLING || chanceOf(context, signal) >= TELLS / nearly.length,
  );
}

/** Of two classes the exact two-sided p of the few rows (binomial, at the share in the others): by a normal one a few too many are too many. */
function chanceOf({ task }: AuditContext, { flagged, withFlag, withoutFlag, p }: FlagSignal): number {
  if (task.kind !== "binary") return p;
  const positives = Math.round(withFlag * flagged);
  return Math.min(1, 2 * Math.min(binomialCdf(positives, flagged, withoutFlag), binomialUpperTail(positives, flagged, withoutFlag)));
}

function suspicion(context: AuditContext, found: readonly NearlyConstant[]): Suspicion {
  const columns = found.map(({ name }) => name);
  const least = Math.min(...found.map(({ share }) => share));
  const steps = [{ op: "drop" as const, columns }];
  const held = found.flatMap((one) => one.held ?? []);
  return {
    trap: "near-constant",
    columns,
    rows: affectedRows(context, (row) => found.some(({ rare }) => rare(row))),
    ...(held.length < found.length ? {} : { held }),
    severity: "cosmetic",
    confidence: 0.9,
    evidence: { leastTopShare: least, columns: columns.length },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    why: `${namedColumns(columns)} ${columns.length === 1 ? "has" : "have"} one value in ${heldIn(least)}.`,
  };
}

const SHOWN = 3;

/** What the few other rows seem to tell, or a column of few rows with a value: nothing is dropped. */
function tellingLittle(context: AuditContext, told: ReadonlySet<string>): readonly Suspicion[] {
  const found = featuresOf(context).flatMap((column) => {
    const isTold = told.has(column.name) || isConstant(context, column) || onlyNullWord(context, column.name) !== null;
    const isMark = !isTold && column.type !== "date";
    return (isMark ? hardlyVarying(context, column) : null) ?? [];
  });
  if (found.length === 0) return [];
  const others = found.map(isOther);
  const columns = found.map(({ column }) => column.name);
  const marks = found.filter(({ rows, held }) => rows === held);
  const few = found.filter(({ rows, held }) => rows < held);
  return [
    {
      trap: "near-constant",
      columns,
      rows: affectedRows(context, (row) => others.some((other) => other(row))),
      severity: "cosmetic",
      confidence: 0.8,
      evidence: { topRows: Object.fromEntries(found.map(({ column, rows, held }) => [column.name, { rows, held }])) },
      fix: {
        action: "advice",
        text: "Ask what the other rows are before a model relies on them: they are few, and some folds or new tables have none.",
      },
      counterfactual: null,
      unmeasured: "Whether few rows, or gaps, bring anything a score hardly shows.",
      question: null,
      why: [
        few.length === 0 ? [] : [`${listed(context, few)}: what a model learns there rests on few rows.`],
        marks.length === 0 ? [] : [`${listed(context, marks)}: only whether a cell is filled tells rows apart.`],
      ]
        .flat()
        .join(" "),
    },
  ];
}

function listed(context: AuditContext, found: readonly HardlyVarying[]): string {
  const shown = found.slice(0, SHOWN).map(({ column, value, rows, held }) => {
    return `\`${column.name}\` is ${"codes" in column ? quoted(value) : value} in ${rows === held ? "all" : `${amount(rows)} of`} ${amount(held)} rows${held < context.frame.rows ? " that say anything" : ""}`;
  });
  const more = found.length - SHOWN;
  return `${shown.join(", ")}${more > 0 ? `, and ${counted(more, "more column")} ${more === 1 ? "is" : "are"} like it` : ""}`;
}

/** The other values may all stand beyond a sample. */
function heldIn(least: number): string {
  return least === 1
    ? "all rows of the sample, and others in few rows beyond it"
    : `at least ${percent(least)} of the rows, and the target is no different in the other rows`;
}

/** More values are not looked for in the whole table. */
const MOST_VALUES = 100;

/** The other values of a column; null where rows without a value are of them, or rows beyond a sample hold more. */
function rareValues(context: AuditContext, column: Column, top: number): HeldValues | null {
  const { missing, distinct } = infoOf(context, column.name);
  const values = "values" in column ? [...valueCounts(context, column).values] : column.levels.map((_, code) => code);
  if (missing > 0 || values.length !== distinct || distinct > MOST_VALUES) return null;
  const rare = values.filter((value) => value !== top);
  return { column: column.name, values: "values" in column ? rare : rare.map((code) => column.levels[code] ?? "") };
}

/** Most frequent value or code and its share of so many rows. */
function topOf(context: AuditContext, column: Column, rows: number): { value: number; share: number } | null {
  const numeric = "values" in column ? valueCounts(context, column) : null;
  const counts = numeric?.counts ?? ("codes" in column ? levelCounts(context, column) : []);
  let best = 0;
  for (let i = 1; i < counts.length; i++) if ((counts[i] ?? 0) > (counts[best] ?? 0)) best = i;
  if (counts.length === 0 || rows === 0) return null;
  return { value: numeric === null ? best : (numeric.values[best] ?? Number.NaN), share: (counts[best] ?? 0) / rows };
}
