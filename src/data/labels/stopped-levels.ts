import { noneDrawn, wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { type RowOrder, rowOrderOf } from "../columns/row-order.ts";

/** A level of a column in which the target has one value from a time on, and had others before, while it goes on in other levels; or the smallest value up to a time, and never again. */
export interface StoppedLevel {
  readonly level: string;
  readonly value: number;
  readonly side: "from" | "until";
  /** The row with which it begins (until: the last one of it), and all from there on (until: up to there). */
  readonly first: number;
  readonly rows: readonly number[];
  /** Share of the value in as many rows of the level before (until: after), and at the same time in the rows of levels that go on. */
  readonly before: number;
  readonly elsewhere: number;
  /** The larger of both chances, times the levels looked at. */
  readonly p: number;
}

/** All levels of a column that stopped, the most surprising first. */
export interface StoppedLevels {
  readonly column: string;
  /** Column of the time. */
  readonly by: string;
  readonly levels: readonly StoppedLevel[];
  readonly rows: readonly number[];
  readonly p: number;
}

const LEAST_ROWS = 20;
const MOST_LEVELS = 1_000;
const BY_CHANCE = 1e-4;
/** Of the levels, so many may stop: where more do, it is how things end. */
const MOST_STOPPED = 0.25;
/** So many times as long as the level ever stood at the value before, and any other level does that goes on. */
const TIMES = 3;

/** Columns with levels that stopped, the most surprising first. Once per audit; linear in rows x columns of few values. */
export function stoppedLevels(context: AuditContext): readonly StoppedLevels[] {
  return context.shared("stopped levels", () => {
    const order = rowOrderOf(context);
    const { by } = order;
    if (by === null) return [];
    // Of more classes the smallest is but the first by name.
    const hasLeast = context.task.kind === "regression" || context.task.kind === "binary";
    const columns = featuresOf(context).filter((column) => {
      const { distinct, integer } = infoOf(context, column.name);
      return distinct <= MOST_LEVELS && ("codes" in column || integer);
    });
    const found = columns.flatMap((column): StoppedLevels[] => {
      const series = seriesOf(context, order, (row) => valueAt(column, row));
      const nameOf = (cell: number) => ("codes" in column ? (column.levels[cell] ?? "") : String(cell));
      const stopped = stoppedOf(series, columns.length).map((one) => ({ ...one, side: "from" as const }));
      const levels = (stopped.length > 0 || !hasLeast ? stopped : unstartedOf(series, columns.length))
        .map(({ cell, ...one }) => ({ ...one, level: nameOf(cell) }))
        .sort((a, b) => a.p - b.p || b.rows.length - a.rows.length);
      const rows = levels.flatMap((one) => one.rows);
      return levels.length === 0 ? [] : [{ column: column.name, by, levels, rows, p: levels[0]?.p ?? 1 }];
    });
    return found.sort((a, b) => a.p - b.p || b.rows.length - a.rows.length);
  });
}

interface Series {
  readonly rows: number[];
  readonly times: number[];
  readonly labels: number[];
}

/** Labelled rows of each level in the order of time. */
function seriesOf(context: AuditContext, { by, rows }: RowOrder, cellOf: (row: number) => number): Map<number, Series> {
  const time = context.frame.columns.find(({ name }) => name === by);
  const series = new Map<number, Series>();
  for (const row of rows) {
    const cell = cellOf(row);
    if (Number.isNaN(cell)) continue;
    const own = series.get(cell) ?? { rows: [], times: [], labels: [] };
    series.set(cell, own);
    own.rows.push(row);
    own.times.push(time === undefined ? row : valueAt(time, row));
    own.labels.push(context.target[row] ?? Number.NaN);
  }
  return series;
}

/** Share of the other rows of that time that hold the value too, above which it is none that stands for "not yet". */
const MOST_ELSEWHERE = 0.05;

/** The other way round: of the smallest number alone, which the level never has again. */
function unstartedOf(series: ReadonlyMap<number, Series>, columns: number): readonly (Found & { readonly side: "until" })[] {
  let least = Number.POSITIVE_INFINITY;
  for (const { labels } of series.values()) for (const label of labels) if (label < least) least = label;
  const turned = new Map(
    [...series].map(([cell, { rows, times, labels }]) => [
      cell,
      { rows: rows.toReversed(), times: times.map((time) => -time).reverse(), labels: labels.toReversed() },
    ]),
  );
  return stoppedOf(turned, columns)
    .filter(({ cell, value, rows, elsewhere }) => {
      const all = turned.get(cell)?.labels ?? [];
      return value === least && elsewhere <= MOST_ELSEWHERE && !all.slice(0, all.length - rows.length).includes(value);
    })
    .map((one) => ({ ...one, side: "until" as const }));
}

type Found = Omit<StoppedLevel, "level" | "side"> & { readonly cell: number };

/** A level with many rows: those before its last run of one value, and whether that is so long that it may have stopped. */
interface Long extends Series {
  readonly cell: number;
  readonly from: number;
  readonly value: number;
  readonly stops: boolean;
}

function longOf([cell, own]: readonly [number, Series]): Long[] {
  if (own.rows.length < 2 * LEAST_ROWS) return [];
  const [from, value] = [lastRun(own), own.labels.at(-1) ?? 0];
  const run = own.rows.length - from;
  return [
    {
      ...own,
      cell,
      from,
      value,
      stops: from >= LEAST_ROWS && run >= LEAST_ROWS && run >= TIMES * longestRun(own.labels.slice(0, from), value),
    },
  ];
}

function stoppedOf(series: ReadonlyMap<number, Series>, columns: number): readonly Found[] {
  const long = [...series].flatMap(longOf);
  const stopped = long.filter(({ stops }) => stops);
  if (stopped.length > Math.max(1, MOST_STOPPED * long.length)) return [];
  const going = long.filter(({ stops }) => !stops);
  return stopped.flatMap((own): Found[] => {
    const { cell, from, value, rows, times, labels } = own;
    const run = rows.length - from;
    const others = [...going.map((one) => one.labels), ...stopped.filter((one) => one !== own).map((one) => one.labels.slice(0, one.from))];
    if (others.some((other) => run < TIMES * longestRun(other, value)) || fades(labels.slice(0, from), value)) return [];
    const before = labels.slice(Math.max(0, from - run), from);
    const elsewhere = labelsBetween(going, times[from] ?? 0, times.at(-1) ?? 0);
    const share = (some: readonly number[]) => some.filter((label) => label === value).length / some.length;
    const high = wilson(share(elsewhere) * elsewhere.length, elsewhere.length, 0.9).high;
    const strays = before.filter((label) => label !== value).length;
    const p = Math.max(noneDrawn(before.length + run, strays, run), high ** run) * series.size * columns;
    if (!(p < BY_CHANCE)) return [];
    return [{ cell, value, first: rows[from] ?? 0, rows: rows.slice(from), before: share(before), elsewhere: share(elsewhere), p }];
  });
}

/** Where the last rows of one value begin; rows at the time of the last other value are not of them. */
function lastRun({ labels, times }: Series): number {
  let from = labels.length;
  while (from > 0 && labels[from - 1] === labels.at(-1)) from--;
  while (from > 0 && from < labels.length && times[from] === times[from - 1]) from++;
  return from;
}

function longestRun(labels: readonly number[], value: number): number {
  let [longest, run] = [0, 0];
  for (const label of labels) {
    run = label === value ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function labelsBetween(series: readonly Series[], from: number, to: number): number[] {
  return series.flatMap(({ labels, times }) => labels.filter((_, place) => (times[place] ?? 0) >= from && (times[place] ?? 0) <= to));
}

/** The last rows before had other values less than half as often as the earlier ones. */
function fades(labels: readonly number[], value: number): boolean {
  const strays = labels.map((label) => Number(label !== value));
  const share = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
  return share(strays.slice(-LEAST_ROWS)) < share(strays.slice(0, Math.ceil(strays.length / 2))) / 2;
}
