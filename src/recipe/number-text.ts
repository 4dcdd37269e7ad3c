/**
 * Texts that are read as numbers: plain decimals and scientific notation, blanks around allowed. The bounds on digits keep every match
 * inside the range of a double, so that the exported model (which parses with C's strtod) reads the same. RE2 and JavaScript agree on it.
 */
export const NUMBER_PATTERN =
  "[ \\t]*[+-]?(?:(?:\\d{1,100}(?:\\.\\d{0,100})?|\\.\\d{1,100})|(?:\\d{1,20}(?:\\.\\d{0,25})?|\\.\\d{1,25})[eE][+-]?(?:[01]?\\d{1,2}|2[0-7]\\d))[ \\t]*";

const NUMBER = new RegExp(`^(?:${NUMBER_PATTERN})$`);

/** NaN for what is no number. */
export function parseNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}
