import type { TrapId } from "../core/trap.ts";
import type { AuditContext } from "./check.ts";
import type { Looked } from "./inspect.ts";

/** What a thread is given: a context but for its functions, and checks that ask none of them but `shared` and `pause`. Frames lie on shared memory. */
export interface ApartWork {
  readonly context: Omit<AuditContext, "duplicates" | "whole" | "pause" | "shared">;
  readonly traps: readonly TrapId[];
  /** null: no end. */
  readonly leftMs: number | null;
}

/** What each of the checks found, in the order of `traps`. */
export type ApartAnswer = readonly Looked[];
