import { CP1252_SIGNS, undoDoubleDecoding } from "./double-decoded.ts";

/** Characters that Latin-1 has for control codes and nothing writes: bytes of another encoding of one byte each, read as Latin-1. */
const CONTROLS = /[\u0080-\u009f]/gu;

/** From a byte of 0x80 to 0x9f. */
type Encoding = (byte: number) => string;

/** Of the runtime's own decoder some versions read Windows-1252 as Latin-1. */
const WINDOWS: Encoding = (byte) => CP1252_SIGNS[byte - 0x80] ?? "";
const MAC: Encoding = (byte) => new TextDecoder("macintosh").decode(Uint8Array.of(byte));
/** Code page 850, as DOS and the console of Windows write; 437 has the same letters there. */
const DOS_LETTERS = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ";
const DOS: Encoding = (byte) => DOS_LETTERS[byte - 0x80] ?? "";
/** One code in one or two texts may be a slip of a key, of which DOS alone makes a letter. */
const [LEAST_CODES, LEAST_TEXTS] = [2, 3];
/** The letters with marks that are met most in the languages of the west. */
const COMMON = /[äöüéáóíñçàèãåøÄÖÜÉÅ]/u;

/** What stands in a text beside letters: dashes, quotes, an ellipsis, signs of money and of marks. */
const SIGN = /[\p{P}\p{S}]/u;
/** And what of these between two letters. */
const SIGN_IN_WORD = /[’‘–—…•]/u;
const [LOWER, UPPER, LETTER] = [/\p{Ll}/u, /\p{Lu}/u, /\p{L}/u];

/**
 * How the control codes of Latin-1 in the texts of one column are to be read: by an encoding in which all of them are letters that fit the word they stand in, or signs. Windows-1252 goes before the others, of
 * which the one with more common letters is taken. null where there are none, or no encoding makes sense of all.
 */
export function controlsRead(texts: readonly string[]): ((text: string) => string) | null {
  const held = texts.filter((text) => text.search(CONTROLS) >= 0 && undoDoubleDecoding(text) === null);
  if (held.length === 0) return null;
  const decode = encodingOf(held);
  return decode === null ? null : (text) => text.replace(CONTROLS, (control) => decode(control.charCodeAt(0)));
}

function encodingOf(held: readonly string[]): Encoding | null {
  const fitsAll = (one: Encoding) => held.every((text) => fits(text, one));
  if (fitsAll(WINDOWS)) return WINDOWS;
  const [isMac, isDos] = [fitsAll(MAC), fitsAll(DOS)];
  const controls = held.flatMap((text) => text.match(CONTROLS) ?? []);
  const isSeen = held.length >= LEAST_TEXTS || new Set(controls).size >= LEAST_CODES;
  if (!isMac) return isDos && isSeen ? DOS : null;
  const common = (one: Encoding) => controls.filter((control) => COMMON.test(one(control.charCodeAt(0)))).length;
  return isDos && common(DOS) > common(MAC) ? DOS : MAC;
}

function fits(text: string, decode: (byte: number) => string): boolean {
  return [...text.matchAll(CONTROLS)].every(({ 0: control, index }) => {
    const [sign, before, after] = [decode(control.charCodeAt(0)), text[index - 1] ?? "", text[index + 1] ?? ""];
    if (sign.search(CONTROLS) >= 0) return false;
    if (!LETTER.test(sign)) return (LETTER.test(before) && LETTER.test(after) ? SIGN_IN_WORD : SIGN).test(sign);
    // A capital within a word of small letters is none of it.
    return LOWER.test(sign) ? !UPPER.test(before) || LOWER.test(after) : !LETTER.test(before) || (UPPER.test(before) && !LOWER.test(after));
  });
}
