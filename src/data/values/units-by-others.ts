import { columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import { float64From, float64Where, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { medianError, NORMAL_OF_DEVIATIONS, pearson, quantile, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { type Conversion, conversionsFor } from "../meaning/units.ts";
import type { CodesOf } from "./broken-identities.ts";
import { unitWitnesses } from "./unit-witnesses.ts";

/** Rows of a number that lie where a known factor would put them, beside what other columns lead to expect. */
interface UnitsByOthers {
  readonly column: NumberColumn;
  readonly conversion: Conversion;
  readonly areLarger: boolean;
  /** Columns that foretell it, the best first. */
  readonly by: readonly string[];
  /** Frame rows in the other unit, and those that were looked at. */
  readonly rows: Int32Array;
  readonly compared: number;
  /** Logarithms: the middle of the heap, the spread of what is foretold, and how much of what lies far off is in the heap. */
  readonly middle: number;
  readonly spread: number;
  readonly explained: number;
  /** Probability that a heap for another reason lies so near to one of the factors that were tried. */
  readonly coincidence: number;
}

const [MOST_COLUMNS, MOST_KINDS, MOST_ROWS] = [40, 50, 3000];
const [LEAST_DISTINCT, LEAST_ROWS, LEAST_POSITIVE] = [20, 100, 0.9];
/** A number that foretells another has at least this rank correlation with it; each further column narrows the spread by so much. */
const [TELLS, NARROWS] = [0.3, 0.9];
/** A copy of it, in whatever unit, has its slips. */
const THE_SAME = 0.999;
const MOST_BY = 3;
/** Rows of a stretch of a number, or of a kind, whose median foretells. */
const [STRETCHES, LEAST_EACH] = [20, 20];
/** In spreads: how far the heaps lie apart at least, how wide a heap is, and beyond what a row is far off. */
const [APART, WIDE, FAR] = [5.5, 2.5, 3.5];
/** The rarer unit has so many rows, and so much of all that lies far off. */
const [LEAST_HEAP, LEAST_SHARE, LEAST_EXPLAINED, MOST_SHARE] = [10, 0.005, 0.7, 0.35];
/** The heap's middle lies so near to the factor, in spreads, beyond its own error; and it is as wide as the others. */
const [NEAR, ERRORS, ALIKE] = [0.25, 3, 1.5];
/** Heaps for another reason lie anywhere in so many decades to both sides. */
const DECADES = 2;

/**
 * Where the other columns foretell a number well enough, rows in another unit (monthly among annual incomes, cents among euros) lie a known factor off, though the sizes of both units overlap. What is
 * foretold is the median of the logarithm in 20 stretches of another number, or in kinds, of up to three columns one after the other. told: columns that are told otherwise.
 */
export async function unitsByOthers(context: AuditContext, told: ReadonlySet<string>, codesOf: CodesOf): Promise<readonly Suspicion[]> {
  const { frame, seed } = context;
  const numbers = finestFirst(ofAmounts(context), ({ name }) => infoOf(context, name).distinct).slice(0, MOST_COLUMNS);
  const kinds = levelFeatures(context)
    .filter(({ levels }) => levels.length >= 2 && levels.length <= MOST_KINDS)
    .slice(0, MOST_COLUMNS);
  const places = drawnRows(placesUpTo(frame.rows), MOST_ROWS, createRandom(seed, "units by others"));
  const ranked = numbers.map((column) => ({ column, ranks: ranksAt(column, places) }));
  const found: Suspicion[] = [];
  for (const { column, ranks: own } of ranked) {
    if (told.has(column.name)) continue;
    const compared = ranked
      .filter((other) => other.column !== column)
      .map((other) => ({ column: other.column, tells: Math.abs(agreement(own, other.ranks)) }));
    const others = compared
      .filter(({ tells }) => tells >= TELLS && tells < THE_SAME)
      .sort((a, b) => b.tells - a.tells)
      .slice(0, MOST_BY);
    const copies = compared.flatMap((other) => (other.tells >= THE_SAME ? [other.column.name] : []));
    const one = lookAt(context, column, [...others.map((other) => other.column), ...kinds], codesOf(column.name), places);
    if (one !== null) found.push(...suspicions(context, one, new Set([...told, ...copies])));
    await context.pause();
  }
  return found;
}

/** The target is foretold and foretells as well. */
function ofAmounts(context: AuditContext): readonly NumberColumn[] {
  const { task, roles, frame } = context;
  const target = columnOf(frame, roles.target);
  const own: NumberColumn[] = task.kind === "regression" && "values" in target && target.type === "number" ? [target] : [];
  return [...numberFeatures(context), ...own].filter(
    ({ name, type }) => type === "number" && infoOf(context, name).distinct >= LEAST_DISTINCT,
  );
}

/** NaN where there is no value. */
function ranksAt({ values }: NumberColumn, places: Int32Array): Float64Array {
  const present = int32Where(placesUpTo(places.length), (i) => !Number.isNaN(values[places[i] ?? 0]));
  const own = ranks(float64From(present, (i) => values[places[i] ?? 0] ?? 0));
  const all = new Float64Array(places.length).fill(Number.NaN);
  present.forEach((i, place) => {
    all[i] = own[place] ?? 0;
  });
  return all;
}

function agreement(first: Float64Array, second: Float64Array): number {
  const both = int32Where(placesUpTo(first.length), (i) => !Number.isNaN(first[i]) && !Number.isNaN(second[i]));
  if (both.length < LEAST_ROWS || 2 * both.length < first.length) return 0;
  const correlation = pearson(
    float64From(both, (i) => first[i] ?? 0),
    float64From(both, (i) => second[i] ?? 0),
  );
  return Number.isNaN(correlation) ? 0 : correlation;
}

function lookAt(
  context: AuditContext,
  column: NumberColumn,
  others: readonly (NumberColumn | LevelColumn)[],
  codes: ReadonlySet<number>,
  places: Int32Array,
): UnitsByOthers | null {
  const meaning = context.roles.meanings[column.name];
  const known = conversionsFor(column.name, meaning?.type ?? null, meaning?.unit ?? null);
  const conversions = known.conversions.filter(
    ({ offset, factor }) => offset === 0 && factor !== 1 && (known.dimension !== null || isDecimalStep(factor)),
  );
  if (conversions.length === 0 || others.length === 0) return null;
  const fits = (looked: Foretold) => heapOf(column, looked, conversions) !== null;
  // With every column more is foretold, until a kind that tells the unit is among them.
  const probe = foretold(column, others, codes, places).find(fits);
  if (probe === undefined) return null;
  const isAll = places.length === context.frame.rows;
  const all = isAll ? probe : foretold(column, probe.by, codes, placesUpTo(context.frame.rows)).find(fits);
  const heap = all === undefined ? null : heapOf(column, all, conversions);
  return heap === null || all === undefined ? null : { ...heap, column, by: all.by.map(({ name }) => name) };
}

/** A hundred or a thousand times, as units of any measure are apart. Of what nobody says what it measures a heap meets one of the other factors too often. */
function isDecimalStep(factor: number): boolean {
  const step = Math.abs(Math.log10(factor));
  return step > 1.5 && Math.abs(step - Math.round(step)) < 1e-9;
}

/** Rows with an amount above 0, and the logarithm of each by what is foretold of it. */
interface Foretold {
  readonly by: readonly (NumberColumn | LevelColumn)[];
  readonly rows: Int32Array;
  readonly off: Float64Array;
  readonly spread: number;
}

/** Column after column, each the one that narrows the spread most. Empty: too few amounts, or nothing foretells them. */
function foretold(
  { values }: NumberColumn,
  others: readonly (NumberColumn | LevelColumn)[],
  codes: ReadonlySet<number>,
  places: Int32Array,
): readonly Foretold[] {
  const present = int32Where(places, (row) => !Number.isNaN(values[row]) && !codes.has(values[row] ?? 0));
  const rows = int32Where(present, (row) => (values[row] ?? 0) > 0);
  if (rows.length < LEAST_ROWS || rows.length < LEAST_POSITIVE * present.length) return [];
  const groups = others.map((other) => ({ other, groups: groupsOf(other, rows) }));
  const steps: Foretold[] = [];
  let off: Float64Array = float64From(rows, (row) => Math.log(values[row] ?? 1));
  let spread = spreadOf(off);
  while (steps.length < MOST_BY) {
    const by = steps.at(-1)?.by ?? [];
    const median = quantile(off, 0.5);
    const tried = groups.flatMap((one) =>
      by.includes(one.other) ? [] : [{ other: one.other, left: withoutPart(off, one.groups, median) }],
    );
    const [best] = tried.map((one) => ({ ...one, spread: spreadOf(one.left) })).sort((a, b) => a.spread - b.spread);
    if (best === undefined || !(best.spread > 0) || best.spread > NARROWS * spread) break;
    [off, spread] = [best.left, best.spread];
    steps.push({ by: [...by, best.other], rows, off, spread });
  }
  return steps;
}

/** Kinds as they are, numbers in stretches of as many rows; missing values are a group of their own. */
function groupsOf(column: NumberColumn | LevelColumn, rows: Int32Array): Int32Array {
  if ("codes" in column) return int32From(rows, (row) => (column.codes[row] as number) + 1);
  const present = float64From(
    int32Where(rows, (row) => !Number.isNaN(column.values[row])),
    (row) => column.values[row] ?? 0,
  ).sort();
  const limits = Array.from({ length: STRETCHES - 1 }, (_, i) => present[Math.floor(((i + 1) * present.length) / STRETCHES)] ?? 0);
  return rows.map((row) => {
    const value = column.values[row] ?? Number.NaN;
    return Number.isNaN(value) ? 0 : 1 + limits.reduce((above, limit) => above + Number(value >= limit), 0);
  });
}

/** Less the median of its group, where that has rows enough; else less that of all. all: the latter. */
function withoutPart(off: Float64Array, groups: Int32Array, all: number): Float64Array {
  const held: number[][] = [];
  groups.forEach((group, i) => {
    held[group] ??= [];
    held[group]?.push(off[i] ?? 0);
  });
  const medians = held.map((own) => (own.length < LEAST_EACH ? all : quantile(own, 0.5)));
  return float64From(off, (value, i) => value - (medians[groups[i] as number] ?? all));
}

function spreadOf(off: ArrayLike<number>): number {
  const middle = quantile(off, 0.5);
  return (
    NORMAL_OF_DEVIATIONS *
    quantile(
      float64From(off, (value) => Math.abs(value - middle)),
      0.5,
    )
  );
}

type HeapFound = Omit<UnitsByOthers, "column" | "by">;

/** The factor whose heap lies nearest, of those that hold most of what lies far off. */
function heapOf(column: NumberColumn, looked: Foretold, conversions: readonly Conversion[]): HeapFound | null {
  const { rows, off, spread } = looked;
  const far = off.reduce((count, value) => count + Number(Math.abs(value) > FAR * spread), 0);
  if (far < LEAST_HEAP || far < LEAST_SHARE * rows.length || far > MOST_SHARE * rows.length) return null;
  const found = conversions.flatMap((conversion) =>
    [true, false].flatMap((areLarger) => heapAt(column, looked, conversion, areLarger) ?? []),
  );
  const tried = 2 * conversions.length;
  const [best] = found
    .filter((one) => isMoved(column, rows, one.heap, one.shift))
    .sort((a, b) => Math.abs(a.middle - a.shift) - Math.abs(b.middle - b.shift));
  if (best === undefined) return null;
  const { conversion, areLarger, heap, middle, explained, near } = best;
  const coincidence = Math.min(1, (tried * 2 * near) / (2 * DECADES * Math.LN10));
  return { conversion, areLarger, rows: heap, compared: rows.length, middle, spread, explained, coincidence };
}

interface HeapAt extends Pick<UnitsByOthers, "conversion" | "areLarger" | "middle" | "explained"> {
  readonly heap: Int32Array;
  readonly shift: number;
  /** How far from the factor the middle may lie. */
  readonly near: number;
}

/** null: too few rows lie where the factor puts them, or not as they would. */
function heapAt(
  { values: cells }: NumberColumn,
  { rows, off: looked, spread }: Foretold,
  conversion: Conversion,
  areLarger: boolean,
): HeapAt | null {
  const shift = (areLarger ? -1 : 1) * Math.log(conversion.factor);
  if (Math.abs(shift) < APART * spread) return null;
  // Many rows in the other unit draw what is foretold towards them, and widen it.
  const usual = float64Where(looked, (value) => Math.abs(value) < Math.abs(shift) / 2);
  const [centre, wide] = [quantile(usual, 0.5), spreadOf(usual)];
  const off = looked.map((value) => value - centre);
  // What is nearer to the others is their own tail.
  const nearer = Math.max(FAR * spread, Math.abs(shift) / 2);
  const far = off.reduce((count, value) => count + Number(value * Math.sign(shift) > nearer), 0);
  const own = int32Where(placesUpTo(off.length), (i) => Math.abs((off[i] ?? 0) - shift) <= WIDE * spread);
  if (own.length < LEAST_HEAP || own.length < LEAST_SHARE * rows.length || own.length < LEAST_EXPLAINED * far) return null;
  const values = float64From(own, (i) => off[i] ?? 0);
  const middle = quantile(values, 0.5);
  // Rows with one value (of a thing that is met often) tell once.
  const different = new Set(own.map((i) => cells[rows[i] ?? 0] ?? 0)).size;
  const near = Math.max(NEAR * spread, ERRORS * medianError(spread, different));
  const width = spreadOf(values);
  if (Math.abs(middle - shift) > near || width > ALIKE * wide || width < wide / ALIKE) return null;
  return { conversion, areLarger, heap: own.map((i) => rows[i] ?? 0), shift, middle, explained: own.length / far, near };
}

/** The rows are off in this column, and not in what foretells it: they lie so much higher or lower than the others, by half at least. */
function isMoved({ values }: NumberColumn, rows: Int32Array, heap: Int32Array, shift: number): boolean {
  const inHeap = new Set(heap);
  const median = (own: Int32Array) =>
    quantile(
      float64From(own, (row) => Math.log(values[row] ?? 1)),
      0.5,
    );
  return Math.abs(median(heap) - median(rows.filter((row) => !inHeap.has(row))) - shift) < Math.abs(shift) / 2;
}

/** Below LIKELY: what other columns foretell may as well be of another kind of thing. Of the target it changes the question. */
const [MOST_SURE, LIKELY, OF_TARGET, LEAST_SURE] = [0.65, 0.7, 0.45, 0.3];

/** How sure: the factor is no coincidence, and no other number tells which rows they are (a score of 1 leaves nothing). */
function suspicions(context: AuditContext, found: UnitsByOthers, told: ReadonlySet<string>): readonly Suspicion[] {
  const { column, conversion, areLarger, by, rows, compared, coincidence, explained } = found;
  const own = new Set(rows);
  const isTarget = column.name === context.roles.target;
  const witnesses = unitWitnesses(context, column, (row) => (Number.isNaN(column.values[row]) ? null : own.has(row)), told);
  const sure = Math.min(MOST_SURE, (1 / (1 + coincidence)) * (1 - 2 * (witnesses.number - 0.5)));
  const confidence = isTarget ? Math.min(OF_TARGET, sure) : sure;
  if (confidence < LEAST_SURE) return [];
  const factor = areLarger ? conversion.factor : 1 / conversion.factor;
  const times = amount(Number((areLarger ? 1 / factor : factor).toPrecision(3)));
  const than = areLarger ? `${times} times what` : `${times} times less than`;
  const source = witnesses.source === null ? "" : ` \`${witnesses.source}\` tells which.`;
  return [
    {
      trap: "unit-mix",
      columns: [column.name],
      rows: affectedRows(context, (row) => own.has(row)),
      severity: "costly",
      confidence,
      evidence: {
        kind: "by others",
        units: conversion.words,
        factor,
        by: [...by],
        rows: rows.length,
        comparedRows: compared,
        ratio: Math.exp(found.middle),
        spread: Math.exp(found.spread),
        ofFarRows: explained,
        coincidence,
        otherNumberTells: witnesses.number,
        otherNumber: witnesses.numberName,
        source: witnesses.source,
      },
      fix: {
        action: "advice",
        text: `If they are, multiply \`${column.name}\` by ${amount(Number(factor.toPrecision(4)))} at its source in these rows (${conversion.words}).`,
      },
      counterfactual: null,
      unmeasured: isTarget
        ? "The rows that would judge hold both units too."
        : "No step of a recipe converts the rows in which other columns disagree.",
      question:
        confidence < LIKELY
          ? `Are the ${counted(rows.length, "row")} in which \`${column.name}\` is about ${than} ${namedColumns(by)} foretell${by.length === 1 ? "s" : ""} in another unit (${conversion.words})?`
          : null,
      why: `${namedColumns(by)} foretell${by.length === 1 ? "s" : ""} \`${column.name}\` within a factor of ${amount(Number(Math.exp(2 * found.spread).toPrecision(2)))} in most rows. In ${counted(rows.length, "row")} (${percent(rows.length / compared)}) it is about ${times} times ${areLarger ? "that" : "less"}, the factor of ${conversion.words}, and hardly ever that far off otherwise.${source}`,
    },
  ];
}
