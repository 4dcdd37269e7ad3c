import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { infoOf } from "../columns/features.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { isTimeOfFate, meaningIn } from "../signal/named-after.ts";

/** Different days below which dates are periods, the same of years and numbered periods, and the share of the rows that have one. */
const [LEAST_DAYS, LEAST_PERIODS, LEAST_PRESENT] = [20, 5, 0.9];
const YEARS = [1800, 2100] as const;

const YEAR_WORDS = ["year", "yr", "yyyy", "jahr", "annee", "ano", "anno", "jaar", "season", "saison", "temporada"];
/** Numbers that grow with time. Hours, weekdays and months come back. */
const PERIOD_WORDS = ["time", "period", "wave", "epoch", "date", "datum", "periode", "welle"];
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
    .map((column) => ({ name: column.name, isDate: column.type === "date", ...factsOf(column, frame.rows) }))
    .filter(({ distinct, present }) => present >= LEAST_PRESENT * frame.rows && distinct >= LEAST_PERIODS)
    .filter(({ name, isDate, distinct }) => (isDate ? distinct >= LEAST_DAYS && !isOfBirth(name) : isPeriod(context, name)));
  const rank = ({ name, isDate }: { readonly name: string; readonly isDate: boolean }) => (name === roles.time ? 2 : Number(isDate));
  const [first] = found.sort((a, b) => rank(b) - rank(a) || b.distinct - a.distinct);
  return first?.name ?? null;
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
  const spoken = words.filter((word) => !NEUTRAL_WORDS.includes(word) && !isOfTable(context, word));
  if (!info.integer || spoken.length !== 1 || isOfOutcome(context, name)) return false;
  const column = context.frame.columns.find((one) => one.name === name);
  if (column === undefined || !("values" in column)) return false;
  if (PERIOD_WORDS.includes(spoken[0] ?? "")) return true;
  return (
    YEAR_WORDS.includes(spoken[0] ?? "") && column.values.every((value) => Number.isNaN(value) || (value >= YEARS[0] && value < YEARS[1]))
  );
}
