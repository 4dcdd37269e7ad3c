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

/** The first checks: what they ask the database is answered beside them, and waited for whatever happens, since nothing may work on a folder that is given up. */
export async function inspectFirst(context: AuditContext, checks: readonly Check[], options: InspectOptions): Promise<Looked> {
  const inTime = (options.leftMs?.() ?? 1) > 0;
  const asked = Promise.allSettled(inTime ? checks.map(async (check) => await check.ask?.(seenBy(check, context, options))) : []);
  try {
    await associate(context);
    return await inspectAll(context, checks, options);
  } finally {
    await asked;
  }
}

function seenBy({ subject }: Check, context: AuditContext, { test }: InspectOptions): AuditContext {
  return subject === "given-split" ? (test?.context ?? context) : context;
}

/** Needed by several checks; without time the first one that asks makes them. */
async function associate(context: AuditContext): Promise<void> {
  try {
    await prepareAssociations(context);
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
  }
}

/** All of the checks one after the other; one that breaks down or has no time is named, the others still speak. */
export async function inspectAll(context: AuditContext, checks: readonly Check[], options: InspectOptions): Promise<Looked> {
  const { signal, onProgress, leftMs } = options;
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
      await context.pause();
      found.push(...(await check.inspect(seenBy(check, context, options))).map((one) => ({ ...one, subject })));
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
