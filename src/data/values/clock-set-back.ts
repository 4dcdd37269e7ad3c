import { float64Where } from "../../core/typed-from.ts";
import { timeSteps } from "./time-steps.ts";

/** A series that goes on from an earlier time than it had reached: a stretch of times stands twice. */
export interface SetBack {
  /** Place in the file of the first row after each step back. */
  readonly places: readonly number[];
  /** The longest step back, in milliseconds. */
  readonly longestMs: number;
  /** Rows at a time that a row before them has. */
  readonly repeats: number;
  /** The rhythm within the stretches. */
  readonly step: number;
}

/** More steps back are several series one below the other, or no order at all. */
const MOST_STEPS = 3;
const LEAST_ROWS = 30;
/** Share of the steps of each stretch that keep its rhythm. */
const REGULAR = 0.8;

/**
 * times: in the order of the file, no NaN. Each stretch between steps back is a regular series of one rhythm, and goes on beyond the end of the one before: series of several things
 * that stand one below the other begin at one time, or stop at one. Null without such a step.
 */
export function clockSetBack(times: Float64Array): SetBack | null {
  const places: number[] = [];
  for (let i = 1; i < times.length; i++) if ((times[i] ?? 0) < (times[i - 1] ?? 0)) places.push(i);
  if (places.length === 0 || places.length > MOST_STEPS) return null;
  const stretches = [0, ...places].map((start, k) => times.subarray(start, places[k] ?? times.length));
  if (stretches.some((stretch) => stretch.length < LEAST_ROWS)) return null;
  const steps = stretches.map((stretch) => timeSteps(stretch, LEAST_ROWS));
  const [step] = steps.map((one) => one?.step ?? 0);
  if (step === undefined || !steps.every((one) => one !== null && one.step === step && one.repeats === 0 && one.regular >= REGULAR))
    return null;
  const goesOn = stretches.every((stretch, k) => {
    const before = stretches[k - 1];
    if (before === undefined) return true;
    return (stretch[0] ?? 0) > (before[0] ?? 0) + step && (stretch.at(-1) ?? 0) > (before.at(-1) ?? 0) + step;
  });
  if (!goesOn) return null;
  const back = places.map((place) => (times[place - 1] ?? 0) - (times[place] ?? 0));
  const seen = new Set<number>();
  const repeats = float64Where(times, (time) => {
    const known = seen.has(time);
    seen.add(time);
    return known;
  }).length;
  return repeats === 0 ? null : { places, longestMs: Math.max(...back), repeats, step };
}
