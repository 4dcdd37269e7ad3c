import { fold } from "../../core/null-words.ts";
import { nameWords } from "../meaning/name-words.ts";

/** Of more levels, names of places and things begin alike ("Kansas", "Kansas City"). */
const MOST_LEVELS = 12;
const LEAST_LETTERS = 4;

/**
 * Pairs of levels, the shorter first, of which one has one word more, and that word says what all levels are about: the name of the column has it, all others end on it, or half of them as a
 * part of a word ("Normal" and "Normal Weight" beside "Overweight"). A word that is added to two levels is a second dimension ("Asian British" beside "Asian", "Black" and "Black British").
 */
export function addedWords(name: string, levels: readonly string[]): readonly (readonly [string, string])[] {
  if (levels.length > MOST_LEVELS) return [];
  const about = nameWords(name);
  const pairs = levels.flatMap((long) => {
    const words = fold(long).split(" ");
    const word = words.at(-1) ?? "";
    const short = words.slice(0, -1).join(" ");
    const other = levels.find((level) => fold(level) === short);
    return other === undefined || word.length < LEAST_LETTERS || !/^\p{L}+$/u.test(word) ? [] : [{ short: other, long, word }];
  });
  return pairs.flatMap(({ short, long, word }) => {
    if (pairs.some((pair) => pair.word === word && fold(pair.long) !== fold(long))) return [];
    const others = levels.filter((level) => level !== long && level !== short).map((level) => fold(level));
    const isTold = about.includes(word) || endOn(others, word);
    return isTold ? [[short, long] as const] : [];
  });
}

/** A word of its own is how kinds are named ("Single Family", "Multi Family"), unless all have it. */
function endOn(levels: readonly string[], word: string): boolean {
  const ends = levels.filter((level) => level.endsWith(word));
  const grown = ends.filter((level) => /\p{L}/u.test(level.at(-word.length - 1) ?? ""));
  return ends.length > 0 && (ends.length === levels.length || 2 * grown.length >= levels.length);
}
