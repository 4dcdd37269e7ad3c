import { float64From } from "../../core/typed-from.ts";
import { normalTwoSidedP, wilson } from "../../stats/index.ts";
import { bestClass, type Labelled } from "./confident-learning.ts";
import type { OrderedClass } from "./label-chance.ts";

/** How often labels contradict a class where the model is surest of it. */
export interface ErrorFloor {
  readonly class: number;
  /** Rows for which the class is the most probable. */
  readonly rows: number;
  /** The surest of them that were looked at, and those among them with another label. */
  readonly surest: number;
  readonly wrong: number;
  /** wrong / surest with its Wilson interval at 0.95. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** z of the rate that is left when the fall from the next rows to the surest ones goes on. */
  readonly z: number;
  /** Labels that the surest rows carry instead: share of the wrong ones per class. */
  readonly others: readonly number[];
}

/** Parts of a class's rows that are compared with the next part as large. */
const PARTS = [0.1, 0.2, 0.3, 0.5];
const LEAST_SURE = 20;
const LEAST_WRONG = 3;
/** The rate must be there at all: Wilson's lower bound at this level. */
const SURE = 0.998;

/**
 * Where classes overlap, contradictions die out as the model gets surer. Labels that were written down wrongly do not know how sure the model is:
 * their rate goes on to the surest rows. `left` leaves rows out (equal rows with different labels are the noise floor's). null = no such floor.
 */
export function errorFloor(labelled: Labelled, one: number, left: (place: number) => boolean): ErrorFloor | null {
  const ordered = orderedClass(labelled, one, left);
  const best = surestPart(ordered.isWrong);
  return best === null ? null : floorOf(labelled, ordered, best);
}

/** The floor of so many of the surest rows; wrong: of them, at least 1. */
export function floorOf(
  { labels, classes }: Labelled,
  { class: one, places }: ClassRows,
  { surest, wrong, z }: Pick<ErrorFloor, "surest" | "wrong" | "z">,
): ErrorFloor {
  const interval = wilson(wrong, surest, 0.95);
  const others = Array.from({ length: classes }, (_, other) => places.slice(0, surest).filter((p) => labels[p] === other).length / wrong);
  others[one] = 0;
  return { class: one, rows: places.length, surest, wrong, rate: interval.value, low: interval.low, high: interval.high, z, others };
}

/** Rows for which a class is the most probable, the surest first. */
export interface ClassRows extends OrderedClass {
  readonly class: number;
  readonly places: readonly number[];
}

export function orderedClass({ labels, probabilities, classes }: Labelled, one: number, left: (place: number) => boolean): ClassRows {
  const places: number[] = [];
  for (let place = 0; place < labels.length; place++)
    if (!left(place) && bestClass(probabilities.subarray(place * classes, (place + 1) * classes)) === one) places.push(place);
  const sure = (place: number) => probabilities[place * classes + one] ?? 0;
  places.sort((a, b) => sure(b) - sure(a) || a - b);
  return {
    class: one,
    places,
    sure: float64From(places, sure),
    isWrong: Uint8Array.from(places, (place) => Number(labels[place] !== one)),
  };
}

/** The part whose floor is the surest; null when none has one. */
function surestPart(isWrong: Uint8Array): { readonly surest: number; readonly wrong: number; readonly z: number } | null {
  let best: { readonly surest: number; readonly wrong: number; readonly z: number } | null = null;
  for (const part of PARTS) {
    const surest = Math.floor(part * isWrong.length);
    const wrong = sum(isWrong, 0, surest);
    if (surest < LEAST_SURE || wrong < LEAST_WRONG || wilson(wrong, surest, SURE).low <= 0) continue;
    const z = floorZ(wrong / surest, sum(isWrong, surest, 2 * surest) / surest, surest);
    if (best === null || z > best.z) best = { surest, wrong, z };
  }
  return best;
}

/** 0 without a floor. */
export function largestFloorZ(isWrong: Uint8Array): number {
  return Math.max(0, surestPart(isWrong)?.z ?? 0);
}

/** Linear extrapolation by one part beyond the surest: 2 a - b, over its standard error. */
function floorZ(a: number, b: number, rows: number): number {
  const se = Math.sqrt((4 * a * (1 - a) + b * (1 - b)) / rows);
  return se === 0 ? 0 : (2 * a - b) / se;
}

function sum(values: ArrayLike<number>, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < Math.min(to, values.length); i++) total += values[i] ?? 0;
  return total;
}

/** Both sides contradict at a floor (Stouffer's z), or one does and no large share of the other class's labels would have to be wrong. */
const PAIR_P = 0.02;
const SINGLE_P = 0.0027;
/** Rates of label errors in ten public data sets lie between 0.1 % and 10 % (Northcutt, Athalye and Mueller 2021). */
const RATES = [0.001, 0.1] as const;

/** Floors that can be label errors, with the probability that they are. */
export interface LabelNoise {
  readonly floors: readonly ErrorFloor[];
  readonly confidence: number;
}

/** @param floors of every class that has one. `counts`: rows per given label. */
export function labelNoise(floors: readonly ErrorFloor[], counts: ArrayLike<number>): LabelNoise | null {
  const plausible = floors.filter(({ rate, z }) => rate <= RATES[1] && z > 0);
  const classes = counts.length;
  const z = plausible.reduce((total, one) => total + one.z, 0) / Math.sqrt(Math.max(1, plausible.length));
  if (plausible.length >= 2 && normalTwoSidedP(z) < PAIR_P)
    return { floors: plausible, confidence: oddsToShare(odds(Math.max(...plausible.map(({ rate }) => rate)))) };
  const single = plausible
    .filter((one) => normalTwoSidedP(one.z) < SINGLE_P / Math.max(1, classes - 1))
    .map((one) => ({ one, share: Math.max(one.rate, wrongShare(one, counts)) }))
    .filter(({ share }) => share <= RATES[1])
    .sort((a, b) => a.share - b.share)[0];
  return single === undefined ? null : { floors: [single.one], confidence: oddsToShare(odds(single.share) / 2) };
}

/** Largest share of another class's labels that would be wrong if the floor held for all rows of this class. */
function wrongShare({ rate, rows, others }: ErrorFloor, counts: ArrayLike<number>): number {
  return Math.max(...others.map((share, other) => ((counts[other] ?? 0) === 0 ? 0 : (share * rate * rows) / (counts[other] ?? 1))));
}

/**
 * Density of such a rate among label errors (log-uniform over RATES) over that among outcomes that no column explains (uniform below a half). One side
 * alone is half as likely an error of labels.
 */
function odds(rate: number): number {
  const [low, high] = RATES;
  return rate > high ? 0 : 1 / (Math.max(low, rate) * Math.log(high / low)) / 2;
}

function oddsToShare(value: number): number {
  return value / (1 + value);
}
