import { wordsIn } from "../../recipe/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";

/** Texts that are looked at, evenly over the column. */
const SHOWN = 1000;

/** Different texts that a word must stand in to be learned: a rarer one tells little, and may name a person. */
export const LEAST_TEXTS = 5;

/** Names of so many levels and of so many words on average are read by their words rather than as a whole. */
const LEAST_LEVELS = 100;
const LEAST_WORDS = 2;
/** Share of the names that have a word. */
const OF_ALL = 0.8;

/** Initials and numbers say little; in writings without blanks one character is a word. */
const TELLING = /\p{L}{2}|[^\0-\x7f]/u;

export interface TextWords {
  readonly lookedAt: number;
  readonly meanWords: number;
  /** Words that stand in enough of the texts that were looked at. */
  readonly comingBack: number;
}

/** What the words of a column are like, where they can be read; null for codes, single words, few levels, and where no word comes back. Once per column and audit. */
export function textWords(context: AuditContext, column: LevelColumn): TextWords | null {
  return context.shared(`words of ${column.name}`, () => {
    const isText = column.type === "text";
    if (!isText && column.levels.length < LEAST_LEVELS) return null;
    const step = Math.max(1, Math.ceil(column.levels.length / SHOWN));
    const shown = column.levels.filter((_, level) => level % step === 0).map((text) => wordsIn(text).filter((word) => TELLING.test(word)));
    const texts = new Map<string, number>();
    for (const words of shown) for (const word of new Set(words)) texts.set(word, (texts.get(word) ?? 0) + 1);
    // A word that nearly all names have ("County") tells none from another.
    const isOfAll = (word: string) => !isText && (texts.get(word) ?? 0) > OF_ALL * shown.length;
    const comingBack = [...texts].filter(([word, count]) => count >= LEAST_TEXTS && !isOfAll(word)).length;
    const meanWords = shown.reduce((sum, words) => sum + words.filter((word) => !isOfAll(word)).length, 0) / Math.max(1, shown.length);
    if (comingBack === 0 || (!isText && (meanWords < LEAST_WORDS || comingBack < LEAST_TEXTS))) return null;
    return { lookedAt: shown.length, meanWords, comingBack };
  });
}
