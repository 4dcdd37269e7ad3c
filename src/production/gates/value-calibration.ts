import { rangeText } from "../../core/digits.ts";
import type { Judged, Metric } from "../../core/metric.ts";
import {
  binomialUpperTail,
  clusteredSum,
  effectiveCount,
  moments,
  quantile,
  sortedCopy,
  tQuantile,
  tTwoSidedP,
  weightedMean,
  wilson,
} from "../../stats/index.ts";
import { percent } from "../phrase.ts";
import { type GateVerdict, judgedBy } from "./gate.ts";

const CERTAIN = 0.01;
/** A bias matters when taking it off would add more than this share to the model's gain over one constant answer. */
const MATTERS = 0.1;
const COVERAGE = 0.9;
/** The interval may reach this much less than it says. */
const SHORTFALL = 0.05;
const BLOCKS = 5;

/**
 * Bias: mean residual (median residual when absolute errors are judged). Intervals: their half-width is taken from four fifths of the rows and their
 * coverage counted on the other fifth (contiguous blocks, so a change along the rows shows).
 */
export function valueCalibration(all: Judged, metric: Metric, allGroups: Int32Array | null = null): GateVerdict {
  const judged = weighed(all);
  const groups = allGroups === null || all.weight === null ? allGroups : allGroups.filter((_, row) => (all.weight?.[row] ?? 0) > 0);
  const residuals = judged.truth.map((value, row) => value - (judged.outputs[row] ?? Number.NaN));
  const byMedian = judged.weight === null && (metric.name === "mae" || metric.name === "mape");
  const bias = byMedian ? medianBias(residuals, judged.truth, groups) : meanBias(residuals, judged.truth, judged.weight, groups);
  const biasFails = bias.p < CERTAIN && bias.share > MATTERS;
  const blocks = coverageOfBlocks(residuals, groups);
  const whole = coverageOf(
    blocks.map(({ isCovered }) => isCovered),
    groups,
  );
  const coverageFails = whole.high < COVERAGE - SHORTFALL;
  const worst = worstBlock(blocks);
  const found = `Bias ${rangeText(bias)}; ${Number.isFinite(bias.share) ? `taking it off would add ${percent(bias.share)} to the gain over one constant answer` : "one constant answer does no worse"}`;
  const reach = `intervals said to hold ${percent(COVERAGE)} hold ${percent(whole.value)} (worst fifth of the rows ${percent(worst)})`;
  return judgedBy(!biasFails && !coverageFails, `${found}; ${reach}.`, {
    measured: { value: bias.value, low: bias.low, high: bias.high, level: 0.95, method: bias.method, experiments: [] },
    evidence: {
      biasP: bias.p,
      biasShare: bias.share,
      coverage: whole.value,
      coverageLow: whole.low,
      coverageHigh: whole.high,
      worstBlock: worst,
      mattersAbove: MATTERS,
      coverageWanted: COVERAGE - SHORTFALL,
    },
  });
}

/** Rows of weight 0 were never asked about. */
function weighed(judged: Judged): Judged {
  const { weight } = judged;
  if (weight === null) return judged;
  const isAsked = (_value: number, row: number) => (weight[row] ?? 0) > 0;
  return { ...judged, truth: judged.truth.filter(isAsked), outputs: judged.outputs.filter(isAsked), weight: weight.filter(isAsked) };
}

interface Bias {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** What taking it off would win, in shares of the gain over a constant. */
  readonly share: number;
  readonly method: string;
}

function meanBias(residuals: Float64Array, truth: Float64Array, weight: Float64Array | null, groups: Int32Array | null): Bias {
  const { mean, variance } = weightedMoments(residuals, weight);
  const { se, count } = groups === null ? errorAlone(variance, residuals.length, weight) : errorByGroup(residuals, mean, weight, groups);
  if (Number.isNaN(se)) return { ...UNKNOWN, value: mean };
  const reach = tQuantile(0.975, count - 1) * se;
  const p = se > 0 ? tTwoSidedP(mean / se, count - 1) : mean === 0 ? 1 : 0;
  const gain = weightedMoments(truth, weight).variance - (variance + mean ** 2);
  return {
    value: mean,
    low: mean - reach,
    high: mean + reach,
    p,
    share: shareOf(mean ** 2, gain),
    method: groups === null ? "t of the residuals" : "cluster-robust t of the residuals over groups",
  };
}

/** Fewer than two groups show no spread, so nothing is certain. */
const UNKNOWN = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, p: 1, share: 0, method: "one group: spread unknown" };

function errorAlone(variance: number, rows: number, weight: Float64Array | null): { se: number; count: number } {
  const count = weight === null ? rows : effectiveCount(weight);
  return { se: Math.sqrt(variance / count), count };
}

function errorByGroup(
  values: Float64Array,
  centre: number,
  weight: Float64Array | null,
  groups: Int32Array,
): { se: number; count: number } {
  const about = values.map((value, row) => (weight?.[row] ?? 1) * (value - centre));
  const { se, clusters } = clusteredSum(about, groups);
  return { se: se / (weight?.reduce((sum, w) => sum + w, 0) ?? values.length), count: clusters };
}

function weightedMoments(values: Float64Array, weight: Float64Array | null): { mean: number; variance: number } {
  if (weight === null) return moments(values);
  const mean = weightedMean(values, weight);
  return {
    mean,
    variance: weightedMean(
      values.map((value) => (value - mean) ** 2),
      weight,
    ),
  };
}

function medianBias(residuals: Float64Array, truth: Float64Array, groups: Int32Array | null): Bias {
  const sorted = sortedCopy(residuals);
  const n = sorted.length;
  const value = quantile(sorted, 0.5);
  const above = sorted.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0);
  const below = sorted.reduce((sum, one) => sum + (one < 0 ? 1 : 0), 0);
  const signs = clusteredSum(residuals.map(Math.sign), groups);
  const p = groups === null ? Math.min(1, 2 * binomialUpperTail(Math.max(above, below), above + below, 0.5)) : signs.p;
  // Ranks within 1.96 standard errors of the middle: half a root of n for single rows, half the error of the sum of signs for groups.
  const offset = groups === null ? 0.98 * Math.sqrt(n) : signRanks(residuals, value, groups);
  const at = (place: number) => sorted[Math.min(n - 1, Math.max(0, Math.round(place)))] ?? Number.NaN;
  const absolute = (centre: number, of: Float64Array) => of.reduce((sum, one) => sum + Math.abs(one - centre), 0) / n;
  const now = absolute(0, residuals);
  const gain = absolute(quantile(truth, 0.5), truth) - now;
  const share = shareOf(now - absolute(value, residuals), gain);
  return {
    value,
    low: at(n / 2 - 1 - offset),
    high: at(n / 2 + offset),
    p,
    share,
    method: `order statistics of the residuals' median${groups === null ? "" : ", cluster-robust over groups"}`,
  };
}

function shareOf(won: number, gain: number): number {
  if (won <= 0) return 0;
  return gain > 0 ? won / gain : Number.POSITIVE_INFINITY;
}

/** Half the cluster-robust reach of the sum of signs about the median (Woodruff's interval); all ranks when fewer than two groups show no spread. */
function signRanks(residuals: Float64Array, median: number, groups: Int32Array): number {
  const { se, clusters } = clusteredSum(
    residuals.map((one) => Math.sign(one - median)),
    groups,
  );
  return clusters < 2 ? residuals.length : (tQuantile(0.975, clusters - 1) * se) / 2;
}

interface Covered {
  readonly block: number;
  readonly isCovered: boolean;
}

/** Whether each residual lies within the width that the other blocks ask for. A group lies in one block. */
function coverageOfBlocks(residuals: Float64Array, groups: Int32Array | null): Covered[] {
  const size = residuals.length / BLOCKS;
  const blockOfGroup = new Map<number, number>();
  const blocks = Int32Array.from(residuals, (_, row) => {
    const own = Math.min(BLOCKS - 1, Math.floor((row + 0.5) / size));
    const group = groups?.[row] ?? -1;
    if (group < 0) return own;
    const block = blockOfGroup.get(group) ?? own;
    blockOfGroup.set(group, block);
    return block;
  });
  const widths = Array.from({ length: BLOCKS }, (_, block) => {
    const others = sortedCopy(residuals.filter((_one, row) => blocks[row] !== block).map(Math.abs));
    return others[Math.min(others.length, Math.ceil((others.length + 1) * COVERAGE)) - 1] ?? 0;
  });
  return Array.from(residuals, (one, row) => {
    const block = blocks[row] ?? 0;
    return { block, isCovered: Math.abs(one) <= (widths[block] ?? 0) };
  });
}

function worstBlock(rows: readonly Covered[]): number {
  const shares = Array.from({ length: BLOCKS }, (_, block) => rows.filter((row) => row.block === block))
    .filter(({ length }) => length > 0)
    .map((own) => own.filter(({ isCovered }) => isCovered).length / own.length);
  return Math.min(...shares);
}

/** Wilson's interval of the share that is covered; where rows come in groups, with as many rows as the groups are worth (Korn and Graubard 1998). */
function coverageOf(covered: readonly boolean[], groups: Int32Array | null): ReturnType<typeof wilson> {
  const share = covered.filter(Boolean).length / covered.length;
  if (groups === null) return wilson(share * covered.length, covered.length, 0.95);
  const about = covered.map((one) => Number(one) - share);
  const { se, clusters } = clusteredSum(about, groups);
  const trials = se > 0 ? (share * (1 - share) * covered.length ** 2) / se ** 2 : clusters;
  const effective = Math.min(covered.length, trials);
  return wilson(share * effective, effective, 0.95);
}
