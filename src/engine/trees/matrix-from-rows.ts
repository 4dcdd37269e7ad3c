import type { Feature, Matrix } from "../../core/matrix.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { refuseUnknown, requireOptions } from "../options.ts";
import { withArticle } from "../shown.ts";
import { wrongType, wrongValue } from "../wrong-use.ts";
import type { TreeEnsemble } from "./ensemble.ts";
import { checkEnsemble } from "./ensemble-check.ts";
import { refuseOtherLevels } from "./predict/columns.ts";

interface TableField {
  readonly name: string;
  /** Texts that stand for "not known", beside blank ones. */
  readonly missing?: readonly string[];
  /** Some rows had no such field, so it may be left out. */
  readonly optional?: true;
}

/** How a field of the rows becomes a feature. Plain data, for a file beside the ensemble. levels: names of the categories, code by code. */
export type TableColumn = TableField &
  ({ readonly kind: "numeric" } | { readonly kind: "categorical"; readonly levels: readonly string[] });

/** Objects by field, or lists by place, whose fields are named "0", "1", "2" ... */
export type TableRows = readonly object[];

export interface TableColumnsGiven {
  /** Fields that are categories whatever they hold, such as numbers of shops. */
  readonly categorical?: readonly string[];
  /** Fields that are numbers though they hold texts, as in "12.5". */
  readonly numeric?: readonly string[];
  /** Fields that are no features, such as the target. */
  readonly leaveOut?: readonly string[];
  /** Texts that stand for "not known" in any field, such as "NA" or "?". Blank texts always do. */
  readonly missing?: readonly string[];
}

const GIVEN = ["categorical", "numeric", "leaveOut", "missing"] satisfies (keyof TableColumnsGiven)[];

/**
 * Reads from rows what their fields are: numbers and booleans are numeric, texts are categories with sorted levels; null, undefined, NaN and blank texts are missing.
 * Fields keep the order in which they first appear. Take the rows that are learned from, and keep the columns: other rows are read by them.
 * @throws RangeError without rows, for a field that holds texts and numbers, texts most of which read as numbers (are they numbers or categories?), only missing
 * values or objects, and for a name in the options that no row has; TypeError for rows that are no objects or lists.
 */
export function columnsOfRows(rows: TableRows, given: TableColumnsGiven = {}): TableColumn[] {
  requireOptions("columnsOfRows", given);
  refuseUnknown("columnsOfRows", GIVEN, given);
  checkRows(rows);
  if (rows.length === 0) throw wrongValue("bad-matrix", "columnsOfRows needs at least one row");
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  if (names.size === 0) throw wrongValue("bad-matrix", "the rows have no fields; they must be plain objects or lists");
  checkGiven(given, names);
  const { categorical = [], numeric = [], leaveOut = [], missing = [] } = given;
  const asked: AskedField[] = [];
  const columns = [...names]
    .filter((name) => !leaveOut.includes(name))
    .flatMap((name): TableColumn[] => {
      const some = rows.some((row) => !Object.hasOwn(row, name));
      const field = { name, ...(missing.length > 0 && { missing }), ...(some && { optional: true as const }) };
      if (numeric.includes(name)) return [{ ...field, kind: "numeric" }];
      const found = categorical.includes(name) ? "categorical" : kindOfField(rows, field);
      if (typeof found === "object") asked.push(found);
      return found === "categorical" ? [withLevels(rows, field)] : found === "numeric" ? [{ ...field, kind: "numeric" }] : [];
    });
  if (asked.length > 0) throw wrongValue("bad-matrix", numbersOrCategories(asked));
  return columns;
}

/**
 * The matrix of these rows, by columns that `columnsOfRows` has read from the rows that were learned from. A category that was not among them is missing (-1), as are
 * null, undefined, NaN and blank texts. Other fields of the rows are passed over. The features keep the names of their levels, so trees refuse a matrix that was
 * made with the columns of other rows.
 * @throws RangeError for a row without a field that all rows learned from had, or a value that is no number in a numeric one; TypeError for rows that are no objects
 * or lists, or columns that are none.
 */
export function matrixFromRows(rows: TableRows, columns: readonly TableColumn[]): Matrix {
  checkRows(rows);
  checkColumns("matrixFromRows", columns);
  return { rows: rows.length, features: columns.map((column) => featureOf(rows, column)) };
}

/**
 * Reads one row by those columns into what `compileScorer` takes: a value per feature of the trees, in their order. The array is written over by the next call.
 * @throws as matrixFromRows, and RangeError for a feature of the trees that no column has, or with other levels.
 */
export function compileRowReader(ensemble: TreeEnsemble, columns: readonly TableColumn[]): (row: object) => Float64Array {
  checkEnsemble("compileRowReader", ensemble);
  checkColumns("compileRowReader", columns);
  const { features } = ensemble;
  const byName = new Map(columns.map((column) => [column.name, column]));
  const readers = features.map((feature) => {
    const { name, kind, levels } = feature;
    const column = byName.get(name);
    if (column === undefined) throw wrongValue("bad-matrix", `no column is named "${name}"${didYouMean(name, new Set(byName.keys()))}`);
    const count = column.kind === "categorical" ? column.levels.length : 0;
    if (column.kind !== kind || count !== levels)
      throw wrongValue(
        "bad-matrix",
        `column "${name}" is ${column.kind} with ${count} levels, the trees learned it as ${kind} with ${levels}`,
      );
    if (column.kind === "categorical") refuseOtherLevels({ name, levelNames: column.levels }, feature);
    return readerOf(column);
  });
  const values = new Float64Array(features.length);
  return (row) => {
    if (typeof row !== "object" || row === null) throw wrongType("bad-matrix", `a row must be an object or a list, got ${String(row)}`);
    for (let place = 0; place < readers.length; place++) values[place] = readers[place]!(row, null);
    return values;
  };
}

function checkGiven(given: TableColumnsGiven, names: ReadonlySet<string>): void {
  for (const [option, list] of Object.entries(given)) {
    const what = option === "missing" ? "texts" : "names of fields";
    if (!Array.isArray(list) || !list.every((item) => typeof item === "string"))
      throw wrongType("bad-matrix", `${option} must be a list of ${what}, got ${JSON.stringify(list)}`);
  }
  const { categorical = [], numeric = [], leaveOut = [] } = given;
  for (const name of [...categorical, ...numeric, ...leaveOut]) {
    if (!names.has(name)) throw wrongValue("bad-matrix", `no row has a field "${name}"${didYouMean(name, names)}`);
  }
  const twice = categorical.find((name) => numeric.includes(name));
  if (twice !== undefined) throw wrongValue("bad-matrix", `field "${twice}" is given as categorical and as numeric`);
}

function checkColumns(caller: string, columns: readonly TableColumn[]): void {
  if (!Array.isArray(columns)) throw wrongType("bad-matrix", `${caller} needs the columns that columnsOfRows gives`);
  columns.forEach(checkColumn);
}

/** Columns come from files too. */
function checkColumn(column: unknown, place: number): void {
  const { name, kind, levels, missing } = (typeof column === "object" && column !== null ? column : {}) as Partial<Record<string, unknown>>;
  const isTexts = (list: unknown) => Array.isArray(list) && list.every((text) => typeof text === "string");
  const isFit = (kind === "numeric" || (kind === "categorical" && isTexts(levels))) && (missing === undefined || isTexts(missing));
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

/** A field of texts that may be numbers. odd: the first text that does not read as one. */
interface AskedField {
  readonly name: string;
  readonly example: string;
  readonly odd: { readonly text: string; readonly row: number } | null;
}

function kindOfField(rows: TableRows, field: TableField): TableColumn["kind"] | AskedField {
  const { name } = field;
  const isMissing = missingOf(field);
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
      `field "${name}" holds ${withArticle(first[0])} in row ${first[1]} and ${withArticle(second[0])} in row ${second[1]}; say categorical: ["${name}"] or make them alike`,
    );
  }
  if (first[0] === "number") return "numeric";
  if (first[0] !== "text")
    throw wrongValue(
      "bad-matrix",
      `field "${name}" holds ${withArticle(first[0])} in row ${first[1]}; features are numbers, booleans or texts`,
    );
  const texts = rows.flatMap((row, at) => {
    const value = fieldOf(row, name);
    return isMissing(value) ? [] : [{ text: String(value), row: at }];
  });
  const numbers = texts.filter(({ text }) => isNumberText(text.replaceAll(/[,\s]/g, "")));
  if (numbers.length <= texts.length / 2) return "categorical";
  return { name, example: numbers[0]!.text, odd: texts.find(({ text }) => !isNumberText(text)) ?? null };
}

/** All such fields in one message, so that they are answered for at once. */
function numbersOrCategories(asked: readonly AskedField[]): string {
  const names = asked.map(({ name }) => JSON.stringify(name)).join(", ");
  const odd = asked.filter((one) => one.odd !== null);
  const [what, reads] = asked.length === 1 ? ["field", "holds"] : ["fields", "hold"];
  const said = `${what} ${names} ${reads} texts that ${odd.length === 0 ? "all" : "mostly"} read as numbers, such as "${asked[0]!.example}"; say numeric: [${names}] or categorical: [${names}]`;
  const shown = odd.slice(0, 3).map(({ name, odd: one }) => `"${one!.text}" in row ${one!.row} of "${name}"`);
  return odd.length === 0 ? said : `${said}. Not a number: ${shown.join(", ")}; say missing: [...] where such a text means not known`;
}

function withLevels(rows: TableRows, field: TableField): TableColumn {
  const isMissing = missingOf(field);
  const levels = new Set<string>();
  rows.forEach((row, at) => {
    const value = fieldOf(row, field.name);
    if (!isMissing(value)) levels.add(levelOf(value, field.name, at));
  });
  return { ...field, kind: "categorical", levels: [...levels].sort() };
}

function featureOf(rows: TableRows, column: TableColumn): Feature {
  const { name } = column;
  const read = readerOf(column);
  if (column.kind === "numeric") return { name, kind: "numeric", values: Float64Array.from(rows, read) };
  return { name, kind: "categorical", codes: Int32Array.from(rows, read), levels: column.levels.length, levelNames: column.levels };
}

/** The number or code in a row, NaN or -1 for missing. at: the row's number, null where there is one row only. */
function readerOf(column: TableColumn): (row: object, at: number | null) => number {
  const { name } = column;
  const isMissing = missingOf(column);
  const codes = column.kind === "numeric" ? null : new Map(column.levels.map((level, code) => [level, code]));
  return (row, at) => {
    if (!Object.hasOwn(row, name) && column.optional !== true) refuseWithout(row, name, at);
    const value = fieldOf(row, name);
    if (codes === null) return isMissing(value) ? Number.NaN : numberOf(value, name, at);
    return isMissing(value) ? -1 : (codes.get(levelOf(value, name, at)) ?? -1);
  };
}

function refuseWithout(row: object, name: string, at: number | null): never {
  throw wrongValue(
    "bad-matrix",
    `${rowNamed(at)} has no field "${name}"${didYouMean(name, new Set(Object.keys(row)))} (a value that is not known is null)`,
  );
}

const rowNamed = (at: number | null) => (at === null ? "the row" : `row ${at}`);

function fieldOf(row: object, name: string): unknown {
  return Object.hasOwn(row, name) ? (row as Readonly<Record<string, unknown>>)[name] : undefined;
}

function missingOf({ missing = [] }: TableField): (value: unknown) => boolean {
  const texts = new Set(missing);
  return (value) =>
    value === null ||
    value === undefined ||
    Number.isNaN(value) ||
    (typeof value === "string" && (value.trim() === "" || texts.has(value)));
}

function kindOf(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return "number";
  if (typeof value === "string") return "text";
  return value instanceof Date ? "date" : typeof value;
}

function isNumberText(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

function numberOf(value: unknown, name: string, row: number | null): number {
  if (kindOf(value) === "number") return Number(value);
  if (typeof value === "string" && isNumberText(value)) return Number(value);
  const got = typeof value === "string" ? JSON.stringify(value) : withArticle(kindOf(value));
  throw wrongValue(
    "bad-matrix",
    `field "${name}" is numeric, but ${rowNamed(row)} holds ${got}; a missing value is null, or a text that columnsOfRows is given as missing`,
  );
}

function levelOf(value: unknown, name: string, row: number | null): string {
  const kind = kindOf(value);
  if (kind === "number" || kind === "text") return String(value);
  throw wrongValue(
    "bad-matrix",
    `field "${name}" is categorical, but ${rowNamed(row)} holds ${kind === "date" ? "a date" : "an object"}; its levels are texts, numbers or booleans`,
  );
}

function didYouMean(name: string, names: ReadonlySet<string>): string {
  const near = nearestName(name, [...names]);
  return near === null ? `; their fields are ${[...names].join(", ")}` : `; did you mean "${near}"?`;
}
