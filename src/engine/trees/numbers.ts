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
  if (!Array.isArray(given)) throw wrongType("bad-training", `${name} must be a list of numbers, got ${shown(given)}`);
  const odd = given.findIndex((value) => typeof value !== "number");
  if (odd >= 0) throw wrongType("bad-training", `${name} must be a list of numbers, got ${shown(given[odd])} at place ${odd}`);
  return given;
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
