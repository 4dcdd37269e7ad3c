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
/** Signs that stand behind letters: units. */
const BEHIND_LETTERS = "°²³";
/** Letters so rare, and bytes so common where bytes are broken, that a file needs many others to be believed. */
const SUSPECT = "ÿþ";
/** Letters that hardly a text of western Europe writes alone. */
const NEVER_ALONE = "ÿþðßÞÐŸ";
/** Share of bytes above 0x7F that may make no sense: slips of typing. */
const MOST_ODD = 0.02;

type Kind = "small" | "capital" | "no letter";

/** What speaks for and against that bytes above 0x7F are Windows-1252: letters inside words, or signs where signs stand. */
export interface Evidence {
  high: number;
  odd: number;
  /** A byte that no text in Windows-1252 holds. */
  impossible: boolean;
  /** A sign that is a letter of other encodings, or may be: directly behind a letter, or of the bytes 0x80 to 0x9F. */
  doubtful: boolean;
  /** A word with such a letter. */
  example: string | null;
}

type Judgement = Pick<Evidence, "high" | "odd" | "example">;

/**
 * An example word when the bytes of the file can only be text in Windows-1252 among the encodings of western Europe; null when they are not. A letter above 0x7F is in place in a word that has
 * plain letters as well, and a capital one not behind a small letter (Mac Roman and the code pages of DOS put capitals and signs there); alone, as French "à" is, it says
 * nothing. Cyrillic, Greek and binary bytes run on without plain letters.
 */
export function soundWord(seen: Evidence): string | null {
  return seen.impossible || seen.odd > MOST_ODD * seen.high ? null : seen.example;
}

/** Whether nothing speaks against Windows-1252 ("20 °C"): taken where other tables like it are in it. */
export function mayBeWestern(seen: Evidence): boolean {
  return !seen.impossible && !seen.doubtful && seen.odd <= MOST_ODD * seen.high;
}

/** Takes a whole file, and keeps what it says. */
export function evidenceSink(): { readonly sink: ByteSink; readonly seen: Evidence } {
  const seen: Evidence = { high: 0, odd: 0, impossible: false, doubtful: false, example: null };
  return { sink: sinkInto(seen), seen };
}

/** Longer runs of letters are no words: judged in pieces. */
const LONGEST_WORD = 4000;
/** Words that are kept, for those that come again. */
const MOST_JUDGED = 5000;

/** By the byte, since a file has many of them; only what holds one above 0x7F is made a text. */
function sinkInto(seen: Evidence): ByteSink {
  const word = Buffer.alloc(LONGEST_WORD);
  const judged = new Map<string, Judgement>();
  let [length, isForeign, sign] = [0, false, ""];
  const judgement = (): Judgement => {
    const key = word.toString("latin1", 0, length);
    const known = judged.get(key);
    if (known !== undefined) return known;
    const found = judgeWord(fromWindows1252(word.subarray(0, length)));
    if (judged.size < MOST_JUDGED) judged.set(key, found);
    return found;
  };
  const endWord = () => {
    if (isForeign) {
      const { high, odd, example } = judgement();
      seen.high += high;
      seen.odd += odd;
      seen.example ??= example;
    }
    [length, isForeign] = [0, false];
  };
  const takeSign = (byte: number) => {
    sign = length > 0 && byte > 0x7f ? (SIGNS[byte] ?? "") : "";
    if (byte > 0x7f) seen.high++;
    if ((byte > 0x7f && byte < 0xa0) || (sign !== "" && !BEHIND_LETTERS.includes(sign))) seen.doubtful = true;
    if (length > 0) endWord();
  };
  const take = (byte: number) => {
    if (IS_LETTER[byte] === 0) {
      takeSign(byte);
      return;
    }
    // The sign before stood between two letters.
    if (sign !== "" && !BETWEEN_LETTERS.includes(sign)) seen.odd++;
    sign = "";
    if (length === LONGEST_WORD) endWord();
    word[length++] = byte;
    isForeign ||= byte > 0x7f;
  };
  return {
    take: (piece) => {
      for (let at = 0; at < piece.length && !seen.impossible; at++) {
        const byte = piece[at] ?? 0;
        if (IS_IMPOSSIBLE[byte] === 1) seen.impossible = true;
        else take(byte);
      }
    },
    end: endWord,
  };
}

function judgeWord(word: string): Judgement {
  const letters = Array.from(word);
  const foreign = letters.filter((one) => one > "\u007f");
  const odd = (count: number): Judgement => ({ high: foreign.length, odd: count, example: null });
  if (word.length === 1) return odd(Number(NEVER_ALONE.includes(word)));
  const isRun = foreign.length === word.length;
  const isMixed = letters.some((one, i) => i > 0 && one > "\u007f" && isCapitalAfterSmall(word, i));
  if (isRun || isMixed) return odd(foreign.length);
  const suspect = foreign.filter((one) => SUSPECT.includes(one)).length;
  return suspect > 0 ? odd(suspect) : { high: foreign.length, odd: 0, example: word.slice(0, 40) };
}

function isCapitalAfterSmall(word: string, at: number): boolean {
  return kindOf(word.charAt(at)) === "capital" && kindOf(word.charAt(at - 1)) === "small";
}

function kindOf(one: string): Kind {
  if ((one >= "a" && one <= "z") || (one > "\u007f" && /\p{Ll}/u.test(one))) return "small";
  return (one >= "A" && one <= "Z") || (one > "\u007f" && /\p{Lu}/u.test(one)) ? "capital" : "no letter";
}

const SIGNS = Array.from({ length: 256 }, (_, byte) => fromWindows1252(Uint8Array.of(byte)));
const IS_LETTER = Uint8Array.from(SIGNS, (one) => Number(kindOf(one) !== "no letter"));
const IS_IMPOSSIBLE = Uint8Array.from(SIGNS, (_, byte) => Number(isImpossible(byte)));

/** Control characters other than tab and line ends, and the five bytes that are not defined. */
function isImpossible(byte: number): boolean {
  if (byte < 0x20) return byte !== 9 && byte !== 10 && byte !== 13;
  return byte === 0x7f || byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d;
}
