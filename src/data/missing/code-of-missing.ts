import type { IsolatedBlock } from "./isolated-values.ts";

/** Numbers that people and programs write for "no value": -1, repeated 9, 8 or 7, limits of integer types, the -200 of gas sensors. */
const LIMITS = new Set([-200, -32768, 32767, 65535, -2147483648, 2147483647, 4294967295, -1e30, 1e20, 1e30, 1e36, 1e10, -1e10]);
const MILLIS_PER_DAY = 86_400_000;
const PLACEHOLDER_DATES = new Set(
  [
    "0001-01-01",
    "1753-01-01",
    "1899-12-30",
    "1899-12-31",
    "1900-01-01",
    "1900-01-02",
    "1969-12-31",
    "1970-01-01",
    "2099-12-31",
    "2999-12-31",
    "9999-12-31",
  ].map((day) => Date.parse(day) / MILLIS_PER_DAY),
);

/** Years that programs write for "none"; and what a column of years holds. */
const PLACEHOLDER_YEARS = new Set([1753, 1899, 1900, 1901, 1969, 1970, 2099, 2100, 2999]);
const [FIRST_YEAR, LAST_YEAR, LEAST_YEARS] = [1700, 2200, 10];
/** Years without a row beside it, and that in steps of the others. */
const [LONE_YEARS, LONE_STEPS] = [20, 5];

/** How far a small negative code lies below, in ranges of the others. */
const LEAST_BELOW = 0.3;

function isKnownCode(value: number): boolean {
  return value === -1 || LIMITS.has(value) || /^-?(9{1,10}|8{1,5}|7{1,5}|9{2,5}\.9{1,3})$/.test(String(value));
}

/** All are known codes, or they count down to one: 97, 98, 99. */
function isKnownBlock(values: readonly number[]): boolean {
  const outermost = values.at(-1) ?? Number.NaN;
  return isKnownCode(outermost) && values.every((value, i) => isKnownCode(value) || Math.abs(outermost - value) === values.length - 1 - i);
}

/** Milliseconds of a day that stands for "none" in calendars and programs. */
export function isPlaceholderDate(millis: number): boolean {
  return PLACEHOLDER_DATES.has(Math.floor(millis / MILLIS_PER_DAY));
}

/** How far a block lies from the other values and how it sticks out, as plain numbers. */
export interface Isolation {
  readonly gapToRange: number;
  readonly gapToSpread: number;
  readonly spike: number;
  readonly onlyNegative: boolean;
  /** The tail of the others on that side is so long that one more far value is no wonder. */
  readonly longTail: boolean;
}

export function isolationOf(block: IsolatedBlock): Isolation {
  const { rest, gap, side, rows, values } = block;
  const range = rest.high - rest.low;
  const spread = rest.q95 - rest.q05;
  const tail = side === "high" ? rest.high - rest.q95 : rest.q05 - rest.low;
  return {
    gapToRange: gap / range,
    gapToSpread: spread > 0 ? gap / spread : gap / range,
    spike: rows / values.length / rest.rowsNearby,
    onlyNegative: rest.low >= 0 && values.every((value) => value < 0),
    longTail: tail > 2 * spread && range < 1000 * Math.max(gap, 1e-12),
  };
}

/**
 * Probability that a block is a code for "no value", from its look alone. Far: three times the range of all others. A known number needs
 * less distance; an unknown one must be a spike far away. Few rows or a long tail speak against it. Zero is judged elsewhere.
 */
export function codeConfidence(block: IsolatedBlock): number {
  const confidence = confidenceByLook(block);
  return isSmallAmount(block) ? Math.min(confidence, ASKS) : confidence;
}

/** A number of one digit may be the most that there is: in so few rows it is asked about. */
const [FEW_OF_SMALL, ASKS] = [5, 0.45];

/** Three houses with seven baths, one with nine garages. */
function isSmallAmount({ values, rows, rest }: IsolatedBlock): boolean {
  return rows < FEW_OF_SMALL && rest.low >= 0 && values.every((value) => value > 0 && value < 10);
}

function confidenceByLook(block: IsolatedBlock): number {
  const { gapToRange, gapToSpread, spike, onlyNegative, longTail } = isolationOf(block);
  const { rows, rest, values } = block;
  const known = isKnownBlock(values);
  const large = values.every((value) => Math.abs(value) >= 9);
  const few = rest.distinct < 5;
  // A house may be of 1900 or before.
  if (isLoneYear(block)) return ASKS;
  if (values.includes(0) || isNextStep(block)) return 0;
  if (!known) {
    if (gapToRange >= 3 && spike >= 3 && rows >= 5 && rest.distinct >= 5) return 0.8;
    if (onlyNegative && isSmallCode(block) && gapToRange >= LEAST_BELOW) return 0.7;
    if (isLoneOne(block, spike)) return ASKS;
    // 125 above ages from 18 to 89: a cap or a code.
    if (values.length === 1 && isAboveCounted(block, spike) && gapToRange >= UNKNOWN_ABOVE && spike >= UNKNOWN_SPIKE) return ASKS;
    return gapToRange >= 1 && spike >= 10 && rows >= 20 && rest.distinct >= 20 && !longTail ? 0.55 : 0;
  }
  if (gapToRange >= 3) return rows < 2 ? 0.55 : few ? 0.75 : 0.95;
  if (gapToRange >= 1 && rows >= 2 && !few) return longTail ? 0.55 : 0.88;
  if (gapToSpread >= 1 && spike >= 3 && rows >= 3 && Math.abs(values[0] ?? 0) >= 99 && !longTail) return 0.8;
  if (onlyNegative && spike >= 3 && rows >= 3 && rest.distinct >= 10) return large ? 0.82 : 0.7;
  // The others run out towards the end, and there it rises again.
  if (onlyNegative && rest.distinct >= 5 && rows >= Math.max(LEAST_RISE * rest.rowsNext, LEAST_RISEN)) return large ? 0.82 : 0.7;
  if (onlyNegative && rows >= 3 && isFarBelow(block)) return large ? 0.82 : 0.7;
  if (onlyNegative && isBelowZeros(block)) return 0.82;
  return isAboveCounted(block, spike) ? 0.62 : 0;
}

/** -99 below an amount that most rows have none of (light, rain): beside the heap at 0 no code rises, but beside the amounts it does. */
function isBelowZeros({ values, rows, rest: { low, distinct, rowsNearbyAmounts } }: IsolatedBlock): boolean {
  const areLarge = values.every((value) => Math.abs(value) >= 9);
  return low === 0 && areLarge && distinct >= 10 && rows >= Math.max(LEAST_RISE * values.length * rowsNearbyAmounts, LEAST_RISEN);
}

/** Steps between an amount that never comes near 0 and the negative code below it, each of the mean length of those between its values. */
const FAR_BELOW = 5;

/** -1 below ages from 18 on. */
function isFarBelow({ gap, rest: { low, high, distinct } }: IsolatedBlock): boolean {
  return low > 0 && distinct >= 10 && gap >= (FAR_BELOW * (high - low)) / (distinct - 1);
}

/** Rows of a code for each row of the value next to it, and rows in all. */
const [LEAST_RISE, LEAST_RISEN] = [3, 10];
/** Of fewer there may be more things than were counted. */
const LEAST_ABOVE = 99;
/** How far a number that is no known code stands above, in ranges of the others, and rows of it for each of the values below it. */
const [UNKNOWN_ABOVE, UNKNOWN_SPIKE] = [0.3, 10];
/** Whole numbers of which nearly each has rows, and steps above them without any. */
const [LEAST_WHOLE, MOST_GAPS, LEAST_STEPS] = [20, 1.2, 5];

/** 99 above ages from 18 to 84, each of which somebody has: nobody is in between, and many are there. */
function isAboveCounted({ side, values, rows, gap, rest }: IsolatedBlock, spike: number): boolean {
  const { low, high, distinct, rowsNext } = rest;
  const areCounted = distinct >= LEAST_WHOLE && high - low + 1 <= MOST_GAPS * distinct;
  return (
    side === "high" &&
    areCounted &&
    values.every((value) => value >= LEAST_ABOVE) &&
    gap > LEAST_STEPS &&
    spike >= 3 &&
    rows >= Math.max(LEAST_RISE * rowsNext, LEAST_RISEN)
  );
}

/** 1900 in more rows than the next year of birth, which is decades later: what is honest thins out. */
function isLoneYear({ values: [year = 0, ...more], rows, gap, rest: { low, high, distinct, rowsNext } }: IsolatedBlock): boolean {
  return (
    more.length === 0 &&
    PLACEHOLDER_YEARS.has(year) &&
    low >= FIRST_YEAR &&
    high <= LAST_YEAR &&
    distinct >= LEAST_YEARS &&
    gap >= Math.max(LONE_YEARS, (LONE_STEPS * (high - low)) / (distinct - 1)) &&
    rows >= LEAST_RISEN &&
    rows > rowsNext
  );
}

/** Below an amount whose least value is far above 0, a few rows of one or two whole numbers from -9 on: no amount of it is less than nothing. */
function isSmallCode({ values, rows, rest: { low, distinct } }: IsolatedBlock): boolean {
  return low > 0 && rows >= 3 && distinct >= 10 && values.every((value) => Number.isInteger(value) && value >= -9);
}

/** How many times 1 the next value is, and that the largest is, and how often 1 stands. */
const [LEAST_NEXT, LEAST_REACH, LEAST_ONES, ONES_TIMES, LEAST_AMOUNTS] = [4, 400, 5, 5, 20];

/** Amounts over several powers of ten with a 1 that comes back, far below all others, each of which hardly does: a field that must not be empty (a price of 1, a mileage of 1). */
function isLoneOne({ side, values, rows, rest: { low, high, distinct } }: IsolatedBlock, spike: number): boolean {
  return (
    side === "low" &&
    values.length === 1 &&
    values[0] === 1 &&
    low >= LEAST_NEXT &&
    high >= LEAST_REACH &&
    rows >= LEAST_ONES &&
    spike >= ONES_TIMES &&
    distinct >= LEAST_AMOUNTS
  );
}

/** Of two numbers, 0 or 1 and one of two nines or more (99), which is the code; null where they are not so. */
export function codeBesideMark(values: ArrayLike<number>): number | null {
  const [mark = Number.NaN, code = Number.NaN] = [values[0], values[1]];
  return values.length === 2 && (mark === 0 || mark === 1) && /^9{2,10}$/.test(String(code)) ? code : null;
}

/** Sizes that grow by a factor, 1, 2, 4, 8: the last is no farther from the one before than that from its own. */
function isNextStep({ side, values: [value = 0, ...more], rest: { low, high, belowHigh, distinct } }: IsolatedBlock): boolean {
  return side === "high" && more.length === 0 && low > 0 && distinct >= 3 && value / high <= (1 + 1e-9) * (high / belowHigh);
}

/** A look that counts only when the same number is a clear code elsewhere in the table. */
export function isWeakCode(block: IsolatedBlock): boolean {
  const { gapToSpread, spike, onlyNegative } = isolationOf(block);
  if (isNextStep(block)) return false;
  return block.rows >= 3 && block.rest.distinct >= 3 && spike >= 2 && (onlyNegative || gapToSpread >= 0.1) && isKnownBlock(block.values);
}
