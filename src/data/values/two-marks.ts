/** Numbers of one column with both marks before their decimals, of which each can be read in one way: "12.5%", "12,5 %". */
export interface TwoMarks {
  /** Every number between the smallest and the largest, by steps of the last decimal, in each of the ways it is written. */
  readonly mapping: Readonly<Record<string, string>>;
}

const WRITTEN = /^(\D*)(\d+)([.,])(\d{1,2})(\D*)$/;
/** A dictionary of more is no step of a recipe any more. */
const MOST_MAPPED = 2000;

/** null where only one mark stands, a text could be read in two ways (three digits behind the mark), or there would be too many numbers. */
export function twoMarks(levels: readonly string[]): TwoMarks | null {
  const read = levels.map((level) => WRITTEN.exec(level));
  if (!read.every((one) => one !== null)) return null;
  const ways = new Set<string>();
  const numbers: number[] = [];
  for (const [, before = "", whole = "", mark = "", fraction = "", after = ""] of read) {
    ways.add([before, mark, after].join("\u0000"));
    numbers.push(Number(`${whole}.${fraction}`));
  }
  const marks = new Set(read.map((one) => one[3]));
  const digits = new Set(read.map((one) => one[4]?.length));
  const [decimals = 0] = digits;
  if (marks.size < 2 || digits.size > 1 || read.some((one) => /[-(]/.test(`${one[1]}${one[5]}`))) return null;
  const unit = 10 ** -decimals;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((one) => Math.round(one / unit)) as [number, number];
  if ((high - low + 1) * ways.size > MOST_MAPPED) return null;
  const mapping = [...ways].flatMap((way) => {
    const [before = "", mark = "", after = ""] = way.split("\u0000");
    return Array.from({ length: high - low + 1 }, (_, i): [string, string] => {
      const number = ((low + i) * unit).toFixed(decimals);
      return [`${before}${number.replace(".", mark)}${after}`, String(Number(number))];
    });
  });
  return { mapping: Object.fromEntries(mapping) };
}

/** Three examples, of each way of writing if there are two or three. */
export function shownForms(levels: readonly string[]): readonly string[] {
  const forms = new Map<string, string[]>();
  for (const level of levels) {
    const form = level.replace(/\d+/g, "9");
    forms.set(form, [...(forms.get(form) ?? []), level]);
  }
  const each = [3, 2, 1][Math.min(2, forms.size - 1)] ?? 3;
  return [...forms.values()].slice(0, 3).flatMap((texts) => texts.slice(0, each));
}
