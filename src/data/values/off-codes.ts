import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { amount, counted } from "../findings/phrase.ts";
import { asked } from "./asked-values.ts";

/** Codes of which a few lie off all others by more than these are apart from end to end, in logarithms as well. */
export interface OffCodes {
  readonly values: readonly number[];
  readonly rows: number;
  readonly low: number;
  readonly high: number;
  /** They have fewer digits than all others, which have equally many. */
  readonly isShort: boolean;
}

/** Different values and rows of the others; rows, and share of them, that lie off. */
const [LEAST_DIFFERENT, LEAST_ROWS, MOST_OFF, MOST_SHARE] = [30, 200, 3, 0.005];

/**
 * A code has no tail that could be judged, and its largest is as good as any. But numbers of one list (postal codes of a state) lie in its range: if thirty of them stood anywhere between
 * the far one and their other end, all would lie in the half that is away from it once in a billion times. What lies so far off is of another list, or misses a digit.
 */
export function offCodes({ values, counts, present }: Pick<ValueCounts, "values" | "counts" | "present">): OffCodes | null {
  const most = Math.min(MOST_OFF, MOST_SHARE * present);
  let best: OffCodes | null = null;
  for (const isLow of [true, false]) {
    let rows = 0;
    for (let k = 1; k <= MOST_OFF && values.length - k >= LEAST_DIFFERENT; k++) {
      rows += counts[isLow ? k - 1 : values.length - k] ?? 0;
      if (rows > most || present - rows < LEAST_ROWS) break;
      const others = isLow ? values.subarray(k) : values.subarray(0, -k);
      const off = isLow ? values.subarray(0, k) : values.subarray(values.length - k);
      const [low, high] = [others[0] ?? 0, others.at(-1) ?? 0];
      const gap = isLow ? low - (off.at(-1) ?? low) : (off[0] ?? high) - high;
      // Numbers that grow with the years spread over powers of ten: so it is in logarithms, too.
      const times = isLow ? low / (off.at(-1) ?? low) : (off[0] ?? high) / high;
      if (off.some((value) => value <= 0) || gap <= high - low || times <= high / low) continue;
      best = {
        values: [...off],
        rows,
        low,
        high,
        isShort: isLow && digitsOf(low) === digitsOf(high) && off.every((value) => digitsOf(value) < digitsOf(low)),
      };
    }
  }
  return best;
}

const digitsOf = (value: number) => String(Math.trunc(value)).length;

/** Only whoever knows the list can tell a slip from another list: it asks. */
export function codesOffAll(context: AuditContext, columns: readonly NumberColumn[]): readonly Suspicion[] {
  return columns.flatMap((column): Suspicion[] => {
    const found = offCodes(valueCounts(context, column));
    if (found === null) return [];
    const { values, rows, low, high, isShort } = found;
    const shown = values.join(", ");
    const digit = isShort ? ` All others have ${amount(digitsOf(low))} digits: one may be missing.` : "";
    return [
      asked(context, column, values, {
        evidence: { kind: "off all codes", rows, low, high, isShort },
        question: `Is \`${column.name}\` = ${shown} a mistake?`,
        why: `\`${column.name}\` is ${shown} in ${counted(rows, "row")}, and all others lie from ${low} to ${high}: it is farther from them than they are from each other.${digit}`,
      }),
    ];
  });
}
