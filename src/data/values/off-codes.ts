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

/** Different values and rows of the others; different values, and share of the rows, that lie off: a single one may. */
const [LEAST_DIFFERENT, LEAST_ROWS, MOST_OFF, MOST_SHARE] = [20, 100, 10, 0.005];

/**
 * A code has no tail that could be judged, and its largest is as good as any. But numbers of one list (postal codes of a state) lie in its range: if twenty of them stood anywhere between
 * the far one and their other end, all would lie in the half that is away from it once in a million times. What lies so far off is of another list, or misses a digit.
 */
export function offCodes({ values, counts, present }: Pick<ValueCounts, "values" | "counts" | "present">): OffCodes | null {
  const most = Math.max(1, MOST_SHARE * present);
  const rowsUpTo = (count: number, isLow: boolean) =>
    Array.from({ length: count }, (_, k) => counts[isLow ? k : values.length - 1 - k] ?? 0).reduce((sum, rows) => sum + rows, 0);
  // Strays on the one side must not hide those on the other; as many as are, since the farthest make the others look near.
  for (let all = Math.min(MOST_OFF, values.length - LEAST_DIFFERENT); all > 0; all--) {
    for (let low = all; low >= 0; low--) {
      const rows = rowsUpTo(low, true) + rowsUpTo(all - low, false);
      if (rows > most || present - rows < LEAST_ROWS || !liesOff(values, low, all - low)) continue;
      const [others, off] = [
        values.subarray(low, values.length - (all - low)),
        [...values.subarray(0, low), ...values.subarray(values.length - (all - low))],
      ];
      const [first, last] = [others[0] ?? 0, others.at(-1) ?? 0];
      const isShort = digitsOf(first) === digitsOf(last) && off.every((value) => digitsOf(value) < digitsOf(first));
      return { values: off, rows, low: first, high: last, isShort };
    }
  }
  return null;
}

/** Whether so many values at each end lie farther off than the others are apart, in logarithms too: numbers that grow with the years spread over powers of ten. */
function liesOff(values: Float64Array, below: number, above: number): boolean {
  const [first, last] = [values[below] ?? 0, values[values.length - 1 - above] ?? 0];
  const [under, over] = [values[below - 1] ?? Number.NaN, values[values.length - above] ?? Number.NaN];
  if ((values[0] ?? 0) <= 0) return false;
  const isUnder = below === 0 || (first - under > last - first && first / under > last / first);
  return isUnder && (above === 0 || (over - last > last - first && over / last > last / first));
}

const digitsOf = (value: number) => String(Math.trunc(value)).length;

/** Only whoever knows the list can tell a slip from another list: it asks. */
export function codesOffAll(context: AuditContext, columns: readonly NumberColumn[]): readonly Suspicion[] {
  return columns.flatMap((column): Suspicion[] => {
    const found = offCodes(valueCounts(context, column));
    if (found === null) return [];
    const { values, rows, low, high, isShort } = found;
    const shown = values.slice(0, 5).join(", ") + (values.length > 5 ? ", ..." : "");
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
