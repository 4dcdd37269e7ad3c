import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import {
  kolmogorovSmirnov,
  mean,
  medianError,
  NORMAL_OF_QUARTILES,
  pearson,
  quantileOfSorted,
  ranks,
  tQuantile,
  tTwoSidedP,
} from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { type Conversion, conversionsFor } from "../meaning/units.ts";
import type { CodesOf } from "./broken-identities.ts";

/** One level of a column writes a number in another unit, though its heap overlaps that of the others. */
interface UnitsOfLevel {
  readonly column: NumberColumn;
  readonly by: LevelColumn;
  readonly level: number;
  readonly conversion: Conversion;
  /** The number that it is held against, row by row; null: none goes with it. */
  readonly beside: string | null;
  /** How many times the others its median is, and the limits of that (95 %, prediction). */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly others: number;
  readonly p: number;
}

/** Levels, and rows of each. */
const [LEAST_LEVELS, MOST_LEVELS, LEAST_ROWS] = [4, 200, 30];
/** Of fewer levels the others agree by chance more often: the odd one is of their distribution once it is converted (Kolmogorov-Smirnov, beyond what chance allows at 1 %). */
const [FEW_LEVELS, UNLIKE] = [5, 0.1];
/** Different numbers; fewer are sizes that things come in. */
const LEAST_DISTINCT = 20;
/** Levels of which one is the odd one by chance, of all that were looked at. */
const CHANCE = 0.01;
const COVERED = 0.975;
/** A number that goes with it so much (rank correlation) tells what is expected in a row. */
const GOES_WITH = 0.5;
const PROBED = 5_000;
const [MOST_NUMBERS, MOST_CATEGORIES] = [50, 20];
/** The spread (of logarithms) of the odd level is that of the others within this factor: another unit stretches nothing. */
const SPREAD = 1.25;
/** Below LIKELY: one of the levels may be of larger things. */
const OF_LEVEL = 0.45;

/** One level whose median lies a known factor from those of all others, which agree among themselves. Only of what its name measures: any two levels differ by some factor. codesOf: codes for "no value". */
export function unitsByLevel(context: AuditContext, columns: readonly NumberColumn[], codesOf: CodesOf): Suspicion[] {
  const measured = columns.slice(0, MOST_NUMBERS).flatMap((column) => {
    if (infoOf(context, column.name).distinct < LEAST_DISTINCT) return [];
    const meaning = context.roles.meanings[column.name];
    const { dimension, conversions } = conversionsFor(column.name, meaning?.type ?? null, meaning?.unit ?? null);
    const ratios = conversions.filter(({ offset }) => offset === 0);
    return dimension === null || ratios.length === 0 ? [] : [{ column, ratios }];
  });
  const by = levelFeatures(context)
    .filter(({ name, levels }) => levels.length >= LEAST_LEVELS && levels.length <= MOST_LEVELS && !meaningOf(name).classLike)
    .slice(0, MOST_CATEGORIES);
  const looks = measured.length * by.reduce((sum, { levels }) => sum + levels.length, 0);
  return measured.flatMap(({ column, ratios }) => {
    const found = oddLevels(context, column, by, ratios, codesOf(column.name));
    const [best] = found.filter(({ p }) => p * looks < CHANCE).sort((a, b) => a.p - b.p);
    return best === undefined ? [] : [suspicion(context, best)];
  });
}

function oddLevels(
  context: AuditContext,
  column: NumberColumn,
  by: readonly LevelColumn[],
  conversions: readonly Conversion[],
  leftOut: ReadonlySet<number>,
): readonly UnitsOfLevel[] {
  const logs = logsOf(column, leftOut);
  const least = Math.min(...conversions.map(({ factor }) => Math.abs(Math.log(factor))));
  const plain =
    logs === null ? [] : by.flatMap((levels) => oddLevel(logs, levels) ?? []).filter(({ distance }) => Math.abs(distance) >= least / 2);
  if (logs === null || plain.length === 0) return [];
  const beside = mostAlike(context, column, logs);
  return plain.flatMap((own): UnitsOfLevel[] => {
    const odd = beside === null ? own : oddLevel(less(logs, beside.logs), own.by);
    // Where the other number is off and not this one, the rows themselves lie where the others do.
    if (odd === null || odd.level !== own.level || own.distance * Math.sign(odd.distance) < Math.abs(odd.distance) / 2) return [];
    const [conversion, ...more] = conversions.filter(({ factor }) => {
      const shift = Math.sign(odd.distance) * Math.abs(Math.log(factor));
      return odd.low <= shift && shift <= odd.high;
    });
    if (conversion === undefined || more.length > 0) return [];
    if (odd.others + 1 < FEW_LEVELS && !areLike(beside === null ? logs : less(logs, beside.logs), odd, conversion)) return [];
    const [ratio, low, high] = [odd.distance, odd.low, odd.high].map(Math.exp) as [number, number, number];
    return [{ ...odd, column, conversion, beside: beside?.name ?? null, ratio, low, high }];
  });
}

/** The values of the odd level, converted, and those of all others. */
function areLike(logs: Float64Array, { by, level, distance }: OddLevel, { factor }: Conversion): boolean {
  const shift = Math.sign(distance) * Math.abs(Math.log(factor));
  const [own, others]: [number[], number[]] = [[], []];
  for (let row = 0; row < logs.length; row++) {
    const [value, code] = [logs[row] as number, by.codes[row] as number];
    if (code < 0 || Number.isNaN(value)) continue;
    if (code === level) own.push(value - shift);
    else others.push(value);
  }
  const allowed = UNLIKE + 1.63 * Math.sqrt((own.length + others.length) / (own.length * others.length));
  return kolmogorovSmirnov(own, others).statistic <= allowed;
}

/** null where some are not positive. */
function logsOf({ values }: NumberColumn, leftOut: ReadonlySet<number>): Float64Array | null {
  if (values.some((value) => value <= 0 && !leftOut.has(value))) return null;
  return float64From(values, (value) => (leftOut.has(value) ? Number.NaN : Math.log(value)));
}

function less(logs: Float64Array, others: Float64Array): Float64Array {
  return float64From(logs, (value, row) => value - (others[row] as number));
}

/** The positive number whose order is most like its own. */
function mostAlike(
  context: AuditContext,
  column: NumberColumn,
  logs: Float64Array,
): { readonly name: string; readonly logs: Float64Array } | null {
  const drawn = drawnRows(placesUpTo(logs.length), PROBED, createRandom(context.seed, "units by level"));
  let [most, best]: [number, { name: string; logs: Float64Array } | null] = [GOES_WITH, null];
  for (const other of numberFeatures(context).slice(0, MOST_NUMBERS)) {
    if (other.name === column.name) continue;
    const own = logsOf(other, new Set());
    if (own === null) continue;
    const rows = int32Where(drawn, (row) => !Number.isNaN(logs[row]) && !Number.isNaN(own[row]));
    if (rows.length < LEAST_ROWS) continue;
    const [a, b] = [logs, own].map((some) => ranks(float64From(rows, (row) => some[row] as number))) as [Float64Array, Float64Array];
    const correlation = pearson(a, b);
    if (correlation > most) [most, best] = [correlation, { name: other.name, logs: own }];
  }
  return best;
}

interface Level {
  readonly level: number;
  readonly median: number;
  readonly error: number;
  readonly spread: number;
}

interface OddLevel extends Pick<UnitsOfLevel, "by" | "level" | "low" | "high" | "others" | "p"> {
  readonly distance: number;
}

/** The level farthest from the mean of the others, by their spread (a prediction interval) and the error of its own median. null: too few levels, or its values spread otherwise. */
function oddLevel(logs: Float64Array, by: LevelColumn): OddLevel | null {
  const levels = levelsOf(logs, by);
  if (levels.length < LEAST_LEVELS) return null;
  const [first, last] = [levels[0] as Level, levels.at(-1) as Level];
  const middle = levels[levels.length >> 1]?.median ?? 0;
  const odd = last.median - middle > middle - first.median ? last : first;
  const others = levels.filter((one) => one !== odd);
  const center = mean(others.map(({ median }) => median));
  const variance = others.reduce((sum, { median }) => sum + (median - center) ** 2, 0) / (others.length - 1);
  const spreads = others.map(({ spread }) => spread);
  if (odd.spread < Math.min(...spreads) / SPREAD || odd.spread > Math.max(...spreads) * SPREAD) return null;
  const error = Math.sqrt(variance * (1 + 1 / others.length) + odd.error ** 2);
  const distance = odd.median - center;
  const half = tQuantile(COVERED, others.length - 1) * error;
  return {
    by,
    level: odd.level,
    distance,
    low: distance - half,
    high: distance + half,
    others: others.length,
    p: error === 0 ? 1 : tTwoSidedP(distance / error, others.length - 1),
  };
}

function levelsOf(logs: Float64Array, { levels, codes }: LevelColumn): readonly Level[] {
  const held = levels.map((): number[] => []);
  for (let row = 0; row < logs.length; row++) {
    const value = logs[row] as number;
    if (!Number.isNaN(value)) held[codes[row] ?? -1]?.push(value);
  }
  return held
    .flatMap((own, level): Level[] => {
      if (own.length < LEAST_ROWS) return [];
      const sorted = Float64Array.from(own).sort();
      const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantileOfSorted(sorted, share)) as [number, number, number];
      return [{ level, median, spread: high - low, error: medianError((high - low) * NORMAL_OF_QUARTILES, own.length) }];
    })
    .sort((a, b) => a.median - b.median);
}

function suspicion(context: AuditContext, { column, by, level, conversion, beside, ratio, low, high, others, p }: UnitsOfLevel): Suspicion {
  const kind = by.levels[level] ?? "";
  const short = (value: number) => amount(Number(value.toPrecision(3)));
  const said = beside === null ? `the median of \`${column.name}\`` : `the median of \`${column.name}\` for each of \`${beside}\``;
  const isOwn = (row: number) => by.codes[row] === level && !Number.isNaN(column.values[row]);
  const { count } = affectedRows(context, isOwn);
  const factor = Math.exp(-Math.sign(Math.log(ratio)) * Math.abs(Math.log(conversion.factor)));
  const steps: RecipeStep[] = [{ op: "convert-unit", column: column.name, by: { column: by.name, levels: [kind] }, factor, offset: 0 }];
  return {
    trap: "unit-mix",
    columns: [column.name, by.name],
    rows: affectedRows(context, isOwn),
    severity: "harmful",
    confidence: OF_LEVEL,
    evidence: { kind: "by level", units: conversion.words, level: kind, beside, ratio, low, high, otherLevels: others, p },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: `Is \`${column.name}\` in another unit (${conversion.words}) where \`${by.name}\` is ${quoted(kind)}?`,
    why: `Where \`${by.name}\` is ${quoted(kind)} (${percent(count / context.frame.rows)} of the rows), ${said} is ${short(ratio)} times that of the ${amount(others)} other values (between ${short(low)} and ${short(high)}), which agree among themselves: the factor of ${conversion.words}, and no other known one.`,
  };
}
