import type { Suspicion } from "../../core/finding.ts";
import { canonicalJson, contentHash } from "../../core/json.ts";

/** Longer lists of columns are named by a hash. */
const MOST_LETTERS = 80;

/** `trap:column,column`: what a finding is called whatever else is found, and in whatever order its columns are named (which a sample may decide). */
export function questionKey({ trap, columns }: Pick<Suspicion, "trap" | "columns">): string {
  return columns.length === 0 ? trap : `${trap}:${columns.toSorted().join(",")}`;
}

/** The ids of what was found. Of several with one trap and the same columns the one with a question comes first, the others have #2, #3, ... */
export function withIds<S extends Suspicion>(found: readonly S[]): (S & { readonly id: string })[] {
  const ids = new Map<S, string>();
  for (const key of new Set(found.map(questionKey))) {
    const same = found.filter((one) => questionKey(one) === key);
    const order = same.sort(
      (a, b) => Number(a.question === null) - Number(b.question === null) || (canonicalJson(a.fix) < canonicalJson(b.fix) ? -1 : 1),
    );
    order.forEach((one, place) => {
      ids.set(one, place === 0 ? shortKey(one) : `${shortKey(one)}#${place + 1}`);
    });
  }
  return found.map((one) => ({ ...one, id: ids.get(one) ?? shortKey(one) }));
}

/** As ids were when they named the columns in the order of the finding; it has to be the same for a long list, of which the hash tells no names. */
export function idInGivenOrder(one: Asked): string {
  return keyOf(one, one.columns) + numberOf(one);
}

/** "#2" of an id that has one. */
export function numberOf(one: Asked): string {
  const key = shortKey(one);
  return one.id?.startsWith(`${key}#`) ? one.id.slice(key.length) : "";
}

type Asked = Pick<Suspicion, "trap" | "columns"> & { readonly id?: string };

function shortKey(one: Pick<Suspicion, "trap" | "columns">): string {
  return keyOf(one, one.columns.toSorted());
}

function keyOf({ trap, columns }: Pick<Suspicion, "trap" | "columns">, inOrder: readonly string[]): string {
  if (questionKey({ trap, columns }).length > MOST_LETTERS) return `${trap}:${contentHash(inOrder, 8)}`;
  return columns.length === 0 ? trap : `${trap}:${inOrder.join(",")}`;
}
