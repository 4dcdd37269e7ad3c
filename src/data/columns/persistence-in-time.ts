import { float64From, float64Where } from "../../core/typed-from.ts";
import { autocorrelation, labelPersistence, type Persistence, quantile, ranks } from "../../stats/index.ts";

/** Of fewer different times even labels that follow them throughout show little. */
const LEAST_TIMES = 20;
/** A chance of 1 in 100: beside what all rows show, the times have to show the same. */
const CONFIRMED = 2.33;
/** What is recorded twice comes sooner than the next row: in less than this part of the usual time. */
const SOONER = 0.25;

/**
 * How much the labels of neighbours resemble each other, the rows in order. Rows of one time (the lines of one order, all that was read on one day) are neighbours
 * for another reason than that labels last: what they share is no persistence where the next time does not share it. So with `times`, those of the rows, the means of the
 * times must persist as well; where they do not, it is their z that counts. So must the rows that come no sooner after the one before than is usual: what was recorded twice, a moment later, makes pairs, and no more than pairs, that are alike.
 */
export function persistenceAlong(labels: Float64Array, times: ArrayLike<number> | null, isNumber: boolean): Persistence {
  const all = isNumber ? autocorrelation(ranks(labels)) : labelPersistence(labels);
  if (times === null) return all;
  const others = [betweenTimes(labels, times, isNumber), withoutSoon(labels, times, isNumber)].filter((one) => one !== null);
  return others.reduce((kept, one) => (one.z < Math.min(CONFIRMED, kept.z) ? one : kept), all);
}

/** Of the rows that do not follow the one before in less than a part of the usual time. null: all do. */
function withoutSoon(labels: Float64Array, times: ArrayLike<number>, isNumber: boolean): Persistence | null {
  const gaps = Float64Array.from(labels, (_, place) => (times[place] ?? Number.NaN) - (times[place - 1] ?? Number.NaN));
  const least = SOONER * quantile(gaps.slice(1), 0.5);
  const kept = float64Where(labels, (_, place) => place === 0 || (gaps[place] ?? 0) >= least);
  if (kept.length === labels.length) return null;
  return isNumber ? autocorrelation(ranks(kept)) : labelPersistence(kept);
}

/** Of the means of the times; of several classes that of the one that lasts most. null without ties, or with too few times. */
function betweenTimes(labels: Float64Array, times: ArrayLike<number>, isNumber: boolean): Persistence | null {
  const ends: number[] = [];
  for (let i = 0; i < labels.length; i++) if (times[i] !== times[i + 1]) ends.push(i + 1);
  if (ends.length === labels.length || ends.length < LEAST_TIMES) return null;
  const classes = isNumber ? [] : [...new Set(labels)];
  const told = isNumber
    ? [ranks(labels)]
    : (classes.length === 2 ? classes.slice(1) : classes).map((one) => labels.map((label) => Number(label === one)));
  const found = told.map((values) => autocorrelation(ranks(meansUpTo(ends, values))));
  return found.reduce((most, one) => (one.z > most.z ? one : most));
}

function meansUpTo(ends: readonly number[], values: ArrayLike<number>): Float64Array {
  return float64From(ends, (end, i) => {
    const start = ends[i - 1] ?? 0;
    let sum = 0;
    for (let row = start; row < end; row++) sum += values[row] ?? 0;
    return sum / (end - start);
  });
}
