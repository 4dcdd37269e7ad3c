/** What a character is to the cutting of a text into words. */
export const BETWEEN = 0;
export const IN_WORD = 1;
/** A word of its own: writings without blanks between words, and pictures. */
export const ALONE = 2;

type Range = readonly [first: number, last: number];

/**
 * Written out, so that a graph, whose runtime knows another version of Unicode, cuts alike. First and last code point: Thai, Lao, Tibetan, Burmese and Khmer; arrows, signs and
 * pictures; Han, kana and bopomofo; emoji. Korean has blanks.
 */
const ALONE_RANGES: readonly Range[] = [
  [0x0e01, 0x0fff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x2190, 0x21ff],
  [0x2300, 0x23ff],
  [0x2460, 0x24ff],
  [0x25a0, 0x27bf],
  [0x2b00, 0x2bff],
  [0x2e80, 0x2fdf],
  [0x3005, 0x3007],
  [0x3021, 0x3029],
  [0x3031, 0x312f],
  [0x31a0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xf900, 0xfaff],
  [0xff66, 0xff9f],
  [0x1f000, 0x1faff],
  [0x20000, 0x3ffff],
];

/** Blanks, controls, punctuation, currencies, mathematical signs, selectors of a look, and what stands for no character. All else is part of a word. */
const BETWEEN_RANGES: readonly Range[] = [
  [0x0000, 0x002f],
  [0x003a, 0x0040],
  [0x005b, 0x0060],
  [0x007b, 0x00a9],
  [0x00ab, 0x00b4],
  [0x00b6, 0x00b9],
  [0x00bb, 0x00bf],
  [0x00d7, 0x00d7],
  [0x00f7, 0x00f7],
  [0x037e, 0x037e],
  [0x0387, 0x0387],
  [0x055a, 0x055f],
  [0x0589, 0x058f],
  [0x05be, 0x05be],
  [0x05c0, 0x05c0],
  [0x05c3, 0x05c3],
  [0x05f3, 0x05f4],
  [0x0600, 0x060f],
  [0x061b, 0x061f],
  [0x066a, 0x066d],
  [0x06d4, 0x06d4],
  [0x0964, 0x0965],
  [0x0970, 0x0970],
  [0x1361, 0x1368],
  [0x2000, 0x206f],
  [0x20a0, 0x20cf],
  [0x2200, 0x22ff],
  [0x2400, 0x245f],
  [0x2500, 0x259f],
  [0x27c0, 0x2aff],
  [0x2e00, 0x2e7f],
  [0x2fe0, 0x3004],
  [0x3008, 0x3020],
  [0x302a, 0x3030],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe6f],
  [0xfeff, 0xfeff],
  [0xff00, 0xff0f],
  [0xff1a, 0xff20],
  [0xff3b, 0xff40],
  [0xff5b, 0xff65],
  [0xffe0, 0xffff],
  [0xe0000, 0x10ffff],
];

const BASIC = 0x10000;

const basic: Uint8Array = (() => {
  const kinds = new Uint8Array(BASIC).fill(IN_WORD);
  for (const [ranges, kind] of [
    [ALONE_RANGES, ALONE],
    [BETWEEN_RANGES, BETWEEN],
  ] as const)
    for (const [first, last] of ranges) if (first < BASIC) kinds.fill(kind, first, last + 1);
  return kinds;
})();

const isIn = (ranges: readonly Range[], point: number) => ranges.some(([first, last]) => point >= first && point <= last);

/** BETWEEN, IN_WORD or ALONE. */
export function kindOfCharacter(point: number): number {
  if (point < BASIC) return basic[point] ?? BETWEEN;
  if (isIn(ALONE_RANGES, point)) return ALONE;
  return isIn(BETWEEN_RANGES, point) ? BETWEEN : IN_WORD;
}

const isSurrogate = ([first]: Range) => first === 0xd800;

function setOf(ranges: readonly Range[]): string {
  return ranges.map(([first, last]) => `\\x{${first.toString(16)}}-\\x{${last.toString(16)}}`).join("");
}

/** A word, as RE2 writes it: what `kindOfCharacter` says, for the graph. A text in a graph is UTF-8, which has no surrogates. */
export function wordPattern(): string {
  const between = BETWEEN_RANGES.filter((range) => !isSurrogate(range));
  return `[${setOf(ALONE_RANGES)}]|[^${setOf(ALONE_RANGES)}${setOf(between)}]+`;
}
