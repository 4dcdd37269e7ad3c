import { UNCERTAINTY } from "../core/uncertain-digits.ts";
import { type AmountWriting, amountPattern, MINUS, notePattern } from "../core/written-amount.ts";
import { plainNumberSql } from "./number-text.ts";
import { literal } from "./session.ts";

/** `amountOf` in SQL: `expression` is text, the result DOUBLE or NULL. */
export function amountSql(expression: string, writing: AmountWriting): string {
  const { decimal, units, magnitudes = [], notes = [], uncertain, either } = writing;
  const [front, behind] = [true, false].map((before) => notePattern(notes, before));
  const cut = (text: string, pattern: string) => `regexp_replace(${text}, ${literal(pattern)}, '')`;
  const headless = front === "" ? expression : cut(expression, `^[ \\t]*${front}`);
  const noted = behind === "" ? headless : cut(headless, `${behind}[ \\t]*$`);
  const bare = uncertain === true ? `regexp_replace(${noted}, ${literal(`([0-9])${UNCERTAINTY}`)}, '\\1')` : noted;
  const digitsOf = (text: string) =>
    `replace(regexp_replace(${text}, ${literal(`[^0-9${either === true ? ".," : decimal}]`)}, '', 'g'), ',', '.')`;
  const digits = digitsOf(bare);
  const isNegative = `regexp_matches(${bare}, ${literal(`[-(${MINUS}]`)})`;
  const sized = magnitudes.map((one) => {
    const grown = `${digitsOf(`replace(${bare}, ${literal(one.text)}, '')`)} || 'e${one.power}'`;
    return `WHEN regexp_full_match(${expression}, ${literal(amountPattern(writing, one))}) THEN ${plainNumberSql(grown, ".")}`;
  });
  const plain = plainNumberSql(digits, ".");
  const value = sized.length === 0 ? plain : `(CASE ${sized.join(" ")} ELSE ${plain} END)`;
  const signed = `CASE WHEN ${isNegative} THEN -${value} ELSE ${value} END`;
  const converted = units.filter(({ factor, offset }) => factor !== 1 || offset !== 0);
  const own = units.map(
    ({ text, factor, offset }) =>
      `WHEN contains(${bare}, ${literal(text)}) THEN (${signed}) * ${double(factor)}${offset === 0 ? "" : ` + ${double(offset)}`}`,
  );
  const inUnit = converted.length === 0 ? signed : `CASE ${own.join(" ")} ELSE ${signed} END`;
  return `CASE WHEN regexp_full_match(${expression}, ${literal(amountPattern(writing))}) THEN ${inUnit} END`;
}

function double(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}
