import type { AuditContext, Check } from "./check.ts";
import { countedOverAll } from "./findings/counted-over-all.ts";
import { type Found, type InspectOptions, inspectAll, type Looked } from "./inspect.ts";
import { type PlainTarget, plainTarget } from "./labels/plain-target.ts";
import { prepareAssociations } from "./signal/associations.ts";

/** Below one half: whether the rows that were left out are strange, or the point, statistics do not say. */
const ASKED = 0.45;

/** What the checks found, and what shows only once a few strange labels are left out (`plainTarget`): it asks. What is found with them as well is told once, as it was. */
export async function besidePlainTarget(
  context: AuditContext,
  checks: readonly Check[],
  first: Looked,
  options: InspectOptions,
): Promise<Looked> {
  const plain = plainTarget(context);
  const hidden = checks.filter(({ hiddenByLabels }) => hiddenByLabels === true);
  const traps = new Set(hidden.map(({ trap }) => trap));
  if (plain === null || hidden.length === 0 || (options.leftMs?.() ?? 1) <= 0) return first;
  await prepareAssociations(plain.context);
  const { found } = await inspectAll(plain.context, hidden, options);
  const fresh = found.filter((one) => one.question !== null && !first.found.some((known) => traps.has(known.trap) && tells(known, one)));
  const told = await countedOverAll(
    plain.context,
    fresh.map((one) => withSaid(one, plain)),
  );
  return { ...first, found: [...first.found, ...told] };
}

/** Of all these columns. */
function tells(known: Found, one: Found): boolean {
  return one.columns.every((name) => known.columns.includes(name));
}

function withSaid(one: Found, { said, rows, without }: PlainTarget): Found {
  const { certain: _, ...evidence } = one.evidence;
  return {
    ...one,
    confidence: Math.min(one.confidence, ASKED),
    evidence: { ...evidence, seenWithout: { what: without, rows } },
    why: `${one.why} ${said}`,
  };
}
