import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";

/** A table of things that are each looked at again at the same times: towns by days, firms by years. */
export interface Panel {
  readonly unit: string;
  readonly units: number;
  readonly times: number;
}

/** Units, times of each, and rows for each pair of them: of a table that happens to have several rows at a time hardly any pair is there. */
const [LEAST_UNITS, LEAST_TIMES, LEAST_FULL] = [3, 5, 0.6];
/** Of the first rows so many may have theirs with another. */
const [FIRST_ROWS, MOST_FIRST] = [2000, 0.1];
/** Rows that have their unit and time alone. */
const OWN = 0.98;

/** The unit of a panel names things by the design of the file, whatever it is called: times of each, and values of it, from which it counts. */
const [UNIT_TIMES, UNIT_VALUES] = [3, 8];

/** Whether each value has one row at most for each value of some time, by type or name, and most pairs of them are there. */
export function isPanelUnit(context: AuditContext, column: Column, leastValues = UNIT_VALUES): boolean {
  if (factsOf(column, context.frame.rows).distinct < leastValues) return false;
  return momentsOf(context).some((moment) => moment.name !== column.name && panelBy(context, column, moment, UNIT_TIMES) !== null);
}

/** Whether things come back in it: each of another column's values in one row at most for each of its own. */
export function orderOfThings(context: AuditContext, time: Column): boolean {
  const { frame, roles } = context;
  const offered = new Set([...roles.features, ...roles.ids, roles.group]);
  return frame.columns.some((unit) => unit !== time && offered.has(unit.name) && panelBy(context, unit, time, UNIT_TIMES) !== null);
}

/** Columns of times, and each with a part of the year beside it. Once per audit. */
function momentsOf(context: AuditContext): readonly Column[] {
  return context.shared("panel moments", () => {
    const { columns, rows } = context.frame;
    const times = columns.filter((one) => one.type === "date" || meaningOf(one.name).time);
    const parts = columns.filter((one) => isPartOfYear(one, rows));
    return times.flatMap((time) => [time, ...parts.filter((part) => part !== time).map((part) => together(time, part, rows))]);
  });
}

/** Each pair of a unit and a time in one row at most, and at least three fifths of the pairs in one; the unit of the fewest values. null where no column is one. */
export function panelOf(context: AuditContext, by: string): Panel | null {
  const { frame, roles } = context;
  const time = frame.columns.find(({ name }) => name === by);
  const offered = new Set([...roles.features, ...roles.ids]);
  if (time === undefined) return null;
  const parts = frame.columns.filter((column) => column !== time && isPartOfYear(column, frame.rows));
  const moments = [time, ...parts.map((part) => together(time, part, frame.rows))];
  const found = frame.columns
    .filter((column) => column !== time && !parts.includes(column) && offered.has(column.name))
    .flatMap((column) => moments.flatMap((moment) => panelBy(context, column, moment) ?? []));
  return found.sort((a, b) => a.units - b.units || (a.unit < b.unit ? -1 : 1))[0] ?? null;
}

/** A month, a quarter or a week, in numbers or names, beside the year: both together say when. */
const PARTS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    month: 12,
    monat: 12,
    mois: 12,
    mes: 12,
    mese: 12,
    maand: 12,
    quarter: 4,
    quartal: 4,
    trimestre: 4,
    week: 53,
    woche: 53,
    semaine: 53,
    semana: 53,
  }),
);

function isPartOfYear(column: Column, rows: number): boolean {
  const [word = "", ...more] = nameWords(column.name);
  return column.type !== "date" && more.length === 0 && factsOf(column, rows).distinct <= (PARTS.get(word) ?? 0);
}

/** Moments of a year and its part, numbered by their pairs. */
function together(year: Column, part: Column, rows: number): Column {
  const values = Float64Array.from({ length: rows }, (_, row) => 1000 * valueAt(year, row) + valueAt(part, row));
  return { name: year.name, type: "number", values };
}

function panelBy({ frame, roles }: AuditContext, unit: Column, time: Column, leastTimes = LEAST_TIMES): Panel | null {
  const { rows } = frame;
  const { distinct, integer } = factsOf(unit, rows);
  const { distinct: moments } = factsOf(time, rows);
  if (!("codes" in unit) && !(unit.type === "number" && integer)) return null;
  if (distinct < LEAST_UNITS || moments < leastTimes || rows < LEAST_FULL * distinct * moments) return null;
  const seen = new Map<number, Map<number, number>>();
  const compared = frame.columns.filter(({ name }) => !roles.ids.includes(name));
  let [held, again] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const [u, t] = [valueAt(unit, row), valueAt(time, row)];
    if (Number.isNaN(u) || Number.isNaN(t)) continue;
    const times = seen.get(u) ?? new Map<number, number>();
    if (times.size === 0) seen.set(u, times);
    held++;
    const before = times.get(t);
    if (before === undefined) times.set(t, row);
    // A row that was written twice is still one.
    else if (!compared.every((column) => Object.is(valueAt(column, before), valueAt(column, row)))) again++;
    // The first rows refute nearly all.
    if ((held === FIRST_ROWS && again > MOST_FIRST * held) || again > (1 - OWN) * rows) return null;
  }
  return held >= OWN * rows && again <= (1 - OWN) * held ? { unit: unit.name, units: seen.size, times: moments } : null;
}
