import type { Fold, SplitPolicy } from "../core/split.ts";
import { blockFolds } from "./split/blocks.ts";
import { givenFolds } from "./split/given.ts";
import { groupFolds } from "./split/group.ts";
import type { SplitInput } from "./split/input.ts";
import { randomFolds } from "./split/random.ts";
import { stratifiedFolds } from "./split/stratified.ts";
import { timeFolds } from "./split/time.ts";

/**
 * Folds of a split policy. Rows ascend, no row is on both sides, rows without a target are in no fold. The same policy, input and seed give
 * the same folds. With repeats the index continues.
 * @throws OldhandError when rows, groups or points in time are too few.
 */
export function foldsOf(policy: SplitPolicy, input: SplitInput, seed: number): Fold[] {
  switch (policy.policy) {
    case "random":
      return randomFolds(policy, input, seed);
    case "stratified":
      return stratifiedFolds(policy, input, seed);
    case "group":
      return groupFolds(policy, input, seed);
    case "time":
      return timeFolds(policy, input);
    case "blocks":
      return blockFolds(policy, input);
    case "given":
      return givenFolds(policy, input);
    default:
      return policy satisfies never;
  }
}
