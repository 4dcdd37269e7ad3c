import { type Column, type Frame, isMissing } from "../../core/column.ts";
import { digits, digitsApart } from "../../core/digits.ts";
import { quantiles } from "../../stats/index.ts";
import { crossing, type Slice } from "./slice.ts";

/** Levels beyond these are one slice. */
const MOST_LEVELS = 20;
const BINS = 5;
/** Columns that are crossed in pairs. */
const CROSSED = 5;

/** Most columns that are cut. */
const MOST_COLUMNS = 200;

export interface Cuts {
  readonly slices: readonly Slice[];
  /** Columns that were crossed in pairs. */
  readonly crossed: readonly string[];
}

/**
 * Slices of single columns (levels, quantile bins, missing) and of pairs of the five columns along which the model's answers differ most, each of at
 * least `fewest` rows and not all of them. answers: rows x outputs, row-major. What is cut hangs on values and answers, never on the truth: tests of slices that
 * errors had chosen would not hold.
 */
export function cutSlices(frame: Frame, columns: readonly string[], answers: Float64Array, fewest: number): Cuts {
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  const spread = spreadAlong(answers, frame.rows);
  const partsOf = (name: string) => slicesOf(byName.get(name), frame.rows);
  // Cut anew below: the parts of all columns of a wide table at once would be many times the table.
  const cut = columns
    .map((name) => ({ name, spread: spread(partsOf(name)) }))
    .sort((a, b) => b.spread - a.spread)
    .slice(0, MOST_COLUMNS)
    .map(({ name }) => ({ name, parts: partsOf(name).filter(({ rows }) => rows.length >= fewest) }));
  const first = cut.slice(0, CROSSED);
  const pairs = first.flatMap(({ parts }, place) =>
    first.slice(place + 1).flatMap((other) => parts.flatMap((a) => other.parts.flatMap((b) => crossing(a, b, fewest) ?? []))),
  );
  const slices = [...cut.flatMap(({ parts }) => parts), ...pairs].filter(({ rows }) => rows.length < frame.rows);
  return { slices, crossed: first.map(({ name }) => name) };
}

/**
 * Share of the variance of the answers that lies between the parts of a column, summed over outputs and adjusted for the number of parts (epsilon squared, Kelley
 * 1935): at about 0 the answers do not hang on the column. -Infinity where the parts say nothing.
 */
function spreadAlong(answers: Float64Array, rows: number): (parts: readonly Slice[]) => number {
  const width = answers.length / rows;
  const sumOf = (over: Iterable<number>, output: number) => {
    let sum = 0;
    for (const row of over) sum += answers[row * width + output] ?? 0;
    return sum;
  };
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const means = Array.from({ length: width }, (_, output) => sumOf(all, output) / rows);
  const total = answers.reduce((sum, answer, at) => sum + (answer - (means[at % width] ?? 0)) ** 2, 0);
  return (parts) => {
    const filled = parts.filter((part) => part.rows.length > 0);
    if (filled.length < 2 || filled.length >= rows || !(total > 0)) return Number.NEGATIVE_INFINITY;
    const between = filled.reduce(
      (sum, part) =>
        sum + means.reduce((own, mean, output) => own + part.rows.length * (sumOf(part.rows, output) / part.rows.length - mean) ** 2, 0),
      0,
    );
    return 1 - ((1 - between / total) * (rows - 1)) / (rows - filled.length);
  };
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
  const said = type === "date" ? datesApart : digitsApart;
  const distinct = [...new Set(present)];
  if (distinct.length <= BINS) {
    const ordered = distinct.sort((a, b) => a - b);
    const texts = said(ordered);
    return ordered.map((value, place) => ({
      name: `${name} = ${texts[place]}`,
      columns: [name],
      rows: rowsWhere(values.length, (row) => values[row] === value),
    }));
  }
  const shares = Array.from({ length: BINS - 1 }, (_, i) => (i + 1) / BINS);
  const edges = [...new Set(quantiles(present, shares))];
  const texts = said(edges);
  return [Number.NEGATIVE_INFINITY, ...edges].map((from, bin) => {
    const to = edges[bin] ?? Number.POSITIVE_INFINITY;
    const rows = rowsWhere(values.length, (row) => {
      const value = values[row] ?? Number.NaN;
      return value > from && value <= to;
    });
    const [above, upTo] = [texts[bin - 1], texts[bin]];
    const range = above === undefined ? `up to ${upTo}` : upTo === undefined ? `above ${above}` : `above ${above} to ${upTo}`;
    return { name: `${name} ${range}`, columns: [name], rows };
  });
}

/** Days; with the time where two are on one day. */
function datesApart(values: readonly number[]): string[] {
  const upTo = (letters: number) => values.map((value) => dateText(value, letters));
  const wanted = new Set(values).size;
  return [10, 16, 19].map(upTo).find((texts) => new Set(texts).size === wanted) ?? upTo(23);
}

function dateText(ms: number, letters: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? digits(ms) : date.toISOString().slice(0, letters).replace("T", " ");
}

function rowsWhere(rows: number, holds: (row: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (holds(row)) found.push(row);
  return Int32Array.from(found);
}
