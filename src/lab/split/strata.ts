import type { Random } from "../../core/random.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import type { SplitInput } from "./input.ts";

const MOST_BINS = 10;

/**
 * Stratum of each of the given rows: the class, or for regression the quantile bin of the value. Equal values share a bin; there are at
 * most 10 bins, and no more than leave each of `parts` parts a row of every bin.
 */
export function strataOf(input: SplitInput, rows: Int32Array, parts: number): Int32Array {
  const values = float64From(rows, (row) => input.target[row] ?? Number.NaN);
  return input.task.kind === "regression" ? quantileBins(values, parts) : Int32Array.from(values);
}

function quantileBins(values: Float64Array, parts: number): Int32Array {
  const bins = Math.max(1, Math.min(MOST_BINS, Math.floor(values.length / parts)));
  const sorted = values.slice().sort();
  const edges = [...new Set(Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / bins)] ?? 0))];
  return int32From(values, (value) => edges.filter((edge) => edge <= value).length);
}

/** Rows in each stratum. */
export function strataSizes(strata: Int32Array): Int32Array {
  const sizes = new Int32Array(strata.reduce((most, stratum) => Math.max(most, stratum), -1) + 1);
  for (const stratum of strata) sizes[stratum] = (sizes[stratum] ?? 0) + 1;
  return sizes;
}

/** Places 0..n-1 ordered by stratum; within a stratum they keep their order. */
export function linedUp(strata: Int32Array): Int32Array {
  const sizes = strataSizes(strata);
  let start = 0;
  const next = sizes.map((size) => {
    start += size;
    return start - size;
  });
  const line = new Int32Array(strata.length);
  strata.forEach((stratum, place) => {
    const at = next[stratum] ?? 0;
    line[at] = place;
    next[stratum] = at + 1;
  });
  return line;
}

/** Places 0..n-1 ordered by stratum, by chance within each. */
export function shuffledLine(strata: Int32Array, random: Random): Int32Array {
  const shuffled = random.shuffle(strata.map((_, place) => place));
  return linedUp(shuffled.map((place) => strata[place] ?? 0)).map((place) => shuffled[place] ?? 0);
}
