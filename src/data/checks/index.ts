import type { Check } from "../check.ts";
import { combinationLeak } from "./combination-leak.ts";
import { groupLeak } from "./group-leak.ts";
import { orderLeak } from "./order-leak.ts";
import { partialLeak } from "./partial-leak.ts";
import { postOutcome } from "./post-outcome.ts";
import { siblingTarget } from "./sibling-target.ts";
import { targetLeak } from "./target-leak.ts";
import { timeLeak } from "./time-leak.ts";

/** The only list of checks, one line each. Their order is that of the trap catalogue and has no effect on findings. */
export const CHECKS: readonly Check[] = [
  targetLeak,
  postOutcome,
  partialLeak,
  combinationLeak,
  siblingTarget,
  orderLeak,
  groupLeak,
  timeLeak,
];
