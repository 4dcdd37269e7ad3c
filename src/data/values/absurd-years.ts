import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, rowQuantile, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted } from "../findings/phrase.ts";

const YEAR_MS = 365.25 * 86_400_000;
/** A day that was typed wrongly lies so many years from all others, and so many times as far as these reach. */
const [LEAST_YEARS, TIMES] = [50, 3];
/** Of more rows it is a time of its own. */
const MOST_SHARE = 0.02;
const LEAST_ROWS = 50;
/** What the others reach, without more rows on either side than may be wrong. */
const OUTER = 0.025;

/** Dates in years such as 0202, 1022 and 2202, in features and in the column that orders the rows. isPlaceholder: days that are told as codes. */
export function absurdYears(context: AuditContext, isPlaceholder: (millis: number) => boolean): readonly Suspicion[] {
  const { features, time } = context.roles;
  const dates = context.frame.columns.filter(
    (column): column is NumberColumn =>
      column.type === "date" && "values" in column && (features.includes(column.name) || column.name === time),
  );
  return dates.flatMap((column) => {
    const bad = farDays(valueCounts(context, column), isPlaceholder);
    if (bad.length === 0) return [];
    const held = new Set(bad);
    const rows = affectedRows(context, (row) => held.has(column.values[row] ?? Number.NaN));
    const isFeature = features.includes(column.name);
    const steps = [{ op: "null-out" as const, column: column.name, values: bad }];
    const shown = bad.slice(0, 3).map((ms) => new Date(ms).toISOString().replace(/^\+0*/, "").replace(/T.*/, ""));
    return [
      {
        trap: "impossible-value" as const,
        columns: [column.name],
        rows,
        severity: "costly" as const,
        confidence: 0.9,
        evidence: { kind: "absurd-year", days: shown, rows: rows.count },
        fix: isFeature
          ? { action: "steps" as const, steps }
          : {
              action: "advice" as const,
              text: `Correct these days of \`${column.name}\` at their source, or leave the rows out: they stand at the ends of time.`,
            },
        counterfactual: isFeature ? { change: "steps" as const, steps, flatters: false } : null,
        ...(isFeature ? {} : { unmeasured: "The time orders the rows and is no feature." }),
        question: null,
        why: `${counted(rows.count, "cell")} of \`${column.name}\` ${rows.count === 1 ? "lies" : "lie"} ${LEAST_YEARS} years and more from all other days (${shown.join(", ")}): a year that was typed or read wrongly.`,
      },
    ];
  });
}

function farDays(counts: ValueCounts, isPlaceholder: (millis: number) => boolean): readonly number[] {
  const { values, present } = counts;
  if (present < LEAST_ROWS) return [];
  const [low, high] = [OUTER, 1 - OUTER].map((share) => rowQuantile(counts, 0, values.length, share)) as [number, number];
  const reach = Math.max(LEAST_YEARS * YEAR_MS, TIMES * (high - low));
  const isNear = (value: number) => value >= low - reach && value <= high + reach;
  const days = Array.from(values.keys()).filter((place) => !isPlaceholder(values[place] ?? 0));
  const near = days.filter((place) => isNear(values[place] ?? 0));
  const [first, last] = [near[0] ?? 0, near.at(-1) ?? 0];
  // What a tail leads to by small steps is a day of long ago.
  const isApart = (from: number, to: number | undefined) =>
    to !== undefined && Math.abs((values[to] ?? 0) - (values[from] ?? 0)) >= LEAST_YEARS * YEAR_MS;
  const [early, late] = [days.filter((place) => place < first), days.filter((place) => place > last)];
  const bad = [...(isApart(first, early.at(-1)) ? early : []), ...(isApart(last, late[0]) ? late : [])];
  const rows = bad.reduce((sum, place) => sum + (counts.counts[place] ?? 0), 0);
  return rows <= MOST_SHARE * present ? bad.map((place) => values[place] ?? 0) : [];
}
