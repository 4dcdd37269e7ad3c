import { wrongValue } from "../wrong-use.ts";
import type { LossRows } from "./losses/contract.ts";

/** Rows grouped by query. Query q has rows[start[q]] .. rows[start[q + 1] - 1], in the order of the sample. */
export interface Queries {
  readonly count: number;
  readonly start: Int32Array;
  readonly rows: Int32Array;
  /** Label of each row of the matrix. */
  readonly label: Float64Array;
  /** Gain of each row of the matrix: 2^label - 1, or what was given for its label. */
  readonly gain: Float64Array;
}

/** @throws RangeError when the sample has no queries. */
export function queriesOf(sample: LossRows, gains: readonly number[] | null): Queries {
  const { target, rows, count, query } = sample;
  if (query === undefined || query === null) throw wrongValue("bad-training", "ranking needs a query per row");
  const numberOf = new Map<number, number>();
  const sizes: number[] = [];
  for (let i = 0; i < count; i++) {
    const id = query[rows[i]!]!;
    const known = numberOf.get(id) ?? sizes.push(0) - 1;
    numberOf.set(id, known);
    sizes[known]!++;
  }
  const start = new Int32Array(sizes.length + 1);
  for (const [q, size] of sizes.entries()) start[q + 1] = start[q]! + size;
  const next = start.slice(0, -1);
  const grouped = new Int32Array(count);
  const gain = new Float64Array(target.length);
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const q = numberOf.get(query[row]!)!;
    grouped[next[q]!++] = row;
    gain[row] = gains === null ? 2 ** target[row]! - 1 : gains[target[row]!]!;
  }
  return { count: sizes.length, start, rows: grouped, label: target, gain };
}

/** Of rank 0, 1, 2, ... */
export function discount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}

/** 1 / x, and 0 for 0: a query where nothing is relevant counts for nothing. */
export function inverse(x: number): number {
  return x > 0 ? 1 / x : 0;
}

/** Largest DCG@k that the query's rows can have. */
export function idealDcg({ start, rows, gain }: Queries, query: number, k: number): number {
  const gains = Float64Array.from(rows.subarray(start[query]!, start[query + 1]!), (row) => gain[row]!).sort();
  let sum = 0;
  for (let rank = 0; rank < Math.min(k, gains.length); rank++) sum += gains[gains.length - 1 - rank]! * discount(rank);
  return sum;
}

/** 1 - NDCG@k of one query; 0 where nothing is relevant. Rows of equal score share the mean of their gains (McSherry and Najork 2008). */
export function rankingLoss(queries: Queries, query: number, scores: Float64Array, k: number): number {
  const ideal = idealDcg(queries, query, k);
  if (ideal <= 0) return 0;
  const { start, gain } = queries;
  const ranked = queries.rows.slice(start[query]!, start[query + 1]!).sort((a, b) => scores[b]! - scores[a]!);
  let sum = 0;
  for (let begin = 0; begin < Math.min(k, ranked.length); ) {
    let end = begin;
    let gains = 0;
    let discounts = 0;
    for (; end < ranked.length && scores[ranked[end]!] === scores[ranked[begin]!]; end++) {
      gains += gain[ranked[end]!]!;
      if (end < k) discounts += discount(end);
    }
    sum += (gains / (end - begin)) * discounts;
    begin = end;
  }
  return 1 - sum / ideal;
}

export function meanOverQueries(queries: Queries, value: (queries: Queries, query: number) => number): number {
  let sum = 0;
  for (let query = 0; query < queries.count; query++) sum += value(queries, query);
  return sum / queries.count;
}
