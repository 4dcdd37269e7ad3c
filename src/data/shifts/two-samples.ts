import type { Column } from "../../core/column.ts";
import { float64From, int32From, int32Where } from "../../core/typed-from.ts";
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
  const gaps = gapShift(column, sides);
  const [some, others] = [train, test].map((rows) => int32Where(rows, (row) => !isGap(column, row))) as [Int32Array, Int32Array];
  const present = { train: some, test: others, groups, order };
  const values = "values" in column ? numberShift(column.values, present) : levelShift(column.codes, column.levels.length, present);
  const { name } = column;
  const missing = { name, effect: gaps.effect, p: Math.min(1, 2 * gaps.p), what: "missing" as const };
  const moved = { name, effect: values.effect, p: Math.min(1, 2 * values.p), what: "values" as const };
  return missing.p < moved.p && missing.effect > moved.effect ? missing : moved;
}

function isGap(column: Column, row: number): boolean {
  return "values" in column ? Number.isNaN(column.values[row]) : (column.codes[row] ?? -1) < 0;
}

function evidence({ train, test, groups }: Sides, icc: (grouped: GroupedSamples) => number): SingleRows {
  const of = (rows: Int32Array) => Array.from(rows, (row) => groups?.[row] ?? -1);
  return asSingleRows(groups === null ? null : groupedSamples([...of(train), ...of(test)], train.length), [train.length, test.length], icc);
}

function gapShift(column: Column, sides: Sides): { effect: number; p: number } {
  const { train, test } = sides;
  const gaps = [train, test].map((rows) => int32From(rows, (row) => Number(isGap(column, row))));
  const [some = new Int32Array(0), others = new Int32Array(0)] = gaps;
  const share = (of: Int32Array) => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [before, now] = [share(some), share(others)];
  if (before === now) return { effect: 0, p: 1 };
  const {
    rows: [n, m],
    p,
  } = evidence(sides, (grouped) => intraclassOfNumbers([...some, ...others], grouped));
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
  const valuesOf = (rows: Int32Array) => float64From(rows, (row) => values[row] ?? Number.NaN);
  if (order === null) return kolmogorovSmirnov(valuesOf(train), valuesOf(test));
  const [isTrain, isTest] = [train, test].map((rows) => {
    const is = new Uint8Array(values.length);
    for (const row of rows) is[row] = 1;
    return is;
  });
  const sorted = [isTrain, isTest].map((is) => valuesOf(int32Where(order, (row) => is?.[row] === 1))) as [Float64Array, Float64Array];
  return kolmogorovSmirnovOfSorted(...sorted);
}

function levelShift(codes: Int32Array, levels: number, sides: Sides): { effect: number; p: number } {
  const coded = [sides.train, sides.test].map((rows) => int32From(rows, (row) => codes[row] ?? -1));
  const [some = new Int32Array(0), others = new Int32Array(0)] = coded;
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
