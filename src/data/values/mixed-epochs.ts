import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted, percent } from "../findings/phrase.ts";
import { isCalledTime } from "../meaning/unix-times.ts";

/** Seconds of the years that records are of; a thousand times as many milliseconds are in no year of the seconds. */
const [FIRST, LAST] = [Date.UTC(2000, 0, 1) / 1000, Date.UTC(2035, 0, 1) / 1000];
const UNITS = [
  { unit: "seconds", perSecond: 1 },
  { unit: "milliseconds", perSecond: 1e3 },
  { unit: "microseconds", perSecond: 1e6 },
] as const;
/** Rows of each unit where the name is no time's. */
const LEAST_ROWS = 20;

interface Epochs {
  readonly column: NumberColumn;
  /** Rows of each of `UNITS`. */
  readonly rows: readonly number[];
}

/** Moments since 1970 in seconds in some rows and in milliseconds in others: all numbers are of 2000 to 2034 in one of the units. */
export function mixedEpochs(context: AuditContext, codesOf: (name: string) => ReadonlySet<number>): readonly Suspicion[] {
  const { features, time } = context.roles;
  const looked = columnsNamed(context.frame, time === null ? features : [...features, time]);
  return looked.flatMap((column) => {
    const found = epochsOf(column, codesOf(column.name));
    return found === null ? [] : [ofEpochs(context, found, column.name === time)];
  });
}

function epochsOf(column: Column, codes: ReadonlySet<number>): Epochs | null {
  if (column.type !== "number") return null;
  const rows = UNITS.map(() => 0);
  for (const value of column.values) {
    if (Number.isNaN(value) || codes.has(value)) continue;
    const place = unitAt(value);
    if (place < 0) return null;
    rows[place] = (rows[place] ?? 0) + 1;
  }
  const held = rows.filter((count) => count > 0);
  const isSure = isCalledTime(column.name) || held.every((count) => count >= LEAST_ROWS);
  return held.length > 1 && isSure ? { column, rows } : null;
}

/** Place of the unit in which the number is a moment; -1 where it is none. */
function unitAt(value: number): number {
  return UNITS.findIndex(({ perSecond }) => value >= FIRST * perSecond && value < LAST * perSecond);
}

function ofEpochs(context: AuditContext, { column, rows }: Epochs, isTime: boolean): Suspicion {
  const held = UNITS.map(({ unit, perSecond }, place) => ({ unit, perSecond, place, rows: rows[place] ?? 0 })).filter(
    (one) => one.rows > 0,
  );
  const all = held.reduce((sum, one) => sum + one.rows, 0);
  const usual = held.reduce((most, one) => (one.rows > most.rows ? one : most));
  const [least, ...finer] = held;
  // Finest first: what was converted lies below the next limit.
  const steps = [...finer].reverse().map(
    ({ perSecond }): RecipeStep => ({
      op: "convert-unit",
      column: column.name,
      where: "above",
      limit: (LAST * perSecond) / 100,
      factor: (least?.perSecond ?? 1) / perSecond,
      offset: 0,
    }),
  );
  const shares = held.map((one) => `${one.unit} in ${percent(one.rows / all)}`).join(" and ");
  return {
    trap: "unit-mix",
    columns: [column.name],
    rows: affectedRows(context, (row) => unitAt(column.values[row] ?? Number.NaN) >= 0 && unitAt(column.values[row] ?? 0) !== usual.place),
    severity: "harmful",
    confidence: 0.95,
    evidence: { kind: "moments since 1970", units: held.map((one) => ({ unit: one.unit, rows: one.rows })), isTime },
    ...(isTime
      ? {
          fix: {
            action: "advice",
            text: `Write \`${column.name}\` in one unit at its source, and judge by it only then: ${finer[0]?.unit ?? ""} sort behind all ${least?.unit ?? ""}.`,
          },
          counterfactual: null,
          unmeasured: "The order of the rows that would judge is wrong itself.",
        }
      : { fix: { action: "steps", steps }, counterfactual: { change: "steps", steps, flatters: false } }),
    question: null,
    why: `\`${column.name}\` counts the time since 1970 in ${shares} of its ${counted(all, "cell")}: every number is a moment of 2000 to 2034 in one of the units, and none is in two.`,
  };
}
