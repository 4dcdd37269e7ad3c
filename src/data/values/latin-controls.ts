import { CP1252_SIGNS, undoDoubleDecoding } from "./double-decoded.ts";

/** Characters that Latin-1 has for control codes and nothing writes: bytes of another encoding of one byte each, read as Latin-1. */
const CONTROLS = /[\u0080-\u009f]/gu;

/** From a byte of 0x80 to 0x9f; of the runtime's own decoder some versions read Windows-1252 as Latin-1. The commonest encoding first. */
const ENCODINGS: readonly ((byte: number) => string)[] = [
  (byte) => CP1252_SIGNS[byte - 0x80] ?? "",
  (byte) => new TextDecoder("macintosh").decode(Uint8Array.of(byte)),
];

/** What stands in a text beside letters: dashes, quotes, an ellipsis, signs of money and of marks. */
const SIGN = /[\p{P}\p{S}]/u;
const [LOWER, UPPER, LETTER] = [/\p{Ll}/u, /\p{Lu}/u, /\p{L}/u];

/**
 * How the control codes of Latin-1 in the texts of one column are to be read: by the first encoding in which all of them are letters that fit the word they stand in, or signs. null where there are none, or no
 * encoding makes sense of all.
 */
export function controlsRead(texts: readonly string[]): ((text: string) => string) | null {
  const held = texts.filter((text) => text.search(CONTROLS) >= 0 && undoDoubleDecoding(text) === null);
  if (held.length === 0) return null;
  const decode = ENCODINGS.find((one) => held.every((text) => fits(text, one)));
  return decode === undefined ? null : (text) => text.replace(CONTROLS, (control) => decode(control.charCodeAt(0)));
}

function fits(text: string, decode: (byte: number) => string): boolean {
  return [...text.matchAll(CONTROLS)].every(({ 0: control, index }) => {
    const [sign, before, after] = [decode(control.charCodeAt(0)), text[index - 1] ?? "", text[index + 1] ?? ""];
    if (sign.search(CONTROLS) >= 0) return false;
    if (!LETTER.test(sign)) return SIGN.test(sign);
    // A capital within a word of small letters is none of it.
    return LOWER.test(sign) ? !UPPER.test(before) || LOWER.test(after) : !LETTER.test(before) || (UPPER.test(before) && !LOWER.test(after));
  });
}
