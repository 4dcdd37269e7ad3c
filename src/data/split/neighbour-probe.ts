import { type Column, columnOf } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import { float64From, float64Where, placesUpTo } from "../../core/typed-from.ts";
import { mean, ranks, tCdf } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { associationsOf } from "../signal/associations.ts";

/** Error of the five nearest rows' mean label, with and without rows of the same group or stretch among them. Errors in 0..1. */
export interface NeighbourGap {
  readonly openError: number;
  readonly closedError: number;
  /** Of closed - open, over groups. */
  readonly z: number;
  /** One-sided, of no gap: Student's t with clusters - 1 degrees of freedom; 1 with fewer than 8 clusters. */
  readonly p: number;
  readonly queries: number;
  readonly clusters: number;
}

export interface Closeness {
  /** Frame rows that may be looked at; whole groups or stretches. */
  readonly pool: Int32Array;
  /** Group or stretch of each frame row, for the standard error. */
  readonly cluster: (row: number) => number;
  /** True when `b` must not help to judge `a`. */
  readonly near: (a: number, b: number) => boolean;
  /** Rows equal in all features are left out on both sides: copies are another trap. */
  readonly leaveOutCopies: boolean;
  /** So is the one row that is far nearer than all others: a near copy. */
  readonly leaveOutLone: boolean;
  /** Columns that are no features here. */
  readonly without: readonly string[];
  /**
   * alike: all columns count the same, but for those that tell the target nearly alone. telling: each counts as much as it tells the target alone (twice its
   * score above 1/2). lasting: each as much as it stays the same within a cluster, so that what moves in each (a year) does not hide that the rest is one thing's;
   * without those that tell the target nearly alone.
   */
  readonly weights: "alike" | "telling" | "lasting";
  /** Rows whose neighbours are looked for in the largest pool. */
  readonly queries?: number;
}

export const NEIGHBOURS = 5;
/**
 * From the nearest row to the second it is so many times as far, in logarithms, as from there to the fifth. Without near copies that is so of one row in fourteen, whatever the density: k log(d_k+1 / d_k)
 * has one distribution for all k (Renyi 1953).
 */
const LONE = 4;
const LEAST_CLUSTERS = 8;
/** Rows whose neighbours are looked for, where not said otherwise: as many as 500 among the largest pool cost. */
const QUERIES = 500;

/** Chance of a gap that is none from which it counts as verified: 1 in 740. */
export const VERIFIED_P = 0.00135;

const MOST_FEATURES = 30;

/** Columns that tell the target this well alone may be leaks, and would hide what the others recognise. */
const TELLS_ALL = 0.8;

export const MOST_POOL = 8_000;

/**
 * The cheap experiment that tells a repeated thing from a harmless column: if rows of the same group are among the nearest and know the
 * label better than the nearest of other groups, then a random split lets a model recognise the group. Numbers by rank, names by equality.
 */
export function neighbourGap(context: AuditContext, closeness: Closeness): NeighbourGap {
  const { pool } = closeness;
  const points = pointsOf(context, pool, closeness);
  const labels = labelsOf(context, pool);
  const order = createRandom(context.seed, "neighbour probe").shuffle(placesUpTo(pool.length));
  const queries = order.subarray(
    0,
    Math.floor(((closeness.queries ?? QUERIES) * MOST_POOL) / Math.max(1, Math.min(MOST_POOL, pool.length))),
  );
  const byCluster = new Map<number, number[]>();
  let open = 0;
  let closed = 0;
  for (const query of queries) {
    const [free, kept] = errorsOf(query, points, labels, closeness, context.task.kind === "regression");
    open += free;
    closed += kept;
    const cluster = closeness.cluster(pool[query] ?? 0);
    const held = byCluster.get(cluster);
    if (held === undefined) byCluster.set(cluster, [kept - free]);
    else held.push(kept - free);
  }
  const count = queries.length;
  const z = clusterZ([...byCluster.values()], count);
  return {
    openError: open / count,
    closedError: closed / count,
    z,
    p: byCluster.size < LEAST_CLUSTERS ? 1 : tCdf(-z, byCluster.size - 1),
    queries: count,
    clusters: byCluster.size,
  };
}

/** Whether chance does not explain the gap, the best of so many. */
export function isVerified({ p, closedError, openError }: NeighbourGap, looks = 1): boolean {
  return p * looks < VERIFIED_P && closedError > openError;
}

/** Whose columns count how much in a look for neighbours. */
export const WAYS = ["alike", "telling"] as const;

/**
 * The better gap of the ways to look: with columns that count alike, so that a thing is recognised by any trait; and with columns that count as much as they tell, so that
 * one is recognised by the traits that a model would look at. null when it is not beyond chance (Bonferroni over the looks of the audit, this one's among them).
 */
export function verifiedGap(
  context: AuditContext,
  closeness: Omit<Closeness, "weights">,
  looks: number,
  ways: readonly Closeness["weights"][] = WAYS,
): NeighbourGap | null {
  const [best] = ways.map((weights) => neighbourGap(context, { ...closeness, weights })).sort((a, b) => a.p - b.p);
  return best !== undefined && isVerified(best, looks) ? best : null;
}

/** z of the mean difference; rows of one cluster count as one observation of its sum (cluster-robust variance). */
function clusterZ(clusters: readonly (readonly number[])[], count: number): number {
  const middle = mean(clusters.flat());
  const squares = clusters.reduce((total, cluster) => total + cluster.reduce((sum, value) => sum + value - middle, 0) ** 2, 0);
  const g = clusters.length;
  const se = Math.sqrt((squares * g) / Math.max(1, g - 1)) / count;
  return g < LEAST_CLUSTERS || se === 0 ? 0 : middle / se;
}

interface Points {
  readonly width: number;
  readonly values: Float32Array;
  readonly named: readonly boolean[];
  readonly weights: Float64Array;
}

function pointsOf(context: AuditContext, pool: Int32Array, { without, weights, cluster }: Closeness): Points {
  const associations = associationsOf(context);
  const strength = (name: string) => associations.get(name)?.z ?? 0;
  const score = (name: string) => associations.get(name)?.score ?? 0;
  const names = context.roles.features
    .filter((name) => !without.includes(name) && (weights === "telling" || score(name) < TELLS_ALL))
    .sort((a, b) => strength(b) - strength(a) || (a < b ? -1 : 1))
    .slice(0, MOST_FEATURES);
  // In the order of the names, as their weights are.
  const columns = names.map((name) => columnOf(context.frame, name));
  const width = columns.length;
  const values = new Float32Array(pool.length * width);
  columns.forEach((column, place) => {
    const scaled = scaledValues(column, pool);
    for (let i = 0; i < pool.length; i++) values[i * width + place] = scaled[i] ?? -1;
  });
  const named = columns.map((column) => !("values" in column));
  const weightOf = (name: string) => (weights === "telling" ? Math.max(0, 2 * score(name) - 1) : 1);
  const points: Points = { width, values, named, weights: float64From(names, weightOf) };
  return weights === "lasting" ? { ...points, weights: lastingWeights(context, points, pool, cluster) } : points;
}

/** 1 - the mean distance of neighbours in a cluster by the mean distance of rows drawn by chance, at least 0: 1 where a column stays the same. */
function lastingWeights(
  context: AuditContext,
  { width, values, named }: Points,
  pool: Int32Array,
  cluster: Closeness["cluster"],
): Float64Array {
  const before = new Map<number, number>();
  const pairs: [number, number][] = [];
  pool.forEach((row, i) => {
    const other = before.get(cluster(row));
    if (other !== undefined) pairs.push([other, i]);
    before.set(cluster(row), i);
  });
  const order = createRandom(context.seed, "lasting").shuffle(placesUpTo(pool.length));
  const chance = Array.from(order, (i, place): [number, number] => [i, order[(place + 1) % order.length] ?? i]);
  return Float64Array.from({ length: width }, (_, column) => {
    const apart = ([a, b]: [number, number]) =>
      cellsApart(values[a * width + column] ?? -1, values[b * width + column] ?? -1, named[column] === true);
    const usual = mean(chance.map(apart));
    return usual === 0 || pairs.length === 0 ? 0 : Math.max(0, 1 - mean(pairs.map(apart)) / usual);
  });
}

function cellsApart(x: number, y: number, named: boolean): number {
  return x === y ? 0 : named || x < 0 || y < 0 ? 1 : Math.abs(x - y);
}

/** Ranks in 0..1 of numbers, codes of names; missing is -1 in both, one step away from everything. */
function scaledValues(column: Column, pool: Int32Array): Float64Array {
  const raw = float64From(pool, (row) => valueAt(column, row));
  if (!("values" in column)) return raw.map((value) => (Number.isNaN(value) ? -1 : value));
  const present = float64Where(raw, (value) => !Number.isNaN(value));
  const ranked = ranks(present);
  let next = 0;
  return raw.map((value) => (Number.isNaN(value) ? -1 : (ranked[next++] ?? 0) / Math.max(1, present.length)));
}

function labelsOf(context: AuditContext, pool: Int32Array): Float64Array {
  const raw = float64From(pool, (row) => context.target[row] ?? Number.NaN);
  return context.task.kind === "regression" ? ranks(raw).map((rank) => rank / raw.length) : raw;
}

function errorsOf(query: number, points: Points, labels: Float64Array, closeness: Closeness, numbers: boolean): [number, number] {
  const open = nearestList();
  const closed = nearestList();
  const own = closeness.pool[query] ?? 0;
  for (let other = 0; other < labels.length; other++) {
    if (other === query) continue;
    const apart = distance(points, query, other, closed.limit());
    if (apart > closed.limit() || (closeness.leaveOutCopies && apart === 0)) continue;
    open.offer(other, apart);
    if (!closeness.near(own, closeness.pool[other] ?? 0)) closed.offer(other, apart);
  }
  if (closeness.leaveOutLone) {
    const lone = open.lone();
    for (const list of [open, closed]) list.leaveOut(lone);
  }
  const truth = labels[query] ?? 0;
  const error = (rows: readonly number[]): number => {
    if (rows.length === 0) return numbers ? 0.25 : 0.5;
    const told = mean(rows.map((row) => (numbers ? (labels[row] ?? 0) : Number(labels[row] === truth))));
    return numbers ? Math.abs(truth - told) : 1 - told;
  };
  return [error(open.rows()), error(closed.rows())];
}

function distance(points: Points, a: number, b: number, limit: number): number {
  const { width, values, named, weights } = points;
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const x = values[a * width + i] ?? -1;
    const y = values[b * width + i] ?? -1;
    if (x === y) continue;
    sum += (weights[i] ?? 1) * cellsApart(x, y, named[i] === true);
    if (sum > limit) return sum;
  }
  return sum;
}

interface NearestList {
  /** Distance of the farthest kept row, Infinity until the list is full. */
  limit(): number;
  offer(row: number, apart: number): void;
  rows(): readonly number[];
  /** The nearest row, where it is far nearer than the others; null otherwise. */
  lone(): number | null;
  leaveOut(row: number | null): void;
}

function nearestList(): NearestList {
  const rows: number[] = [];
  const distances: number[] = [];
  return {
    limit: () => (rows.length < NEIGHBOURS ? Number.POSITIVE_INFINITY : (distances[NEIGHBOURS - 1] ?? 0)),
    offer: (row, apart) => {
      let place = rows.length;
      while (place > 0 && (distances[place - 1] ?? 0) > apart) place--;
      if (place >= NEIGHBOURS) return;
      rows.splice(place, 0, row);
      distances.splice(place, 0, apart);
      if (rows.length > NEIGHBOURS) {
        rows.pop();
        distances.pop();
      }
    },
    rows: () => rows,
    lone: () => {
      const [first, second, last] = [distances[0] ?? 0, distances[1] ?? 0, distances[NEIGHBOURS - 1] ?? Number.NaN];
      return second > first && Math.log(second / first) > LONE * Math.log(last / second) ? (rows[0] ?? null) : null;
    },
    leaveOut: (row) => {
      const place = row === null ? -1 : rows.indexOf(row);
      if (place < 0) return;
      rows.splice(place, 1);
      distances.splice(place, 1);
    },
  };
}

/** A gap as the evidence of a finding. */
export function gapEvidence(gap: NeighbourGap): Readonly<Record<string, number>> {
  return { openError: gap.openError, closedError: gap.closedError, gapZ: gap.z, gapP: gap.p, queries: gap.queries, clusters: gap.clusters };
}
