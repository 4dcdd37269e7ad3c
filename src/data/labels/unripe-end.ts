import { binomialUpperTail } from "../../stats/index.ts";
import { bernoulli, type ChangePlace, placeOf } from "./change-place.ts";

/** At the end of the time the rarer outcome falls towards nothing: it may not have had the time to come true. */
export interface UnripeEnd extends ChangePlace {
  /** At once (labels are read at the end of the data, and come true after a fixed time) or more and more. */
  readonly shape: "step" | "ramp";
  readonly before: number;
  readonly after: number;
  /** Chance of so few at the rate before. */
  readonly p: number;
}

const [BLOCKS, LEAST_ROWS] = [120, 600];
/** The stretch begins in the last part of the rows; what falls from the start on is a trend. */
const LATE = 0.6;
/** Rate of the stretch (of a ramp, of its last third) over that before. */
const NOTHING = 0.25;
const BY_CHANCE = 1e-6;
/** No earlier stretch as long falls to such a part of the rate, nor does the last quarter before it begins show a trend. */
const [EARLIER, TIMES, STILL] = [1 / 3, 2, 0.8];

/** @param values 1 where the rarer outcome came, else 0, in the order of time. */
export function unripeEnd(values: Float64Array): UnripeEnd | null {
  const n = values.length;
  if (n < LEAST_ROWS) return null;
  const sums = upTo(values);
  const rateIn = (from: number, to: number) => yesIn(sums, from, to) / Math.max(1, to - from);
  if (rateIn(0, Math.floor(LATE * n)) >= 0.5) return null;
  const { place, shape } = likeliest(sums, n);
  const { at } = place;
  // Of a ramp the last third is what comes near nothing.
  const rows = shape === "step" ? n - at : Math.ceil((n - at) / 3);
  const [before, after, last] = [rateIn(0, at), rateIn(at, n), rateIn(n - rows, n)];
  const p = binomialUpperTail(rows - yesIn(sums, n - rows, n), rows, 1 - before);
  if (last > NOTHING * before || p > BY_CHANCE || rateIn(Math.floor(0.75 * at), at) < STILL * before) return null;
  const step = Math.max(1, Math.floor(n / BLOCKS));
  for (let from = 0; from + rows <= at; from += step) {
    const earlier = rateIn(from, from + rows);
    if (earlier < EARLIER * before || earlier < TIMES * last) return null;
  }
  return { ...place, shape, before, after, p };
}

function upTo(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  return sums;
}

function yesIn(sums: Float64Array, from: number, to: number): number {
  return (sums[to] ?? 0) - (sums[from] ?? 0);
}

/** Of a fall at once and of one that goes on to the end, the likelier at its place. */
function likeliest(sums: Float64Array, n: number): { readonly place: ChangePlace; readonly shape: "step" | "ramp" } {
  const first = Math.floor(LATE * n);
  const steps = new Float64Array(n - first);
  for (let i = 0; i < steps.length; i++) {
    const at = first + i;
    steps[i] = bernoulli(yesIn(sums, 0, at), at) + bernoulli(yesIn(sums, at, n), n - at);
  }
  const starts = Array.from({ length: BLOCKS + 1 }, (_, block) => Math.floor((block * n) / BLOCKS));
  const late = starts.filter((start) => start >= first && start < n);
  const ramps = late.map((at) => bernoulli(yesIn(sums, 0, at), at) + rampFrom(sums, starts, at));
  const [step, ramp] = [placeOf(steps, (i) => first + i), placeOf(ramps, (i) => late[i] ?? first)];
  return Math.max(...ramps) > (steps[step.at - first] ?? 0) ? { place: ramp, shape: "ramp" } : { place: step, shape: "step" };
}

/** From the rate before down to nothing at the end, block by block. */
function rampFrom(sums: Float64Array, starts: readonly number[], at: number): number {
  const n = starts.at(-1) ?? 0;
  const rate = yesIn(sums, 0, at) / at;
  let total = 0;
  for (let block = starts.indexOf(at); block < starts.length - 1; block++) {
    const [from, to] = [starts[block] ?? 0, starts[block + 1] ?? 0];
    const left = 1 - ((from + to) / 2 - at) / (n - at);
    total += bernoulli(yesIn(sums, from, to), to - from, Math.min(1 - 1e-9, Math.max(1e-9, rate * left)));
  }
  return total;
}
