import type { Column } from "../../core/column.ts";
import { ordersOf, otherOrderOf, turned } from "../../core/date-order.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { periodFormat } from "../../core/written-period.ts";
import { parseDate } from "../../recipe/index.ts";
import { furtherSuccesses, wilson } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { type LevelColumn, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { featuresOf, infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { affectedRows, scaledCount } from "../findings/affected-rows.ts";
import { amount, counted, percent, quoted } from "../findings/phrase.ts";
import { dayCountsOf } from "../meaning/day-counts.ts";
import { nameWords } from "../meaning/name-words.ts";
import { unixTimesOf } from "../meaning/unix-times.ts";
import { featureCodes } from "../missing/feature-codes.ts";
import { clockWords, writeTimes } from "../values/clock-numbers.ts";
import { type TextDates, textDatesOf } from "../values/date-columns.ts";
import { byRhythm, haveTwoRhythms, isOpen } from "../values/dates-in-rhythm.ts";
import { type SerialDates, serialDatesOf } from "../values/spreadsheet-serials.ts";

const DAY_MS = 86_400_000;
const ISO_DAY = "%Y-%m-%d";
/** Fewer different dates may well be names of periods. */
const LEAST_DATES = 5;
/** Of whole numbers in their range, so few sets of equal size are all dates by chance. */
const CHANCE = 1e-6;

/**
 * Dates that are surely read are a matter of form in a file of any kind, whether the reader took them for dates or a step of the recipe does. What they cost as they stand
 * an experiment says.
 */
const UNTIL_MEASURED = { untilMeasured: "cosmetic" } as const;

/** Dates that are kept as text, as numbers of a spreadsheet, or as numbers such as 20240229, and dates whose day and month may be read the wrong way round. */
export const textDate: Check = {
  trap: "text-date",
  title: "Dates are kept as text",
  inspect: (context) => [
    ...levelFeatures(context).flatMap((column) => {
      const dates = textDatesOf(context, column);
      if (dates !== null) return [ofTexts(context, column, dates)];
      const serials = serialDatesOf(context, column);
      return serials === null ? [] : [ofSerials(context, column, serials)];
    }),
    ...numberFeatures(context).flatMap((column) => [...ofNumbers(context, column), ...ofClock(context, column)]),
    ...dateColumns(context).flatMap((column) => ofDates(context, column)),
    ...context.frame.columns.flatMap((column) => [...ofUnixTimes(context, column), ...ofDayCounts(context, column)]),
  ],
};

function ofTexts(context: AuditContext, column: LevelColumn, dates: TextDates): Suspicion {
  const { formats, present, unread, ambiguous, dayFirst, monthFirst, undecided } = dates;
  const steps: RecipeStep[] = [{ op: "to-date", column: column.name, formats }];
  const otherWay: RecipeStep[] = [{ op: "to-date", column: column.name, formats: formats.map((format) => turned(format) ?? format) }];
  const isDayFirst = formats.some((format) => /^%d.%m/.test(format));
  const mixed = dayFirst > 0 && monthFirst > 0;
  const what = formats.every((format) => format.startsWith("%H")) ? "times of the day" : "dates";
  // Several ways, as "Sept." beside "Mai" and "1er" beside "2": nothing is open where each names its month, and all have a day or none.
  const haveDays = new Set(formats.map((format) => format.includes("%d")));
  const isPlain = formats.length === 1 || (haveDays.size === 1 && formats.every((format) => format.includes("%b")));
  const ways = formats.length === 1 ? "" : `, in ${formats.length} ways (${formats.slice(0, 3).join(", ")})`;
  return {
    trap: "text-date",
    columns: [column.name],
    rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
    severity: "costly",
    ...(isPlain && unread === 0 && !undecided && !mixed ? UNTIL_MEASURED : {}),
    confidence: wilson(present - unread, present, 0.95).low,
    evidence: {
      formats: [...formats],
      dateCells: present - unread,
      otherCells: unread,
      distinct: dates.distinct,
      ambiguous,
      dayFirst,
      monthFirst,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: undecided ? orderQuestion(column, isDayFirst) : null,
    ...(undecided
      ? {
          choices: isDayFirst ? (["day-first", "month-first"] as const) : (["month-first", "day-first"] as const),
          ifRejected: { severity: "costly" as const, fix: { action: "steps" as const, steps: otherWay } },
        }
      : {}),
    why: `${percent((present - unread) / present)} of the cells of \`${column.name}\` are ${what} written as text${ways}: as names they have no order and no distance.${mixed ? mixedWords(ambiguous) : ""}`,
  };
}

function ofSerials(context: AuditContext, column: LevelColumn, { formats, dates, serials, example }: SerialDates): Suspicion {
  return {
    trap: "text-date",
    columns: [column.name],
    rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
    severity: "costly",
    confidence: 0.9,
    evidence: { formats: [...formats], dateCells: dates, serialCells: serials, ...example },
    fix: {
      action: "advice",
      text: `Give all cells of \`${column.name}\` the format of a date in the spreadsheet and export it again; ${example.serial} is ${example.day}, counted from 1899-12-30.`,
    },
    counterfactual: null,
    unmeasured: "No step of a recipe reads both ways of writing.",
    question: null,
    why: `${counted(dates, "cell")} of \`${column.name}\` are dates and ${counted(serials, "cell")} the numbers by which a spreadsheet keeps them (${example.serial} is ${example.day}): as names they have no order and no distance.`,
  };
}

function mixedWords(ambiguous: number): string {
  return ` Some can only be read day first and some only month first, so ${counted(ambiguous, "other cell")} may mean either.`;
}

function orderQuestion(column: LevelColumn, isDayFirst: boolean): string {
  const shown = column.levels.find((level) => /^(\d+)\D(\d+)\D/.test(level)) ?? "";
  return `Is ${quoted(shown)} in \`${column.name}\` read ${isDayFirst ? "day first or month first" : "month first or day first"}? No date in it tells.`;
}

/** Whole numbers that all write a day of the calendar, which numbers of their range seldom do. */
function ofNumbers(context: AuditContext, column: NumberColumn): Suspicion[] {
  const info = infoOf(context, column.name);
  if (!info.integer || info.distinct < 5) return [];
  const { values, counts, present } = valueCounts(context, column);
  const codes = new Set(featureCodes(context).flatMap((code) => (code.column.name === column.name ? code.values : [])));
  const kept = Array.from(values.keys()).filter((place) => !codes.has(values[place] ?? 0));
  const [low, high] = [values[kept[0] ?? 0] ?? 0, values[kept.at(-1) ?? 0] ?? 0];
  if (kept.length < 5 || low < 10_000_101 || high > 99_991_231) return [];
  const moments = kept.map((place) => parseDate(String(values[place]), ["%Y%m%d"]));
  if (moments.some(Number.isNaN)) return [];
  const days = ((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / DAY_MS + 1;
  const chance = (days / (high - low + 1)) ** kept.length;
  if (!(chance < CHANCE)) return [];
  const steps: RecipeStep[] = [{ op: "to-date", column: column.name, formats: ["%Y%m%d"] }];
  const cells = kept.reduce((sum, place) => sum + (counts[place] ?? 0), 0);
  return [
    {
      trap: "text-date",
      columns: [column.name],
      rows: affectedRows(context, (row) => !Number.isNaN(column.values[row])),
      severity: "costly",
      ...UNTIL_MEASURED,
      confidence: wilson(cells, present, 0.95).low,
      evidence: { kept: "numbers", formats: ["%Y%m%d"], dateCells: cells, otherCells: present - cells, distinct: kept.length, chance },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: null,
      why: `The ${amount(kept.length)} different numbers in \`${column.name}\`, such as ${values[kept[0] ?? 0]}, all write a day of the calendar: as numbers, the step from 31 December to 1 January looks like 8,870 days.`,
    },
  ];
}

/** Times of the day such as 1459. */
function ofClock(context: AuditContext, column: NumberColumn): Suspicion[] {
  const { values } = valueCounts(context, column);
  if (!writeTimes({ values })) return [];
  const { hours, step } = clockWords({ values });
  return [
    {
      trap: "text-date",
      columns: [column.name],
      rows: affectedRows(context, (row) => !Number.isNaN(column.values[row])),
      severity: "cosmetic",
      confidence: 0.85,
      evidence: { kept: "numbers", distinct: values.length, low: values[0] ?? 0, high: values.at(-1) ?? 0 },
      fix: { action: "advice", text: `Give a model \`${column.name}\` as hours, ${hours}; trees need nothing.` },
      counterfactual: null,
      unmeasured: "Trees ask for bounds and lose nothing by it.",
      question: null,
      why: `All ${amount(values.length)} different numbers in \`${column.name}\` write a time of the day, such as ${values[values.length >> 1]}: as numbers, ${step}.`,
    },
  ];
}

/** In the order of time, but no year, month or weekday can be seen in them. */
function ofDayCounts(context: AuditContext, column: Column): Suspicion[] {
  const { features, time } = context.roles;
  const { name } = column;
  const found = dayCountsOf(column);
  if (found === null || !("values" in column) || (name !== time && !features.includes(name))) return [];
  const { low, high, since } = found;
  const { present } = valueCounts(context, column);
  const said = since.map(({ day, first, last }) => `${first} to ${last} if they are counted from ${day} on`).join(", ");
  return [
    {
      trap: "text-date",
      columns: [name],
      rows: affectedRows(context, (row) => !Number.isNaN(column.values[row])),
      severity: "cosmetic",
      confidence: 0.8,
      evidence: { kept: "numbers", unit: "day", low, high, since: since.map(({ day }) => day) },
      fix: { action: "advice", text: `Write \`${name}\` as dates at its source, so that years, months and weekdays can be seen.` },
      counterfactual: null,
      unmeasured: "From which day on they are counted the cells do not say; trees ask for bounds and lose nothing but the calendar.",
      question: null,
      why: `\`${name}\` holds whole numbers from ${amount(low)} to ${amount(high)} (${amount(present)} cells), which are no ${nameWords(name).at(-1) ?? "date"}: as days they are ${said}.`,
    },
  ];
}

/** Seconds or milliseconds since 1970: in the order of time, but no hour and no weekday can be seen in them. */
function ofUnixTimes(context: AuditContext, column: Column): Suspicion[] {
  const { features, time } = context.roles;
  const { name } = column;
  const unix = unixTimesOf(column);
  if (unix === null || !("values" in column) || (name !== time && !features.includes(name))) return [];
  const { values, present } = valueCounts(context, column);
  const [first, last] = [values[0], values.at(-1)].map((value = 0) => new Date(value * unix.ms).toISOString().slice(0, 10));
  return [
    {
      trap: "text-date",
      columns: [name],
      rows: affectedRows(context, (row) => !Number.isNaN(column.values[row])),
      severity: "cosmetic",
      confidence: wilson(present, present, 0.95).low,
      evidence: { kept: "numbers", unit: unix.unit, first: first ?? "", last: last ?? "", distinct: values.length },
      fix:
        name === time
          ? { action: "reading", text: `\`${name}\` orders the rows in time; it is no feature and no key.` }
          : { action: "advice", text: `Write \`${name}\` as dates (${values[0]} is ${first}) where the hour or the weekday may matter.` },
      counterfactual: null,
      unmeasured: "The numbers stand in the order of time: nothing is read wrongly.",
      question: null,
      why: `The numbers in \`${name}\` count ${unix.unit}s since 1970, from ${first} to ${last}: they are times and no key, but no hour and no weekday shows in them.`,
    },
  ];
}

function dateColumns(context: AuditContext): NumberColumn[] {
  const { time, features } = context.roles;
  const wanted = new Set(time === null ? features : [...features, time]);
  const extra = context.frame.columns.filter(({ name }) => wanted.has(name));
  return (extra.length > 0 ? extra : featuresOf(context)).filter((column): column is NumberColumn => column.type === "date");
}

/** What is no date there was written as text. */
const HAVE_DATES: ReadonlySet<string> = new Set(["parquet", "postgres"]);

/** Columns that were read as dates with the day before the month, or after it. */
function ofDates(context: AuditContext, column: NumberColumn): Suspicion[] {
  const { dateFormat: written, otherOrder: against = 0 } = infoOf(context, column.name);
  if (written === null) return [];
  const formats = ordersOf(written);
  const [dateFormat] = formats;
  const other = formats.length > 1 ? otherOrderOf(written) : turned(dateFormat);
  const { values, counts } = valueCounts(context, column);
  if (other === null) {
    const isPlain = formats.length === 1 && dateFormat.startsWith(ISO_DAY) && !HAVE_DATES.has(context.dataset.source.format);
    return isPlain || values.length < LEAST_DATES ? [] : [otherSpelling(context, column, formats)];
  }
  const isOneDay = new Set(Array.from(values, (ms) => new Date(ms).getUTCDate())).size === 1;
  let [telling, open] = [0, 0];
  values.forEach((ms, place) => {
    const moment = new Date(ms);
    const [day, month] = [moment.getUTCDate(), moment.getUTCMonth() + 1];
    if (day > 12) telling += counts[place] ?? 0;
    else if (day !== month) open += counts[place] ?? 0;
  });
  // Late days of the other order stand among the values where they were read.
  const onlyThisWay = Math.max(0, scaledCount(context, telling) - (formats.length > 1 ? against : 0));
  const both = { open: scaledCount(context, open), against, bothRead: formats.length > 1 };
  const scene: Order = { column, dateFormat, other, telling: onlyThisWay, ...both };
  if (against > 0) return [mixedOrder(context, scene)];
  if (open === 0 || values.length < 5) return [];
  const regular = () => byRhythm(context, scene) ?? (isOneDay && !haveTwoRhythms(context, column) ? [] : openOrder(context, scene));
  return [telling > 0 ? plainOrder(context, scene) : regular()].flat();
}

interface Order {
  readonly column: NumberColumn;
  readonly dateFormat: string;
  readonly other: string;
  /** Cells that can only be read as they were. */
  readonly telling: number;
  /** Cells that can be read either way. */
  readonly open: number;
  /** Cells that can only be read the other way. */
  readonly against: number;
  /** They were read so; else as missing. */
  readonly bothRead: boolean;
}

function mixedOrder(context: AuditContext, { column, dateFormat, other, telling, open, against, bothRead }: Order): Suspicion {
  // Which order a cell is written in does not go with the day of the month.
  const misread = furtherSuccesses(against, against + telling, open, 0.95);
  const [first, last] = dateFormat.startsWith("%d") ? ["day", "month"] : ["month", "day"];
  const lost = bothRead ? `These are read ${last} first` : "These are read as missing";
  return {
    trap: "text-date",
    columns: [column.name],
    rows: affectedRows(context, (row) => isOpen(column, row)),
    severity: "costly",
    confidence: wilson(against, against + 1, 0.95).low,
    evidence: {
      format: dateFormat,
      otherFormat: other,
      onlyThisWay: telling,
      onlyOtherWay: against,
      onlyOtherWayRead: bothRead,
      eitherWay: open,
      likelyMisread: Math.round(misread.value),
      likelyMisreadLow: misread.low,
      likelyMisreadHigh: misread.high,
    },
    fix: {
      action: "advice",
      text: `Write \`${column.name}\` at its source with the year first (2024-03-31): cells such as 03/04/2024 can no longer be told apart here.`,
    },
    counterfactual: null,
    ...(open === 0
      ? { question: null }
      : {
          question: `Are all ${counted(open, "cell")} of \`${column.name}\` that fit both orders ${first} first?`,
          choices: ["no", "yes"] as const,
          ifRejected: {
            severity: "cosmetic" as const,
            fix: { action: "reading" as const, text: `Cells of \`${column.name}\` that fit both orders are read ${first} first.` },
          },
        }),
    why: `\`${column.name}\` mixes the order of day and month: ${counted(telling, "cell")} can only be ${dateFormat} and ${counted(against, "cell")} only ${other}. ${lost}; of the ${amount(open)} that can be either, read ${first} first, about ${amount(Math.round(misread.value))} (${amount(misread.low)} to ${amount(misread.high)}) are expected to be another day.`,
  };
}

/** Read rightly here, and in one way only; a program that knows ISO 8601 alone keeps it as text. */
function otherSpelling(context: AuditContext, column: NumberColumn, formats: readonly [string, ...string[]]): Suspicion {
  const dateFormat = formats.join(" or ");
  const present = scaledCount(context, valueCounts(context, column).present);
  const { unparsedCells: unread } = infoOf(context, column.name);
  const short = dateFormat.includes("%y");
  const period = periodFormat(formats[0])?.period ?? null;
  const kept = "many programs keep it as text, where it has no order and no distance.";
  const century = short ? " Years have two digits: 69 to 99 are taken for 1969 to 1999, all others for 2000 to 2068." : "";
  return {
    trap: "text-date",
    columns: [column.name],
    rows: affectedRows(context, (row) => !Number.isNaN(column.values[row])),
    severity: "cosmetic",
    confidence: wilson(present, present + unread, 0.95).low,
    evidence: { format: dateFormat, dateCells: present, otherCells: unread, twoDigitYears: short },
    fix: {
      action: "reading",
      text: `\`${column.name}\` is read as ${dateFormat}${period === null ? "" : `, each ${period} as its first day`}, here and wherever the model is used.`,
    },
    counterfactual: null,
    unmeasured: "The dates are read rightly here: nothing is lost that could be won back.",
    question: null,
    why:
      period === null
        ? `\`${column.name}\` writes dates ${waysOf(formats)}: ${kept}${century}`
        : `\`${column.name}\` writes ${period}s as ${dateFormat}: ${kept}`,
  };
}

function waysOf(formats: readonly [string, ...string[]]): string {
  if (formats.length > 1) return `in ${formats.length} ways (${formats.join(", ")})`;
  return formats[0].startsWith(ISO_DAY)
    ? `as text (${formats[0]}) in a file that has a type for them`
    : `as ${formats[0]} and not as ISO 8601 (2024-03-31)`;
}

/** Read rightly here; where each cell is read by itself, those that fit both orders are another day. */
function plainOrder(context: AuditContext, { column, dateFormat, other, telling, open }: Order): Suspicion {
  const isDayFirst = dateFormat.startsWith("%d");
  return {
    trap: "text-date",
    columns: [column.name],
    rows: affectedRows(context, (row) => isOpen(column, row)),
    severity: "cosmetic",
    confidence: wilson(telling, telling, 0.95).low,
    evidence: { format: dateFormat, otherFormat: other, onlyThisWay: telling, eitherWay: open },
    fix: {
      action: "reading",
      text: `\`${column.name}\` is read ${isDayFirst ? "day" : "month"} first, here and wherever the model is used.`,
    },
    counterfactual: null,
    unmeasured: "The dates are read rightly here: nothing is lost that could be won back.",
    question: null,
    why: `\`${column.name}\` writes dates as ${dateFormat}: ${counted(telling, "cell")} can only be read so, but ${counted(open, "cell")} would be another day for a program that reads them as ${other}.`,
  };
}

/** The reader's guess is at least as likely as not, so the trap, that it is wrong, is less than even. */
function openOrder(context: AuditContext, { column, dateFormat, other, open }: Order): Suspicion {
  const isDayFirst = dateFormat.startsWith("%d");
  return {
    trap: "text-date",
    columns: [column.name],
    rows: affectedRows(context, (row) => isOpen(column, row)),
    severity: "costly",
    confidence: 0.4,
    evidence: { format: dateFormat, otherFormat: other, onlyThisWay: 0, eitherWay: open },
    fix: { action: "advice", text: `Write \`${column.name}\` at its source with the year first (2024-03-31).` },
    counterfactual: null,
    question: `\`${column.name}\` was read ${isDayFirst ? "day" : "month"} first, and no date in it tells whether that is right. Which comes first?`,
    choices: isDayFirst ? ["month-first", "day-first"] : ["day-first", "month-first"],
    why: `Every date in \`${column.name}\` can be read as ${dateFormat} and as ${other} (${counted(open, "cell")} with another result); it was read as ${dateFormat}.`,
  };
}
