/** Of two readings of the same dates the one in which they run on in one rhythm. */
export interface RegularReading {
  readonly isFirst: boolean;
  /** Milliseconds. */
  readonly step: number;
  /** Steps of another length in this reading, and in the other one. */
  readonly breaks: number;
  readonly otherBreaks: number;
  /** The other one is a rhythm too, of other steps: firsts of months, or the first twelve days of every January. */
  readonly otherIsRegular: boolean;
}

const DAY_MS = 86_400_000;
/** Months and years are of several lengths: steps within this share of the rhythm are of its length. */
const [LONG_STEP_MS, CALENDAR_SLACK] = [27 * DAY_MS, 0.12];
/** Fewer steps show no rhythm. */
const LEAST_STEPS = 20;
/** Of the steps: with more breaks it is no rhythm. */
const MOST_BREAKS = 0.1;
/** Breaks of the other reading: one may be a true pause that happens to be as long. */
const LEAST_OTHER = 2;
/** And for each break of the reading that is chosen. */
const TIMES = 3;

/**
 * Jumps over months that with day and month the other way round are steps of the rhythm, of which a wrong reading makes one wherever a day ends. null where neither
 * reading is much more regular, as of days alone that both have gaps between. Moments in milliseconds, in any order, NaN for none; equal ones count once.
 */
export function regularReading(first: Float64Array, second: Float64Array): RegularReading | null {
  const [one, other] = [rhythmOf(first), rhythmOf(second)];
  if (one === null || other === null) return null;
  const isFirst = one.breaks < other.breaks;
  const [best, rest] = isFirst ? [one, other] : [other, one];
  const isPlain =
    best.steps >= LEAST_STEPS &&
    best.breaks <= MOST_BREAKS * best.steps &&
    rest.breaks >= LEAST_OTHER &&
    rest.breaks >= TIMES * best.breaks;
  const otherIsRegular = rest.step !== best.step && rest.breaks <= MOST_BREAKS * rest.steps;
  return isPlain ? { isFirst, step: best.step, breaks: best.breaks, otherBreaks: rest.breaks, otherIsRegular } : null;
}

function rhythmOf(moments: Float64Array): { readonly step: number; readonly steps: number; readonly breaks: number } | null {
  const sorted = moments.filter((moment) => !Number.isNaN(moment)).sort();
  const counts = new Map<number, number>();
  let steps = 0;
  for (let i = 1; i < sorted.length; i++) {
    const length = (sorted[i] ?? 0) - (sorted[i - 1] ?? 0);
    if (length === 0) continue;
    counts.set(length, (counts.get(length) ?? 0) + 1);
    steps++;
  }
  if (steps === 0) return null;
  let [step, most] = [0, 0];
  for (const [length, count] of counts) if (count > most || (count === most && length < step)) [step, most] = [length, count];
  const slack = step >= LONG_STEP_MS ? CALENDAR_SLACK * step : 0;
  let breaks = 0;
  for (const [length, count] of counts) if (Math.abs(length - step) > slack) breaks += count;
  return { step, steps, breaks };
}
