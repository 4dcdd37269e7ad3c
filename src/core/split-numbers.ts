/** What stands before, between and behind the numbers of a text: "130/85" is ["", "/", ""], `5' 10"` is ["", "'", "\""]. Without blanks at the ends. */
export type Between = readonly string[];

const DIGITS = "[0-9]{1,15}(?:\\.[0-9]{1,15})?";
const BLANKS = "[ \\t]{0,2}";

/** Texts that hold these numbers, for JavaScript and RE2 alike. A dash or a plus is a sign where none parts the numbers: "(40.7, -74)", "76 (+1)". */
export function splitPattern(between: Between): string {
  const signs = ["-", "+"].filter((sign) => !between.some((one) => one.includes(sign))).join("");
  const number = signs === "" ? `(${DIGITS})` : `([${signs}]?${DIGITS})`;
  return between.map((sign) => `${BLANKS}${sign.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}${BLANKS}`).join(number);
}

const compiled = new WeakMap<Between, RegExp>();

/** The numbers of a text; null when it does not hold as many, written so. */
export function splitNumbersOf(text: string, between: Between): number[] | null {
  const pattern = compiled.get(between) ?? new RegExp(`^${splitPattern(between)}$`, "u");
  compiled.set(between, pattern);
  return pattern.exec(text)?.slice(1).map(Number) ?? null;
}
