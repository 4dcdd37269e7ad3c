import type { Column } from "../../core/column.ts";
import { int32Where, placesUpTo } from "../../core/typed-from.ts";
import { groupsOf, type RowHash, rowHash, withoutColumn } from "../columns/row-hash.ts";

/** Pairs of rows that differ in some columns and agree in all others. */
export interface PairCount {
  readonly pairs: number;
  /** In how many of them each row stands; rows that are in no pair at all may be left out. */
  readonly ofRow: Int32Array;
}

/** Counts of pairs that differ in each of the columns with these numbers (distinct, of those tried) and in no other; [] = equal rows. */
export type PairCounts = (differing: readonly number[]) => PairCount;

/** Counted when asked for, once. Looked at are the rows that agree with another one in all columns but those tried: the rest is in no pair. */
export function pairCounts(columns: readonly Column[], tried: readonly Column[], rows: number): PairCounts {
  const whole = rowHash(columns, rows);
  const { group, sizes } = groupsOf(tried.reduce(withoutColumn, whole));
  const alike = int32Where(placesUpTo(group.length), (row) => (sizes[group[row] ?? 0] ?? 0) > 1);
  const taken = ({ low, high }: RowHash): RowHash => ({
    low: Uint32Array.from(alike, (row) => low[row] ?? 0),
    high: Uint32Array.from(alike, (row) => high[row] ?? 0),
  });
  const hash = taken(whole);
  const own = tried.map((column) => taken(rowHash([column], rows)));
  const kept = new Map<string, PairCount>();
  const counted = (differing: readonly number[]): PairCount => {
    const key = differing.join();
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = less(agreeing(differing.reduce((rest, c) => without(rest, own[c]), hash)), properSubsets(differing).map(counted));
    kept.set(key, made);
    return made;
  };
  return (differing) => counted([...differing].sort((a, b) => a - b));
}

function without(a: RowHash, b: RowHash | undefined): RowHash {
  return { low: a.low.map((value, row) => value - (b?.low[row] ?? 0)), high: a.high.map((value, row) => value - (b?.high[row] ?? 0)) };
}

function agreeing(hash: RowHash): PairCount {
  const { group, sizes } = groupsOf(hash);
  return totalled(group.map((id) => (sizes[id] ?? 1) - 1));
}

function less(all: PairCount, parts: readonly PairCount[]): PairCount {
  return totalled(all.ofRow.map((count, row) => parts.reduce((rest, part) => rest - (part.ofRow[row] ?? 0), count)));
}

function totalled(ofRow: Int32Array): PairCount {
  return { pairs: ofRow.reduce((sum, count) => sum + count, 0) / 2, ofRow };
}

function properSubsets(all: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** all.length - 1 }, (_, mask) => all.filter((_one, place) => (mask >> place) & 1));
}
