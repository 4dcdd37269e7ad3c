const CP1252 = new Map(
  [
    ...("\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
      "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178"),
  ].map((char, i) => [char, 0x80 + i]),
);

/** The characters of Windows-1252 for the bytes 0x80 to 0x9f, five of which it leaves as they are. */
export const CP1252_SIGNS: readonly string[] = [...CP1252.keys()];

/** The text before it was taken for Windows-1252 or Latin-1 although it was UTF-8 ("MÃ¼nchen" -> "München"); null if it was not. */
export function undoDoubleDecoding(text: string): string | null {
  return decoded(text) ?? (text.includes("\u00c2 ") ? decoded(text.replace(LOST_BLANK, "")) : null);
}

/** What is left of a no-break space ("Â\u00a0") once it was made a plain blank: beside other damage it is damage too. */
const LOST_BLANK = /\u00c2(?= )/gu;

function decoded(text: string): string | null {
  if (!/[\u0080-\u02ff\u2013-\u2122]/.test(text)) return null;
  const bytes = new Uint8Array(text.length);
  let at = 0;
  for (const char of text) {
    const byte = CP1252.get(char) ?? char.codePointAt(0) ?? 0;
    if (byte > 0xff) return null;
    bytes[at++] = byte;
  }
  try {
    const made = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, at));
    return made === text ? null : made;
  } catch {
    return null;
  }
}
