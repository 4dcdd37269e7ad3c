import { shown } from "../shown.ts";
import { wrongType, wrongValue } from "../wrong-use.ts";

/** A typed array (T is not copied), or a list of numbers. */
export type Numbers<T extends Float64Array | Int32Array> = T | Float64Array | Float32Array | Int32Array | Uint8Array | readonly number[];

type Given<T extends Float64Array | Int32Array> = Numbers<T> | null | undefined;

/** name: what the numbers are, for the message. @throws TypeError for what is no list of numbers. */
export function reals(name: string, given: Given<Float64Array>): Float64Array | null {
  if (given === null || given === undefined || given instanceof Float64Array) return given ?? null;
  return Float64Array.from(numbers(name, given));
}

/** @throws TypeError for what is no list of numbers, RangeError for a number that is not whole. */
export function integers(name: string, given: Given<Int32Array>): Int32Array | null {
  if (given === null || given === undefined || given instanceof Int32Array) return given ?? null;
  const list = numbers(name, given);
  const odd = list.findIndex((value) => (value | 0) !== value);
  if (odd >= 0) throw wrongValue("bad-training", `${name} must be whole numbers of 32 bits, got ${list[odd]} at place ${odd}`);
  return Int32Array.from(list);
}

function numbers(name: string, given: unknown): readonly number[] {
  if (given instanceof Float64Array || given instanceof Float32Array || given instanceof Int32Array || given instanceof Uint8Array)
    return [...given];
  const must = `${name} must be a list of numbers, got`;
  if (!Array.isArray(given)) throw wrongType("bad-training", `${must} ${shown(given)}${remedyOf(name, given)}`);
  const odd = given.findIndex((value) => typeof value !== "number");
  if (odd >= 0) throw wrongType("bad-training", `${must} ${shown(given[odd])} at place ${odd}${remedyOf(name, given[odd])}`);
  return given;
}

/** What to do with a value that is no number, or with all of them. */
function remedyOf(name: string, odd: unknown): string {
  if (name === "validation" || name === "rows") {
    if (typeof odd === "number") return "; no share is drawn: name the rows, as in [...Array(1000).keys()].filter((row) => row % 5 === 0)";
    return typeof odd === "boolean" ? "; they are numbers of rows, not a mask: [...mask.keys()].filter((row) => mask[row])" : "";
  }
  if (odd instanceof BigInt64Array || odd instanceof BigUint64Array) return `; Array.from(${name}, Number) makes one of it`;
  if (typeof odd === "boolean" || typeof odd === "bigint" || isNumeral(odd)) return `; ${name}.map(Number) makes numbers of them`;
  if (typeof odd === "string" && name === "target")
    return "; number the classes from 0, as in labels.map((label) => classes.indexOf(label))";
  if (typeof odd === "string" && name === "query") return "; number the groups, in any way";
  return odd === null && name === "target" ? "; rows without a target are NaN there, and `rows` names the others" : "";
}

function isNumeral(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
}

/**
 * Which rows of a matrix are named: 1 by row. count: rows of the matrix. each: "training row 5"; all: "rows".
 * @throws RangeError for one that is not in the matrix, and for one that is named twice.
 */
export function namedRows(each: string, all: string, given: Int32Array, count: number): Uint8Array {
  const isNamed = new Uint8Array(count);
  for (const row of given) {
    if (row < 0 || row >= count) throw wrongValue("bad-training", `${each} ${row} is not in the matrix of ${count} rows`);
    if (isNamed[row] === 1) throw wrongValue("bad-training", `${all} row ${row} twice; they are numbers of rows, not a mask`);
    isNamed[row] = 1;
  }
  return isNamed;
}
