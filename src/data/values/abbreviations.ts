/** A level and another one that it is short for. */
export interface Abbreviation {
  readonly short: number;
  readonly long: number;
}

/** Of more levels, letters go with some name by chance. */
const MOST_LEVELS = 200;
/** A usual way to write a value stands in so many times as many rows. */
const RARER = 3;
/** Letters of a word that has a short form, of one without vowels, and of the front that both have. */
const [LEAST_LONG, LEAST_SHORT, FRONT] = [5, 3, 2];
/** Of its letters a short form has so many at most. */
const SHORTER = 0.75;
/** Words that initials leave out. */
const SMALL = new Set("of and the for in on to und der die das de des du et la le les y e el los las di del della en van".split(" "));

/**
 * Levels in few rows that are short for one other level of the column and for no second one: its initials ("HR"), its consonants ("Mktg"), or the same words of which some end on a point and begin alike
 * ("Cust. Support"). Whether they mean the same is asked.
 * @param levels by code. @param counts rows of each.
 */
export function abbreviations(levels: readonly string[], counts: ArrayLike<number>): readonly Abbreviation[] {
  const held = Array.from(levels.keys()).filter((code) => (counts[code] ?? 0) > 0);
  if (held.length > MOST_LEVELS) return [];
  const words = levels.map(wordsOf);
  return held.flatMap((short) => {
    const longer = held.filter((long) => long !== short && isShortFor(words[short] ?? [], words[long] ?? [], levels[short] ?? ""));
    const [long] = longer;
    return longer.length === 1 && long !== undefined && RARER * (counts[short] ?? 0) <= (counts[long] ?? 0) ? [{ short, long }] : [];
  });
}

function wordsOf(level: string): readonly string[] {
  const plain = level.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[\s/&_-]+/u).filter((word) => word !== "" && word !== ".");
}

function isShortFor(short: readonly string[], long: readonly string[], written: string): boolean {
  if (short.length === 1 && long.length > 1) return areInitials(short[0] ?? "", long, written);
  if (short.length !== long.length || short.length === 0) return false;
  const pairs = short.map((word, place) => [word, long[place] ?? ""] as const);
  const shortened = pairs.filter(([a, b]) => a !== b);
  return shortened.length > 0 && shortened.every(([a, b]) => isShortWord(a, b));
}

/** In capitals or with points: "it" is a word. */
function areInitials(word: string, long: readonly string[], written: string): boolean {
  const letters = word.replace(/\./g, "");
  const isCalled = /^[\p{Lu}.]+$/u.test(written.trim());
  const all = long.map((one) => one[0] ?? "").join("");
  const main = long.flatMap((one) => (SMALL.has(one) ? [] : [one[0] ?? ""])).join("");
  return isCalled && letters.length > 1 && (letters === all || letters === main);
}

function isShortWord(short: string, long: string): boolean {
  const ends = short.endsWith(".");
  const letters = short.replace(/\./g, "");
  if (!/^\p{L}+$/u.test(letters) || !/^\p{L}+$/u.test(long) || long.length < LEAST_LONG || letters.length > SHORTER * long.length) {
    return (
      ends && letters.length >= FRONT && long.startsWith(letters.slice(0, FRONT)) && letters.length < long.length && isWithin(letters, long)
    );
  }
  if (letters.length < LEAST_SHORT && !ends) return false;
  const isFront = long.startsWith(letters.slice(0, ends ? FRONT : 1));
  return isFront && isWithin(letters, long) && (ends || !/[aeiouy]/u.test(letters.slice(1)));
}

/** Whether the letters stand in the word in their order. */
function isWithin(letters: string, word: string): boolean {
  let place = 0;
  for (const letter of letters) {
    const found = word.indexOf(letter, place);
    if (found < 0) return false;
    place = found + 1;
  }
  return true;
}
