import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { leakWith } from "../findings/leak-with.ts";
import { namedColumns } from "../findings/phrase.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { droppedBy, isLikelyLeak } from "./ground.ts";

/**
 * The last of marks of which each row has exactly one follows from the others, and is as much a leak; so does a mark of any of them. (Of a sum of amounts it need not: a start is known before its
 * end.) It joins the leak that holds most of the others.
 */
export function withComplements<T extends Suspicion>(context: AuditContext, found: readonly T[]): readonly T[] {
  let told = found;
  for (const set of found.filter(givesItsLast)) {
    const leaks = told.filter(isLikelyLeak);
    const out = new Set(leaks.flatMap(dropsOf));
    const [last, ...more] = set.columns.filter((name) => !out.has(name));
    if (last === undefined || more.length > 0 || set.columns.length < 3 || answerFor(context, last) !== null) continue;
    const isKind = set.evidence.kind === "one-of";
    if (!isKind && last !== set.columns[0]) continue;
    const shared = (one: T) => dropsOf(one).filter((name) => set.columns.includes(name)).length;
    const [host] = leaks
      .filter((one) => one.choices === KNOWN_AT && shared(one) > 0)
      .sort((a, b) => shared(b) - shared(a) || b.confidence - a.confidence);
    if (host === undefined) continue;
    const others = namedColumns(set.columns.filter((name) => name !== last));
    const says = `\`${last}\` is 1 just where ${isKind ? "none" : "one"} of ${others} is`;
    told = told.map((one) =>
      one === host ? leakWith(one, [last], { evidence: { complement: last }, why: `${says}, so it is known no sooner.` }) : one,
    );
  }
  return told;
}

/** Marks of 0 and 1. */
function givesItsLast({ trap, evidence: { kind, constant } }: Suspicion): boolean {
  return trap === "derived-column" && (kind === "one-of" || kind === "any-of" || (kind === "sum" && constant === undefined));
}

function dropsOf({ fix }: Suspicion): readonly string[] {
  return fix.action === "steps" ? [...droppedBy(fix.steps)] : [];
}
