import { createRandom, type Random } from "../../core/random.ts";
import type { Fold, SplitPolicy } from "../../core/split.ts";
import { labelledRows, type SplitInput } from "./input.ts";
import { repeatedFolds, requireRows } from "./parts.ts";
import { shuffledLine, strataOf } from "./strata.ts";

/** Every class (or quantile bin of a value) is spread evenly: its count differs by at most one between folds, and so do the fold sizes. */
export function stratifiedFolds(policy: Extract<SplitPolicy, { policy: "stratified" }>, input: SplitInput, seed: number): Fold[] {
  const rows = labelledRows(input);
  requireRows(rows.length, policy.folds);
  const strata = strataOf(input, rows, policy.folds);
  return repeatedFolds(rows, policy.folds, policy.repeats, (repeat) =>
    dealStratified(strata, policy.folds, createRandom(seed, "split", "stratified", repeat)),
  );
}

/** Part of each row. Rows are shuffled, lined up by stratum and dealt like cards, so no stratum of two lies in one part. */
function dealStratified(strata: Int32Array, parts: number, random: Random): Int32Array {
  const part = new Int32Array(strata.length);
  const first = random.integer(parts);
  shuffledLine(strata, random).forEach((row, place) => {
    part[row] = (first + place) % parts;
  });
  return part;
}
