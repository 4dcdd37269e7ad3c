import { digits } from "../core/digits.ts";
import { percentBy } from "../core/percent.ts";

export function percent(share: number): string {
  return percentBy(digits, share);
}

/** "1 row", "2 rows". */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** The first few, quoted, and how many more. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  return names.length > most ? `${shown.join(", ")} and ${names.length - most} more` : shown.join(", ");
}
