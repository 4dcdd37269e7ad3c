import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { type FlagSignal, flagSignal } from "./flag-signal.ts";

/** The first or the last row of each set (a case before its controls) tells the target. */
export interface PlaceInSet {
  readonly column: string;
  readonly place: "first" | "last";
  readonly sets: number;
  readonly signal: FlagSignal;
}

const LEAST_SETS = 20;
/** Rows of a set on average. */
const [LEAST_ROWS_EACH, MOST_ROWS_EACH] = [1.8, 50];
const LEAST_AUC = 0.75;
/** Over all columns and both places. */
const BY_CHANCE = 1e-6;

/** Of columns whose rows of one value stand together, each value once: the place within them that tells most. null where none does, and of a sample of the rows. */
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
      const places = {
        first: (row: number) => row === 0 || !isSame(row, row - 1),
        last: (row: number) => row === frame.rows - 1 || !isSame(row, row + 1),
      };
      return (["first", "last"] as const).flatMap((place) => {
        const signal = flagSignal(context, places[place]);
        return signal !== null && signal.auc >= LEAST_AUC && signal.p * 2 * frame.columns.length < BY_CHANCE
          ? [{ column: column.name, place, sets, signal }]
          : [];
      });
    });
  return found.sort((a, b) => b.signal.auc - a.signal.auc || (a.column < b.column ? -1 : 1))[0] ?? null;
}
