import { quantityOf } from "../meaning/quantity.ts";
import type { SentinelCode } from "./sentinels.ts";

/** Of the rows of the rarer zeros so many are those of the others too. */
const SAME_ROWS = 0.5;

/** Zeros of one quantity, of what is counted from 1, or in the same rows, have one answer: a speed that is 0 and a longitude that is 0 have two. */
export function areOneCause(one: SentinelCode, other: SentinelCode): boolean {
  if (one.evidence.fromOne === true && other.evidence.fromOne === true) return true;
  const quantity = quantityOf(one.column.name)?.phrase;
  if (quantity !== undefined && quantity === quantityOf(other.column.name)?.phrase) return true;
  const [values, others] = [one.column.values, other.column.values];
  const least = SAME_ROWS * Math.min(one.rows, other.rows);
  let both = 0;
  for (let row = 0; row < values.length && both < least; row++) both += Number(values[row] === 0 && others[row] === 0);
  return both >= least;
}
