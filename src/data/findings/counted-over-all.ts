import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { inSample } from "./affected-rows.ts";
import { amount } from "./phrase.ts";

/** Of a sample, the rows that hold the named values are counted over the whole table. The sentence keeps its figures of the sample, and says both. */
export async function countedOverAll<T extends Suspicion>({ frame, whole }: AuditContext, found: readonly T[]): Promise<readonly T[]> {
  const scaled = found.filter(({ held, rows }) => held !== undefined && rows.estimated !== undefined);
  if (frame.rowNumbers === null || scaled.length === 0) return found;
  const counts = await whole.rowsHolding(scaled.map(({ held = [] }) => held));
  const exact = new Map(scaled.map((one, place) => [one, counts[place]?.any]));
  return found.map((one) => {
    const count = exact.get(one);
    const { estimated, sample } = one.rows;
    if (count === undefined || estimated === undefined) return one;
    return { ...one, rows: { count, sample }, why: `${one.why}${inSample(estimated, amount(count))}` };
  });
}
