import type { Feature, Matrix } from "../../core/matrix.ts";
import { kindOf, shown } from "../shown.ts";
import { wrongType, wrongValue } from "../wrong-use.ts";

/** Each level takes memory, whether or not a row has it. */
const MOST_LEVELS = 2 ** 24;

const EXAMPLE = '{ rows: 2, features: [{ name: "age", kind: "numeric", values: Float64Array.of(61, 35) }] }';

/** @throws TypeError, RangeError for what is no matrix, with the feature and row. */
export function checkMatrix(matrix: Matrix): void {
  const given: unknown = matrix;
  if (Array.isArray(given)) throw wrongType("bad-matrix", `a matrix is an object with columns, as in ${EXAMPLE}; got a list`);
  if (typeof given !== "object" || given === null)
    throw wrongType("bad-matrix", `a matrix is an object, as in ${EXAMPLE}; got ${shown(given)}`);
  const odd = Object.keys(given).find((name) => name !== "rows" && name !== "features");
  if (odd !== undefined) throw wrongValue("bad-matrix", `a matrix has no "${odd}"; it has rows and features, as in ${EXAMPLE}`);
  if (!Array.isArray(matrix.features)) throw wrongType("bad-matrix", `the features of a matrix are a list, as in ${EXAMPLE}`);
  if (!(Number.isInteger(matrix.rows) && matrix.rows >= 0))
    throw wrongType("bad-matrix", `the rows of a matrix are their number, as in ${EXAMPLE}; got ${shown(matrix.rows)}`);
  const names = new Set<string>();
  for (const feature of matrix.features) {
    if (typeof feature?.name !== "string") throw wrongType("bad-matrix", `each feature of a matrix has a name, as in ${EXAMPLE}`);
    if (names.has(feature.name)) throw wrongValue("bad-matrix", `two features are named "${feature.name}"`);
    names.add(feature.name);
    checkArray(feature);
    const length = feature.kind === "numeric" ? feature.values.length : feature.codes.length;
    if (length !== matrix.rows) throw wrongValue("bad-matrix", `feature "${feature.name}" has ${length} rows, the matrix ${matrix.rows}`);
    if (feature.kind === "categorical") checkCodes(feature);
  }
}

/** For what reads the columns itself. @throws TypeError for what is no matrix at all. */
export function requireMatrix(matrix: Matrix): void {
  const { rows, features }: Partial<Matrix> = matrix ?? {};
  const isOne =
    Number.isInteger(rows) && rows! >= 0 && Array.isArray(features) && features.every((feature) => typeof feature?.name === "string");
  if (!isOne) checkMatrix(matrix);
}

/** @throws TypeError, RangeError for a feature whose array does not fit its kind. */
export function checkArray(feature: Feature): void {
  const { kind, name } = feature;
  if (kind !== "numeric" && kind !== "categorical")
    throw wrongValue(
      "bad-matrix",
      `feature "${name}" is of kind "${String(kind)}"; it must be "numeric" (with values) or "categorical" (with codes, levels)`,
    );
  const isFit = kind === "numeric" ? feature.values instanceof Float64Array : feature.codes instanceof Int32Array;
  if (isFit) return;
  const [field, wanted] = kind === "numeric" ? ["values", "Float64Array"] : ["codes", "Int32Array"];
  const got: unknown = kind === "numeric" ? feature.values : feature.codes;
  throw wrongType(
    "bad-matrix",
    `feature "${name}" is ${kind}, so its ${field} must be ${wanted === "Int32Array" ? "an" : "a"} ${wanted}, got ${kindOf(got)}${remedyOf(got, field!, wanted!)}`,
  );
}

/** How such an array is made of what was given. */
function remedyOf(got: unknown, field: string, wanted: string): string {
  if (!Array.isArray(got) && !ArrayBuffer.isView(got)) return "";
  const list = Array.from(got as ArrayLike<unknown>);
  const text = list.find((value) => typeof value === "string");
  if (text !== undefined) return ` with ${shown(text)}; matrixFromRows makes numbers and codes of texts`;
  const isNumeric = wanted === "Float64Array";
  const noNumber = list.find((value) => (isNumeric ? value === null : value === null || value === undefined || Number.isNaN(value)));
  if (noNumber !== undefined || list.includes(undefined)) return ` with ${shown(noNumber)}; ${withoutMissing(field, isNumeric)}`;
  const way = list.some((value) => typeof value === "bigint") ? `${field}, Number` : field;
  return `; ${wanted}.from(${way}) makes one of it${isNumeric ? ", NaN is missing" : ", -1 is missing"}`;
}

/** Typed arrays would take what is missing for 0. */
function withoutMissing(field: string, isNumeric: boolean): string {
  if (isNumeric) return `Float64Array.from(${field}, (value) => value ?? NaN) makes one of it, NaN is missing`;
  return `Int32Array.from(${field}, (code) => (Number.isInteger(code) ? code : -1)) makes one of it, -1 is missing`;
}

/** A code beyond the levels would be taken for missing and never be told. */
function checkCodes({ name, codes, levels, levelNames }: Extract<Feature, { kind: "categorical" }>): void {
  if (Array.isArray(levels))
    throw wrongType(
      "bad-matrix",
      `the levels of feature "${name}" are their number, got a list: give ${levels.length}, and keep the names yourself`,
    );
  if (!(Number.isInteger(levels) && levels >= 0 && levels <= MOST_LEVELS)) {
    const most = MOST_LEVELS.toLocaleString("en");
    throw wrongValue(
      "bad-matrix",
      `feature "${name}" has ${String(levels)} levels; they must be a whole number from 0 to ${most}: number the ones in use`,
    );
  }
  if (levelNames !== undefined && !(Array.isArray(levelNames) && levelNames.length === levels))
    throw wrongValue("bad-matrix", `the levelNames of feature "${name}" must be a list with a name for each of its ${levels} levels`);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= levels || code < -1)
      throw wrongValue("bad-matrix", `feature "${name}" has code ${code} in row ${row}; codes go from 0 to ${levels - 1}, -1 is missing`);
  }
}
