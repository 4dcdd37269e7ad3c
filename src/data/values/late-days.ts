import type { Suspicion } from "../../core/finding.ts";
import { parseDate } from "../../recipe/index.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted } from "../findings/phrase.ts";
import { nameWords } from "../meaning/name-words.ts";
import { textDatesOf } from "./date-columns.ts";

/** Rows with a day, the share of them that may lie behind, and how many years the latest lies behind the end. */
const [LEAST_ROWS, MOST_SHARE, LEAST_YEARS] = [100, 0.02, 20];
/** Years before the end whose rows are what is usual. The last two have a fourth of it at least, the next three a twentieth at most: the table ends there and runs not out. */
const [USUAL_YEARS, LAST_YEARS, LEAST_AT_END, NEXT_YEARS, MOST_BEHIND] = [10, 2, 0.25, 3, 0.05];
/** Rows a year behind the end, of the usual ones. */
const MOST_A_YEAR = 0.05;
const CENTURY = 100;
/** Below LIKELY, since a day that is to come may be true. */
const ASKS = 0.6;
/** Names of days that are to come. */
const TO_COME = new Set(
  "due deadline expiry expires expire expired expiration maturity matures until till valid validity end ends ending planned plan scheduled schedule forecast target renewal warranty retirement retire bond coupon event delivery departure appointment booking reservation next to".split(
    " ",
  ),
);

/** Days decades behind the end of a table that stops at once: years of two digits read a century late, or typed wrongly. isPlaceholder: days that are told as codes. */
export function lateDays(
  context: AuditContext,
  isPlaceholder: (millis: number) => boolean,
  told: ReadonlySet<string>,
): readonly Suspicion[] {
  const { features, time } = context.roles;
  return context.frame.columns.flatMap((column) => {
    const isLooked = (features.includes(column.name) || column.name === time) && !told.has(column.name);
    if (!isLooked || nameWords(column.name).some((word) => TO_COME.has(word))) return [];
    const moments = momentsIn(context, column as LevelColumn | NumberColumn);
    const late = moments === null ? null : behindEnd(moments, isPlaceholder);
    return moments === null || late === null ? [] : [suspicion(context, column as LevelColumn | NumberColumn, moments.of, late)];
  });
}

/** Different moments in milliseconds, the rows of each, and the moment of a row. */
interface Moments {
  readonly values: ArrayLike<number>;
  readonly counts: Int32Array;
  of(row: number): number;
}

/** null for a column without days. */
function momentsIn(context: AuditContext, column: LevelColumn | NumberColumn): Moments | null {
  if ("values" in column) {
    if (column.type !== "date") return null;
    const { values, counts } = valueCounts(context, column);
    return { values, counts, of: (row) => column.values[row] ?? Number.NaN };
  }
  const dates = textDatesOf(context, column);
  if (dates === null) return null;
  const read = column.levels.map((level) => parseDate(level, dates.formats));
  return { values: read, counts: levelCounts(context, column), of: (row) => read[column.codes[row] ?? -1] ?? Number.NaN };
}

interface Late {
  /** The last year of the table but for these rows. */
  readonly end: number;
  readonly first: number;
  readonly last: number;
  readonly rows: number;
  /** Years of other rows that these would be among, were they a century earlier. */
  readonly earliest: number;
}

const yearOf = (millis: number) => new Date(millis).getUTCFullYear();

function behindEnd({ values, counts }: Moments, isPlaceholder: (millis: number) => boolean): Late | null {
  const inYear = new Map<number, number>();
  let rows = 0;
  for (let place = 0; place < values.length; place++) {
    const [millis, held] = [values[place] as number, counts[place] as number];
    if (held === 0 || Number.isNaN(millis) || isPlaceholder(millis)) continue;
    const year = yearOf(millis);
    inYear.set(year, (inYear.get(year) ?? 0) + held);
    rows += held;
  }
  const years = [...inYear.keys()].sort((a, b) => a - b);
  const within = (from: number, to: number) =>
    years.reduce((sum, year) => sum + (year >= from && year <= to ? (inYear.get(year) ?? 0) : 0), 0);
  const [earliest = 0, last = 0] = [years[0], years.at(-1)];
  if (rows < LEAST_ROWS) return null;
  for (const end of years.toReversed()) {
    const behind = within(end + 1, last);
    if (behind > MOST_SHARE * rows) return null;
    if (last - end < LEAST_YEARS) continue;
    const usual = within(end - USUAL_YEARS + 1, end) / Math.min(USUAL_YEARS, end - earliest + 1);
    const stops =
      within(end - LAST_YEARS + 1, end) >= LEAST_AT_END * usual * LAST_YEARS &&
      within(end + 1, end + NEXT_YEARS) <= MOST_BEHIND * usual * NEXT_YEARS;
    // A year without any row parts them from the end.
    const gap = Array.from({ length: last - end }, (_, i) => end + 1 + i).find((year) => !inYear.has(year));
    if (!stops || gap === undefined || gap - end > NEXT_YEARS || behind > MOST_A_YEAR * usual * (last - end)) continue;
    const first = years.find((year) => year > gap) ?? last;
    return { end: gap - 1, first, last, rows: within(gap, last), earliest };
  }
  return null;
}

function suspicion(
  context: AuditContext,
  column: LevelColumn | NumberColumn,
  momentOf: Moments["of"],
  { end, first, last, earliest, rows: count }: Late,
): Suspicion {
  const { name } = column;
  const isLate = (row: number) => yearOf(momentOf(row)) > end;
  const rows = affectedRows(context, isLate);
  const held = new Set<number | string>();
  for (let row = 0; row < context.frame.rows; row++)
    if (isLate(row)) held.add("values" in column ? (column.values[row] ?? Number.NaN) : (column.levels[column.codes[row] ?? -1] ?? ""));
  const values = [...held] as number[] | string[];
  const steps = [{ op: "null-out" as const, column: name, values }];
  const isFeature = context.roles.features.includes(name);
  const fitsBefore = first - CENTURY >= earliest - LEAST_YEARS;
  const earlier = fitsBefore
    ? ` A century earlier they are of ${first - CENTURY} to ${last - CENTURY}: years of two digits may have been read as 20xx.`
    : "";
  return {
    trap: "impossible-value",
    columns: [name],
    rows,
    ...("values" in column ? { held: [{ column: name, values }] } : {}),
    severity: "costly",
    confidence: ASKS,
    evidence: { kind: "behind the end", end, first, last, rows: count, centuryEarlier: fitsBefore },
    fix: isFeature
      ? { action: "steps", steps }
      : {
          action: "advice",
          text: `Correct these days of \`${name}\` at their source, or leave the rows out: they stand at the end of time.`,
        },
    counterfactual: isFeature ? { change: "steps", steps, flatters: false } : null,
    ...(isFeature ? {} : { unmeasured: "The time orders the rows and is no feature." }),
    question: `Are the days of \`${name}\` after ${end} a mistake${fitsBefore ? ", a century late" : ""}?`,
    choices: ["mistake", "true value"],
    why: `${counted(rows.count, "cell")} of \`${name}\` ${rows.count === 1 ? "is" : "are"} of ${first === last ? last : `${first} to ${last}`}, while the other rows end with ${end}, and not by running out: in the years before there are many.${earlier}`,
  };
}
