import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import type { Dimension } from "../../core/units.ts";
import { mean, medianError, NORMAL_OF_QUARTILES, quantileOfSorted } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { infoOf } from "../columns/features.ts";
import { areKept, valueOrder } from "../columns/value-order.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount } from "../findings/phrase.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { type Conversion, conversionsFor } from "../meaning/units.ts";

/** Groups of rows (devices, sites) that write a number in another unit than the other groups do. */
export interface UnitGroups {
  readonly column: NumberColumn;
  readonly by: LevelColumn;
  readonly dimension: Dimension | null;
  readonly conversion: Conversion;
  /** Those that are fewer, and whether theirs are the larger numbers. */
  readonly groups: readonly string[];
  readonly areLarger: boolean;
  /** Medians of the others, and of these: as they stand and converted. */
  readonly usual: readonly [low: number, high: number];
  readonly medians: readonly number[];
  readonly converted: readonly number[];
  /** Probability that groups which are otherwise for another reason fit so. */
  readonly coincidence: number;
  /** By their means alone: the heaps overlap, and things of another kind may be so much larger. */
  readonly mayBeKind: boolean;
}

/** Groups, rows of each, and the share of them that may write otherwise. */
const [LEAST_GROUPS, MOST_GROUPS, LEAST_ROWS, MOST_SHARE] = [6, 200, 20, 1 / 3];
/** Different numbers; fewer are steps. */
const LEAST_DISTINCT = 20;
/** The medians lie apart by so many ranges of the others, and converted no farther beyond them than so many. */
const [APART, BEYOND] = [1, 0.5];
/** Spreads of groups differ within this factor beyond those of the others, and anywhere within the other one if they are of other things. */
const [SPREAD, ANY_SPREAD] = [1.25, 100];
/** Spreads of the others: wider apart they tell nothing. */
const MOST_SPREADS = 3;
/** Groups of another kind lie anywhere in these decades. */
const DECADES = 2;

interface Group {
  readonly level: string;
  readonly rows: number;
  readonly median: number;
  /** Between the quartiles. */
  readonly spread: number;
}

/** null where the groups are of one unit, or where it cannot be told from another size of things. probe: rows that are looked at first; the others only where these speak for it. */
export function unitGroups(
  context: AuditContext,
  column: NumberColumn,
  by: LevelColumn,
  leftOut: ReadonlySet<number>,
  probe: Int32Array,
): UnitGroups | null {
  if (by.levels.length < LEAST_GROUPS || by.levels.length > MOST_GROUPS) return null;
  const meaning = context.roles.meanings[column.name];
  const { dimension, conversions } = conversionsFor(column.name, meaning?.type ?? null, meaning?.unit ?? null);
  const fitAmong = (rows: Int32Array): Fit | null => {
    const isAll = rows.length === by.codes.length && areKept(context);
    const groups = groupsOf(column, by, leftOut, isAll ? valueOrder(context, column) : rows, isAll);
    if (groups.length < LEAST_GROUPS || groups.some(({ spread }) => !(spread > 0))) return null;
    const most = Math.floor(MOST_SHARE * groups.length);
    const fits = conversions.flatMap((conversion) =>
      [true, false].flatMap((areLarger) => fitOf(groups, conversion, areLarger, most, conversions.length) ?? []),
    );
    return fits.sort((a, b) => a.coincidence - b.coincidence)[0] ?? null;
  };
  const probed = fitAmong(probe);
  const best = probed === null || probe.length === by.codes.length ? probed : fitAmong(placesUpTo(by.codes.length));
  return best === null ? null : { ...best, column, by, dimension };
}

/** areSorted: the rows are in the order of their values. */
function groupsOf(
  { values }: NumberColumn,
  by: LevelColumn,
  leftOut: ReadonlySet<number>,
  rows: Int32Array,
  areSorted: boolean,
): readonly Group[] {
  const starts = startsOf(values, by, leftOut, rows);
  if (enoughIn(starts) < LEAST_GROUPS) return [];
  const together = sideBySide(values, by.codes, leftOut, rows, starts);
  return by.levels
    .flatMap((level, code): Group[] => {
      const own = together.subarray(starts[code], starts[code + 1]);
      if (own.length < LEAST_ROWS || differentIn(areSorted ? own : own.sort()) < LEAST_DISTINCT) return [];
      const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantileOfSorted(own, share)) as [number, number, number];
      return [{ level, rows: own.length, median, spread: high - low }];
    })
    .sort((a, b) => a.median - b.median);
}

function isHeld(value: number, code: number, leftOut: ReadonlySet<number>): boolean {
  return code >= 0 && !Number.isNaN(value) && (leftOut.size === 0 || !leftOut.has(value));
}

/** Where the rows of each level begin, and where those of the last end. */
function startsOf(values: Float64Array, { codes, levels }: LevelColumn, leftOut: ReadonlySet<number>, rows: Int32Array): Int32Array {
  const starts = new Int32Array(levels.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const code = codes[row] as number;
    if (isHeld(values[row] as number, code, leftOut)) starts[code + 1] = (starts[code + 1] as number) + 1;
  }
  for (let level = 1; level < starts.length; level++) starts[level] = (starts[level] as number) + (starts[level - 1] as number);
  return starts;
}

function enoughIn(starts: Int32Array): number {
  let enough = 0;
  for (let level = 1; level < starts.length; level++) if ((starts[level] as number) - (starts[level - 1] as number) >= LEAST_ROWS) enough++;
  return enough;
}

/** The values, level after level. */
function sideBySide(
  values: Float64Array,
  codes: Int32Array,
  leftOut: ReadonlySet<number>,
  rows: Int32Array,
  starts: Int32Array,
): Float64Array {
  const [placed, next] = [new Float64Array(starts[starts.length - 1] ?? 0), starts.slice()];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const [value, code] = [values[row] as number, codes[row] as number];
    if (!isHeld(value, code, leftOut)) continue;
    placed[next[code] as number] = value;
    next[code] = (next[code] as number) + 1;
  }
  return placed;
}

function differentIn(sorted: Float64Array): number {
  let different = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) different++;
  return different;
}

/** So many ranges of the medians of the others, of which there are enough: they agree so well that the spread of single rows (of the wind from hour to hour) is no measure. */
const FAR_APART = 10;

/** Two of them at least that lie this far off: they may be of another kind, whose one ratio to the others fits a unit by chance. */
const [KINDS_APART, LEAST_OF_KIND] = [2, 2];
function mayBeOfKind(own: readonly Group[], others: readonly Group[], ranges: number): boolean {
  return own.length >= LEAST_OF_KIND && others.length >= LEAST_GROUPS && ranges >= KINDS_APART && areApart(own, others, true);
}

/** Means of logarithms agree within so many standard errors. */
const AGREE = 2;

/** The probability that groups of another kind are so near the others once converted, by the means of their logarithms; null where they are not. */
function chanceOfKind(own: readonly number[], others: readonly number[]): number | null {
  const [a, b] = [own, others].map((values) => values.map(Math.log10)) as [number[], number[]];
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
  const variance = (squares(a) + squares(b)) / (a.length + b.length - 2);
  const error = Math.sqrt(variance * (1 / a.length + 1 / b.length));
  return Math.abs(mean(a) - mean(b)) <= AGREE * error ? (2 * AGREE * error) / DECADES : null;
}

/** Each median lies farther from each of the others than the wider of both spreads, and so many standard errors: no chance of a few rows does that. isFar: the spreads do not count. */
const ERRORS = 6;

function areApart(own: readonly Group[], others: readonly Group[], isFar: boolean): boolean {
  const error = ({ spread, rows }: Group) => medianError(NORMAL_OF_QUARTILES * spread, rows);
  return own.every((one) =>
    others.every((other) => {
      const least = Math.max(isFar ? 0 : one.spread, isFar ? 0 : other.spread, ERRORS * Math.hypot(error(one), error(other)));
      return Math.abs(one.median - other.median) >= least;
    }),
  );
}

/** On average their spread is nearer to that of the others once it is converted, by half at least: things that are hotter vary as the others do. */
function areSpreadLikeOthers(own: readonly Group[], others: readonly Group[], factor: number): boolean {
  const logs = (groups: readonly Group[]) => groups.reduce((sum, { spread }) => sum + Math.log(spread), 0) / groups.length;
  const asTheyStand = logs(own) - logs(others);
  // Kelvin and Celsius have one spread.
  return Math.abs(asTheyStand + Math.log(factor)) <= (factor === 1 ? Math.log(SPREAD) : Math.abs(asTheyStand) / 2);
}

type Fit = Omit<UnitGroups, "column" | "by" | "dimension">;

/** The first count with the widest step; 0 of none. */
function widestAmong(most: number, stepTo: (count: number) => number): number {
  let [widest, found] = [Number.NEGATIVE_INFINITY, 0];
  for (let count = 1; count <= most; count++) {
    const step = stepTo(count);
    if (step > widest) [widest, found] = [step, count];
  }
  return found;
}

/** The groups beyond the widest step between medians, converted to the unit of the others. */
function fitOf(groups: readonly Group[], conversion: Conversion, areLarger: boolean, most: number, tried: number): Fit | null {
  const { factor, offset } = conversion;
  const isRatio = offset === 0;
  const scale = isRatio ? Math.log10 : (value: number) => value;
  if (isRatio && groups.some(({ median }) => !(median > 0))) return null;
  const odd = (count: number) => (areLarger ? groups.slice(groups.length - count) : groups.slice(0, count));
  const rest = (count: number) => (areLarger ? groups.slice(0, groups.length - count) : groups.slice(count));
  const stepTo = (count: number) => {
    const border = areLarger ? groups.length - count : count;
    const [inner, outer] = areLarger ? [groups[border - 1], groups[border]] : [groups[border], groups[border - 1]];
    return Math.abs(scale(outer?.median ?? 0) - scale(inner?.median ?? 0));
  };
  const count = widestAmong(most, stepTo);
  const [others, own] = [rest(count), odd(count)];
  const [low, high] = [others[0]?.median ?? 0, others.at(-1)?.median ?? 0];
  const range = scale(high) - scale(low);
  const isFar = others.length >= LEAST_GROUPS && stepTo(count) >= FAR_APART * range;
  if (count === 0 || !(range > 0) || stepTo(count) < APART * range) return null;
  const isApart = areApart(own, others, isFar);
  const isKind = !isApart && isRatio && mayBeOfKind(own, others, stepTo(count) / range);
  if (!isApart && !isKind) return null;
  const toUsual = (value: number) => (areLarger ? value * factor + offset : (value - offset) / factor);
  const converted = own.map(({ median }) => toUsual(median));
  const [least, largest] = [scale(low) - BEYOND * range, scale(high) + BEYOND * range];
  if (converted.some((median) => !(scale(median) >= least && scale(median) <= largest))) return null;
  const spreads = others.map(({ spread, median }) => (isRatio ? spread / median : spread));
  const ownSpreads = own.map(({ spread, median }) => (isRatio ? spread / median : spread * (areLarger ? factor : 1 / factor)));
  const [narrow, wide] = [Math.min(...spreads) / SPREAD, Math.max(...spreads) * SPREAD];
  if (wide / narrow > MOST_SPREADS * SPREAD ** 2 || ownSpreads.some((spread) => spread < narrow || spread > wide)) return null;
  if (!isRatio && !areSpreadLikeOthers(own, others, areLarger ? factor : 1 / factor)) return null;
  const away = Math.abs(scale(own[areLarger ? 0 : own.length - 1]?.median ?? 0) - (scale(low) + scale(high)) / 2);
  const ofMedians = Math.min(1, (largest - least) / (isRatio ? DECADES : 2 * away));
  // A ratio leaves the spread by size as it is, of whatever things.
  const ofSpreads = isRatio ? 1 : Math.min(1, Math.log(wide / narrow) / Math.log(ANY_SPREAD));
  const ofKind = isKind
    ? chanceOfKind(
        converted,
        others.map(({ median }) => median),
      )
    : 0;
  if (ofKind === null) return null;
  return {
    conversion,
    groups: own.map(({ level }) => level),
    areLarger,
    usual: [low, high],
    medians: own.map(({ median }) => median),
    converted,
    mayBeKind: isKind,
    coincidence: Math.min(1, tried * Math.max(ofKind, (ofMedians * ofSpreads) ** own.length)),
  };
}

/** Fewer are asked about, and with less confidence none. */
const [LEAST_SURE, MOST_CATEGORIES] = [0.4, 20];
/** Below LIKELY. */
const ASKS = 0.6;
/** Pairs of a column and a category, and rows looked at first: a group of one row in 500 shows in so many. */
const [MOST_PAIRS, PROBED] = [4_000, 10_000];

/** Devices or sites that write another unit: of all rows together their heap overlaps that of the others. It is advice. codesOf: codes for "no value" of a column. */
export function unitsByGroups(
  context: AuditContext,
  columns: readonly NumberColumn[],
  codesOf: (name: string) => ReadonlySet<number>,
): Suspicion[] {
  const by = context.frame.columns
    // Kinds of things (species, classes) are of different sizes.
    .filter((one): one is LevelColumn => "codes" in one && isNamed(context, one.name) && !meaningOf(one.name).classLike)
    .slice(0, Math.max(1, Math.min(MOST_CATEGORIES, Math.floor(MOST_PAIRS / Math.max(1, columns.length)))));
  const probe = drawnRows(placesUpTo(context.frame.rows), PROBED, createRandom(context.seed, "units by groups"));
  return columns.flatMap((column): Suspicion[] => {
    if (infoOf(context, column.name).distinct < LEAST_DISTINCT) return [];
    const found = by.flatMap((levels) => unitGroups(context, column, levels, codesOf(column.name), probe) ?? []);
    const [best] = found.sort((a, b) => a.coincidence - b.coincidence);
    const sure = best === undefined ? 0 : 0.9 / (1 + best.coincidence * by.length);
    const confidence = best?.mayBeKind === true ? Math.min(ASKS, sure) : sure;
    return best === undefined || confidence < LEAST_SURE ? [] : [ofUnitGroups(context, best, confidence)];
  });
}

function isNamed({ roles }: AuditContext, name: string): boolean {
  return roles.features.includes(name) || roles.ids.includes(name) || roles.group === name;
}

function ofUnitGroups(
  context: AuditContext,
  { column, by, groups, conversion, usual, medians, converted, ...found }: UnitGroups,
  confidence: number,
): Suspicion {
  const own = new Set(groups.map((level) => by.levels.indexOf(level)));
  const shown = `${groups.slice(0, 4).join(", ")}${groups.length > 4 ? ", ..." : ""}`;
  const short = (value: number) => amount(Number(value.toPrecision(4)));
  return {
    trap: "unit-mix",
    columns: [column.name, by.name],
    rows: affectedRows(context, (row) => own.has(by.codes[row] ?? -1) && !Number.isNaN(column.values[row])),
    severity: "harmful",
    confidence,
    evidence: {
      kind: "by groups",
      units: conversion.words,
      dimension: found.dimension,
      groups: groups.slice(0, 10),
      medians,
      converted,
      usual,
      coincidence: found.coincidence,
    },
    fix: {
      action: "advice",
      text: `Bring \`${column.name}\` to one unit at its source where \`${by.name}\` is ${shown} (${conversion.words}).`,
    },
    counterfactual: null,
    unmeasured: "No step is taken: it is mended where these groups are written.",
    question: confidence < 0.7 ? `Is \`${column.name}\` in another unit (${conversion.words}) where \`${by.name}\` is ${shown}?` : null,
    why: `Where \`${by.name}\` is ${shown}, the median of \`${column.name}\` is ${medians.slice(0, 4).map(short).join(" and ")}; of all others it is between ${short(usual[0])} and ${short(usual[1])}. Converted (${conversion.words}) it is ${converted.slice(0, 4).map(short).join(" and ")}, with the spread of the others: these seem to be written in another unit.`,
  };
}
