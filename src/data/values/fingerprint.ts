import { plainLetters } from "../../core/plain-letters.ts";

const PLAIN = /^[a-z0-9]*$/i;
const KEPT =
  /[<>=%#&*$€£]|\p{Extended_Pictographic}|(?<=\p{L})\+\+|[+-](?=[\s+-]*$)|(?<=^\p{L})[+-](?=\p{L}$)|(?<!\p{L})[+-](?=[.,$€£]?\d|inf(?:inity)?(?!\p{L}))|(?<=^\s*[+$€£-]?\s*)[.,](?=\d)|(?<=\d)[.,:/-](?=\d)|[\p{L}\p{N}]+/gu;

/**
 * What is left of a text when case, accents, blanks and punctuation are taken away. Digits, and signs that carry meaning beside them or
 * at the end, or between two letters alone ("A+", "<=50K", "1.5", "-.5", "-inf", "C#", "C++", "50%", "B+P"), and pictures stay. So does ß: "Maße" and "Masse" are two words.
 */
export function fingerprint(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  const folded = text
    .toLowerCase()
    .split("ß")
    .map((part) => plainLetters(part, "NFKD").toLowerCase())
    .join("ß");
  return folded.match(KEPT)?.join("") ?? "";
}
