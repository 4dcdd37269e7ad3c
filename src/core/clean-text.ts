/** Controls that act on a terminal or turn the reading direction of what follows, and halves of characters. */
const UNSAFE = /[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text of a user on one line, without what could act on a terminal or on the text around it. */
export function cleanText(text: string): string {
  return text.replace(/[\t\n\r]+/g, " ").replace(UNSAFE, "\ufffd");
}
