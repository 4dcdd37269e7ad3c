import { createRandom } from "../../core/random.ts";
import { float64From, placesUpTo } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { ranked } from "./ranked-values.ts";

/** Measurements that rows share all at once: a mix, an alloy, a place that several rows were made of. */
export interface ProfileSet {
  readonly columns: readonly string[];
  /** Pairs of rows that agree in all of them, and how many would, were these independent. */
  readonly pairs: number;
  readonly expected: number;
}

const LEAST_COLUMNS = 4;
const MOST_COLUMNS = 24;
const LEAST_VALUES = 10;
const [LEAST_ROWS, MOST_ROWS] = [60, 5_000];
/** Things with two rows or more. */
const LEAST_THINGS = 30;
/** Rows that have another with the same profile. */
const MET_AGAIN = 0.5;
/** Pairs that agree, as many times those of independent columns, whichever column is left out: so no column that the others give makes the set. */
const TIMES_CHANCE = 10;
/** Of the pairs that agree in one column so many agree in a column that it gives. */
const GIVES = 0.95;
/** Of the pairs of one profile so many differ in another column: rows in which nothing moves are copies. */
const MOVES = 0.5;
/** Sums of MOST_COLUMNS numbers below this are exact in a double. */
const KEYS = 2 ** 48;

interface Coded {
  readonly name: string;
  readonly codes: Int32Array;
  /** A random whole number for each value, below 2^48, so that sums of columns are exact: rows whose numbers add up to the same hold the same values. */
  readonly keys: Float64Array;
  /** Share of the pairs of rows that agree. */
  readonly agreeing: number;
}

/**
 * The largest set of measured columns in which half of the rows agree with another one in all at once, found by leaving out the column that keeps rows apart most, one after the other. Columns that
 * depend on each other agree oftener than independent ones too: what one other column gives counts once, and the pairs must be many times those of independence whichever column is left
 * out. At least one column outside moves within them. null where there is none, and of a table of which a part of the rows would be drawn: partners are not drawn together.
 */
export function profileSet(context: AuditContext): ProfileSet | null {
  const { frame } = context;
  if (frame.rows < LEAST_ROWS || frame.rows > MOST_ROWS || frame.rowNumbers !== null) return null;
  const columns = numberFeatures(context);
  const random = createRandom(context.seed, "profile sets");
  const coded = columns.flatMap((column) => codedOf(column, () => Math.floor(random.next() * KEYS)) ?? []);
  if (coded.length <= LEAST_COLUMNS) return null;
  const kept = largestSet(apartFrom(coded), frame.rows);
  if (kept === null) return null;
  const things = thingsOf(sums(kept, frame.rows));
  if (things.groups < LEAST_THINGS || !coded.some((one) => !kept.includes(one) && movesIn(one, things.pairs))) return null;
  const lifts = kept.map((left) =>
    liftOf(
      kept.filter((one) => one !== left),
      frame.rows,
    ),
  );
  if (lifts.some(({ pairs, expected }) => pairs < TIMES_CHANCE * expected)) return null;
  return { columns: kept.map(({ name }) => name), ...liftOf(kept, frame.rows) };
}

function codedOf(column: NumberColumn, draw: () => number): Coded | null {
  if (column.type !== "number") return null;
  const { codes, values } = ranked(column.values);
  const counts = new Float64Array(values);
  let held = 0;
  for (const code of codes) {
    if (code < 0) continue;
    counts[code] = (counts[code] ?? 0) + 1;
    held++;
  }
  if (values < LEAST_VALUES || held < codes.length) return null;
  const pairs = counts.reduce((sum, count) => sum + count * (count - 1), 0);
  return { name: column.name, codes, keys: Float64Array.from(counts, draw), agreeing: pairs / (held * (held - 1)) };
}

/** Without columns that another one gives: where rows agree in that, they nearly always agree in them. The finer one of two stays, of all the MOST_COLUMNS finest. */
function apartFrom(coded: readonly Coded[]): readonly Coded[] {
  const finest = [...coded].sort((a, b) => a.agreeing - b.agreeing || (a.name < b.name ? -1 : 1));
  const kept: { readonly one: Coded; readonly pairs: Things["pairs"] }[] = [];
  for (const one of finest) {
    if (kept.length >= MOST_COLUMNS) break;
    const isGiven = kept.some(
      ({ pairs }) => pairs.length >= LEAST_THINGS && pairs.filter(([a, b]) => one.codes[a] === one.codes[b]).length >= GIVES * pairs.length,
    );
    if (!isGiven) kept.push({ one, pairs: thingsOf(sums([one], one.codes.length)).pairs });
  }
  return kept.map(({ one }) => one);
}

/** Leaves out the column without which most rows meet another, until half of them do. */
function largestSet(coded: readonly Coded[], rows: number): readonly Coded[] | null {
  let kept = coded;
  let whole = sums(kept, rows);
  while (metAgain(whole) < MET_AGAIN * rows) {
    if (kept.length <= LEAST_COLUMNS) return null;
    let [best, most, without] = [kept[0] as Coded, -1, whole];
    for (const one of kept) {
      const rest = whole.map((sum, row) => sum - keyOf(one, row));
      const met = metAgain(rest);
      if (met > most) [best, most, without] = [one, met, rest];
    }
    kept = kept.filter((one) => one !== best);
    whole = without;
  }
  return kept;
}

const keyOf = ({ codes, keys }: Coded, row: number) => keys[codes[row] ?? 0] ?? 0;

function sums(columns: readonly Coded[], rows: number): Float64Array {
  return float64From(placesUpTo(rows), (row) => columns.reduce((sum, column) => sum + keyOf(column, row), 0));
}

/** Rows whose sum another row has. */
function metAgain(whole: Float64Array): number {
  const sorted = whole.slice().sort();
  let met = 0;
  for (let i = 0; i < sorted.length; i++) if (sorted[i] === sorted[i - 1] || sorted[i] === sorted[i + 1]) met++;
  return met;
}

/** Things with two rows or more, and each row with the one before it of its thing. */
interface Things {
  readonly groups: number;
  readonly pairs: readonly (readonly [number, number])[];
}

function thingsOf(whole: Float64Array): Things {
  const order = ascendingOrder(whole);
  const pairs: [number, number][] = [];
  let groups = 0;
  for (let i = 1; i < order.length; i++) {
    const [before, row] = [order[i - 1] ?? 0, order[i] ?? 0];
    if (whole[before] !== whole[row]) continue;
    if (i < 2 || whole[order[i - 2] ?? 0] !== whole[before]) groups++;
    pairs.push([before, row]);
  }
  return { groups, pairs };
}

function movesIn({ codes }: Coded, pairs: readonly (readonly [number, number])[]): boolean {
  return pairs.filter(([a, b]) => codes[a] !== codes[b]).length >= MOVES * pairs.length;
}

function liftOf(columns: readonly Coded[], rows: number): { readonly pairs: number; readonly expected: number } {
  const sorted = sums(columns, rows).sort();
  let [pairs, run] = [0, 0];
  for (let i = 1; i < sorted.length; i++) {
    run = sorted[i] === sorted[i - 1] ? run + 1 : 0;
    pairs += run;
  }
  return { pairs, expected: columns.reduce((product, { agreeing }) => product * agreeing, (rows * (rows - 1)) / 2) };
}
