import type { NumberColumn } from "../columns/counts.ts";

/** A column that repeats another one some rows later: the value of the week before. */
export interface ShiftedColumn {
  readonly first: NumberColumn;
  readonly later: NumberColumn;
  /** `later` holds in each row what `first` held so many rows before. */
  readonly rows: number;
  readonly compared: number;
  readonly held: number;
}

const MOST_COLUMNS = 40;
/** A lag is seldom longer: a year of months. */
const MOST_SHIFT = 12;
/** Where each thing has its own rows, its first ones break it. */
const HOLDS = 0.8;
/** How often two rows agree by chance at most. */
const MOST_ALIKE = 0.2;
const LEAST_ROWS = 50;
/** Hours of a day, months of two years. */
const LONGEST_TURN = 24;
/** Rows that refute nearly all pairs, and those by which a turn shows. */
const [PROBED, PROBED_TURNS] = [20, 1000];

/** Each column once, beside the one from which it lies the fewest rows away. columns: of many values. */
export function shiftedColumns(columns: readonly NumberColumn[], rows: number): readonly ShiftedColumn[] {
  if (rows < LEAST_ROWS) return [];
  const some = columns.slice(0, MOST_COLUMNS).filter(({ values }) => !repeats(values, rows));
  return some.flatMap((later) => {
    const found = some.flatMap((first) => (first === later ? [] : (shifted(first, later, rows) ?? [])));
    return found.sort((a, b) => a.rows - b.rows || b.held / b.compared - a.held / a.compared).slice(0, 1);
  });
}

/** Whether neighbours are alike, or a value comes back by itself: hours and months follow any other column that does, and no row is told by an earlier one. */
function repeats(values: Float64Array, rows: number): boolean {
  const alike = compare(values, values, 1, 1);
  if (alike.held > MOST_ALIKE * alike.compared || alike.compared === 0) return true;
  const step = Math.max(1, Math.floor(rows / PROBED_TURNS));
  for (let by = 2; by <= LONGEST_TURN; by++) {
    const { held, compared } = compare(values, values, by, step);
    if (compared > 0 && held >= HOLDS * compared) return true;
  }
  return false;
}

function shifted(first: NumberColumn, later: NumberColumn, rows: number): ShiftedColumn | null {
  const step = Math.max(1, Math.floor(rows / PROBED));
  for (let by = 1; by <= MOST_SHIFT && 4 * by < rows; by++) {
    const probe = compare(first.values, later.values, by, step);
    if (2 * probe.held < probe.compared || probe.compared === 0) continue;
    const { compared, held } = compare(first.values, later.values, by, 1);
    if (2 * compared >= rows && held >= HOLDS * compared) return { first, later, rows: by, compared, held };
  }
  return null;
}

function compare(first: Float64Array, later: Float64Array, by: number, step: number): { readonly compared: number; readonly held: number } {
  let [compared, held] = [0, 0];
  for (let row = by; row < later.length; row += step) {
    const [now, before] = [later[row] as number, first[row - by] as number];
    if (Number.isNaN(now) || Number.isNaN(before)) continue;
    compared++;
    held += Number(now === before);
  }
  return { compared, held };
}
