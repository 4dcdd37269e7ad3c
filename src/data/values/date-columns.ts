import { turned } from "../../core/date-order.ts";
import { nullConfidence } from "../../core/null-words.ts";
import { regularReading } from "../../core/regular-reading.ts";
import { parseDate } from "../../recipe/index.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { type DateSpellings, dateSpellings } from "../meaning/date-spellings.ts";

/** A column is dates when so many of its cells are: the share from which the store reads a column so. */
const NEARLY_ALL = 0.9;
/** Fewer different dates may well be names of periods. */
const LEAST_DATES = 5;

export interface TextDates extends DateSpellings {
  /** Cells that hold something other than a sign for "no value". */
  readonly present: number;
  readonly distinct: number;
  /** Day and month cannot be told apart by any cell: which order was chosen, and why. */
  readonly undecided: boolean;
}

/** Dates that stand as texts in a column of levels; null when it is none. Once per column and audit. */
export function textDatesOf(context: AuditContext, column: LevelColumn): TextDates | null {
  return context.shared(`text-dates:${column.name}`, () => {
    const counts = levelCounts(context, column);
    const texts: string[] = [];
    const rows: number[] = [];
    column.levels.forEach((level, code) => {
      const count = counts[code] ?? 0;
      if (count === 0 || (texts.length > 0 && nullConfidence(level, ["1"]) >= 0.5)) return;
      texts.push(level);
      rows.push(count);
    });
    if (texts.length < LEAST_DATES) return null;
    const found = dateSpellings(texts, rows, NEARLY_ALL, column.name);
    if (found === null) return null;
    const present = rows.reduce((sum, count) => sum + count, 0);
    const distinct = new Set(texts.map((text) => parseDate(text, found.formats)).filter((ms) => !Number.isNaN(ms))).size;
    if (found.unread > (1 - NEARLY_ALL) * present || distinct < LEAST_DATES) return null;
    const undecided = found.ambiguous > 0 && found.dayFirst + found.monthFirst === 0;
    const formats = undecided ? inOrderOfTime(column, found.formats) : found.formats;
    return { ...found, formats, present, distinct, undecided };
  });
}

/**
 * Of the two readings the one in which the dates run on in regular steps; else that in which more steps from row to row go the same way: tables are often in order of time. The
 * difference must be three standard errors, each at most 0.5 / sqrt(rows), of the difference of two shares.
 */
function inOrderOfTime(column: LevelColumn, formats: readonly string[]): readonly string[] {
  const other = formats.map((format) => turned(format) ?? format);
  const momentsBy = (by: readonly string[]) => Float64Array.from(column.levels, (level) => parseDate(level, by));
  const regular = regularReading(momentsBy(formats), momentsBy(other));
  if (regular !== null) return regular.isFirst ? formats : other;
  const chance = (3 * Math.SQRT1_2) / Math.sqrt(Math.max(1, column.codes.length));
  return orderliness(column, other) > orderliness(column, formats) + chance ? other : formats;
}

function orderliness({ codes, levels }: LevelColumn, formats: readonly string[]): number {
  const moments = levels.map((level) => parseDate(level, formats));
  let [up, down, before] = [0, 0, Number.NaN];
  for (const code of codes) {
    const moment = moments[code] ?? Number.NaN;
    if (Number.isNaN(moment)) continue;
    if (moment > before) up++;
    if (moment < before) down++;
    before = moment;
  }
  return up + down === 0 ? 0 : Math.max(up, down) / (up + down);
}
