/** Whole numbers of so many digits may lie beyond 2^53, where a JSON parser gives the nearest that a double holds. */
const LONG = /\d{16}/;
/** Strings, which are left alone, or whole numbers of 16 digits and more. Past 100 digits nothing is read as a number. */
const STRING_OR_LONG = /"(?:[^"\\]+|\\.)*"|(?<![\d.eE+-])-?\d{16,100}(?![\d.eE])/g;

/**
 * A valid JSON text in which whole numbers beyond 2^53 are texts of their digits; null when there is none. A column of codes needs the digits, and a
 * column of numbers reads the same double out of them.
 */
export function withWholeDigits(body: string): string | null {
  if (!LONG.test(body)) return null;
  let isChanged = false;
  const exact = body.replace(STRING_OR_LONG, (token) => {
    if (token.startsWith('"') || Number.isSafeInteger(Number(token))) return token;
    isChanged = true;
    return `"${token}"`;
  });
  return isChanged ? exact : null;
}
