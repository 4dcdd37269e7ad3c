import { CLASS_WORDS, COMMON_WORDS, ORDERED_WORDS } from "./lexicon.ts";
import { nameWords } from "./name-words.ts";
import { CURRENCIES, TIME_UNITS, UNITS } from "./semantic-words.ts";

/** What the name of a column has in common with the target's. */
export interface Kinship {
  readonly stem: string;
  /** word: a whole word; whole: the target's whole name, which is short or common, before more words; inside: the target's whole name in a longer word; ends: the letters at the ends of two words; short: a word that is the beginning of one of the target's; letter: all but the first letter; number: a word each and one number, as that of a grade. */
  readonly by: "word" | "whole" | "inside" | "ends" | "short" | "letter" | "number";
}

/** Letters that may stand before or after the target's whole name in one word: "edrel" of "rel". */
const MOST_LETTERS_MORE = 2;
/** Letters of a stem, and those that may stand before it in one word: "kunocheat" of "cheating". */
const [LEAST_STEM, MOST_LETTERS_AT_STEM] = [5, 5];
/** Letters that two words have at their beginning and end together, of them at one end, and as a share of the longer word: "perc...poverty". */
const [LEAST_ENDS, LEAST_END, SHARE_OF_ENDS] = [8, 5, 0.6];
/** Letters of a word cut short, and of the word that it stands for: "cal" of "calories". */
const [LEAST_SHORT, LEAST_LONG] = [3, 6];
/** Names of so many letters that differ in the first one: "apo" of "lpo", and "bmprison" of "wmprison"; not "height" of "weight". */
const [LEAST_LETTERS, MOST_LETTERS, LONG_AGAIN] = [3, 4, 8];
/** First letters of longer names by which they are of men and of women, or of mother and father: "waward" beside "maward", but a weight is no height. */
const SEXES: readonly string[] = ["m", "w", "f"];

/** Currencies and units beside another word are no stem: "kosten_eur" and "umsatz_eur". */
const MEASURES = new Set([...CURRENCIES, ...UNITS, ...Object.values(TIME_UNITS).flat()]);

/** How large a number is counted in, alone or before a currency: "price_lakh", "catalogue_mln", "sold_tkr", "umsatz_teur". */
const SCALES =
  "lakh|lakhs|lac|lacs|crore|crores|tsd|thousand|thousands|million|millions|mio|mln|mrd|bln|billion|billions|milliard|milliards|milliarden|miljoner|miljarder|mila|migliaia|milioni|millones|milhoes|tys|tis|tusen|tusind|ezer|juta|ribu|milyon".split(
    "|",
  );
const MONEY = [
  ...CURRENCIES,
  ..."kr|kc|kcs|zl|ft|huf|ron|lei|rub|rur|uah|idr|rp|thb|vnd|php|myr|sgd|hkd|twd|krw|yen|yuan|rmb|rs|rupee|rupees|rupiah|reais|kroner|kronor|kronen|korun|franc|francs|franken|dkk|isk|bgn|ils|aed|egp|ngn|kes|cop|clp|pkr|bdt|lkr|nzd|bgl|rsd|hrk".split(
    "|",
  ),
];
const SCALED_MONEY = new RegExp(`^(t|k|m|mn|mio|mln|mrd|bn)(${MONEY.join("|")})$`);

/** A shared last word that says in what both are counted is no stem. */
function isMeasure(word: string): boolean {
  return MEASURES.has(word) || SCALES.includes(word) || MONEY.includes(word) || SCALED_MONEY.test(word);
}

const COMMON: readonly string[] = [COMMON_WORDS, CLASS_WORDS, ORDERED_WORDS].flat();

/** null when the names have nothing in common but what any two may have; the surest kinship else. Of names that differ in digits only ("G1", "G3") the stem is their letters. */
export function kinshipOf(name: string, target: string): Kinship | null {
  const [own, wanted] = [nameWords(name), nameWords(target)];
  const letters = own.filter((word) => wanted.includes(word) && !isNumber(word));
  const isUnit = (word: string) =>
    own.length > 1 && wanted.length > 1 && (MEASURES.has(word) || (word === own.at(-1) && word === wanted.at(-1) && isMeasure(word)));
  const long = letters.filter((word) => word.length >= 3 && !COMMON.includes(word) && !isUnit(word)).sort((a, b) => b.length - a.length);
  if (long[0] !== undefined) return { stem: long[0], by: "word" };
  if (isInside(own, wanted)) return { stem: wanted[0] ?? "", by: "inside" };
  const stem = stemOf(wanted);
  if (
    stem !== null &&
    own.some((word) => word.length > stem.length && word.length <= stem.length + MOST_LETTERS_AT_STEM && word.endsWith(stem))
  )
    return { stem, by: "inside" };
  if (own.length > wanted.length && wanted.every((word, place) => own[place] === word) && !wanted.every(isNumber))
    return { stem: wanted.join(" "), by: "whole" };
  const bare = withoutNumbers(name);
  if (letters.length > 0 && bare === withoutNumbers(target)) return { stem: bare, by: "word" };
  return sharedEnds(own, wanted) ?? cutShort(own, wanted) ?? butForALetter(own, wanted) ?? sameNumber(own, wanted);
}

/** The words of a name but for its numbers: what "V1" and "V128" have in common. */
export function withoutNumbers(name: string): string {
  return nameWords(name)
    .filter((word) => !isNumber(word))
    .join(" ");
}

/** The target's name and a year of two or four digits: "lw80" of "lw". Columns that are merely numbered ("v1", "v2") are told by their values only. */
export function isOfYear(name: string, target: string): boolean {
  const [own, wanted] = [nameWords(name).join(" "), nameWords(target).join(" ")];
  return own.startsWith(wanted) && /^ ?(\d\d|(19|20)\d\d)$/.test(own.slice(wanted.length));
}

function isInside(own: readonly string[], [only = "", ...more]: readonly string[]): boolean {
  if (more.length > 0 || only.length < 3 || COMMON.includes(only)) return false;
  return own.some(
    (word) => word.length > only.length && word.length <= only.length + MOST_LETTERS_MORE && (word.startsWith(only) || word.endsWith(only)),
  );
}

/** The target's one word without the ending of a verb or a plural: "cheat" of "cheating"; null where too little is left. */
function stemOf([only = "", ...more]: readonly string[]): string | null {
  const stem = only.replace(/(ing|ed|er|s)$/, "");
  return more.length > 0 || stem.length < LEAST_STEM || COMMON.includes(only) || COMMON.includes(stem) ? null : stem;
}

function sharedEnds(own: readonly string[], wanted: readonly string[]): Kinship | null {
  for (const a of own)
    for (const b of wanted) {
      if (a === b || isNumber(a) || isNumber(b)) continue;
      const front = sameLetters(a, b);
      const back = Math.min(sameLetters([...a].reverse().join(""), [...b].reverse().join("")), Math.min(a.length, b.length) - front);
      const isLong = front + back >= LEAST_ENDS && Math.max(front, back) >= LEAST_END;
      if (isLong && front + back >= SHARE_OF_ENDS * Math.max(a.length, b.length))
        return { stem: `${a.slice(0, front)}...${a.slice(a.length - back)}`.replace(/^\.\.\.|\.\.\.$/, ""), by: "ends" };
    }
  return null;
}

function sameLetters(a: string, b: string): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a[count] === b[count]) count++;
  return count;
}

function cutShort(own: readonly string[], wanted: readonly string[]): Kinship | null {
  const isShort = (word: string) =>
    word.length >= LEAST_SHORT && wanted.some((one) => one.length >= LEAST_LONG && one.length > word.length && one.startsWith(word));
  const stem = own.find((word) => !COMMON.includes(word) && isShort(word));
  return stem === undefined ? null : { stem, by: "short" };
}

function butForALetter([a = "", ...moreOfA]: readonly string[], [b = "", ...moreOfB]: readonly string[]): Kinship | null {
  if (moreOfA.length + moreOfB.length > 0 || a.length !== b.length || a.length < LEAST_LETTERS) return null;
  if (a.length > MOST_LETTERS && a.length < LONG_AGAIN && !(SEXES.includes(a[0] ?? "") && SEXES.includes(b[0] ?? ""))) return null;
  return a.slice(1) === b.slice(1) && !isNumber(a) ? { stem: a.slice(1), by: "letter" } : null;
}

/** "story4" of "math4". */
function sameNumber(own: readonly string[], wanted: readonly string[]): Kinship | null {
  const isForm = ([word = "", number = "", ...more]: readonly string[]) =>
    more.length === 0 && word.length >= LEAST_LETTERS && !isNumber(word) && /^\d{1,2}$/.test(number);
  return isForm(own) && isForm(wanted) && own[1] === wanted[1] ? { stem: wanted[1] ?? "", by: "number" } : null;
}

function isNumber(word: string): boolean {
  return /^\p{N}+$/u.test(word);
}
