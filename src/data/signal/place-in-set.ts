import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { type FlagSignal, flagSignal } from "./flag-signal.ts";

/** The first or the last row of each set (a case before its controls) tells the target. */
export interface PlaceInSet {
  readonly column: string;
  readonly place: "first" | "last";
  readonly sets: number;
  readonly signal: FlagSignal;
  /** A column that tells the place of a row in its set; null = none. */
  readonly carrier: string | null;
}

const LEAST_SETS = 20;
/** Rows of a set on average. */
const [LEAST_ROWS_EACH, MOST_ROWS_EACH] = [1.8, 50];
const LEAST_AUC = 0.75;
/** Over all columns and both places. */
const BY_CHANCE = 1e-6;

/** Rows that a period of a calendar has: quarters, days of a week, months, hours, days of a month, weeks and days of a year. */
const PERIODS: ReadonlySet<number> = new Set([4, 7, 12, 24, 28, 29, 30, 31, 52, 53, 365, 366]);
/** Share of the rows that stand where the column says. */
const NEARLY_ALL = 0.95;

/** A column each of whose values belongs to one place in the sets. */
function carrierOf({ frame, roles }: AuditContext, places: Int32Array): Column | null {
  const most = places.reduce((top, place) => Math.max(top, place), 0) + 1;
  return (
    frame.columns.find((column) => {
      const { distinct, present } = factsOf(column, frame.rows);
      if (column.name === roles.target || distinct < 2 || distinct > most || present < frame.rows) return false;
      const counts = new Map<number, Map<number, number>>();
      places.forEach((place, row) => {
        const own = counts.get(valueAt(column, row)) ?? new Map<number, number>();
        counts.set(valueAt(column, row), own.set(place, (own.get(place) ?? 0) + 1));
      });
      const usual = [...counts.values()].map((own) => [...own].reduce((a, b) => (b[1] > a[1] ? b : a)));
      const areOwn = new Set(usual.map(([place]) => place)).size === usual.length;
      return areOwn && usual.reduce((sum, [, rows]) => sum + rows, 0) >= NEARLY_ALL * frame.rows;
    }) ?? null
  );
}

/** Months within a year, days within a week: the place is a season, which is known of every new row. */
function isCalendar(carrier: Column, rows: number, sets: number): boolean {
  const { distinct } = factsOf(carrier, rows);
  return PERIODS.has(distinct) && rows >= NEARLY_ALL * sets * distinct;
}

/** Of columns whose rows of one value stand together, each value once: the place within them that tells most. null where none does, where it is the season of a calendar, and of a sample of the rows. */
export function placeInSet(context: AuditContext): PlaceInSet | null {
  const { frame, roles } = context;
  if (frame.rowNumbers !== null) return null;
  const found = frame.columns
    .filter(({ name }) => name !== roles.target)
    .flatMap((column) => {
      const { distinct, present } = factsOf(column, frame.rows);
      if (distinct < LEAST_SETS || present < frame.rows || present < LEAST_ROWS_EACH * distinct || present > MOST_ROWS_EACH * distinct)
        return [];
      const isSame = (row: number, other: number) => valueAt(column, row) === valueAt(column, other);
      let sets = 1;
      for (let row = 1; row < frame.rows && sets <= distinct; row++) if (!isSame(row, row - 1)) sets++;
      if (sets !== distinct) return [];
      const inSet = new Int32Array(frame.rows);
      for (let row = 1; row < frame.rows; row++) inSet[row] = isSame(row, row - 1) ? (inSet[row - 1] ?? 0) + 1 : 0;
      const carrier = carrierOf(context, inSet);
      if (carrier !== null && isCalendar(carrier, frame.rows, sets)) return [];
      const places = {
        first: (row: number) => row === 0 || !isSame(row, row - 1),
        last: (row: number) => row === frame.rows - 1 || !isSame(row, row + 1),
      };
      return (["first", "last"] as const).flatMap((place) => {
        const signal = flagSignal(context, places[place]);
        return signal !== null && signal.auc >= LEAST_AUC && signal.p * 2 * frame.columns.length < BY_CHANCE
          ? [{ column: column.name, place, sets, signal, carrier: carrier?.name ?? null }]
          : [];
      });
    });
  return found.sort((a, b) => b.signal.auc - a.signal.auc || (a.column < b.column ? -1 : 1))[0] ?? null;
}
