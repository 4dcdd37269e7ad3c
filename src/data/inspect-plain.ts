import type { TrapId } from "../core/trap.ts";
import type { AuditContext, Check } from "./check.ts";
import { countedOverAll } from "./findings/counted-over-all.ts";
import { isLikelyLeak } from "./harm/ground.ts";
import { type Found, type InspectOptions, inspectAll, type Looked } from "./inspect.ts";
import { type PlainTarget, plainTarget } from "./labels/plain-target.ts";
import { prepareAssociations } from "./signal/associations.ts";

/** What tells of the target by what goes with it, so that a few strange labels can hide it. */
const HIDDEN: ReadonlySet<TrapId> = new Set([
  "target-leak",
  "post-outcome",
  "partial-leak",
  "sibling-target",
  "combination-leak",
  "missingness-leak",
  "future-leak",
  "preprocessing-leak",
  "site-effect",
  "label-shift-in-time",
]);

/** What the checks found, and what shows only once a few strange labels are left out (`plainTarget`). What is found without them as well is told once, as it was. */
export async function besidePlainTarget(
  context: AuditContext,
  checks: readonly Check[],
  first: Looked,
  options: InspectOptions,
): Promise<Looked> {
  const plain = plainTarget(context);
  const hidden = checks.filter(({ trap, subject }) => HIDDEN.has(trap) && subject === undefined);
  if (plain === null || hidden.length === 0 || (options.leftMs?.() ?? 1) <= 0) return first;
  await prepareAssociations(plain.context);
  const { found } = await inspectAll(plain.context, hidden, options);
  const fresh = found.filter((one) => !first.found.some((known) => tells(known, one)));
  const told = await countedOverAll(
    plain.context,
    fresh.map((one) => withSaid(one, plain)),
  );
  return { ...first, found: [...first.found.filter((known) => !told.some((one) => replaces(one, known))), ...told] };
}

/** The same is known: of these columns, and as surely. */
function tells(known: Found, one: Found): boolean {
  if (!HIDDEN.has(known.trap) || (isLikelyLeak(one) && !isLikelyLeak(known))) return false;
  const isSame = known.trap === one.trap && one.columns.some((name) => known.columns.includes(name));
  return isSame || one.columns.every((name) => known.columns.includes(name));
}

/** It is sure now, of the same columns. */
function replaces(one: Found, known: Found): boolean {
  const isCovered = known.columns.every((name) => one.columns.includes(name));
  return HIDDEN.has(known.trap) && isCovered && isLikelyLeak(one) && !isLikelyLeak(known);
}

function withSaid(one: Found, { said, rows, without }: PlainTarget): Found {
  const { whyUnlessFlatters: unless } = one;
  return {
    ...one,
    evidence: { ...one.evidence, seenWithout: { what: without, rows } },
    why: `${one.why} ${said}`,
    ...(unless === undefined ? {} : { whyUnlessFlatters: { none: `${unless.none} ${said}`, damages: `${unless.damages} ${said}` } }),
  };
}
