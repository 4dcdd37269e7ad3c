/** Marks that HTML's names of letters end with, as characters that combine with the letter before. */
const MARKS: Readonly<Record<string, string>> = {
  acute: "\u0301",
  grave: "\u0300",
  circ: "\u0302",
  uml: "\u0308",
  tilde: "\u0303",
  cedil: "\u0327",
  ring: "\u030a",
  caron: "\u030c",
};
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  szlig: "ß",
  ndash: "–",
  mdash: "—",
};

/** Bytes beyond ASCII, as R ("<e9>", "<c3><a9>") and Python ("\xe9") print those that they cannot read. */
const BYTES = /(?:<[89a-f][0-9a-f]>)+|(?:\\x[89a-f][0-9a-f])+/gi;
const CODE_POINT = /<U\+([0-9a-f]{4,6})>|\\u([0-9a-f]{4})/gi;
const ENTITY =
  /&(?:#(\d{2,6})|#x([0-9a-f]{2,5})|([a-z])(acute|grave|circ|uml|tilde|cedil|ring|caron)|(amp|lt|gt|quot|apos|nbsp|szlig|ndash|mdash));/gi;

/** The text with letters in place of what a program wrote for those that it could not: bytes in brackets, code points, names of HTML. Null where there is none. */
export function undoEscapes(text: string): string | null {
  if (!/[<\\&]/.test(text)) return null;
  const undone = text
    .replace(BYTES, (run) => decoded(Uint8Array.from(run.match(/[0-9a-f]{2}/gi) ?? [], (byte) => Number.parseInt(byte, 16))))
    .replace(CODE_POINT, (all, bracketed, slashed) => letter(Number.parseInt(bracketed ?? slashed, 16)) ?? all)
    .replace(ENTITY, (all, decimal, hex, base, mark, named) => {
      if (base !== undefined) return `${base}${MARKS[mark.toLowerCase()] ?? ""}`.normalize("NFC");
      if (named !== undefined) return NAMED[named.toLowerCase()] ?? all;
      return letter(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)) ?? all;
    });
  return undone === text ? null : undone;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function letter(point: number): string | null {
  return point >= 0x20 && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000) ? String.fromCodePoint(point) : null;
}
