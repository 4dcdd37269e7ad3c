import type { Finding, Suspicion } from "../../core/finding.ts";
import { droppedBy, leavesOutToBeHonest } from "./ground.ts";

type Repair = Pick<Suspicion, "columns" | "fix" | "counterfactual"> & { readonly id: string };

/** What was to be found out first plays no part any more. */
const OUT_ALREADY = { action: "advice", text: "Its columns are left out for another reason." } as const;

/**
 * A leak whose columns another repair leaves out is out as well, and no score rests on it. Its question is moot, unless an answer may bring the columns
 * back: the other one was left out on suspicion too. A finding of rows, such as copies, speaks of them whatever becomes of its columns.
 */
export function withoutMoot(findings: readonly Finding[], ranked: readonly Repair[], kept: readonly Repair[]): readonly Finding[] {
  const flatterers = new Set(ranked.filter(leavesOutToBeHonest).map(({ id }) => id));
  const drops = kept.map(({ id, fix }) => ({ id, out: droppedBy(fix.action === "steps" ? fix.steps : []) }));
  const asks = new Set(findings.flatMap(({ id, question, answer }) => (question !== null && answer === null ? [id] : [])));
  return findings.map((one): Finding => {
    const { id, columns, state, answer } = one;
    if (state === "mended" || answer !== null || columns.length === 0 || !flatterers.has(id)) return one;
    const surely = drops.filter((drop) => !asks.has(drop.id));
    const isOutBy = (by: typeof drops) => columns.every((name) => by.some(({ out }) => out.has(name)));
    if (!isOutBy(drops)) return one;
    const settled: Finding = { ...one, state: "mended", fix: one.fix.action === "advice" ? OUT_ALREADY : one.fix };
    return isOutBy(surely) ? { ...settled, question: null, choices: null } : settled;
  });
}
