import { fold } from "../../core/null-words.ts";
import { nameWords } from "../meaning/name-words.ts";

/** Of more levels, names of places and things begin alike ("Kansas", "Kansas City"). */
const MOST_LEVELS = 12;
const LEAST_LETTERS = 4;

/**
 * Pairs of levels, the shorter first, of which one has one word more, and that word says what all levels are about: the name of the column has it, or another level ends on it ("Normal" and
 * "Normal Weight" beside "Overweight").
 */
export function addedWords(name: string, levels: readonly string[]): readonly (readonly [string, string])[] {
  if (levels.length > MOST_LEVELS) return [];
  const about = nameWords(name);
  return levels.flatMap((long) => {
    const words = fold(long).split(" ");
    const word = words.at(-1) ?? "";
    const short = words.slice(0, -1).join(" ");
    const other = levels.find((level) => fold(level) === short);
    if (other === undefined || word.length < LEAST_LETTERS || !/^\p{L}+$/u.test(word)) return [];
    const ends = levels.some((level) => level !== long && fold(level).endsWith(word));
    return ends || about.includes(word) ? [[other, long] as const] : [];
  });
}
