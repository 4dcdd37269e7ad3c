import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { quantile, standardDeviation } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { halfDecimal } from "../columns/written-decimals.ts";

/** Two or three columns whose product of powers is one constant in nearly all rows, as logarithms, and what the other rows are off by. */
export interface BrokenIdentity {
  readonly columns: readonly NumberColumn[];
  readonly powers: readonly number[];
  /** Logarithm of the constant. */
  readonly constant: number;
  readonly compared: number;
  /** Rows in which it holds, those in which it does not, and what these are off by (log). */
  readonly held: Int32Array;
  readonly broken: Int32Array;
  readonly off: Float64Array;
}

const MOST_COLUMNS = 16;
const LEAST_DISTINCT = 20;
/** Rows looked at first, evenly spread, of which not all may be complete; as many of them must be as of all, but for chance. */
const [PROBED, LEAST_PROBED] = [120, 0.7];
/** Share of the rows in which it holds: of those looked at first, and of all. */
const [PROBED_SHARE, LEAST_SHARE] = [0.75, 0.85];
/** Rows of which it may be said. */
const LEAST_ROWS = 100;
/** Relative; what rounding does is more where numbers are coarse. */
export const CLOSE = 0.005;
/** Each column is told apart from one that stands beside other rows: else it has no part in it. */
const BY_CHANCE = 0.5;
/** Deviations of each column in units of what counts as close. */
const LEAST_SPREAD = 4;
/** A wrong row is worth a word from so many on. */
export const LEAST_BROKEN = 5;

const PAIR = [[1, -1]];
/** Products and ratios of three, one of them squared at most. */
const TRIPLES = [1, -1].flatMap((b) =>
  [1, -1].flatMap((c) => [
    [1, b, c],
    [2, b, c],
    [1, 2 * b, c],
    [1, b, 2 * c],
  ]),
);

/** Codes for "no value" of a column. */
export type CodesOf = (name: string) => ReadonlySet<number>;

/** Computed once for each audit. */
export function brokenIdentities(context: AuditContext, codesOf: CodesOf): readonly BrokenIdentity[] {
  return context.shared("broken identities", () => {
    const named = numberFeatures(context).filter(({ name }) => infoOf(context, name).distinct >= LEAST_DISTINCT);
    const columns = finestFirst(named, ({ name }) => infoOf(context, name).distinct)
      .slice(0, MOST_COLUMNS)
      .flatMap((column) => logsOf(column, codesOf(column.name)) ?? []);
    const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b]));
    const found = pairs.flatMap((pair) => identityOf(pair, PAIR) ?? []);
    // Where two hold alone, a third adds nothing.
    const isPaired = (a: Logs, b: Logs) => found.some((one) => one.columns.includes(a.column) && one.columns.includes(b.column));
    const triples = pairs.flatMap(([a, b], _, all) =>
      a === undefined || b === undefined || isPaired(a, b)
        ? []
        : all.flatMap(([other, c]) => (other === b && c !== undefined && !isPaired(a, c) && !isPaired(b, c) ? [[a, b, c]] : [])),
    );
    return [...found, ...triples.flatMap((triple) => identityOf(triple, TRIPLES) ?? [])];
  });
}

interface Logs {
  readonly column: NumberColumn;
  /** NaN where there is no number above 0. */
  readonly values: Float64Array;
  readonly half: number;
}

/** null where too few numbers are above 0, or all are nearly one. */
function logsOf(column: NumberColumn, codes: ReadonlySet<number>): Logs | null {
  const values = column.values.map((value) => (value > 0 && !codes.has(value) ? Math.log(value) : Number.NaN));
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length < LEAST_ROWS || 2 * present.length < values.length || standardDeviation(present) < LEAST_SPREAD * CLOSE) return null;
  return { column, values, half: halfDecimal(column.values.filter((value) => !Number.isNaN(value))) };
}

function identityOf(columns: readonly Logs[], forms: readonly (readonly number[])[]): BrokenIdentity | null {
  const length = columns[0]?.values.length ?? 0;
  const isComplete = (row: number) => columns.every(({ values }) => !Number.isNaN(values[row]));
  const step = Math.max(1, Math.floor(length / (2 * PROBED)));
  const probes: number[] = [];
  for (let row = 0; row < length; row += step) if (isComplete(row)) probes.push(row);
  if (2 * probes.length * step < LEAST_PROBED * length) return null;
  const some = Int32Array.from(probes);
  let complete: Int32Array | null = null;
  for (const powers of forms) {
    const constant = constantOf(columns, powers, some);
    if (constant === null || !needsAll(columns, powers, some)) continue;
    complete ??= int32Where(placesUpTo(length), isComplete);
    if (complete.length < LEAST_ROWS || 2 * complete.length < length) return null;
    const offAt = (row: number) => totalAt(columns, powers, row) - constant;
    const isHeld = (row: number) => Math.abs(offAt(row)) <= slackAt(columns, powers, row);
    const held = complete.filter(isHeld);
    if (held.length < LEAST_SHARE * complete.length) continue;
    const broken = complete.filter((row) => !isHeld(row));
    return {
      columns: columns.map(({ column }) => column),
      powers,
      constant,
      compared: complete.length,
      held,
      broken,
      off: float64From(broken, offAt),
    };
  }
  return null;
}

function totalAt(columns: readonly Logs[], powers: readonly number[], row: number): number {
  return columns.reduce((sum, { values }, i) => sum + (powers[i] ?? 0) * (values[row] ?? Number.NaN), 0);
}

/** What rounding of all columns leads to, and no less than what counts as close. */
function slackAt(columns: readonly Logs[], powers: readonly number[], row: number): number {
  const rounding = columns.reduce((sum, { values, half }, i) => sum + Math.abs(powers[i] ?? 0) * (half / Math.exp(values[row] ?? 0)), 0);
  return Math.max(CLOSE, 1.02 * rounding);
}

/** null where most rows have no value in common. */
function constantOf(columns: readonly Logs[], powers: readonly number[], rows: Int32Array): number | null {
  const totals = float64From(rows, (row) => totalAt(columns, powers, row));
  const middle = quantile(totals, 0.5);
  const close = rows.reduce((sum, row, i) => sum + Number(Math.abs((totals[i] ?? 0) - middle) <= slackAt(columns, powers, row)), 0);
  return close >= PROBED_SHARE * rows.length ? middle : null;
}

/** With any one of the columns from other rows it no longer holds. */
function needsAll(columns: readonly Logs[], powers: readonly number[], rows: Int32Array): boolean {
  return columns.every((_, own) => {
    const apart = Math.floor(rows.length / 2);
    const totals = float64From(rows, (row, place) => {
      const other = rows[(place + apart) % rows.length] ?? row;
      return columns.reduce((sum, { values }, i) => sum + (powers[i] ?? 0) * (values[i === own ? other : row] ?? Number.NaN), 0);
    });
    const middle = quantile(totals, 0.5);
    const close = rows.reduce((sum, row, i) => sum + Number(Math.abs((totals[i] ?? 0) - middle) <= slackAt(columns, powers, row)), 0);
    return close < BY_CHANCE * rows.length;
  });
}
