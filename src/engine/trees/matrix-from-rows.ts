import type { Feature, Matrix } from "../../core/matrix.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { refuseUnknown, requireOptions } from "../options.ts";
import { wrongType, wrongValue } from "../wrong-use.ts";

/** How a field of the rows becomes a feature. Plain data, for a file beside the ensemble. levels: names of the categories, code by code. */
export type TableColumn =
  | { readonly name: string; readonly kind: "numeric" }
  | { readonly name: string; readonly kind: "categorical"; readonly levels: readonly string[] };

/** Objects by field, or lists by place, whose fields are named "0", "1", "2" ... */
export type TableRows = readonly object[];

export interface TableColumnsGiven {
  /** Fields that are categories whatever they hold, such as numbers of shops. */
  readonly categorical?: readonly string[];
  /** Fields that are numbers though they hold texts, as in "12.5". */
  readonly numeric?: readonly string[];
  /** Fields that are no features, such as the target. */
  readonly leaveOut?: readonly string[];
}

const GIVEN = ["categorical", "numeric", "leaveOut"] satisfies (keyof TableColumnsGiven)[];

/**
 * Reads from rows what their fields are: numbers and booleans are numeric, texts are categories with sorted levels; null, undefined and NaN are missing. Fields keep the
 * order in which they first appear. Take the rows that are learned from.
 * @throws RangeError without rows, for a field that holds texts and numbers, texts that all read as numbers (are they numbers or categories?), only missing
 * values or objects, and for a name in the options that no row has; TypeError for rows that are no objects or lists.
 */
export function columnsOfRows(rows: TableRows, given: TableColumnsGiven = {}): TableColumn[] {
  requireOptions("columnsOfRows", given);
  refuseUnknown("columnsOfRows", GIVEN, given);
  checkRows(rows);
  if (rows.length === 0) throw wrongValue("bad-matrix", "columnsOfRows needs at least one row");
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  if (names.size === 0) throw wrongValue("bad-matrix", "the rows have no fields; they must be plain objects or lists");
  for (const [option, list] of Object.entries(given))
    if (!Array.isArray(list)) throw wrongType("bad-matrix", `${option} must be a list of names of fields, got ${JSON.stringify(list)}`);
  const { categorical = [], numeric = [], leaveOut = [] } = given;
  for (const name of [...categorical, ...numeric, ...leaveOut]) {
    if (!names.has(name)) throw wrongValue("bad-matrix", `no row has a field "${name}"${didYouMean(name, names)}`);
  }
  const twice = categorical.find((name) => numeric.includes(name));
  if (twice !== undefined) throw wrongValue("bad-matrix", `field "${twice}" is given as categorical and as numeric`);
  return [...names]
    .filter((name) => !leaveOut.includes(name))
    .map((name) => {
      if (numeric.includes(name)) return { name, kind: "numeric" };
      return categorical.includes(name) ? withLevels(rows, name) : foundColumn(rows, name);
    });
}

/**
 * The matrix of these rows, by columns that `columnsOfRows` has read from the rows that were learned from. A category that was not among them is missing (-1), as are
 * null, undefined and NaN. Other fields of the rows are passed over.
 * @throws RangeError for a column that no row has, or a value that is no number in a numeric one; TypeError for rows that are no objects or lists, or columns that are none.
 */
export function matrixFromRows(rows: TableRows, columns: readonly TableColumn[]): Matrix {
  checkRows(rows);
  if (!Array.isArray(columns)) throw wrongType("bad-matrix", "matrixFromRows needs the columns that columnsOfRows gives");
  columns.forEach(checkColumn);
  return { rows: rows.length, features: columns.map((column) => featureOf(rows, column)) };
}

/** Columns come from files too. */
function checkColumn(column: unknown, place: number): void {
  const { name, kind, levels } = (typeof column === "object" && column !== null ? column : {}) as Partial<Record<string, unknown>>;
  const isFit =
    kind === "numeric" || (kind === "categorical" && Array.isArray(levels) && levels.every((level) => typeof level === "string"));
  if (typeof name !== "string" || !isFit)
    throw wrongType(
      "bad-matrix",
      `column ${place} must be { name, kind: "numeric" } or { name, kind: "categorical", levels } with a list of texts, as columnsOfRows gives it`,
    );
}

function checkRows(rows: TableRows): void {
  if (!Array.isArray(rows)) throw wrongType("bad-matrix", `rows must be a list of objects or lists, got ${typeof rows}`);
  const odd = rows.findIndex((row) => typeof row !== "object" || row === null);
  if (odd >= 0) throw wrongType("bad-matrix", `row ${odd} must be an object or a list, got ${String(rows[odd])}`);
}

function foundColumn(rows: TableRows, name: string): TableColumn {
  const kinds = new Map<string, number>();
  rows.forEach((row, at) => {
    const value = fieldOf(row, name);
    if (!isMissing(value) && !kinds.has(kindOf(value))) kinds.set(kindOf(value), at);
  });
  const [first, second] = kinds;
  if (first === undefined) throw wrongValue("bad-matrix", `field "${name}" is missing in every row; leave it out`);
  if (second !== undefined) {
    throw wrongValue(
      "bad-matrix",
      `field "${name}" holds a ${first[0]} in row ${first[1]} and a ${second[0]} in row ${second[1]}; say categorical: ["${name}"] or make them alike`,
    );
  }
  if (first[0] === "number") return { name, kind: "numeric" };
  if (first[0] === "text") {
    const texts = rows.map((row) => fieldOf(row, name)).filter((value) => !isMissing(value)) as string[];
    if (texts.every((text) => isNumberText(text))) {
      throw wrongValue(
        "bad-matrix",
        `field "${name}" holds texts that all read as numbers, such as "${texts[0]}"; say numeric: ["${name}"] or categorical: ["${name}"]`,
      );
    }
    return withLevels(rows, name);
  }
  throw wrongValue("bad-matrix", `field "${name}" holds a ${first[0]} in row ${first[1]}; features are numbers, booleans or texts`);
}

function withLevels(rows: TableRows, name: string): TableColumn {
  const levels = new Set<string>();
  rows.forEach((row, at) => {
    const value = fieldOf(row, name);
    if (!isMissing(value)) levels.add(levelOf(value, name, at));
  });
  return { name, kind: "categorical", levels: [...levels].sort() };
}

function featureOf(rows: TableRows, column: TableColumn): Feature {
  const { name } = column;
  if (rows.length > 0 && !rows.some((row) => Object.hasOwn(row, name))) {
    throw wrongValue("bad-matrix", `no row has a field "${name}"${didYouMean(name, new Set(rows.flatMap((row) => Object.keys(row))))}`);
  }
  if (column.kind === "numeric")
    return { name, kind: "numeric", values: Float64Array.from(rows, (row, at) => numberOf(fieldOf(row, name), name, at)) };
  const codes = new Map(column.levels.map((level, code) => [level, code]));
  const codeOf = (value: unknown, at: number) => (isMissing(value) ? -1 : (codes.get(levelOf(value, name, at)) ?? -1));
  return {
    name,
    kind: "categorical",
    codes: Int32Array.from(rows, (row, at) => codeOf(fieldOf(row, name), at)),
    levels: column.levels.length,
  };
}

function fieldOf(row: object, name: string): unknown {
  return Object.hasOwn(row, name) ? (row as Readonly<Record<string, unknown>>)[name] : undefined;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function kindOf(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return "number";
  if (typeof value === "string") return "text";
  return value instanceof Date ? "date" : typeof value;
}

function isNumberText(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

function numberOf(value: unknown, name: string, row: number): number {
  if (isMissing(value)) return Number.NaN;
  if (kindOf(value) === "number") return Number(value);
  if (typeof value === "string" && isNumberText(value)) return Number(value);
  const got = typeof value === "string" ? JSON.stringify(value) : `a ${kindOf(value)}`;
  throw wrongValue("bad-matrix", `field "${name}" is numeric, but row ${row} holds ${got}; a missing value is null`);
}

function levelOf(value: unknown, name: string, row: number): string {
  const kind = kindOf(value);
  if (kind === "number" || kind === "text") return String(value);
  throw wrongValue(
    "bad-matrix",
    `field "${name}" is categorical, but row ${row} holds ${kind === "date" ? "a date" : "an object"}; its levels are texts, numbers or booleans`,
  );
}

function didYouMean(name: string, names: ReadonlySet<string>): string {
  const near = nearestName(name, [...names]);
  return near === null ? `; their fields are ${[...names].join(", ")}` : `; did you mean "${near}"?`;
}
