/** What a text says of an amount: the least and the largest that it may be; Infinity where it has no end. */
interface Step {
  readonly low: number;
  readonly high: number;
  readonly isStep: boolean;
  readonly unit: string;
}

/** Texts of a column that write steps of one amount, with a number for each. */
export interface SteppedAmounts {
  readonly numbers: ReadonlyMap<string, number>;
  /** Unlike these: "did not drive" beside "1 or 2 days". */
  readonly others: readonly string[];
}

/** Fewer may be names, but beside plain numbers; and of these so many say a range or have no end. */
const [LEAST, LEAST_STEPS] = [4, 1];
/** More texts beside them are another kind of answer. */
const MOST_OTHERS = 2;
const MOST = 60;
const MOST_UNIT_WORDS = 4;

const NUMBER = String.raw`\d+(?:[.,]\d+)*(?: ?[km](?![a-z]))?`;
const BELOW =
  "lt|less than|fewer than|younger than|smaller than|under|below|up to|at most|no more than|maximum|max|weniger als|juenger als|jünger als|unter|bis zu|hoechstens|höchstens|moins de|jusqu'à|jusqu’à|au plus|menos de|hasta|menor de|meno di|fino a|minder dan|tot|mniej niż|do|até|mindre än|<=|≤|<";
const ABOVE =
  "gt|more than|greater than|older than|over|above|at least|minimum|min|mehr als|älter als|aelter als|über|ueber|mindestens|ab|plus de|au moins|más de|mas de|mayor de|al menos|più di|piu di|almeno|meer dan|vanaf|więcej niż|powyżej|mais de|mer än|>=|≥|>|\\+";
const OR_BELOW =
  "or less|or fewer|or younger|or under|or below|or lower|and under|and below|and younger|oder weniger|oder jünger|und weniger|ou moins|o menos|o meno|of minder|lub mniej|eller mindre";
const OR_ABOVE =
  "or more|or older|or over|or above|or higher|or greater|and more|and over|and above|and older|and up|plus|oder mehr|oder älter|und mehr|und älter|ou plus|et plus|o más|o mas|y más|o più|of meer|en meer|lub więcej|ou mais|eller mer|eller fler|\\+";
const BETWEEN =
  "to under|to less than|to <|to|until|through|or|and|bis unter|bis|oder|und|à|a|ou|et|hasta|o|y|tot|of|do|lub|até|-|–|—|…|\\.\\.\\.?";
const [LEADS_BELOW, LEADS_ABOVE, ENDS_BELOW, ENDS_ABOVE] = [
  new RegExp(String.raw`^(?:${BELOW})(?=[\s\d])`, "u"),
  new RegExp(String.raw`^(?:${ABOVE})(?=[\s\d])`, "u"),
  new RegExp(String.raw`(?<=[\s\d])(?:${OR_BELOW})(?=\s|$)`, "u"),
  new RegExp(String.raw`(?<=[\s\d])(?:${OR_ABOVE})(?=\s|$)`, "u"),
];
const RANGE = new RegExp(String.raw`^(?:from |between |von |de |entre |da )?(${NUMBER})([^\d]*?)\s*(?:${BETWEEN})\s*(${NUMBER})(.*)$`, "u");
const SINGLE = new RegExp(`^(?:all |about |exactly |only )?(${NUMBER})(.*)$`, "u");

/** null where a text is no amount. */
function stepOf(text: string): Step | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[$€£¥]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const [isBelow, isAbove] = [LEADS_BELOW.test(plain) || ENDS_BELOW.test(plain), LEADS_ABOVE.test(plain) || ENDS_ABOVE.test(plain)];
  const bare = [LEADS_BELOW, LEADS_ABOVE, ENDS_BELOW, ENDS_ABOVE]
    .reduce((rest, phrase) => rest.replace(phrase, " "), plain)
    .replace(/\s+/g, " ")
    .trim();
  if (!isBelow && !isAbove) {
    const range = RANGE.exec(bare);
    const [from, to] = [numberOf(range?.[1]), numberOf(range?.[3])];
    if (range !== null && from !== null && to !== null) {
      const unit = unitOf(range[4] ?? "") ?? "";
      return from < to && unitOf(range[2] ?? "") !== null && unitOf(range[4] ?? "") !== null
        ? { low: from, high: to, isStep: true, unit }
        : null;
    }
  }
  const single = SINGLE.exec(bare);
  const [value, unit] = [numberOf(single?.[1]), unitOf(single?.[2] ?? "")];
  if (single === null || value === null || unit === null || (isBelow && isAbove)) return null;
  return {
    low: isBelow ? Number.NEGATIVE_INFINITY : value,
    high: isAbove ? Number.POSITIVE_INFINITY : value,
    isStep: isBelow || isAbove,
    unit,
  };
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const factor = /k$/.test(text) ? 1e3 : /m$/.test(text) ? 1e6 : 1;
  const digits = text.replace(/ ?[km]$/, "");
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits) ? digits.replace(/,/g, "") : digits.replace(",", ".");
  const value = factor * Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** Words behind a number, each without an "s" at its end; null where they are no unit: digits, marks, many words, or letters right behind the number as in "9th". */
function unitOf(text: string): string | null {
  if (/^[a-z]{1,2}(?![a-z])/.test(text) && !/^(?:h|g|m|l|s|d|w|y|kg|mg|cm|mm|km|ml|hr|yr|mo|kb|mb|gb)\b/.test(text)) return null;
  const words = text
    .trim()
    .replace(/[.,%()]/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length > MOST_UNIT_WORDS || words.some((word) => !/^\p{L}+(?:\/\p{L}+)?$/u.test(word))) return null;
  return words.map((word) => word.replace(/s$/, "")).join(" ");
}

/**
 * Steps of one amount that are written in words ("4 or less hours", "5 hours", "10 or more hours"; "18-24", "25-34", "65+"): four texts at least that are numbers or ranges of one unit, one of them a range or
 * without an end, which do not overlap, and hardly any other text. Of a range the middle, of one without an end the end that it has. null = not so.
 * @param texts the different values, without words for "no value". @param least so many texts at least
 */
export function steppedAmounts(texts: readonly string[], least = LEAST): SteppedAmounts | null {
  if (texts.length < least || texts.length > MOST) return null;
  const read = texts.map((text) => ({ text, step: stepOf(text) }));
  const steps = read.flatMap(({ text, step }) => (step === null ? [] : [{ text, ...step }]));
  const others = read.flatMap(({ text, step }) => (step === null ? [text] : []));
  if (steps.length < least || steps.filter(({ isStep }) => isStep).length < LEAST_STEPS || others.length > MOST_OTHERS) return null;
  if (new Set(steps.map(({ unit }) => unit).filter((unit) => unit !== "")).size > 1) return null;
  const ordered = steps.toSorted((a, b) => a.low - b.low || a.high - b.high);
  const isApart = ordered.every((step, place) => place === 0 || step.low >= (ordered[place - 1]?.high ?? 0));
  const middle = ({ low, high }: Step) =>
    Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : Number.isFinite(low) ? low : high;
  const values = besideEnds(ordered.map(middle));
  return isApart && values.every((value, place) => place === 0 || value > (values[place - 1] ?? value))
    ? { numbers: new Map(ordered.map(({ text }, place) => [text, values[place] ?? 0])), others }
    : null;
}

/** "Less than 1" beside "1" is half a step below it, and "more than 3" beside "3" half a step above. */
function besideEnds(values: readonly number[]): readonly number[] {
  const last = values.length - 1;
  const [first = 0, second = 0, third = 0] = values;
  const [end = 0, before = 0, earlier = 0] = values.toReversed();
  return values.map((value, place) => {
    if (place === 0 && first === second) return value - (third - second) / 2;
    return place === last && end === before ? value + (before - earlier) / 2 : value;
  });
}
