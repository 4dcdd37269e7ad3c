import { int32Where } from "../../core/typed-from.ts";
import { wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, valueCounts } from "../columns/counts.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { fewAsLevels } from "../columns/interval-levels.ts";
import { viewOf } from "../signal/associations.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { isOfThings, liesApart } from "./target-stretches.ts";

/** A column whose kinds cut the target at single values, but for some rows in which one of the two is wrong. */
export interface MostlyStretch {
  readonly column: string;
  readonly kinds: number;
  /** Labelled rows looked at, and those in the stretch of their kind. */
  readonly rows: number;
  readonly held: number;
  /** Where the target is cut, from below. */
  readonly cuts: readonly number[];
  /** Frame rows that lie in the stretch of another kind. */
  readonly strays: Int32Array;
  /** Share of the rows next to the cuts that lie on the side of their kind; kinds that honestly differ overlap there, so about half do. */
  readonly besideCuts: number;
  /** See TargetStretch. */
  readonly ofThings: boolean;
  readonly liesApart: boolean;
  /** Half of the strays and more lie beside a cut, as where kinds overlap a little; errors lie anywhere. */
  readonly strayNear: boolean;
}

const MOST_KINDS = 20;
const LEAST_ROWS = 100;
/** Of each kind. */
const LEAST_OF_KIND = 20;
/** Kinds of fewer rows are passed over where they hold next to nothing. */
const MOST_RARE = 0.02;
const MOST_STRAYS = 0.1;
/** Rows on either side of a cut that are looked at: of the smaller kind one in five, so many at least and at most. */
const [BESIDE, LEAST_BESIDE, MOST_BESIDE] = [0.2, 15, 200];
/** Lower 95 % limit of the share of them that lie on the right side. */
const SHARP = 0.75;

/** Only for numbers, and what nobody has said to be known before. */
export function mostlyStretches(context: AuditContext): readonly MostlyStretch[] {
  if (context.task.kind !== "regression") return [];
  const few = numberFeatures(context).filter(({ name, type }) => type === "number" && infoOf(context, name).distinct <= MOST_KINDS);
  const kinds = [...levelFeatures(context), ...few.map((column) => fewAsLevels(column, valueCounts(context, column).values))];
  return kinds
    .filter(({ name, levels }) => levels.length >= 2 && levels.length <= MOST_KINDS && answerFor(context, name) !== "before")
    .flatMap((column) => stretchesOf(context, column) ?? []);
}

function stretchesOf(context: AuditContext, { name, codes, levels }: LevelColumn): MostlyStretch | null {
  const { target } = context;
  const counts = new Float64Array(levels.length);
  const present = int32Where(viewOf(context).rows, (row) => (codes[row] ?? -1) >= 0);
  for (const row of present) counts[codes[row] ?? 0] = (counts[codes[row] ?? 0] ?? 0) + 1;
  const rows = int32Where(present, (row) => (counts[codes[row] ?? 0] ?? 0) >= LEAST_OF_KIND);
  if (rows.length < LEAST_ROWS || rows.length < (1 - MOST_RARE) * present.length) return null;
  const sorted = rows.toSorted((a, b) => (target[a] ?? 0) - (target[b] ?? 0));
  const order = kindsByMedian(sorted, codes, counts);
  if (order.length < 2) return null;
  const cuts = order.slice(1).map((kind, i) => cutBetween(sorted, target, codes, order[i] ?? 0, kind));
  if (cuts.some((cut, i) => i > 0 && cut <= (cuts[i - 1] ?? 0))) return null;
  const placeOf = new Map(order.map((kind, place) => [kind, place]));
  const strays = int32Where(sorted, (row) => !isWithin(target[row] ?? 0, cuts, placeOf.get(codes[row] ?? 0) ?? 0));
  if (strays.length === 0 || strays.length > MOST_STRAYS * sorted.length) return null;
  const beside = cuts.map((cut, i) => sharpness(sorted, target, codes, cut, [order[i] ?? 0, order[i + 1] ?? 0], counts));
  if (beside.some((one) => one === null || one.low < SHARP)) return null;
  const besideCuts = Math.min(...beside.map((one) => one?.share ?? 0));
  const outside = new Set(strays);
  const within = sorted.filter((row) => !outside.has(row));
  const stretches = order.map((kind) => {
    const own = within.filter((row) => codes[row] === kind);
    return { from: target[own[0] ?? -1] ?? Number.NaN, to: target[own.at(-1) ?? -1] ?? Number.NaN };
  });
  const inner = target.map((value, row) => (outside.has(row) ? Number.NaN : value));
  const honest = {
    strayNear: areBeside(sorted, target, strays, cuts),
    ofThings: isOfThings(context, name),
    liesApart: liesApart(inner, stretches),
  };
  return {
    ...honest,
    column: name,
    kinds: order.length,
    rows: sorted.length,
    held: sorted.length - strays.length,
    cuts,
    strays,
    besideCuts,
  };
}

/** Where the fewest rows of the two kinds lie on the wrong side. */
function cutBetween(sorted: Int32Array, target: Float64Array, codes: Int32Array, below: number, above: number): number {
  const two = int32Where(sorted, (row) => codes[row] === below || codes[row] === above);
  let errors = two.reduce((sum, row) => sum + Number(codes[row] === below), 0);
  let [least, cut] = [Number.POSITIVE_INFINITY, Number.NaN];
  two.forEach((row, i) => {
    errors += codes[row] === below ? -1 : 1;
    const [value, next] = [target[row] ?? 0, target[two[i + 1] ?? -1] ?? Number.NaN];
    if (value !== next && errors < least) [least, cut] = [errors, Number.isNaN(next) ? value : (value + next) / 2];
  });
  return cut;
}

function kindsByMedian(sorted: Int32Array, codes: Int32Array, counts: Float64Array): readonly number[] {
  const [seen, middle] = [new Float64Array(counts.length), new Map<number, number>()];
  sorted.forEach((row, place) => {
    const kind = codes[row] ?? 0;
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (!middle.has(kind) && (seen[kind] ?? 0) >= (counts[kind] ?? 0) / 2) middle.set(kind, place);
  });
  return [...middle].sort((a, b) => a[1] - b[1]).map(([kind]) => kind);
}

function isWithin(value: number, cuts: readonly number[], place: number): boolean {
  return value > (cuts[place - 1] ?? Number.NEGATIVE_INFINITY) && value <= (cuts[place] ?? Number.POSITIVE_INFINITY);
}

/** Of all rows, on either side of a cut. */
const NEAR = 0.05;

/** Half of the strays and more, by their places among the sorted rows. */
function areBeside(sorted: Int32Array, target: Float64Array, strays: Int32Array, cuts: readonly number[]): boolean {
  const places = new Map(Array.from(sorted, (row, place) => [row, place]));
  const ends = cuts.map((cut) => sorted.reduce((below, row) => below + Number((target[row] ?? 0) <= cut), 0));
  const isNear = (row: number) => ends.some((end) => Math.abs(end - (places.get(row) ?? 0)) <= NEAR * sorted.length);
  return 2 * strays.filter(isNear).length > strays.length;
}

/** Of the rows next to a cut those on the side of their kind, with the lower 95 % limit; null where a side has too few. */
function sharpness(
  sorted: Int32Array,
  target: Float64Array,
  codes: Int32Array,
  cut: number,
  [below, above]: readonly [number, number],
  counts: Float64Array,
): { readonly share: number; readonly low: number } | null {
  const size = Math.max(LEAST_BESIDE, Math.min(MOST_BESIDE, Math.floor(BESIDE * Math.min(counts[below] ?? 0, counts[above] ?? 0))));
  const first = sorted.findIndex((row) => (target[row] ?? 0) > cut);
  if (first < size || sorted.length - first < size) return null;
  const [before, behind] = [sorted.subarray(first - size, first), sorted.subarray(first, first + size)];
  const right = (rows: Int32Array, kind: number) => rows.reduce((sum, row) => sum + Number(codes[row] === kind), 0);
  // The worse of the two sides: a rare kind strays into a frequent one without being seen there.
  const least = Math.min(right(before, below), right(behind, above));
  return { share: least / size, low: wilson(least, size, 0.9).low };
}
