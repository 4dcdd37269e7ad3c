/** A word or letter that makes a number larger: 4.1M is 4.1 * 10^power. */
export interface Magnitude {
  readonly text: string;
  readonly power: number;
}

/** Spellings, one letter with its case, words in any case; a point may follow. English, German, French, Spanish, Italian and Indian. */
const SPELLINGS: Readonly<Record<number, string>> = {
  3: "k K thousand tsd mille mil",
  5: "lakh lac",
  6: "m M mm mio mn mln mill million millions millionen millones milioni",
  7: "cr crore",
  9: "b B bn bln billion billions mrd milliard milliards milliarden",
  12: "tn trn trillion trillions",
};

const POWERS = new Map(Object.entries(SPELLINGS).flatMap(([power, words]) => words.split(" ").map((word) => [word, Number(power)])));

/** The magnitude that a text writes, or null. */
export function magnitudeOf(text: string): Magnitude | null {
  const word = text.replace(/\.$/, "");
  const power = POWERS.get(word.length === 1 ? word : word.toLowerCase());
  return power === undefined ? null : { text, power };
}
