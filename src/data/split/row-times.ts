import { type Column, columnOf } from "../../core/column.ts";
import { float64From, float64Where } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { infoOf } from "../columns/features.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { unixTimesOf } from "../meaning/unix-times.ts";
import { isTimeOfFate, meaningIn } from "../signal/named-after.ts";
import { orderOfThings } from "./panel.ts";

/** Different days below which dates are periods, the same of years and numbered periods, and the share of the rows that have one. */
const [LEAST_DAYS, LEAST_PERIODS, LEAST_PRESENT] = [20, 5, 0.9];
const YEARS = [1800, 2100] as const;

const YEAR_WORDS = ["year", "yr", "yyyy", "jahr", "annee", "ano", "anno", "jaar", "season", "saison", "temporada"];
/** Numbers that grow with time. Hours, weekdays and months come back. */
const PERIOD_WORDS = ["time", "period", "wave", "epoch", "date", "datum", "periode", "welle"];
/** Rows of a table of elements or of finds have a period too: the name says a time where each row has its own, or things come back in it. */
const MAY_BE_KIND = ["period", "periode", "epoch"];
const TIME_WORDS: ReadonlySet<string> = new Set([...YEAR_WORDS, ...PERIOD_WORDS, ...MAY_BE_KIND]);
const LEAST_OWN = 0.95;
const isOneEach = ({ distinct }: { readonly distinct: number }, rows: number) => distinct >= LEAST_OWN * rows;

/** What may stand beside: a year that something was built or born in orders no rows. */
const NEUTRAL_WORDS =
  "id,of,the,obs,observation,observed,survey,sale,sales,sold,report,reported,reporting,data,fiscal,calendar,record,recorded,measurement,measured,sample,sampling,sampled,collection,collected,crop,harvest,game,start,begin,end,num,no,nr,index".split(
    ",",
  );

/** The column that says when each row was: a date by preference, else a year or a numbered period; null where none does. */
export function timeOfRows(context: AuditContext): string | null {
  const { frame, roles } = context;
  const allowed = frame.columns.filter(
    ({ type, name }) =>
      (type === "date" || type === "number") && (name === roles.time || roles.features.includes(name) || roles.ids.includes(name)),
  );
  const found = allowed
    .map((column) => ({
      name: column.name,
      isDate: column.type === "date" || unixTimesOf(column) !== null,
      ...factsOf(column, frame.rows),
    }))
    .filter(({ distinct, present }) => present >= LEAST_PRESENT * frame.rows && distinct >= LEAST_PERIODS)
    .filter(({ name, isDate, distinct }) =>
      isDate ? (distinct >= LEAST_DAYS || isOfPeriods(context, columnOf(frame, name))) && !isOfBirth(name) : isPeriod(context, name),
    );
  const rank = ({ name, isDate }: { readonly name: string; readonly isDate: boolean }) => (name === roles.time ? 2 : Number(isDate));
  const dates = found.filter(({ isDate }) => isDate).map(({ name }) => columnOf(frame, name));
  const sorted = found.sort((a, b) => rank(b) - rank(a) || b.distinct - a.distinct);
  return sorted.find(({ name, isDate }) => !isDate || !isOfBirths(columnOf(frame, name), dates))?.name ?? null;
}

/** Dates that stand for years or months, all on the first of one, or times at which things come back: few of them are an order too. */
function isOfPeriods(context: AuditContext, column: Column): boolean {
  const dates = "values" in column ? column.values.filter((value) => !Number.isNaN(value)) : [];
  return dates.every((value) => new Date(value).getUTCDate() === 1) || orderOfThings(context, column);
}

const YEAR_MS = 365.25 * 86_400_000;
/** Years between the birth of those who come and the day on which they do: many, and more for one than for another. */
const [LEAST_AGE, LEAST_AGES] = [10, 15];

/** Days that lie years before another date of their row, and much longer in one row than in the next: births, whatever they are called. */
function isOfBirths(column: Column, dates: readonly Column[]): boolean {
  return dates.some((other) => other !== column && column.type === "date" && other.type === "date" && areAges(column.values, other.values));
}

function areAges(births: Float64Array, days: Float64Array): boolean {
  if (isOftenEarlier(days, births)) return false;
  const all = float64From(days, (day, row) => (day - (births[row] as number)) / YEAR_MS);
  const ages = float64Where(all, (age) => !Number.isNaN(age));
  const place = (share: number) => Math.floor(share * (ages.length - 1));
  // At a place in ascending order stands no less than a limit if no more than so many are below it: told without sorting.
  if (countBelow(ages, 0) > place(0.01) || countBelow(ages, LEAST_AGE) > place(0.5)) return false;
  ages.sort();
  const at = (share: number) => ages[place(share)] ?? 0;
  return at(0.95) - at(0.05) >= LEAST_AGES;
}

function countBelow(ages: Float64Array, limit: number): number {
  let count = 0;
  for (let i = 0; i < ages.length; i++) if ((ages[i] as number) < limit) count++;
  return count;
}

/** Of most pairs of dates more than a hundredth is the other way round, and the first rows refute them. */
const MOST_EARLIER = 0.01;

function isOftenEarlier(days: Float64Array, births: Float64Array): boolean {
  let [both, earlier] = [0, 0];
  for (let row = 0; row < days.length && earlier <= MOST_EARLIER * days.length; row++) {
    const apart = (days[row] as number) - (births[row] as number);
    if (!Number.isNaN(apart)) both++;
    if (apart < 0) earlier++;
  }
  return earlier > Math.floor(MOST_EARLIER * (both - 1));
}

/** "birthdat" too, in one word. */
function isOfBirth(name: string): boolean {
  return meaningOf(name).birth || nameWords(name).some((word) => word.startsWith("birth"));
}

/** A time until the outcome. */
function isOfOutcome(context: AuditContext, name: string): boolean {
  const { after, untilFate } = meaningIn(context, name);
  return after > 0 || untilFate || isTimeOfFate(context, name);
}

/** It stands in the names of three columns or more: "year_acc" beside "season_acc" and "day_acc". */
function isOfTable({ frame }: AuditContext, word: string): boolean {
  return (
    !YEAR_WORDS.includes(word) &&
    !PERIOD_WORDS.includes(word) &&
    frame.columns.filter(({ name }) => nameWords(name).includes(word)).length >= 3
  );
}

function isPeriod(context: AuditContext, name: string): boolean {
  const info = infoOf(context, name);
  const words = nameWords(name);
  if (!words.some((word) => TIME_WORDS.has(word))) return false;
  const spoken = words.filter((word) => !NEUTRAL_WORDS.includes(word) && !isOfTable(context, word));
  if (!info.integer || spoken.length !== 1 || isOfOutcome(context, name)) return false;
  const column = context.frame.columns.find((one) => one.name === name);
  if (column === undefined || !("values" in column)) return false;
  if (MAY_BE_KIND.includes(spoken[0] ?? "")) return isOneEach(info, context.dataset.rows) || orderOfThings(context, column);
  if (PERIOD_WORDS.includes(spoken[0] ?? "")) return true;
  return (
    YEAR_WORDS.includes(spoken[0] ?? "") && column.values.every((value) => Number.isNaN(value) || (value >= YEARS[0] && value < YEARS[1]))
  );
}
