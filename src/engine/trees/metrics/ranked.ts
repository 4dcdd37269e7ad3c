import { meanOverQueries, type Queries, queriesOf, rankingLoss } from "../ranking.ts";
import type { Judged } from "./contract.ts";

/** Mean NDCG@k over queries; equal predictions share their gain, a query where nothing is relevant counts 1. gains: by label, or 2^label - 1. */
export function ndcgAt(k: number, gains: readonly number[] | null): (judged: Judged) => number {
  return (judged) => 1 - meanOverQueries(queriesIn(judged, gains), (queries, query) => rankingLoss(queries, query, judged.predictions, k));
}

/**
 * Mean over queries of average precision at k: precision at each relevant row among the first k, summed, over min(k, relevant rows). Labels
 * above 0 are relevant; a query without them counts 1. Of equal predictions the irrelevant come first: a constant gains nothing by its order.
 */
export function mapAt(k: number): (judged: Judged) => number {
  return (judged) => meanOverQueries(queriesIn(judged, null), (queries, query) => averagePrecision(queries, query, judged.predictions, k));
}

function queriesIn({ target, query }: Judged, gains: readonly number[] | null): Queries {
  const rows = Int32Array.from(target.keys());
  return queriesOf({ target, weight: null, rows, count: rows.length, query }, gains);
}

function averagePrecision({ start, rows, label }: Queries, query: number, scores: Float64Array, k: number): number {
  const ranked = rows.slice(start[query]!, start[query + 1]!).sort((a, b) => scores[b]! - scores[a]! || label[a]! - label[b]!);
  const relevant = ranked.filter((row) => label[row]! > 0).length;
  if (relevant === 0) return 1;
  let [hits, sum] = [0, 0];
  for (let rank = 0; rank < Math.min(k, ranked.length); rank++) {
    if (label[ranked[rank]!]! > 0) sum += ++hits / (rank + 1);
  }
  return sum / Math.min(k, relevant);
}
