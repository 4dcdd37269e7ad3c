import type { Column } from "../../core/column.ts";
import { float64From, int32From, int32Where } from "../../core/typed-from.ts";
import { binomialUpperTail, standardDeviation } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { featuresOf, infoOf, numberFeatures } from "../columns/features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { valueOrder } from "../columns/value-order.ts";
import { continuousFeatures, MEASURED } from "./continuous-cloud.ts";

/** Rows that are neighbours along one measured column and agree in all others. */
export interface NearInOne {
  readonly column: string;
  /** In which they agree. */
  readonly others: readonly string[];
  readonly rows: ReadonlySet<number>;
  readonly pairs: number;
  /** Agreeing pairs that as many rows a little farther apart have. */
  readonly expected: number;
  readonly p: number;
}

const MOST_COLUMNS = 5;
const LEAST_ROWS = 100;
/** Neighbours of these orders are as alike in the measured column as chance has it, and no copies unless a row has many. */
const NEAR_LAG = 5;
const FAR_LAG = 20;
/** Of a table without near copies, over the columns looked at. */
const CHANCE = 0.01;
/** Deviations of the counts of the other orders, whose pairs share rows: what spreads more than a binomial needs more. */
const LEAST_Z = 5;
/** Fewer move no score. */
const LEAST_PAIRS = 5;
/** The other columns are coarse: one that is the measured one rounded changes so seldom along it that two places apart agree nearly as often as one. */
const ROWS_PER_LEVEL = 10;
/** Of what agrees beyond chance at one place, at most so much does at two: copies come in pairs, and what hangs on the column does not. */
const MOST_AT_TWO = 0.5;

/**
 * Near copies of a table of which one column alone is measured stand side by side along that column, and agree in the coarse others more often than rows that are
 * 5 to 20 places apart, and than rows two places apart. What hangs on the measured column does so at two places nearly as at one. Equal values are left to exact copies.
 * isTest: pairs are of a test and a training row, and the rows found are test rows; null = any two rows. null: nothing beyond chance.
 */
export async function nearInOne(context: AuditContext, isTest: Uint8Array | null = null): Promise<NearInOne | null> {
  const trained = context.training ?? context;
  const names = continuousFeatures(trained, MEASURED)
    .filter((column) => factsOf(column, trained.frame.rows).monotone === null)
    .slice(0, MOST_COLUMNS)
    .map(({ name }) => name);
  const features = numberFeatures(context);
  const measured = names.flatMap((name) => features.find((column) => column.name === name) ?? []);
  let best: NearInOne | null = null;
  const { rows } = context.frame;
  const coarse = featuresOf(context).filter((column) => isCoarse(context, column.name));
  for (const column of measured) {
    const { name, values } = column;
    await context.pause();
    const others = coarse.filter((other) => other.name !== name);
    const order = int32Where(valueOrder(context, column), (row) => Number.isFinite(values[row]));
    if (others.length === 0 || order.length < LEAST_ROWS) continue;
    const equal =
      others.length === coarse.length
        ? context.shared("equal rows of coarse columns", () => equalRows(coarse, rows))
        : equalRows(others, rows);
    const found = pairsAlong(order, values, equal, isTest);
    if (found.pairs >= LEAST_PAIRS && found.p * measured.length < CHANCE && found.z > LEAST_Z && (best === null || found.p < best.p))
      best = { ...found, column: name, others: others.map((other) => other.name) };
  }
  return best;
}

function isCoarse(context: AuditContext, name: string): boolean {
  const { distinct, missing } = infoOf(context, name);
  return distinct > 1 && distinct * ROWS_PER_LEVEL <= context.dataset.rows - missing;
}

/** Of each row the number of those that are equal in all of the columns. */
function equalRows(columns: readonly Column[], rows: number): Int32Array {
  return groupsOf(rowHash(columns, rows)).group;
}

function pairsAlong(
  order: Int32Array,
  values: Float64Array,
  equal: Int32Array,
  isTest: Uint8Array | null,
): Pick<NearInOne, "rows" | "pairs" | "expected" | "p"> & { readonly z: number } {
  // Side by side in this order: it is walked once for each lag.
  const [along, group] = [float64From(order, (row) => values[row] ?? 0), int32From(order, (row) => equal[row] ?? -1)];
  const side = isTest === null ? null : int32From(order, (row) => isTest[row] ?? 0);
  const lags = [1, 2, ...Array.from({ length: FAR_LAG - NEAR_LAG + 1 }, (_, i) => NEAR_LAG + i)];
  const [near, next, ...far] = countAgreed(along, group, side, lags) as [Agreed, Agreed, ...Agreed[]];
  const shares = float64From(far, ({ agreed, compared }) => agreed / Math.max(1, compared));
  // One more than was seen: what never agreed may agree once.
  const share = (far.reduce((sum, { agreed }) => sum + agreed, 0) + 1) / (far.reduce((sum, { compared }) => sum + compared, 0) + 1);
  const expected = share * near.compared;
  const spread = Math.max(Math.sqrt(expected), near.compared * standardDeviation(shares));
  const isPaired = next.agreed - share * next.compared <= MOST_AT_TWO * (near.agreed - expected);
  return {
    rows: rowsAgreed(along, group, side, order),
    pairs: near.agreed,
    expected,
    p: !isPaired ? 1 : binomialUpperTail(near.agreed, near.compared, share),
    z: (near.agreed - expected) / spread,
  };
}

interface Agreed {
  readonly agreed: number;
  readonly compared: number;
}

/** Of places that lie so far apart in the order, have different values along it and are of both sides: how many there are, and how many agree. One for each lag. */
function countAgreed(along: Float64Array, group: Int32Array, side: Int32Array | null, lags: readonly number[]): readonly Agreed[] {
  const counts: Agreed[] = [];
  for (const lag of lags) {
    let [agreed, compared] = [0, 0];
    for (let place = lag; place < along.length; place++) {
      const before = place - lag;
      if (along[before] === along[place] || (side !== null && side[before] === side[place])) continue;
      compared++;
      if (group[before] === group[place]) agreed++;
    }
    counts.push({ agreed, compared });
  }
  return counts;
}

/** Rows of neighbours that agree, those of the test alone where there are some. */
function rowsAgreed(along: Float64Array, group: Int32Array, side: Int32Array | null, order: Int32Array): ReadonlySet<number> {
  const rows = new Set<number>();
  for (let place = 1; place < order.length; place++) {
    const before = place - 1;
    if (group[before] !== group[place] || along[before] === along[place] || (side !== null && side[before] === side[place])) continue;
    for (const one of [before, place]) if (side === null || side[one] === 1) rows.add(order[one] ?? 0);
  }
  return rows;
}
