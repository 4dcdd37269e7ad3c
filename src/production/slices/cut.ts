import { type Column, type Frame, isMissing } from "../../core/column.ts";
import { digits } from "../../core/digits.ts";
import { quantiles } from "../../stats/index.ts";
import { crossing, type Slice } from "./slice.ts";

/** Levels beyond these are one slice. */
const MOST_LEVELS = 20;
const BINS = 5;
/** Columns that are crossed in pairs. */
const CROSSED = 5;

/**
 * Slices of single columns (levels, quantile bins, missing) and of pairs of the first five columns, each of at least `fewest` rows and not all of
 * them. `columns`: names, most important first; the choice must not look at the errors, or the tests of slices would not hold.
 */
export function cutSlices(frame: Frame, columns: readonly string[], fewest: number): Slice[] {
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  const ofColumn = columns.map((name) => slicesOf(byName.get(name), frame.rows).filter(({ rows }) => rows.length >= fewest));
  const singles = ofColumn.flat();
  const pairs = ofColumn
    .slice(0, CROSSED)
    .flatMap((first, place) =>
      ofColumn.slice(place + 1, CROSSED).flatMap((second) => first.flatMap((a) => second.flatMap((b) => crossing(a, b, fewest) ?? []))),
    );
  return [...singles, ...pairs].filter(({ rows }) => rows.length < frame.rows);
}

function slicesOf(column: Column | undefined, rows: number): Slice[] {
  if (column === undefined || column.type === "text") return [];
  const missing = rowsWhere(rows, (row) => isMissing(column, row));
  const rest = "values" in column ? binSlices(column) : levelSlices(column);
  return [...rest, { name: `${column.name} missing`, columns: [column.name], rows: missing }];
}

function levelSlices(column: Extract<Column, { codes: Int32Array }>): Slice[] {
  const rowsOf = column.levels.map((): number[] => []);
  column.codes.forEach((code, row) => {
    rowsOf[code]?.push(row);
  });
  const ranked = column.levels.map((level, code) => ({ level, rows: rowsOf[code] ?? [] })).sort((a, b) => b.rows.length - a.rows.length);
  const one = ({ level, rows }: { level: string; rows: number[] }): Slice => ({
    name: `${column.name} = ${level}`,
    columns: [column.name],
    rows: Int32Array.from(rows),
  });
  const others = ranked.slice(MOST_LEVELS).flatMap(({ rows }) => rows);
  if (others.length === 0) return ranked.map(one);
  return [
    ...ranked.slice(0, MOST_LEVELS).map(one),
    { name: `${column.name} = other levels`, columns: [column.name], rows: Int32Array.from(others).sort() },
  ];
}

function binSlices(column: Extract<Column, { values: Float64Array }>): Slice[] {
  const { name, type, values } = column;
  const present = values.filter((value) => !Number.isNaN(value));
  const said = (value: number) => (type === "date" ? dateText(value) : digits(value));
  const distinct = [...new Set(present)];
  if (distinct.length <= BINS) {
    return distinct
      .sort((a, b) => a - b)
      .map((value) => ({
        name: `${name} = ${said(value)}`,
        columns: [name],
        rows: rowsWhere(values.length, (row) => values[row] === value),
      }));
  }
  const shares = Array.from({ length: BINS - 1 }, (_, i) => (i + 1) / BINS);
  const edges = [...new Set(quantiles(present, shares))];
  return [Number.NEGATIVE_INFINITY, ...edges].map((from, bin) => {
    const to = edges[bin] ?? Number.POSITIVE_INFINITY;
    const rows = rowsWhere(values.length, (row) => {
      const value = values[row] ?? Number.NaN;
      return value > from && value <= to;
    });
    const range =
      bin === 0 ? `up to ${said(to)}` : to === Number.POSITIVE_INFINITY ? `above ${said(from)}` : `above ${said(from)} to ${said(to)}`;
    return { name: `${name} ${range}`, columns: [name], rows };
  });
}

function dateText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? digits(ms) : date.toISOString().slice(0, 10);
}

function rowsWhere(rows: number, holds: (row: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (holds(row)) found.push(row);
  return Int32Array.from(found);
}
