import { OldhandError } from "../core/error.ts";
import { NO_TIME, type Suspicion, type Unchecked } from "../core/finding.ts";
import { BudgetEnded, Cancelled } from "../lab/index.ts";
import { type Apart, beginApart } from "./apart.ts";
import type { AuditContext, Check } from "./check.ts";
import { countedOverAll } from "./findings/counted-over-all.ts";
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
  /** Threads that may work at once; with two or more, checks that take long are made beside the others. Default 1. */
  readonly threads?: number;
}

export interface TestGround {
  /** Training and test rows. */
  readonly context: AuditContext;
  /** Experiments on them. */
  readonly experimentFor: ExperimentFor;
}

export type Found = Suspicion & { readonly subject: Check["subject"] };

export interface Looked {
  readonly found: readonly Found[];
  readonly unchecked: readonly Unchecked[];
}

/**
 * The first checks: what they ask the database is answered beside them, and waited for whatever happens, since nothing may work on a folder that is given up. Some
 * are made in a thread of their own; what is found stands in the order of the checks.
 */
export async function inspectFirst(context: AuditContext, checks: readonly Check[], options: InspectOptions): Promise<Looked> {
  const leftMs = options.leftMs?.() ?? Number.POSITIVE_INFINITY;
  const apart = leftMs > 0 ? beginApart(context, checks, { threads: options.threads ?? 1, leftMs }) : null;
  const asked = Promise.allSettled(leftMs > 0 ? checks.map(async (check) => await check.ask?.(seenBy(check, context, options))) : []);
  try {
    await associate(context);
    if (apart === null) return await exactly(context, await inspectAll(context, checks, options));
    const here = checks.filter((check) => !apart.checks.includes(check));
    const asks = (check: Check) => check.ask !== undefined;
    // Those that wait for the database come last: it answers meanwhile, and the other thread works.
    const free = here.filter((check) => !asks(check));
    const looked = new Map([
      ...(await eachOf(context, free, options)),
      ...(await takenOver(context, apart, options)),
      ...(await eachOf(context, here.filter(asks), options)),
    ]);
    for (const [check, own] of await besides(context, apart, looked, options)) looked.set(check, own);
    return await exactly(context, together(checks.map((check) => looked.get(check) ?? { found: [], unchecked: [] })));
  } finally {
    await apart?.stop();
    await asked;
  }
}

type LookedBy = readonly (readonly [Check, Looked])[];

/** Checks that the other thread has not begun, from the last one on. */
async function takenOver(context: AuditContext, apart: Apart, options: InspectOptions): Promise<LookedBy> {
  const taken: (readonly [Check, Looked])[] = [];
  for (const [place, check] of [...apart.checks.entries()].reverse())
    if (apart.take(place)) taken.push(...(await eachOf(context, [check], options)));
  return taken;
}

/**
 * What the other thread found. One that ended without an answer, for want of memory say, is no reason not to look: its checks, but those of `looked`, are made here then.
 */
async function besides(
  context: AuditContext,
  apart: Apart,
  looked: ReadonlyMap<Check, Looked>,
  options: InspectOptions,
): Promise<LookedBy> {
  const { signal } = options;
  let stop: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    signal?.throwIfAborted();
    const found = await Promise.race([apart.found, stopped]);
    return apart.checks.flatMap((check, place) => (found[place] ? [[check, found[place]] as const] : []));
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return await eachOf(
      context,
      apart.checks.filter((check) => !looked.has(check)),
      options,
    );
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

function together(parts: readonly Looked[]): Looked {
  return { found: parts.flatMap(({ found }) => found), unchecked: parts.flatMap(({ unchecked }) => unchecked) };
}

/** What is found in rows that are totals, and in none else, is told with these. */
function isOfTotals({ totals = [], frame }: AuditContext, { rows, evidence }: Found): boolean {
  if (totals.length === 0 || rows.count === 0 || rows.count > totals.length || evidence.kind === "total-rows") return false;
  const numbers = new Set(totals.map((row) => frame.rowNumbers?.[row] ?? row));
  return rows.sample.length > 0 && rows.sample.every((row) => numbers.has(row));
}

async function exactly(context: AuditContext, { found, unchecked }: Looked): Promise<Looked> {
  return {
    found: await countedOverAll(
      context,
      found.filter((one) => !isOfTotals(context, one)),
    ),
    unchecked,
  };
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
  return together((await eachOf(context, checks, options)).map(([, looked]) => looked));
}

async function eachOf(
  context: AuditContext,
  checks: readonly Check[],
  options: InspectOptions,
): Promise<readonly (readonly [Check, Looked])[]> {
  const all: [Check, Looked][] = [];
  for (const [place, check] of checks.entries()) {
    options.signal?.throwIfAborted();
    all.push([check, await oneOf(context, check, { done: place, planned: checks.length }, options)]);
  }
  return all;
}

async function oneOf(
  context: AuditContext,
  check: Check,
  count: { readonly done: number; readonly planned: number },
  options: InspectOptions,
): Promise<Looked> {
  const { onProgress, leftMs } = options;
  const { trap, title, subject } = check;
  const unchecked = (why: string): Looked => ({ found: [], unchecked: [{ trap, why }] });
  if (leftMs !== undefined && leftMs() <= 0) return unchecked(NO_TIME);
  onProgress?.(`looking whether ${title.charAt(0).toLowerCase()}${title.slice(1)}`, { ...count, unit: "checks", isLast: false });
  try {
    await context.pause();
    const found = await check.inspect(seenBy(check, context, options));
    return { found: found.map((one) => ({ ...one, subject })), unchecked: [] };
  } catch (error) {
    if (error instanceof BudgetEnded) return unchecked(NO_TIME);
    if (error instanceof Cancelled || error instanceof OldhandError) throw error;
    return unchecked(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}
