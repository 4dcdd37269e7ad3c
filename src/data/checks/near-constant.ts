import type { Column } from "../../core/column.ts";
import type { HeldValues } from "../../core/whole-counts.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { levelCounts, valueCounts } from "../columns/counts.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { namedColumns, percent } from "../findings/phrase.ts";
import { flagSignal } from "../signal/flag-signal.ts";

const TOP_SHARE = 0.99;
/** Below this p, over all such columns, the rare rows do tell something of the target and the column is kept; fewer of them tell nothing that would last. */
const [TELLS, LEAST_TELLING] = [0.01, 5];

/** Columns with one value in at least 99 % of the rows, where the other rows tell nothing of the target. */
export const nearConstant: Check = {
  trap: "near-constant",
  title: "Columns hold nearly one value only",
  inspect(context) {
    const nearly = featuresOf(context).flatMap((column) => {
      const top = topOf(context, column);
      const info = infoOf(context, column.name);
      if (top === null || top.share < TOP_SHARE || (info.distinct === 1 && info.missing === 0)) return [];
      const rare = (row: number) => valueAt(column, row) !== top.value;
      return [
        { name: column.name, share: top.share, rare, held: rareValues(context, column, top.value), signal: flagSignal(context, rare) },
      ];
    });
    const found = nearly.filter(({ signal }) => signal === null || signal.flagged < LEAST_TELLING || signal.p >= TELLS / nearly.length);
    if (found.length === 0) return [];
    const columns = found.map(({ name }) => name);
    const least = Math.min(...found.map(({ share }) => share));
    const steps = [{ op: "drop" as const, columns }];
    const held = found.flatMap((one) => one.held ?? []);
    return [
      {
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
      },
    ];
  },
};

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

/** Most frequent value or code and its share of all rows. */
function topOf(context: AuditContext, column: Column): { value: number; share: number } | null {
  const { rows } = context.frame;
  const numeric = "values" in column ? valueCounts(context, column) : null;
  const counts = numeric?.counts ?? ("codes" in column ? levelCounts(context, column) : []);
  let best = 0;
  for (let i = 1; i < counts.length; i++) if ((counts[i] ?? 0) > (counts[best] ?? 0)) best = i;
  if (counts.length === 0 || rows === 0) return null;
  return { value: numeric === null ? best : (numeric.values[best] ?? Number.NaN), share: (counts[best] ?? 0) / rows };
}
