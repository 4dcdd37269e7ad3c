import { createRandom } from "../core/random.ts";
import { int32Where, placesUpTo } from "../core/typed-from.ts";

/** What is drawn: rows, or whole clusters of rows (several rows of one entity). */
export interface BootstrapPlan {
  readonly rows: number;
  /** Cluster of each row, any whole numbers; null = rows are independent. */
  readonly clusters: Int32Array | null;
  readonly resamples: number;
  readonly seed: number;
}

/** Value of a resample in which row i stands `times[i]` times. The array is reused between calls. */
export type CountStatistic = (times: Float64Array) => number;

/** The statistic of each resample, in the order drawn. */
export function bootstrapCountReplicates(statistic: CountStatistic, plan: BootstrapPlan): Float64Array {
  return pairedCountReplicates([statistic], plan)[0]!;
}

/** Replicates of several statistics, all on the same resamples. */
export function pairedCountReplicates(statistics: readonly CountStatistic[], plan: BootstrapPlan): Float64Array[] {
  const units = unitsOf(plan);
  const random = createRandom(plan.seed, "bootstrap");
  const drawn = new Float64Array(units.count);
  const times = new Float64Array(plan.rows);
  const replicates = statistics.map(() => new Float64Array(plan.resamples));
  for (let resample = 0; resample < plan.resamples; resample++) {
    random.tally(drawn);
    if (plan.clusters === null) times.set(drawn);
    else for (let row = 0; row < plan.rows; row++) times[row] = drawn[units.ofRow[row]!]!;
    statistics.forEach((statistic, i) => {
      replicates[i]![resample] = statistic(times);
    });
  }
  return replicates;
}

/** The statistic with one unit left out at a time; above `maxBlocks` units, with one random block of them left out. */
export function jackknifeReplicates(statistic: CountStatistic, plan: BootstrapPlan, maxBlocks = 200): Float64Array {
  const units = unitsOf(plan);
  const blocks = Math.min(units.count, maxBlocks);
  const blockOfUnit = Int32Array.from({ length: units.count }, (_, unit) => unit % blocks);
  createRandom(plan.seed, "jackknife").shuffle(blockOfUnit);
  const times = new Float64Array(plan.rows);
  return Float64Array.from({ length: blocks }, (_, block) => {
    for (let row = 0; row < plan.rows; row++) times[row] = blockOfUnit[units.ofRow[row]!] === block ? 0 : 1;
    return statistic(times);
  });
}

/** Rows of a random share of the rows, or of the clusters, ascending. At least one unit. */
export function drawShare(rows: number, clusters: Int32Array | null, share: number, seed: number): Int32Array {
  const units = unitsOf({ rows, clusters, resamples: 0, seed });
  const order = createRandom(seed, "share").shuffle(allRows(units.count));
  const kept = new Uint8Array(units.count);
  for (const unit of order.subarray(0, Math.max(1, Math.round(share * units.count)))) kept[unit] = 1;
  return int32Where(
    units.ofRow.map((unit, row) => (kept[unit] === 1 ? row : -1)),
    (row) => row >= 0,
  );
}

interface Units {
  readonly count: number;
  readonly ofRow: Int32Array;
}

function unitsOf(plan: BootstrapPlan): Units {
  if (plan.clusters === null) return { count: plan.rows, ofRow: allRows(plan.rows) };
  const unitOfCluster = new Map<number, number>();
  const ofRow = plan.clusters.map((cluster) => {
    const known = unitOfCluster.get(cluster);
    if (known !== undefined) return known;
    unitOfCluster.set(cluster, unitOfCluster.size);
    return unitOfCluster.size - 1;
  });
  return { count: unitOfCluster.size, ofRow };
}

/** 0, 1, ... rows - 1. */
function allRows(rows: number): Int32Array {
  return placesUpTo(rows);
}
