import type { TrapId } from "../core/trap.ts";
import type { AuditContext } from "./check.ts";
import type { Looked } from "./inspect.ts";

/** What a thread is given: a context but for its functions, and checks that ask none of them but `shared` and `pause`. Frames lie on shared memory. */
export interface ApartWork {
  readonly context: Omit<AuditContext, "duplicates" | "whole" | "testOverlap" | "pause" | "shared">;
  readonly traps: readonly TrapId[];
  /** On shared memory, one for each trap: 1 = a thread has taken its check. Whoever comes first makes it. */
  readonly taken: Int32Array;
  /** null: no end. */
  readonly leftMs: number | null;
}

/** What each of the checks found, in the order of `traps`; null: another thread has taken it. */
export type ApartAnswer = readonly (Looked | null)[];

/** Whether the check at this place is now the caller's to make. */
export function take(taken: Int32Array, place: number): boolean {
  return Atomics.compareExchange(taken, place, 0, 1) === 0;
}
