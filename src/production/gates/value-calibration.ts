import type { Judged, Metric } from "../../core/metric.ts";
import {
  binomialUpperTail,
  effectiveCount,
  moments,
  quantile,
  sortedCopy,
  tQuantile,
  tTwoSidedP,
  weightedMean,
  wilson,
} from "../../stats/index.ts";
import { digits, percent } from "../phrase.ts";
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
export function valueCalibration(all: Judged, metric: Metric): GateVerdict {
  const judged = weighed(all);
  const residuals = judged.truth.map((value, row) => value - (judged.outputs[row] ?? Number.NaN));
  const byMedian = judged.weight === null && (metric.name === "mae" || metric.name === "mape");
  const bias = byMedian ? medianBias(residuals, judged.truth) : meanBias(residuals, judged.truth, judged.weight);
  const biasFails = bias.p < CERTAIN && bias.share > MATTERS;
  const blocks = coverageOfBlocks(residuals);
  const covered = blocks.reduce((sum, block) => sum + block.covered, 0);
  const whole = wilson(covered, residuals.length, 0.95);
  const coverageFails = whole.high < COVERAGE - SHORTFALL;
  const worst = Math.min(...blocks.map((block) => block.covered / block.rows));
  const range = `[${digits(bias.low)}, ${digits(bias.high)}]`;
  const found = `Bias ${digits(bias.value)} ${range}; ${Number.isFinite(bias.share) ? `taking it off would add ${percent(bias.share)} to the gain over one constant answer` : "one constant answer does no worse"}`;
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

function meanBias(residuals: Float64Array, truth: Float64Array, weight: Float64Array | null): Bias {
  const { mean, variance } = weightedMoments(residuals, weight);
  const count = weight === null ? residuals.length : effectiveCount(weight);
  const se = Math.sqrt(variance / count);
  const reach = tQuantile(0.975, count - 1) * se;
  const p = se > 0 ? tTwoSidedP(mean / se, count - 1) : mean === 0 ? 1 : 0;
  const gain = weightedMoments(truth, weight).variance - (variance + mean ** 2);
  return { value: mean, low: mean - reach, high: mean + reach, p, share: shareOf(mean ** 2, gain), method: "t of the residuals" };
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

function medianBias(residuals: Float64Array, truth: Float64Array): Bias {
  const sorted = sortedCopy(residuals);
  const n = sorted.length;
  const value = quantile(sorted, 0.5);
  const above = sorted.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0);
  const below = sorted.reduce((sum, one) => sum + (one < 0 ? 1 : 0), 0);
  const p = Math.min(1, 2 * binomialUpperTail(Math.max(above, below), above + below, 0.5));
  const offset = 0.98 * Math.sqrt(n);
  const at = (place: number) => sorted[Math.min(n - 1, Math.max(0, Math.round(place)))] ?? Number.NaN;
  const absolute = (centre: number, of: Float64Array) => of.reduce((sum, one) => sum + Math.abs(one - centre), 0) / n;
  const now = absolute(0, residuals);
  const gain = absolute(quantile(truth, 0.5), truth) - now;
  const share = shareOf(now - absolute(value, residuals), gain);
  return { value, low: at(n / 2 - 1 - offset), high: at(n / 2 + offset), p, share, method: "order statistics of the residuals' median" };
}

function shareOf(won: number, gain: number): number {
  if (won <= 0) return 0;
  return gain > 0 ? won / gain : Number.POSITIVE_INFINITY;
}

function coverageOfBlocks(residuals: Float64Array): { covered: number; rows: number }[] {
  const size = residuals.length / BLOCKS;
  return Array.from({ length: BLOCKS }, (_, block) => {
    const [from, to] = [Math.round(block * size), Math.round((block + 1) * size)];
    const others = sortedCopy(residuals.filter((_, row) => row < from || row >= to).map(Math.abs));
    const width = others[Math.min(others.length, Math.ceil((others.length + 1) * COVERAGE)) - 1] ?? 0;
    const covered = residuals.subarray(from, to).reduce((sum, one) => sum + (Math.abs(one) <= width ? 1 : 0), 0);
    return { covered, rows: to - from };
  });
}
