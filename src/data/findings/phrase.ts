export { percent } from "../../core/percent.ts";

/** A number with at most four significant digits, thousands parted. */
export function amount(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en");
  const rounded = Number(value.toPrecision(4));
  return Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 1e15
    ? rounded.toLocaleString("en", { maximumFractionDigits: 6 })
    : rounded.toExponential();
}

/** With as many decimals, two to four, as tell the numbers apart; none is -0. */
export function apartInDecimals(...values: readonly number[]): readonly string[] {
  const written = (digits: number) => values.map((value) => value.toFixed(digits));
  const digits = [2, 3, 4].find((some) => new Set(written(some)).size === new Set(values).size) ?? 4;
  return written(digits).map((text) => text.replace(/^-(0\.0*)$/, "$1"));
}

/** "z 7". Beyond 37 no chance can be told from 0. */
export function zText(z: number, digits = 0): string {
  return Number.isFinite(z) ? `z ${z.toFixed(digits)}` : z > 0 ? "z above 37" : z < 0 ? "z below -37" : "z unknown";
}

/** Names of columns in backticks, the first four of them. */
export function namedColumns(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => `\`${name}\``);
  if (names.length > 4) return `${shown.join(", ")} and ${names.length - 4} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

const [SHOWN, BEFORE] = [40, 12];

/** A value of a cell in quotes, cut after 40 characters. */
export function quoted(text: string): string {
  return `"${visible(text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text)}"`;
}

/** Values in quotes that are not the same: long ones are cut so that the place where they differ is seen, and blanks and marks that cannot be seen are written out. */
export function quotedApart(texts: readonly string[]): string[] {
  const longest = Math.max(...texts.map((text) => text.length));
  const first = Array.from({ length: longest }, (_, at) => at).find((at) => texts.some((text) => text[at] !== texts[0]?.[at])) ?? 0;
  const begin = longest <= SHOWN || first <= 2 * BEFORE ? 0 : first - BEFORE;
  const cut = (text: string, most: number) => {
    const part = text.slice(begin, begin + most);
    return `"${begin > 0 ? "..." : ""}${visible(part)}${begin + most < text.length ? "..." : ""}"`;
  };
  for (let most = SHOWN; most < longest; most *= 2) {
    const shown = texts.map((text) => cut(text, most));
    if (new Set(shown).size === new Set(texts).size) return shown;
  }
  return texts.map((text) => cut(text, longest));
}

/** Control characters, marks without width and blanks that are no plain ones, as "<U+00A0>". */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u00a0\u2007\u202f]/gu,
    (char) => `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}

/** "1 row", "2 rows". */
export function counted(number: number, one: string, many: string = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
