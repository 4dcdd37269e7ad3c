import { discount, idealDcg, inverse, meanOverQueries, type Queries, queriesOf, rankingLoss } from "../ranking.ts";
import type { LambdaRankName, Loss, LossRows } from "./contract.ts";
import { isNumber, requireParameter, requireTargets } from "./rows.ts";

/** LightGBM's guard against a division by no distance. */
const DISTANCE_FLOOR = 0.01;

interface Rules {
  readonly truncation: number;
  readonly norm: boolean;
  readonly sigmoid: number;
  readonly gains: readonly number[] | null;
}

/**
 * LambdaMART (Burges 2010) as LightGBM does it. Each pair of rows i, j of a query with labels y_i > y_j pulls i up and j down by
 * sigma p |dNDCG|, p = 1 / (1 + exp(sigma (s_i - s_j))), and adds sigma^2 p (1 - p) |dNDCG| to both hessians; |dNDCG| is what swapping the
 * two in the present order would change NDCG@truncation by. Pairs without a row among the first `truncation` are left out.
 * norm: |dNDCG| / (0.01 + |s_i - s_j|), then a query's lambdas times log2(1 + S) / S, S the sum of their sizes.
 * Rows of equal score are ranked in their order of row number. A query of one row, or of one label, has no gradient. Targets are labels 0, 1, 2, ...
 * `mean` is 1 - NDCG@truncation, the mean over queries; equal scores share their gain (McSherry and Najork 2008).
 * @throws RangeError for other targets, parameters that do not fit, or rows without queries.
 */
export function lambdarank(sample: LossRows, name: LambdaRankName): Loss {
  const { truncation = 30, norm = true, sigmoid = 1, gains = null } = name;
  requireParameter(Number.isInteger(truncation) && truncation >= 1, "lambdarank loss needs a truncation of at least 1", truncation);
  requireParameter(isNumber(sigmoid) && sigmoid > 0, "lambdarank loss needs a sigmoid above 0", sigmoid);
  requireParameter(typeof norm === "boolean", "lambdarank loss needs a norm of true or false", norm);
  const isGains = gains === null || (Array.isArray(gains) && gains.length > 0 && gains.every((gain) => isNumber(gain) && gain >= 0));
  requireParameter(
    isGains,
    "lambdarank loss needs gains, a list of a number from 0 on for each label",
    Array.isArray(gains) ? `[${gains.map(String).join(", ")}]` : gains,
  );
  const labels = gains?.length ?? 31;
  const more = () => (gains === null ? "; with gains, a number for each label, there may be more" : "");
  requireTargets(
    sample,
    (y) => Number.isInteger(y) && y >= 0 && y < labels,
    `lambdarank loss needs whole labels from 0 to ${labels - 1}`,
    more,
  );
  const rules = { truncation, norm, sigmoid, gains };
  const known = new WeakMap<LossRows, IdealQueries>();
  const queries = (rows: LossRows): IdealQueries => {
    const found = known.get(rows) ?? withIdeals(queriesOf(rows, gains), truncation);
    known.set(rows, found);
    return found;
  };
  queries(sample);
  return {
    outputs: 1,
    link: "identity",
    base: () => [0],
    gradients: ([scores], rows, [gradient], [hessian]) => {
      const groups = queries(rows);
      for (let query = 0; query < groups.count; query++) writeQuery(groups, query, scores!, rules, gradient!, hessian!);
      if (rows.weight !== null) weigh(rows, rows.weight, [gradient!, hessian!]);
    },
    mean: ([scores], rows) => meanOverQueries(queries(rows), (groups, query) => rankingLoss(groups, query, scores!, truncation)),
    leafQuantiles: null,
  };
}

interface IdealQueries extends Queries {
  /** 1 / largest DCG@truncation of each query; 0 where nothing is relevant. */
  readonly inverseIdeal: Float64Array;
  readonly ranks: Ranks;
}

/** One query at a time, by rank: place 0 has the best score. As long as the longest query. */
interface Ranks {
  readonly discount: Float64Array;
  readonly score: Float64Array;
  readonly gain: Float64Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

function withIdeals(queries: Queries, truncation: number): IdealQueries {
  const inverseIdeal = Float64Array.from({ length: queries.count }, (_, query) => inverse(idealDcg(queries, query, truncation)));
  const { start } = queries;
  const longest = start.reduce((most, end, place) => Math.max(most, end - (start[place - 1] ?? 0)), 0);
  const reals = () => new Float64Array(longest);
  const ranks = { discount: reals().map((_, rank) => discount(rank)), score: reals(), gain: reals(), gradient: reals(), hessian: reals() };
  return { ...queries, inverseIdeal, ranks };
}

function weigh({ rows, count }: LossRows, weight: Float64Array, arrays: readonly Float64Array[]): void {
  for (let i = 0; i < count; i++) for (const array of arrays) array[rows[i]!]! *= weight[rows[i]!]!;
}

function writeQuery(
  groups: IdealQueries,
  query: number,
  scores: Float64Array,
  { truncation, norm, sigmoid }: Rules,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const ranked = groups.rows.slice(groups.start[query]!, groups.start[query + 1]!).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const { ranks } = groups;
  for (let rank = 0; rank < ranked.length; rank++) {
    ranks.score[rank] = scores[ranked[rank]!]!;
    ranks.gain[rank] = groups.gain[ranked[rank]!]!;
    ranks.gradient[rank] = ranks.hessian[rank] = 0;
  }
  const isApart = ranks.score[0] !== ranks.score[ranked.length - 1];
  const pairs: Pairs = { ranks, count: ranked.length, inverseIdeal: groups.inverseIdeal[query]!, soften: norm && isApart, sigmoid };
  let size = 0;
  for (let i = 0; i < Math.min(truncation, ranked.length - 1); i++) size += addPairs(pairs, i);
  const factor = norm && size > 0 ? Math.log2(1 + size) / size : 1;
  for (let rank = 0; rank < ranked.length; rank++) {
    gradient[ranked[rank]!] = ranks.gradient[rank]! * factor;
    hessian[ranked[rank]!] = ranks.hessian[rank]! * factor;
  }
}

interface Pairs {
  readonly ranks: Ranks;
  /** Rows of the query. */
  readonly count: number;
  readonly inverseIdeal: number;
  readonly soften: boolean;
  readonly sigmoid: number;
}

/** Adds the pairs of the row at rank i with those ranked lower. Returns the sum of the lambdas' sizes. */
function addPairs({ ranks, count, inverseIdeal, soften, sigmoid }: Pairs, i: number): number {
  const { discount, score, gain, gradient, hessian } = ranks;
  const [ownScore, ownGain, ownDiscount] = [score[i]!, gain[i]!, discount[i]!];
  let size = 0;
  for (let j = i + 1; j < count; j++) {
    if (ownGain === gain[j]!) continue;
    // 1: the row at rank i is the better one.
    const sign = ownGain > gain[j]! ? 1 : -1;
    const distance = sign * (ownScore - score[j]!);
    let change = sign * (ownGain - gain[j]!) * (ownDiscount - discount[j]!) * inverseIdeal;
    if (soften) change /= DISTANCE_FLOOR + Math.abs(distance);
    const p = 1 / (1 + Math.exp(sigmoid * distance));
    const lambda = sigmoid * change * p;
    const curvature = sigmoid * sigmoid * change * p * (1 - p);
    gradient[i]! -= sign * lambda;
    gradient[j]! += sign * lambda;
    hessian[i]! += curvature;
    hessian[j]! += curvature;
    size += 2 * lambda;
  }
  return size;
}
