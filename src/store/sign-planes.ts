/** Characters of two bytes that stand together in a standard: their share of a usual text, and how many there are. The standards put the frequent ones first. */
export interface Plane {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly size: number;
  readonly isUsual: boolean;
}

function plane(from: number, to: number, share: number, size: number): Plane {
  return { from, to, share, size, isUsual: share >= 0.02 };
}

const ANY_OTHER = plane(0x81, 0xfe, 0.01, 10_000);

/** Running text of Japan is half kana; names and places have hardly any. */
function japanese(kana: readonly [number, number], kanji: readonly [number, number], signs: readonly [number, number]): Plane[][] {
  return [0.47, 0.02].map((share) => [plane(...kana, share, 230), plane(...kanji, 0.94 - share, 2965), plane(...signs, 0.05, 147)]);
}

/** By the first of two bytes (JIS X 0208, GB 2312, Big5, KS X 1001), one list per kind of text; what stands in none is rare. */
const PLANES: Readonly<Record<string, readonly (readonly Plane[])[]>> = {
  shift_jis: japanese([0x82, 0x83], [0x88, 0x97], [0x81, 0x81]),
  "euc-jp": japanese([0xa3, 0xa5], [0xb0, 0xcf], [0xa1, 0xa2]),
  gb18030: [[plane(0xb0, 0xd7, 0.95, 3755), plane(0xa1, 0xa3, 0.03, 280)]],
  big5: [[plane(0xa4, 0xc6, 0.95, 5401), plane(0xa1, 0xa3, 0.03, 408)]],
  "euc-kr": [[plane(0xb0, 0xc8, 0.95, 2350), plane(0xa1, 0xa3, 0.03, 280)]],
};

export function planesOf(label: string): readonly (readonly Plane[])[] {
  return PLANES[label] ?? [];
}

/** GB 2312 and KS X 1001 stand within larger sets, whose other characters have a low second byte. */
export function planeOf(label: string, planes: readonly Plane[], first: number, second: number): Plane {
  const isOwn = second >= 0xa1 || label === "shift_jis" || label === "big5";
  return (isOwn ? planes.find(({ from, to }) => first >= from && first <= to) : undefined) ?? ANY_OTHER;
}
