import { OldhandError } from "../core/error.ts";
import type { Suspicion, Unchecked } from "../core/finding.ts";
import { BudgetEnded, Cancelled } from "../lab/index.ts";
import type { AuditContext, Check } from "./check.ts";
import type { ExperimentFor } from "./harm/ground.ts";
import { prepareAssociations } from "./signal/associations.ts";

export interface InspectOptions {
  readonly signal?: AbortSignal | null;
  readonly onProgress?: (
    note: string,
    count: { readonly done: number; readonly planned: number; readonly unit: string; readonly isLast: boolean },
  ) => void;
  /** A given test set. What is not about it is looked at and priced on the training rows alone. */
  readonly test?: TestGround | null;
  /** Milliseconds left for checks: those that have not begun by its end are not made. Default: no end. */
  readonly leftMs?: () => number;
}

export interface TestGround {
  /** Training and test rows. */
  readonly context: AuditContext;
  /** Experiments on them. */
  readonly experimentFor: ExperimentFor;
}

export type Found = Suspicion & { readonly subject: Check["subject"] };

export const NO_TIME = "the budget ended first";

export interface Looked {
  readonly found: readonly Found[];
  readonly unchecked: Unchecked[];
}

/** Needed by several checks; without time the first one that asks makes them. */
export async function associate(context: AuditContext): Promise<void> {
  try {
    await prepareAssociations(context);
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
  }
}

/** All of the checks one after the other; one that breaks down or has no time is named, the others still speak. */
export async function inspectAll(context: AuditContext, checks: readonly Check[], options: InspectOptions): Promise<Looked> {
  const { signal, onProgress, test, leftMs } = options;
  const found: Found[] = [];
  const unchecked: Unchecked[] = [];
  for (const [place, check] of checks.entries()) {
    signal?.throwIfAborted();
    if (leftMs !== undefined && leftMs() <= 0) {
      unchecked.push({ trap: check.trap, why: NO_TIME });
      continue;
    }
    onProgress?.(`looking whether ${check.title.charAt(0).toLowerCase()}${check.title.slice(1)}`, {
      done: place,
      planned: checks.length,
      unit: "checks",
      isLast: false,
    });
    try {
      const { subject } = check;
      const seen = subject === "given-split" ? (test?.context ?? context) : context;
      await context.pause();
      found.push(...(await check.inspect(seen)).map((one) => ({ ...one, subject })));
    } catch (error) {
      if (error instanceof BudgetEnded) {
        unchecked.push({ trap: check.trap, why: NO_TIME });
        continue;
      }
      if (error instanceof Cancelled || error instanceof OldhandError) throw error;
      unchecked.push({ trap: check.trap, why: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) });
    }
  }
  return { found, unchecked };
}
