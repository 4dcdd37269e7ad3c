import { rangeText } from "../core/digits.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Metric } from "../core/metric.ts";
import { type CurvePoint, type LearningCurve, sizeOf } from "../core/plan.ts";
import { tQuantile } from "../stats/index.ts";
import { type ErrorPoint, fitCurve } from "./curve-fit.ts";
import { errorOfScore, scoreGain } from "./error-of-score.ts";
import { type FoldErrors, type GainNoise, gainNoise, gainNoises } from "./gain-noise.ts";
import { scoreText, wholeText } from "./words.ts";

export type CurveMetric = Pick<Metric, "name" | "label" | "better" | "best" | "worst">;

/**
 * The spread of the fitted curves covers too little, so its half-width, plus SPREAD_FLOOR of today's error, is multiplied by these factors. Measured
 * on LCDB 1.1 (boosted trees, forest, logistic regression; 8 half-octave anchors; forecasts 2 and 4 times as far) so that the interval of
 * the gain covers as stated on data sets that did not choose the factor: bench/results/learning-curve.json.
 */
export const WIDENING = { 0.8: 1.1, 0.95: 2 } as const;
const SPREAD_FLOOR = 0.01;

/** A fall of the error by less than this share is not worth collecting twice the rows. */
export const WORTHWHILE_SHARE = 0.05;

const LEAST_POINTS = 4;
/** The largest size must be at least this many times the smallest. */
const LEAST_SPAN = 2.8;

const FACTORS = [2, 4] as const;

export interface GainForecast {
  readonly factor: number;
  /** Fall of the error against today; the interval covers 80 %. */
  readonly gain: { readonly value: number; readonly low: number; readonly high: number };
  /** Half-width that covers 95 %. */
  readonly wide: number;
}

/**
 * How much the error falls with `factor` times the rows of the largest point. Points ascending, at least two. The interval is the wider of that of the
 * curves and that of the folds. With noisy folds on LCDB 1.1 it covers 88 to 89 % where 80 is stated: bench/results/learning-curve.json.
 */
export function forecastGain(points: readonly ErrorPoint[], factor: number, folds: FoldErrors | null = null): GainForecast {
  return withNoise(points, factor, folds === null ? null : gainNoise(folds, factor));
}

function withNoise(points: readonly ErrorPoint[], factor: number, noise: GainNoise | null): GainForecast {
  const { value, spread } = readGain(points, factor);
  const reach = (level: keyof typeof WIDENING) =>
    Math.max(WIDENING[level] * spread, noise === null ? 0 : tQuantile((1 + Number(level)) / 2, noise.df) * noise.se);
  const half = reach(0.8);
  return { factor, gain: { value, low: value - half, high: value + half }, wide: reach(0.95) };
}

/** What the factors of WIDENING multiply. */
export function spreadOfGain(points: readonly ErrorPoint[], factor: number): number {
  return readGain(points, factor).spread;
}

function readGain(points: readonly ErrorPoint[], factor: number): { readonly value: number; readonly spread: number } {
  const today = points.at(-1) ?? { rows: Number.NaN, error: Number.NaN };
  const { value, low, high } = fitCurve(points).gain(today.rows, today.rows * factor);
  return { value, spread: (high - low) / 2 + SPREAD_FLOOR * today.error };
}

/** Helps: at least the worthwhile gain is expected and the whole interval is a gain. Does not: the whole interval is below what is worthwhile. */
export function verdictOf({ gain }: GainForecast, todayError: number): LearningCurve["verdict"] {
  const wanted = WORTHWHILE_SHARE * todayError;
  if (gain.high < wanted || todayError === 0) return "more-data-does-not-help";
  return gain.value >= wanted && gain.low > 0 ? "more-data-helps" : "unknown";
}

/**
 * The curve through measured points, extrapolated. Points ascending by size, scores finite. `stopped`: why there are no more points, or null. `folds`:
 * the errors of the folds behind the points, when there are several.
 */
export function curveFrom(
  points: readonly CurvePoint[],
  metric: CurveMetric,
  stopped: string | null,
  folds: FoldErrors | null = null,
  units = "rows",
): Omit<LearningCurve, "of" | "optimism"> {
  const known = { metric: metric.name, units, points };
  const short = tooShort(points, stopped, units);
  const today = points.at(-1);
  if (short !== null || today === undefined) return { ...known, forecast: null, verdict: "unknown", why: short ?? "Nothing was measured." };
  const better = betterWithLess(points, today, metric);
  if (better !== undefined)
    return { ...known, forecast: null, verdict: "more-data-does-not-help", why: lessIsMore(better, today, metric, units) };
  const errors = points.map((point) => ({ rows: sizeOf(point), error: errorOfScore(metric, point.score.value) }));
  const todayError = errors.at(-1)?.error ?? 0;
  const noises = folds === null ? [] : gainNoises(folds, FACTORS);
  const gains = FACTORS.map((factor, i) => withNoise(errors, factor, noises[i] ?? null));
  const [twice] = gains;
  const experiments = points.flatMap(({ score }) => score.experiments);
  const forecast = gains.map((gain) => ({
    factor: gain.factor,
    trainRows: today.trainRows * gain.factor,
    ...(today.groups === undefined ? {} : { groups: today.groups * gain.factor }),
    score: forecastScore(gain, today.score, metric, experiments),
  }));
  if (twice === undefined) return { ...known, forecast, verdict: "unknown", why: "Nothing was forecast." };
  const verdict = verdictOf(twice, todayError);
  return { ...known, forecast, verdict, why: whyOf({ gain: twice.gain, today, metric, verdict, todayError, units }) };
}

/** The smaller size with the best score of those whose whole interval is better than that of all rows: no curve through the points would be one of learning. */
function betterWithLess(points: readonly CurvePoint[], today: CurvePoint, { better }: CurveMetric): CurvePoint | undefined {
  const sign = better === "higher" ? 1 : -1;
  const isBetter = ({ score }: CurvePoint) => (better === "higher" ? score.low > today.score.high : score.high < today.score.low);
  return points.filter(isBetter).sort((a, b) => sign * (b.score.value - a.score.value))[0];
}

function lessIsMore(less: CurvePoint, today: CurvePoint, { label }: CurveMetric, units: string): string {
  const of = (point: CurvePoint) => `${rangeText(point.score)} with ${wholeText(sizeOf(point))} ${units}`;
  return `The score is better with fewer ${units}, judged on the same ones: ${label} ${of(less)} for training, ${of(today)}. Some of them mislead, for example the oldest where the target has changed: find out which, leave them out and compare.`;
}

function tooShort(points: readonly CurvePoint[], stopped: string | null, units: string): string | null {
  const sizes = points.map(sizeOf);
  const [first, last] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
  if (points.length >= LEAST_POINTS && last >= LEAST_SPAN * first) return null;
  const measured = points.length === 1 ? "1 size" : `${points.length} sizes`;
  const had =
    points.length === 0 ? "No size could be measured" : `Only ${measured} could be measured (${sizes.map(wholeText).join(", ")} ${units})`;
  return `${had}; a forecast needs ${LEAST_POINTS} over a range of ${LEAST_SPAN} times. ${stopped ?? `There are too few ${units}, or too few of a class, for smaller training sets.`}`;
}

/** Today's score moved by the gain. The interval joins that of today's score with that of the gain, as independent. */
function forecastScore(forecast: GainForecast, today: Estimate, metric: CurveMetric, experiments: readonly string[]): Estimate {
  const value = inRange(today.value + scoreGain(metric, forecast.gain.value), metric);
  const half = Number.isFinite(today.high - today.low) ? (today.high - today.low) / 2 : 0;
  const reach = Math.hypot(forecast.wide, half);
  const method =
    half > 0
      ? "average of six curve families; conformal width or that of the folds; noise of today's score"
      : "average of six curve families; conformal width; noise of today's score unknown";
  return { value, low: inRange(value - reach, metric), high: inRange(value + reach, metric), level: 0.95, method, experiments };
}

function inRange(value: number, { best, worst }: CurveMetric): number {
  return Math.min(Math.max(value, Math.min(best, worst)), Math.max(best, worst));
}

interface Forecast extends Pick<GainForecast, "gain">, Pick<LearningCurve, "verdict" | "units"> {
  readonly today: CurvePoint;
  readonly metric: CurveMetric;
  readonly todayError: number;
}

function whyOf({ gain, today, metric, verdict, todayError, units }: Forecast): string {
  const { score } = today;
  const at = (fall: number) => inRange(score.value + scoreGain(metric, fall), metric);
  const ends = [at(gain.low), at(gain.high)].sort((a, b) => a - b);
  const text = (value: number) => scoreText(value, Math.max((gain.high - gain.low) / 2, 1e-4 * Math.abs(score.value)));
  const numbers = `With twice the ${units} (${wholeText(2 * sizeOf(today))} for training): ${metric.label} ${text(score.value)} -> ${text(at(gain.value))} ${Number.isFinite(gain.high) ? `[${ends.map(text).join(", ")}]` : "[interval unknown]"}`;
  const share = todayError > 0 ? (100 * gain.value) / todayError : 0;
  const fall = `the error falls by ${share.toFixed(share < 10 ? 1 : 0)} %`;
  const judged = {
    "more-data-helps": `${fall}, and the whole 80 % interval is a gain.`,
    "more-data-does-not-help": `${fall}; the whole 80 % interval is below ${100 * WORTHWHILE_SHARE} %, which is not worth the ${units}.`,
    unknown: `${fall}, but the 80 % interval holds both a worthwhile gain (${100 * WORTHWHILE_SHARE} %) and hardly any. More ${units} or more repeats of the folds would tell.`,
  }[verdict];
  return `${numbers}: ${todayError === 0 ? "the score is perfect already." : judged}`;
}
