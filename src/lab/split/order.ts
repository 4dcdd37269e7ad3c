import { OldhandError } from "../../core/error.ts";
import { int32Where } from "../../core/typed-from.ts";
import type { SplitInput } from "./input.ts";

/** Rows by their sort key. */
export interface Ordered {
  /** Rows whose key is known, by key, then by row. */
  readonly rows: Int32Array;
  /** Places p where rows[p - 1] and rows[p] have different keys, ascending. Only there may a split cut. */
  readonly changes: Int32Array;
}

/** A row whose place in the order is unknown is left out: on either side it might be a look ahead. */
export function inOrder(input: Pick<SplitInput, "order">, by: string | null, rows: Int32Array): Ordered {
  const keys = input.order(by);
  const key = (row: number | undefined) => keys[row ?? 0] ?? Number.NaN;
  const known = int32Where(rows, (row) => !Number.isNaN(key(row)));
  const ascending = known.every((row, i) => i === 0 || key(known[i - 1]) <= key(row));
  const sorted = ascending ? known : known.sort((a, b) => key(a) - key(b) || a - b);
  const changes = int32Where(
    sorted.map((row, p) => (p > 0 && key(sorted[p - 1]) !== key(row) ? p : -1)),
    (p) => p > 0,
  );
  return { rows: sorted, changes };
}

/** For each wished place the nearest allowed one, strictly ascending. `wishes` ascend and are at most as many as `changes`. */
export function cutsNear(changes: Int32Array, wishes: readonly number[]): number[] {
  const cuts: number[] = [];
  let at = 0;
  wishes.forEach((wish, i) => {
    const last = changes.length - (wishes.length - i);
    while (at < last && Math.abs((changes[at + 1] ?? 0) - wish) <= Math.abs((changes[at] ?? 0) - wish)) at++;
    cuts.push(changes[at] ?? 0);
    at++;
  });
  return cuts;
}

/** @throws OldhandError when the key has fewer different values than blocks are needed. */
export function requireBlocks(ordered: Ordered, by: string | null, blocks: number): void {
  if (ordered.changes.length + 1 >= blocks) return;
  throw new OldhandError("too-few-rows", {
    what: "There are too few different points in time to judge one after the other.",
    where: by === null ? "order of the rows" : `column "${by}"`,
    expected: `at least ${blocks} different values among labelled rows`,
    got: `${ordered.rows.length === 0 ? 0 : ordered.changes.length + 1}`,
    fix: "Use a finer time column.",
  });
}
