import type { Column } from "../../core/column.ts";
import { float64From, float64Where } from "../../core/typed-from.ts";
import { autocorrelation, kolmogorovSmirnov, normalTwoSidedP, quantile, ranks, ranksAlong } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { PERSISTENT_Z } from "../columns/row-order.ts";
import { valueOrder } from "../columns/value-order.ts";
import { conversionsFor } from "../meaning/units.ts";

/** From one row on the values of a column are larger by a known factor, and nothing else changes there. */
export interface ScaleBreak {
  readonly column: NumberColumn;
  /** First row of the frame behind the break. */
  readonly first: number;
  /** What the rows behind it were multiplied by. */
  readonly factor: number;
  readonly words: string;
  readonly ratio: number;
  /** Of the place and the change, over all rows and columns (Wilcoxon, Bonferroni). */
  readonly chance: number;
  readonly distance: number;
  readonly allowed: number;
  /** Probability that another change has the size of one of the factors that were tried. */
  readonly coincidence: number;
}

const LEAST_PART = 20;
const LEAST_DIFFERENT = 20;
const CHANCE = 0.001;
/** Kolmogorov-Smirnov, 1 %. */
const ALIKE = 1.63;
/** Another column that changes so much at the same row says that the rows are of another kind. */
const OTHERWISE = 0.3;
const MOST_LEVELS = 50;
const DECADES = 2;
const TENS = [1, 2, 3].map((power) => ({ words: `a factor of ${10 ** power}`, shift: power }));

export async function scaleBreaks(context: AuditContext): Promise<readonly ScaleBreak[]> {
  const found: ScaleBreak[] = [];
  const columns = numberFeatures(context);
  for (const column of columns) {
    if (infoOf(context, column.name).distinct < LEAST_DIFFERENT) continue;
    const one = breakOf(context, column, columns.length);
    if (one !== null) found.push(one);
    await context.pause();
  }
  return found.filter((one) => {
    const alike = new Set(found.filter(({ first }) => Math.abs(first - one.first) < LEAST_PART).map(({ column }) => column.name));
    return !context.frame.columns.some((other) => !alike.has(other.name) && changesAt(other, one.first));
  });
}

function breakOf(context: AuditContext, column: NumberColumn, looks: number): ScaleBreak | null {
  const { values } = column;
  const sorted = valueOrder(context, column);
  const from = (least: number) => firstFrom(sorted, values, least);
  const end = from(Number.POSITIVE_INFINITY);
  // The least number above 0.
  const order = sorted.subarray(from(Number.MIN_VALUE), end);
  if (order.length < 2 * LEAST_PART || order.length < 0.9 * (end - from(-Number.MAX_VALUE))) return null;
  // Those of the logarithms are the same.
  const { rows, places } = placedRows(ranksAlong(order, values));
  const { cut, z } = steepest(places);
  const chance = normalTwoSidedP(z) * rows.length * looks;
  if (chance > CHANCE) return null;
  const logs = float64From(rows, (row) => Math.log10(values[row] ?? 1));
  const [before, behind] = [logs.slice(0, cut), logs.slice(cut)];
  const fit = bestFactor(context, column.name, before, behind);
  if (fit === null) return null;
  // What drifts, is sorted or follows itself breaks everywhere.
  const mended = logs.map((value, place) => (place < cut ? value : value - fit.shift));
  if (Math.abs(autocorrelation(ranks(mended)).z) > PERSISTENT_Z) return null;
  const ratio = 10 ** (quantile(behind, 0.5) - quantile(before, 0.5));
  const { words, distance, allowed, coincidence } = fit;
  return { column, first: rows[cut] ?? 0, factor: 10 ** fit.shift, words, ratio, chance, distance, allowed, coincidence };
}

/** The rows that have a rank, in their order, and these. */
function placedRows(placed: Float64Array): { readonly rows: Int32Array; readonly places: Float64Array } {
  const [rows, places] = [new Int32Array(placed.length), new Float64Array(placed.length)];
  const count = keepPlaced(placed, rows, places);
  return { rows: rows.subarray(0, count), places: places.subarray(0, count) };
}

function keepPlaced(placed: Float64Array, rows: Int32Array, places: Float64Array): number {
  let count = 0;
  for (let row = 0; row < placed.length; row++) {
    const place = placed[row] as number;
    if (place <= 0) continue;
    rows[count] = row;
    places[count++] = place;
  }
  return count;
}

/** The first place in an ascending order whose value is not below the least. */
function firstFrom(order: Int32Array, values: Float64Array, least: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[order[middle] ?? 0] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place that parts low ranks from high ones best, as the z of Wilcoxon's sum. */
function steepest(places: Float64Array): { cut: number; z: number } {
  const n = places.length;
  let [sum, cut, z] = [0, 0, 0];
  for (let k = 1; k < n; k++) {
    sum += (places[k - 1] ?? 0) - (n + 1) / 2;
    if (k < LEAST_PART || k > n - LEAST_PART) continue;
    const here = Math.abs(sum) / Math.sqrt((k * (n - k) * (n + 1)) / 12);
    if (here > z) [cut, z] = [k, here];
  }
  return { cut, z };
}

/** The factor after which both parts are of one distribution. */
function bestFactor(context: AuditContext, name: string, before: Float64Array, behind: Float64Array) {
  const meaning = context.roles.meanings[name];
  const { conversions } = conversionsFor(name, meaning?.type ?? null, meaning?.unit ?? null);
  const known = conversions.flatMap(({ words, factor, offset }) => (offset === 0 ? [{ words, shift: Math.abs(Math.log10(factor)) }] : []));
  const tried = [...known, ...TENS.filter(({ shift }) => !known.some((one) => Math.abs(one.shift - shift) < 1e-9))];
  const sign = quantile(behind, 0.5) < quantile(before, 0.5) ? -1 : 1;
  const allowed = ALIKE * Math.sqrt(1 / before.length + 1 / behind.length);
  const [best] = tried
    .map(({ words, shift }) => {
      const moved = behind.map((value) => value - sign * shift);
      return { words, shift: sign * shift, distance: kolmogorovSmirnov(before.map(rounded), moved.map(rounded)).statistic };
    })
    .sort((a, b) => a.distance - b.distance);
  if (best === undefined || best.distance > allowed) return null;
  // A shift of d spreads makes a distance of about 0.4 d, as in `unitHeaps`.
  const spread = (quantile(before, 0.84) - quantile(before, 0.16)) / 2;
  const coincidence = (tried.length * 2 * allowed * spread) / 0.4 / DECADES;
  // Every change has the size of some factor: it says nothing.
  return coincidence >= 1 ? null : { ...best, allowed, coincidence };
}

/** Equal values stay equal after the last digits of a logarithm. */
function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

function changesAt(column: Column, first: number): boolean {
  if ("values" in column) {
    const [before, behind] = [column.values.slice(0, first), column.values.slice(first)].map((part) =>
      float64Where(part, (v) => !Number.isNaN(v)),
    );
    if (before === undefined || behind === undefined || before.length < LEAST_PART || behind.length < LEAST_PART) return false;
    return kolmogorovSmirnov(before, behind).statistic > OTHERWISE + ALIKE * Math.sqrt(1 / before.length + 1 / behind.length);
  }
  if (column.levels.length > MOST_LEVELS) return false;
  const counts = column.levels.map(() => [0, 0]);
  column.codes.forEach((code, row) => {
    const pair = counts[code];
    if (pair !== undefined) pair[row < first ? 0 : 1] = (pair[row < first ? 0 : 1] ?? 0) + 1;
  });
  const [n1, n2] = [0, 1].map((side) =>
    Math.max(
      1,
      counts.reduce((sum, pair) => sum + (pair[side] ?? 0), 0),
    ),
  ) as [number, number];
  return counts.reduce((sum, [a = 0, b = 0]) => sum + Math.abs(a / n1 - b / n2) / 2, 0) > OTHERWISE;
}
