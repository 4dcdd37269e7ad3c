import { tQuantile } from "./student-t.ts";

/** Intraclass correlation, and where an interval of the wanted coverage holds the true one. */
export interface OneWayIcc {
  readonly icc: number;
  readonly low: number;
  readonly high: number;
}

/** Numbers in groups of two and more. */
interface Grouped {
  /** What is compared: the number itself, or the indicator of each class. */
  readonly sides: readonly Float64Array[];
  /** Places of the rows of each group side by side, and where those of each end. */
  readonly places: Int32Array;
  readonly ends: Int32Array;
}

/**
 * One-way analysis of variance, ICC(1) of Shrout and Fleiss (1979), over the rows of groups with two rows or more: one that stands alone says nothing of how far two of a group are alike, and may
 * be of another kind than those that come again. Several sides are the indicators of the classes, taken together (Landis and Koch 1977). Below 0: rows of one group differ more than rows by chance.
 *
 * The interval holds the correlations under which the one at hand lies within Student's t times its error (a score interval). The error is that of Swiger et al. (1964) for numbers, and for indicators, and numbers with
 * longer tails than the normal distribution has, that of a beta-binomial number of ones in each group, which for pairs is that of Zou and Donner (2004). The degrees of freedom come from the number of groups that would hold as
 * much as these if all held the same: of a hundred groups one of which holds the only event it is one, and nothing is told.
 *
 * @param sides one row each, equally long; without NaN. @param groups of each row; negative: none. @param isIndicator whether they are 0 or 1. @param coverage 0..1. null without two groups of two rows, or where all rows are the same.
 */
export function oneWayIcc(sides: readonly Float64Array[], groups: Int32Array, isIndicator: boolean, coverage: number): OneWayIcc | null {
  const grouped: Grouped = { sides, ...membersOf(groups) };
  const [n, count] = [grouped.places.length, grouped.ends.length];
  if (count < 2) return null;
  const { between, held, left } = squaresOf(grouped);
  const sizes = grouped.ends.reduce((sum, end, group) => sum + (end - (grouped.ends[group - 1] ?? 0)) ** 2, 0);
  const each = (n - sizes / n) / (count - 1);
  const [a, b] = [between / (count - 1), left / (n - count)];
  const spread = a + (each - 1) * b;
  if (!(spread > 0)) return null;
  const icc = Math.max(-1 / (each - 1), (a - b) / spread);
  const free = effective(held) - 1;
  const t = free > 0 ? tQuantile((1 + coverage) / 2, free) : Number.POSITIVE_INFINITY;
  return { icc, ...scoreInterval(icc, t, -1 / (each - 1), errorOf(grouped, isIndicator, n, each)) };
}

/** Places of the groups with two rows or more, those of the group that is met first in front, and where those of each end. */
function membersOf(groups: Int32Array): Pick<Grouped, "places" | "ends"> {
  const rows = new Map<number, number>();
  for (const group of groups) if (group >= 0) rows.set(group, (rows.get(group) ?? 0) + 1);
  const next = new Map<number, number>();
  const ends: number[] = [];
  for (const [group, size] of rows) {
    if (size < 2) continue;
    const from = ends.at(-1) ?? 0;
    next.set(group, from);
    ends.push(from + size);
  }
  const places = new Int32Array(ends.at(-1) ?? 0);
  groups.forEach((group, row) => {
    const to = next.get(group);
    if (to === undefined) return;
    places[to] = row;
    next.set(group, to + 1);
  });
  return { places, ends: Int32Array.from(ends) };
}

/** Sums of squares: of the groups' means about the mean of all, of the rows of each group about that mean, and of rows about the mean of their group. */
function squaresOf({ sides, places, ends }: Grouped): { readonly between: number; readonly held: Float64Array; readonly left: number } {
  const held = new Float64Array(ends.length);
  let [between, left] = [0, 0];
  for (const side of sides) {
    const middle = meanOf(side, places);
    for (let group = 0; group < ends.length; group++) {
      const members = places.subarray(ends[group - 1] ?? 0, ends[group]);
      const own = meanOf(side, members);
      const [ofMean, within] = [members.length * (own - middle) ** 2, squaresAround(side, members, own)];
      between += ofMean;
      left += within;
      held[group]! += ofMean + within;
    }
  }
  return { between, held, left };
}

function meanOf(values: Float64Array, places: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum += values[places[i]!]!;
  return sum / places.length;
}

function squaresAround(values: Float64Array, places: Int32Array, middle: number): number {
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum += (values[places[i]!]! - middle) ** 2;
  return sum;
}

/** How many equal parts would hold as much (Kish). */
function effective(parts: Float64Array): number {
  const [sum, squares] = parts.reduce<[number, number]>(([all, square], part) => [all + part, square + part ** 2], [0, 0]);
  return sum ** 2 / squares;
}

/** Standard error of the correlation, by the true one. */
type ErrorAt = (icc: number) => number;

/** Kurtosis of the normal distribution. */
const NORMAL = 3;

function errorOf({ sides, places, ends }: Grouped, isIndicator: boolean, n: number, each: number): ErrorAt {
  const count = ends.length;
  const shares = isIndicator
    ? sides.map((side) => meanOf(side, places))
    : sides.flatMap((side) => (kurtosisOf(side, places) > NORMAL ? [shareOfKurtosis(kurtosisOf(side, places))] : []));
  if (shares.length > 0) return (icc) => errorOfShares(shares, icc, each, count);
  const scale = Math.sqrt((2 * (n - 1)) / (each ** 2 * (n - count) * (count - 1)));
  return (icc) => scale * (1 - icc) * Math.abs(1 + (each - 1) * icc);
}

function kurtosisOf(values: Float64Array, places: Int32Array): number {
  const middle = meanOf(values, places);
  let [second, fourth] = [0, 0];
  for (let i = 0; i < places.length; i++) {
    const square = (values[places[i]!]! - middle) ** 2;
    second += square;
    fourth += square ** 2;
  }
  return second > 0 ? (fourth * places.length) / second ** 2 : NORMAL;
}

/** Share of ones among zeros and ones of that kurtosis: 1 / (p (1 - p)) - 3. */
function shareOfKurtosis(kurtosis: number): number {
  return (1 - Math.sqrt(1 - 4 / (kurtosis + 3))) / 2;
}

/** Rows of a group beyond which more tell hardly more. */
const MOST_EACH = 200;

/** The classes together err at most as much as each for itself, by what each has of the squares. */
function errorOfShares(shares: readonly number[], icc: number, each: number, count: number): number {
  const size = Math.max(2, Math.min(MOST_EACH, Math.round(each)));
  const weights = shares.map((share) => share * (1 - share));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return shares.reduce(
    (sum, share, i) => sum + ((weights[i] ?? 0) / all) * Math.sqrt(varianceOfOnes(share, Math.max(1e-6, icc), size) / (count - 1)),
    0,
  );
}

/** Of one group with a beta-binomial number of ones: variance of its products of pairs less the correlation times its squares, over the variance of a row. */
function varianceOfOnes(share: number, icc: number, size: number): number {
  if (icc >= 1 || share <= 0 || share >= 1) return 0;
  const [ones, zeros] = [(share * (1 - icc)) / icc, ((1 - share) * (1 - icc)) / icc];
  let chance = 1;
  for (let i = 0; i < size; i++) chance *= (zeros + i) / (ones + zeros + i);
  let sum = 0;
  for (let of = 0; of <= size; of++) {
    const squares = of * (1 - share) ** 2 + (size - of) * share ** 2;
    const products = ((of - size * share) ** 2 - squares) / (size * (size - 1));
    sum += chance * (products - (icc * squares) / size) ** 2;
    chance *= ((size - of) / (of + 1)) * ((ones + of) / (zeros + size - of - 1));
  }
  return sum / (share * (1 - share)) ** 2;
}

const [STEPS, HALVINGS] = [200, 20];

/** From the ends towards the estimate: the first value that is not too far from it. */
function scoreInterval(icc: number, t: number, least: number, error: ErrorAt): { readonly low: number; readonly high: number } {
  const isHeld = (at: number) => Math.abs(icc - at) <= t * error(at) || at === icc;
  const from = (end: number) => {
    if (t === Number.POSITIVE_INFINITY) return end;
    const at = (step: number) => (step === STEPS ? icc : end + ((icc - end) * step) / STEPS);
    const first = Array.from({ length: STEPS + 1 }, (_, step) => at(step)).findIndex(isHeld);
    let [outside, inside] = [at(Math.max(0, first - 1)), at(first)];
    for (let i = 0; i < HALVINGS && first > 0; i++) {
      const middle = (outside + inside) / 2;
      if (isHeld(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return { low: from(least), high: from(1) };
}
