import type { Column } from "../../core/column.ts";
import { float64From } from "../../core/typed-from.ts";
import {
  asSingleRows,
  chiSquareTest,
  type GroupedSamples,
  groupedSamples,
  intraclassOfLevels,
  intraclassOfNumbers,
  kolmogorovSmirnov,
  kolmogorovSmirnovOfSorted,
  kolmogorovSmirnovP,
  type SingleRows,
  twoProportionZ,
} from "../../stats/index.ts";
import { countCodes } from "../columns/counts.ts";

/** How a column differs between training and test rows. */
export interface ColumnShift {
  readonly name: string;
  /** 0 equal, 1 no value in common: Kolmogorov-Smirnov distance, or half the sum of differences of shares. */
  readonly effect: number;
  readonly p: number;
  readonly what: "values" | "missing";
}

/** Expected rows of a level per side below which levels are pooled for the test. */
const LEAST_EXPECTED = 5;

interface Sides {
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** Group of each row of the frame, negative = it stands alone; null: all rows do. */
  readonly groups: Int32Array | null;
  /** Rows of the frame in ascending order of the column, where that is known. */
  readonly order: Int32Array | null;
}

/**
 * Kolmogorov-Smirnov, chi-square or a comparison of two shares. Rows of a group are no new evidence each: counts are divided by the design effect of their
 * side (Rao and Scott 1992), from the intraclass correlation of the levels, or of lying below the value at which
 * the distributions differ most. order: rows in ascending order of a number column, which need not be sorted again then.
 */
export function columnShift(
  column: Column,
  train: Int32Array,
  test: Int32Array,
  groups: Int32Array | null = null,
  order: Int32Array | null = null,
): ColumnShift {
  const sides = { train, test, groups, order };
  const present = { train: presentOf(column, train), test: presentOf(column, test), groups, order };
  const gaps = gapShift(column, sides, present);
  const values = "values" in column ? numberShift(column.values, present) : levelShift(column.codes, column.levels.length, present);
  const { name } = column;
  const missing = { name, effect: gaps.effect, p: Math.min(1, 2 * gaps.p), what: "missing" as const };
  const moved = { name, effect: values.effect, p: Math.min(1, 2 * values.p), what: "values" as const };
  return missing.p < moved.p && missing.effect > moved.effect ? missing : moved;
}

function isGap(column: Column, row: number): boolean {
  return "values" in column ? Number.isNaN(column.values[row]) : (column.codes[row] ?? -1) < 0;
}

function presentOf(column: Column, rows: Int32Array): Int32Array {
  const kept = new Int32Array(rows.length);
  const count = "values" in column ? keepNumbers(column.values, rows, kept) : keepLevels(column.codes, rows, kept);
  return count === rows.length ? rows : kept.slice(0, count);
}

function keepNumbers(values: Float64Array, rows: Int32Array, kept: Int32Array): number {
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (!Number.isNaN(values[row] as number)) kept[count++] = row;
  }
  return count;
}

function keepLevels(codes: Int32Array, rows: Int32Array, kept: Int32Array): number {
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if ((codes[row] as number) >= 0) kept[count++] = row;
  }
  return count;
}

function evidence({ train, test, groups }: Sides, icc: (grouped: GroupedSamples) => number): SingleRows {
  const of = (rows: Int32Array) => Array.from(rows, (row) => groups?.[row] ?? -1);
  return asSingleRows(groups === null ? null : groupedSamples([...of(train), ...of(test)], train.length), [train.length, test.length], icc);
}

function gapShift(
  column: Column,
  sides: Sides,
  present: { readonly train: Int32Array; readonly test: Int32Array },
): { effect: number; p: number } {
  const { train, test } = sides;
  const share = (all: Int32Array, held: Int32Array) => (all.length - held.length) / all.length;
  const [before, now] = [share(train, present.train), share(test, present.test)];
  if (before === now) return { effect: 0, p: 1 };
  const gaps = () => [train, test].flatMap((rows) => Array.from(rows, (row) => Number(isGap(column, row))));
  const {
    rows: [n, m],
    p,
  } = evidence(sides, (grouped) => intraclassOfNumbers(gaps(), grouped));
  const { difference, p: ofRows } = twoProportionZ(now * m, m, before * n, n);
  return { effect: Math.abs(difference), p: p(ofRows) };
}

function numberShift(values: Float64Array, sides: Sides): { effect: number; p: number } {
  const { statistic, p: ofRows, at } = distanceOf(values, sides);
  if (Number.isNaN(ofRows)) return { effect: 0, p: 1 };
  if (sides.groups === null) return { effect: statistic, p: ofRows };
  const {
    rows: [train, test],
    p,
  } = evidence(sides, (grouped) =>
    intraclassOfLevels(
      [sides.train, sides.test].flatMap((rows) => Array.from(rows, (row) => Number((values[row] ?? Number.NaN) <= at))),
      grouped,
    ),
  );
  return { effect: statistic, p: p(kolmogorovSmirnovP(statistic, train, test)) };
}

function distanceOf(values: Float64Array, { train, test, order }: Sides): ReturnType<typeof kolmogorovSmirnov> {
  if (order === null) {
    const valuesOf = (rows: Int32Array) => float64From(rows, (row) => values[row] ?? Number.NaN);
    return kolmogorovSmirnov(valuesOf(train), valuesOf(test));
  }
  return kolmogorovSmirnovOfSorted(sortedOf(values, train, order), sortedOf(values, test, order));
}

/** Values of the rows, ascending. order: of more rows. */
function sortedOf(values: Float64Array, rows: Int32Array, order: Int32Array): Float64Array {
  const isOf = new Uint8Array(values.length);
  for (let i = 0; i < rows.length; i++) isOf[rows[i] as number] = 1;
  const sorted = new Float64Array(order.length);
  return sorted.subarray(0, keepMarked(values, isOf, order, sorted));
}

function keepMarked(values: Float64Array, isOf: Uint8Array, order: Int32Array, sorted: Float64Array): number {
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    if (isOf[row] === 1) sorted[count++] = values[row] as number;
  }
  return count;
}

function codesOf(codes: Int32Array, rows: Int32Array): Int32Array {
  const own = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = codes[rows[i] as number] as number;
  return own;
}

function levelShift(codes: Int32Array, levels: number, sides: Sides): { effect: number; p: number } {
  const [some, others] = [codesOf(codes, sides.train), codesOf(codes, sides.test)];
  if (some.length === 0 || others.length === 0) return { effect: 0, p: 1 };
  const {
    rows: [train, test],
    p,
  } = evidence(sides, (grouped) => intraclassOfLevels([...some, ...others], grouped));
  const [a, b] = [countCodes(some, levels), countCodes(others, levels)];
  const [perA, perB] = [train / some.length, test / others.length];
  const least = (LEAST_EXPECTED * (train + test)) / Math.min(train, test);
  const pooled: [number[], number[]] = [[], []];
  const rest: [number, number] = [0, 0];
  for (let code = 0; code < levels; code++) {
    const [x, y] = [(a[code] ?? 0) * perA, (b[code] ?? 0) * perB];
    if (x + y >= least) {
      pooled[0].push(x);
      pooled[1].push(y);
    } else {
      rest[0] += x;
      rest[1] += y;
    }
  }
  const [before, now] = [
    [...pooled[0], rest[0]],
    [...pooled[1], rest[1]],
  ];
  const { p: ofRows } = chiSquareTest({ rows: 2, columns: before.length, counts: Float64Array.from([...before, ...now]) });
  return { effect: before.reduce((sum, x, i) => sum + Math.abs(x / train - (now[i] ?? 0) / test) / 2, 0), p: p(ofRows) };
}
