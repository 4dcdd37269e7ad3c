import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Alphabet, ENCODINGS, type Encoding, WINDOWS_1252 } from "./alphabets.ts";
import { scanBytes } from "./byte-scan.ts";
import { type ByteWords, byteWordsSink } from "./byte-words.ts";
import { writeError } from "./io-error.ts";
import { newFile } from "./new-file.ts";
import { type Plane, planeOf, planesOf } from "./sign-planes.ts";
import { type Evidence, evidenceSink, fromWindows1252, mayBeWestern, soundWord } from "./windows-1252.ts";

/** What a file is read as, with a word to look at; several where its bytes do not say which. */
export interface Guess {
  readonly encodings: readonly Encoding[];
  readonly word: string;
  /** Its own bytes say so, and no other table like it. */
  readonly isSure: boolean;
}

/** How well an encoding explains the words. */
interface Reading {
  readonly encoding: Encoding;
  readonly texts: readonly string[];
  /** Bits by which the words are likelier than bytes above 0x7F drawn at random. */
  readonly bits: number;
  readonly isSound: boolean;
  /** Too few words may say no more. */
  readonly isPossible: boolean;
  readonly word: string;
}

/** Likelier by a million than bytes at random, and than any other reading. */
const SURE_BITS = 20;
/** Letters of the language among those beyond ASCII: names of strangers come too. */
const OF_LANGUAGE = 0.95;
/** Letters in places where no text has them: slips of typing. */
const MOST_ODD = 0.02;
/** Share of a letter that the language does not have. */
const STRANGE = 1e-4;
/** Letters among all characters beyond ASCII: frames and fractions are others. */
const MOST_LETTERS = 0.5;
/** Bits by which a letter may be rarer than those of the language are in the mean: a wrong reading has its rare ones in place of the frequent. */
const MOST_SURPRISE = 0.35;
/** Characters of two bytes between two Latin letters: kanji stand beside a name ("USBケーブル"), hardly within a word ("M馬chen", which is "München" of a DOS). */
const MOST_WITHIN = 0.05;
/** Second bytes that are Latin letters: a quarter of all that there are, half of those of katakana, and all where they are the next letter of a word. */
const MOST_ON_LETTERS = 0.8;
const BEYOND_ASCII = /[^\0-\x7f]/gu;
const LETTER = /\p{L}/u;

/**
 * The encodings that the bytes can be text in, the likeliest first; null: in none that is known. `usual`: the name of that of other tables like it, which is taken where
 * the bytes do not speak against it.
 */
export async function guessEncoding(path: string, usual?: string): Promise<Guess | null> {
  const western = evidenceSink();
  const words = byteWordsSink();
  await scanBytes(path, [western.sink, words.sink]);
  return guessOf(words.found, western.seen, usual);
}

function guessOf({ words, hasControls }: ByteWords, seen: Evidence, usual: string | undefined): Guess | null {
  const westernWord = soundWord(seen);
  const all = [...words.values()];
  const western = readingOf(WINDOWS_1252, all);
  const others = ENCODINGS.map((encoding) => readingOf(encoding, all));
  const isSure = isSound(western) && !others.some((one) => rivals(one, western));
  const asWestern = westernWord === null ? null : { encodings: [WINDOWS_1252], word: westernWord, isSure };
  // A few broken bytes in a text that is UTF-8 elsewhere.
  if (hasControls || all.filter((bytes) => isUtf8(bytes)).length > 0.5 * all.length) return asWestern;
  const sound = others.filter(isSound).sort((a, b) => b.bits - a.bits);
  if (usual === WINDOWS_1252.name && mayBeWestern(seen) && !sound.some((one) => rivals(one, western)))
    return { encodings: [WINDOWS_1252], word: western.word, isSure: false };
  const known = asUsual(usual, all, asWestern === null ? sound : [western, ...sound]);
  if (known !== null) return known;
  const [best] = sound;
  if (best === undefined) return asWestern;
  if (asWestern !== null) return differs(best, western) && best.bits > western.bits + SURE_BITS ? chosen(best, sound) : asWestern;
  return chosen(best, sound);
}

function asUsual(usual: string | undefined, words: readonly Uint8Array[], others: readonly Reading[]): Guess | null {
  const encoding = ENCODINGS.find(({ name }) => name === usual);
  if (encoding === undefined) return null;
  const reading = readingOf(encoding, words);
  const isBeaten = others.some((other) => differs(other, reading) && other.bits > reading.bits + SURE_BITS);
  return reading.isPossible && !isBeaten ? { encodings: [encoding], word: reading.word, isSure: false } : null;
}

function chosen(best: Reading, sound: readonly Reading[]): Guess {
  const others = sound.filter((one) => one !== best && rivals(one, best));
  return { encodings: [best, ...others].map(({ encoding }) => encoding), word: best.word, isSure: others.length === 0 };
}

function isSound({ isSound, bits }: Reading): boolean {
  return isSound && bits >= SURE_BITS;
}

/** Whether it gives another text, and is not a million times less likely. */
function rivals(one: Reading, best: Reading): boolean {
  return differs(one, best) && one.bits > best.bits - SURE_BITS;
}

function differs(a: Reading, b: Reading): boolean {
  return a.texts.some((text, i) => text !== b.texts[i]);
}

function readingOf(encoding: Encoding, words: readonly Uint8Array[]): Reading {
  const none = { encoding, texts: [], bits: 0, isSound: false, isPossible: false, word: "" };
  const decode = decoderOf(encoding.label);
  const texts: string[] = [];
  try {
    for (const bytes of words) texts.push(decode(bytes));
  } catch {
    return none;
  }
  if (encoding.alphabets.length === 0) return ofPlanes(encoding, words, texts);
  const readings = encoding.alphabets.map((alphabet) => ofAlphabet(encoding, alphabet, texts));
  return readings.reduce((top, one) => (better(one, top) ? one : top), readings[0] ?? none);
}

function better(a: Reading, b: Reading): boolean {
  return a.isSound !== b.isSound ? a.isSound : a.isPossible !== b.isPossible ? a.isPossible : a.bits > b.bits;
}

function decoderOf(label: string): (bytes: Uint8Array) => string {
  if (label === "windows-1252") return fromWindows1252;
  const decoder = new TextDecoder(label, { fatal: true });
  return (bytes) => decoder.decode(bytes);
}

function ofAlphabet(encoding: Encoding, { letters }: Alphabet, texts: readonly string[]): Reading {
  const { logOf, entropy } = zipf(Array.from(letters));
  const isLatin = /\p{Script=Latin}/u.test(letters);
  let [surprise, high, read, ofLanguage, odd, word] = [0, 0, 0, 0, 0, ""];
  for (const text of texts) {
    for (const one of text.match(BEYOND_ASCII) ?? []) {
      high++;
      if (!LETTER.test(one)) continue;
      const log = logOf.get(one) ?? logOf.get(one.toLowerCase());
      read++;
      ofLanguage += Number(log !== undefined);
      surprise -= log ?? Math.log2(STRANGE);
    }
    const wrong = oddLetters(text, isLatin);
    odd += wrong;
    if (word === "" && wrong === 0) word = wordIn(text);
  }
  const isPossible = odd <= MOST_ODD * high && ofLanguage >= OF_LANGUAGE * read;
  const isSound = isPossible && read >= MOST_LETTERS * high && surprise <= (entropy + MOST_SURPRISE) * read;
  return { encoding, texts, bits: 7 * read - surprise, isSound, isPossible, word: word === "" ? (texts[0] ?? "") : word };
}

/** The letter of rank r comes about once for r of the most frequent (Zipf). */
function zipf(letters: readonly string[]): { readonly logOf: ReadonlyMap<string, number>; readonly entropy: number } {
  const total = letters.reduce((sum, _, rank) => sum + 1 / (rank + 2), 0);
  const shares = letters.map((letter, rank) => [letter, 1 / (rank + 2) / total] as const);
  const entropy = shares.reduce((sum, [, share]) => sum - share * Math.log2(share), 0);
  return { logOf: new Map(shares.map(([letter, share]) => [letter, Math.log2((1 - STRANGE) * share)])), entropy };
}

function wordIn(text: string): string {
  return (text.match(/\p{L}*(?![\0-\x7f])\p{L}\p{L}*/u)?.[0] ?? "").slice(0, 40);
}

/** Capitals behind small letters, letters of two scripts in one word, control characters, and signs between letters. */
function oddLetters(text: string, isLatin: boolean): number {
  const wrong = [
    /\p{Ll}(?![\0-\x7f])\p{Lu}/gu,
    /(?![\0-\x7f])\p{Ll}\p{Lu}\p{Ll}/gu,
    /(?![\0-\x7f])\p{C}/gu,
    /(?<=\p{L})(?![\0-\x7f’·\u00AD–—\u00A0])[^\p{L}\p{C}](?=\p{L})/gu,
    ...(isLatin ? [] : [/[a-z](?![\0-\x7f])\p{L}/giu, /(?![\0-\x7f])\p{L}[a-z]/giu]),
  ];
  return wrong.reduce((sum, pattern) => sum + (text.match(pattern)?.length ?? 0), 0);
}

function ofPlanes(encoding: Encoding, words: readonly Uint8Array[], texts: readonly string[]): Reading {
  const readings = planesOf(encoding.label).map((planes) => inPlanes(encoding, planes, words, texts));
  return readings.reduce((top, one) => (better(one, top) ? one : top));
}

function inPlanes(encoding: Encoding, planes: readonly Plane[], words: readonly Uint8Array[], texts: readonly string[]): Reading {
  let [bits, characters, usual, within, onLetter] = [0, 0, 0, 0, 0];
  for (const bytes of words) {
    for (let at = 0, isBehindLetter = false; at < bytes.length; at++) {
      const first = bytes[at] ?? 0;
      if (first <= 0x7f) {
        isBehindLetter = isPlainLetter(first);
        continue;
      }
      characters++;
      // The katakana of half width take one byte.
      if (encoding.label === "shift_jis" && first >= 0xa1 && first <= 0xdf) {
        bits += 7 + Math.log2(0.01 / 63);
        isBehindLetter = false;
        continue;
      }
      const second = bytes[++at] ?? 0;
      const { share, size, isUsual } = planeOf(encoding.label, planes, first, second);
      bits += 7 + (second > 0x7f ? 7 : 6) + Math.log2(share / size);
      usual += Number(isUsual);
      onLetter += Number(isPlainLetter(second));
      within += Number(isBehindLetter && isPlainLetter(bytes[at + 1] ?? 0));
      isBehindLetter = false;
    }
  }
  const isSound = usual >= OF_LANGUAGE * characters && within <= MOST_WITHIN * characters && onLetter <= MOST_ON_LETTERS * characters;
  const word = texts.map(wordIn).find((one) => one !== "") ?? texts[0] ?? "";
  return { encoding, texts, bits, isSound, isPossible: isSound, word };
}

function isPlainLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Writes a copy in UTF-8, piece by piece. @throws TypeError where a byte is none of the encoding. */
export async function toUtf8({ label }: Encoding, from: string, to: string): Promise<void> {
  try {
    await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), toUtf8Pieces(label), newFile(to));
  } catch (error) {
    throw error instanceof TypeError ? error : writeError(error, to);
  }
}

function toUtf8Pieces(label: string): Transform {
  if (label === "windows-1252")
    return new Transform({ transform: (piece: Buffer, _, done) => done(null, Buffer.from(fromWindows1252(piece), "utf8")) });
  // A character may stand in two pieces.
  const decoder = new TextDecoder(label, { fatal: true });
  const piece = (bytes: Buffer | undefined): Buffer =>
    Buffer.from(bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }), "utf8");
  const attempt = (bytes: Buffer | undefined, done: (error: Error | null, text?: Buffer) => void) => {
    try {
      done(null, piece(bytes));
    } catch (error) {
      done(error as Error);
    }
  };
  return new Transform({ transform: (bytes: Buffer, _, done) => attempt(bytes, done), flush: (done) => attempt(undefined, done) });
}
