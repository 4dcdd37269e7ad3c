import { type Column, columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import type { NamedSeries } from "./stuck-values.ts";

/** Columns of names of which two may name a thing together: a country and its province, which may be empty. */
const MOST_NAMES = 8;
/** Rows that have their thing and time alone; rows of a thing on average; of the first rows so many may have theirs with another. */
const [OWN, LEAST_EACH, FIRST_ROWS, MOST_FIRST] = [0.98, 5, 2000, 0.1];
const LEAST_THINGS = 3;

/** Things that two columns of names say together, each in one row at a time: of several such pairs that with the fewest things. null of a sample, whose rows are no neighbours, and where no time orders the rows. Once per audit. */
export function thingsByTwo(context: AuditContext): NamedSeries | null {
  return context.shared("things by two names", () => {
    const { frame, roles } = context;
    const { by } = rowOrderOf(context);
    if (by === null || frame.rowNumbers !== null) return null;
    const time = columnOf(frame, by);
    const offered = new Set([...roles.features, ...roles.ids]);
    const names = frame.columns
      .filter((column) => "codes" in column && offered.has(column.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, MOST_NAMES);
    const found = names.flatMap((a, i) => names.slice(i + 1).flatMap((b) => seriesOf(a, b, time, frame.rows) ?? []));
    return found.sort((one, other) => one.things.length - other.things.length)[0] ?? null;
  });
}

function seriesOf(a: Column, b: Column, time: Column, rows: number): NamedSeries | null {
  const things = new Map<string, Map<number, number>>();
  let [timed, again] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const moment = valueAt(time, row);
    if (Number.isNaN(moment)) continue;
    const key = `${valueAt(a, row)} ${valueAt(b, row)}`;
    const own = things.get(key) ?? new Map<number, number>();
    if (own.size === 0) things.set(key, own);
    timed++;
    if (own.has(moment)) again++;
    else own.set(moment, row);
    if (timed === FIRST_ROWS && again > MOST_FIRST * timed) return null;
  }
  if (things.size < LEAST_THINGS || again > (1 - OWN) * timed || timed < LEAST_EACH * things.size) return null;
  const inTime = (own: Map<number, number>) => [...own].sort(([one], [other]) => one - other).map(([, row]) => row);
  return {
    unit: `${a.name} and ${b.name}`,
    time: time.name,
    things: [...things].map(([, own]) => ({ name: nameOf(a, b, own), rows: inTime(own) })),
  };
}

function nameOf(a: Column, b: Column, own: Map<number, number>): string {
  const [row = 0] = own.values();
  const told = [a, b].map((column) => ("codes" in column ? (column.levels[valueAt(column, row)] ?? "") : ""));
  return told.filter((name) => name !== "").join(", ");
}
