import { auc, mean, quantileOfSorted, ranks, standardDeviation, tCdf } from "../../stats/index.ts";

/** A short end of a series of numbers that lies where no other stretch of its length does. */
export interface EndApart {
  /** Numbers in it. */
  readonly length: number;
  readonly atEnd: boolean;
  /** Medians of the end, of the others, and of the stretch of the others that comes nearest. */
  readonly median: number;
  readonly usual: number;
  readonly nearest: number;
  readonly stretches: number;
  /** Chance of such an end among stretches of its length (Student's t), by whichever of values and logarithms leaves more, times the lengths looked at. */
  readonly p: number;
}

const LEAST_LENGTH = 20;
/** Stretches of the same length that tell how much they differ, if nothing else is said. */
const LEAST_STRETCHES = 19;
const CHANCE = 0.05;
/** Pairs of a number of the end and one just before it that are ordered alike. */
const AT_ONCE = 0.95;
/** The same of both halves of the end, at most: else it goes on changing. */
const ALIKE = 0.8;

/**
 * The end that most sets itself off from the rest, by ranks, where at least so many stretches of its length lie beside it (19: it is a twentieth of all at most); then the median of each of its halves lies beyond those of all other stretches
 * of its length, and its own so far that chance does not explain it however unlike stretches are: rows of one group, of one hour have much in common. null where the longest
 * end that is looked at is the best, for then a longer one may be: a trend, a series that wanders.
 */
export function endApart(values: Float64Array, leastStretches = LEAST_STRETCHES): EndApart | null {
  const longest = Math.floor(values.length / (leastStretches + 1));
  const found = [true, false].flatMap((atEnd) => {
    const along = atEnd ? values : values.slice().reverse();
    const length = lengthOf(along, longest);
    const looked = length === null ? null : lookAt(along, length, longest);
    return looked === null ? [] : [{ ...looked, atEnd }];
  });
  return found.sort((a, b) => a.p - b.p)[0] ?? null;
}

/** Numbers at the end whose mean rank is farthest from the middle, in standard errors. */
function lengthOf(values: Float64Array, longest: number): number | null {
  const count = values.length;
  const ranked = ranks(values);
  let [sum, most, best] = [0, 0, 0];
  for (let length = 1; length <= longest; length++) {
    sum += (ranked[count - length] ?? 0) - (count + 1) / 2;
    const z = Math.abs(sum / length) / Math.sqrt(1 / length - 1 / count);
    if (length >= LEAST_LENGTH && z > most) [most, best] = [z, length];
  }
  return best === 0 || best === longest ? null : best;
}

function lookAt(values: Float64Array, length: number, longest: number): Omit<EndApart, "atEnd"> | null {
  const first = values.length - length;
  const end = values.subarray(first);
  const stretches = Math.floor(first / length);
  const medians = Float64Array.from({ length: stretches }, (_, i) =>
    medianOf(values.subarray(first - (i + 1) * length, first - i * length)),
  );
  const halves = [end.subarray(0, length >> 1), end.subarray(length >> 1)] as const;
  const [low, high] = [Math.min(...medians), Math.max(...medians)];
  const ends = halves.map(medianOf);
  const isAbove = ends.every((one) => one > high);
  if (!isAbove && !ends.every((one) => one < low)) return null;
  if (orderedShare(values.subarray(first - length, first), end) < AT_ONCE || orderedShare(halves[0], halves[1]) > ALIKE) return null;
  const median = medianOf(end);
  const plain = chanceOf(medians, median);
  const most = values.every((value) => value > 0) ? Math.max(plain, chanceOf(medians.map(Math.log), Math.log(median))) : plain;
  const p = Math.min(1, lengthsLookedAt(longest) * most);
  const usual = medianOf(medians);
  return p >= CHANCE ? null : { length, median, usual, nearest: isAbove ? high : low, stretches, p };
}

/** The length is chosen: twice a length tells something else, those between hardly do. */
function lengthsLookedAt(longest: number): number {
  return 1 + Math.log2(longest / LEAST_LENGTH);
}

/** Of the one more among so many, for both sides and both ends. */
function chanceOf(others: Float64Array, one: number): number {
  const spread = standardDeviation(others) * Math.sqrt(1 + 1 / others.length);
  return spread === 0 ? 1 : 4 * tCdf(-Math.abs(one - mean(others)) / spread, others.length - 1);
}

function orderedShare(some: Float64Array, others: Float64Array): number {
  const share = auc([...some].fill(0).concat([...others].fill(1)), [...some, ...others]);
  return Math.max(share, 1 - share);
}

function medianOf(values: Float64Array): number {
  return quantileOfSorted(values.slice().sort(), 0.5);
}
