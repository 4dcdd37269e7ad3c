/** What stands before, between and behind the numbers of a text: "130/85" is ["", "/", ""], `5' 10"` is ["", "'", "\""]. Without blanks at the ends. */
export type Between = readonly string[];

const NUMBER = "[0-9]{1,15}(?:\\.[0-9]{1,15})?";
const BLANKS = "[ \\t]{0,2}";

/** Texts that hold these numbers, for JavaScript and RE2 alike. */
export function splitPattern(between: Between): string {
  return between.map((sign) => `${BLANKS}${sign.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}${BLANKS}`).join(NUMBER);
}

const compiled = new WeakMap<Between, RegExp>();

/** The numbers of a text; null when it does not hold as many, written so. */
export function splitNumbersOf(text: string, between: Between): number[] | null {
  const pattern = compiled.get(between) ?? new RegExp(`^${splitPattern(between)}$`, "u");
  compiled.set(between, pattern);
  if (!pattern.test(text)) return null;
  return (text.match(new RegExp(NUMBER, "g")) ?? []).map(Number);
}
