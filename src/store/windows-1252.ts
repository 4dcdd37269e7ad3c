import type { ByteSink } from "./byte-scan.ts";

/**
 * Characters of the bytes 0x80 to 0x9F (WHATWG Encoding, index windows-1252); the others are those of Latin-1. A table of our own: TextDecoder of Node 20 takes these
 * for control characters. Five bytes are not defined: blanks here.
 */
const C1 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

export function fromWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return text.replace(/[\u0080-\u009f]/g, (one) => C1.charAt(one.charCodeAt(0) - 0x80));
}

/** Signs that may stand between two letters: apostrophe, middle dot, soft hyphen, dashes, hard blank. */
const BETWEEN_LETTERS = "’·\u00AD–—\u00A0";
/** Letters so rare, and bytes so common where bytes are broken, that a file needs many others to be believed. */
const SUSPECT = "ÿþ";
/** Letters that hardly a text of western Europe writes alone. */
const NEVER_ALONE = "ÿþðßÞÐŸ";
/** Share of bytes above 0x7F that may make no sense: slips of typing. */
const MOST_ODD = 0.02;

type Kind = "small" | "capital" | "no letter";

/** What speaks for and against that bytes above 0x7F are Windows-1252: letters inside words, or signs where signs stand. */
interface Evidence {
  high: number;
  odd: number;
  /** A byte that no text in Windows-1252 holds. */
  impossible: boolean;
  /** A word with such a letter. */
  example: string | null;
}

/**
 * An example word when the bytes of the file can only be text in Windows-1252 among the encodings of western Europe; null when they are not. A letter above 0x7F is in place in a word that has
 * plain letters as well, and a capital one not behind a small letter (Mac Roman and the code pages of DOS put capitals and signs there); alone, as French "à" is, it says
 * nothing. Cyrillic, Greek and binary bytes run on without plain letters.
 */
export function soundWord(seen: Evidence): string | null {
  return seen.impossible || seen.odd > MOST_ODD * seen.high ? null : seen.example;
}

/** Takes a whole file, and keeps what it says. */
export function evidenceSink(): { readonly sink: ByteSink; readonly seen: Evidence } {
  const seen: Evidence = { high: 0, odd: 0, impossible: false, example: null };
  return { sink: sinkInto(seen), seen };
}

function sinkInto(seen: Evidence): ByteSink {
  let word = "";
  let sign = "";
  const endWord = () => {
    const foreign = Array.from(word).filter((one) => one > "\u007f");
    seen.high += foreign.length;
    if (foreign.length > 0) judgeWord(word, foreign, seen);
    word = "";
  };
  const take = (one: string) => {
    const isLetter = kindOf(one) !== "no letter";
    // The sign before stood between two letters.
    if (isLetter && sign !== "" && !BETWEEN_LETTERS.includes(sign)) seen.odd++;
    if (isLetter) {
      word += one;
      sign = "";
      return;
    }
    sign = word !== "" && one > "\u007f" ? one : "";
    if (one > "\u007f") seen.high++;
    endWord();
  };
  return {
    take: (piece) => {
      if (piece.some(isImpossible)) seen.impossible = true;
      if (!seen.impossible) for (const one of fromWindows1252(piece)) take(one);
    },
    end: endWord,
  };
}

function judgeWord(word: string, foreign: readonly string[], seen: Evidence): void {
  if (word.length === 1) {
    seen.odd += Number(NEVER_ALONE.includes(word));
    return;
  }
  const isRun = foreign.length === word.length;
  const isMixed = Array.from(word).some((one, i) => i > 0 && one > "\u007f" && isCapitalAfterSmall(word, i));
  const suspect = foreign.filter((one) => SUSPECT.includes(one)).length;
  if (isRun || isMixed) seen.odd += foreign.length;
  else if (suspect > 0) seen.odd += suspect;
  else seen.example ??= word.slice(0, 40);
}

function isCapitalAfterSmall(word: string, at: number): boolean {
  return kindOf(word.charAt(at)) === "capital" && kindOf(word.charAt(at - 1)) === "small";
}

function kindOf(one: string): Kind {
  if ((one >= "a" && one <= "z") || (one > "\u007f" && /\p{Ll}/u.test(one))) return "small";
  return (one >= "A" && one <= "Z") || (one > "\u007f" && /\p{Lu}/u.test(one)) ? "capital" : "no letter";
}

/** Control characters other than tab and line ends, and the five bytes that are not defined. */
function isImpossible(byte: number): boolean {
  if (byte < 0x20) return byte !== 9 && byte !== 10 && byte !== 13;
  return byte === 0x7f || byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d;
}
