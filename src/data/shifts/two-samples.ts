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
  readonly sorted: SortedRows | null;
}

/** Rows of the frame in ascending order of a number column, and the side that each row of the frame is on. */
export interface SortedRows {
  readonly order: Int32Array;
  readonly sideOf: Uint8Array;
}

const [TRAIN, TEST] = [1, 2];

/** For columns that are compared between the same rows. */
export function sidesOf(rows: number, train: Int32Array, test: Int32Array): Uint8Array {
  const sideOf = new Uint8Array(rows);
  for (let i = 0; i < train.length; i++) sideOf[train[i] as number] = TRAIN;
  for (let i = 0; i < test.length; i++) sideOf[test[i] as number] = TEST;
  return sideOf;
}

/**
 * Kolmogorov-Smirnov, chi-square or a comparison of two shares. Rows of a group are no new evidence each: counts are divided by the design effect of their
 * side (Rao and Scott 1992), from the intraclass correlation of the levels, or of lying below the value at which
 * the distributions differ most. sorted: of a number column, which need not be sorted again then.
 */
export function columnShift(
  column: Column,
  train: Int32Array,
  test: Int32Array,
  groups: Int32Array | null = null,
  sorted: SortedRows | null = null,
): ColumnShift {
  const sides = { train, test, groups, sorted };
  const present = { ...sides, train: presentOf(column, train), test: presentOf(column, test) };
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

/** Rows of each side that are evidence of their own for the levels of a column, as in `columnShift`. */
export function effectiveRows(
  codes: Int32Array,
  train: Int32Array,
  test: Int32Array,
  groups: Int32Array | null,
): readonly [train: number, test: number] {
  const all = () => [...codesOf(codes, train), ...codesOf(codes, test)];
  return evidence({ train, test, groups, sorted: null }, (grouped) => intraclassOfLevels(all(), grouped)).rows;
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

function distanceOf(values: Float64Array, { train, test, sorted }: Sides): ReturnType<typeof kolmogorovSmirnov> {
  if (sorted === null) {
    const valuesOf = (rows: Int32Array) => float64From(rows, (row) => values[row] ?? Number.NaN);
    return kolmogorovSmirnov(valuesOf(train), valuesOf(test));
  }
  const [some, others] = [new Float64Array(train.length + 1), new Float64Array(test.length + 1)];
  part(values, sorted, some, others);
  return kolmogorovSmirnovOfSorted(some.subarray(0, train.length), others.subarray(0, test.length));
}

/** Values of both sides, ascending. Each row is written to both, and stays on its own: there is room for one more. */
function part(values: Float64Array, { order, sideOf }: SortedRows, train: Float64Array, test: Float64Array): void {
  let [some, others] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    const side = sideOf[row] as number;
    train[some] = test[others] = values[row] as number;
    some += side & TRAIN;
    others += side >> 1;
  }
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
