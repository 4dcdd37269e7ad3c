import type { ByteSink } from "./byte-scan.ts";

/** Different words that are looked at, and their bytes: enough to tell a language, little to keep. */
const [MOST_WORDS, MOST_BYTES, LONGEST_WORD] = [5000, 1 << 20, 4000];

/** The different words of a file that hold bytes above 0x7F, as bytes: what stands between blanks, digits excepted, and most signs of ASCII. */
export interface ByteWords {
  readonly words: Map<string, Uint8Array>;
  /** Control characters: no text. */
  hasControls: boolean;
}

/** No second byte of a character in any encoding is so low. */
function isBetween(byte: number): boolean {
  return byte < 0x30 || (byte > 0x39 && byte < 0x40);
}

function isControl(byte: number): boolean {
  return byte === 0x7f || (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13);
}

export function byteWordsSink(): { readonly sink: ByteSink; readonly found: ByteWords } {
  const found: ByteWords = { words: new Map(), hasControls: false };
  const word = Buffer.alloc(LONGEST_WORD);
  let [length, isHigh, kept] = [0, false, 0];
  const endWord = () => {
    if (isHigh && length < LONGEST_WORD && found.words.size < MOST_WORDS && kept < MOST_BYTES) {
      const key = word.toString("latin1", 0, length);
      if (!found.words.has(key)) {
        kept += length;
        found.words.set(key, Uint8Array.from(word.subarray(0, length)));
      }
    }
    [length, isHigh] = [0, false];
  };
  const take = (piece: Uint8Array) => {
    for (const byte of piece) {
      if (isBetween(byte)) {
        found.hasControls ||= isControl(byte);
        endWord();
        continue;
      }
      found.hasControls ||= byte === 0x7f;
      if (length < LONGEST_WORD) word[length++] = byte;
      isHigh ||= byte > 0x7f;
    }
  };
  return { sink: { take, end: endWord }, found };
}
