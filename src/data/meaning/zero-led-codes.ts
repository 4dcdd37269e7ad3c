import { CODE_LENGTH } from "../../core/amount-reading.ts";

/** Digits of one length, or of one length before a decimal mark, some of which begin with 0: codes, whose zeros numbers would lose. */
export function areZeroLedCodes(levels: readonly string[]): boolean {
  const numbers = levels.map((level) => level.trim()).filter((level) => /^\d+([.,]\d+)?$/.test(level));
  if (numbers.some((number) => /^0\d+[.,]/.test(number)) && lengthOfAll(numbers) !== null) return true;
  const plain = numbers.filter((number) => /^\d+$/.test(number));
  return plain.some((number) => number.startsWith("0")) && (lengthOfAll(plain) ?? 0) >= CODE_LENGTH;
}

/** Digits before a mark; null where numbers differ. */
function lengthOfAll(numbers: readonly string[]): number | null {
  const [length = 0, ...others] = new Set(numbers.map((number) => number.split(/[.,]/)[0]?.length ?? 0));
  return others.length === 0 ? length : null;
}
