import type { NumberColumn } from "../columns/counts.ts";

/** A whole number that counts days, weeks or months of a date from a day on: the week of a study. */
export interface CountedFrom {
  readonly number: NumberColumn;
  readonly date: string;
  readonly unit: string;
  readonly compared: number;
  readonly held: number;
}

/** Days of a unit. */
const UNITS = { days: 1, weeks: 7, months: 365.25 / 12 } as const;
/** What counts are apart by: a unit where parts were cut off, and what months differ by. */
const WIDTH = 1.2;
/** Units from the least to the most: fewer would fit any rise. */
const LEAST_UNITS = 20;
const [HOLDS, LEAST_ROWS] = [0.99, 30];
/** The first rows refute nearly all pairs. */
const [FIRST_ROWS, FIRST_HELD] = [30, 0.9];

/** Each number once, by the unit and date that hold best. @param days dates as days */
export function countedFrom(days: readonly NumberColumn[], numbers: readonly NumberColumn[]): readonly CountedFrom[] {
  return numbers.flatMap((number) => {
    const found = days.flatMap((date) =>
      Object.entries(UNITS).flatMap(([unit, length]): CountedFrom[] => {
        const fit = fitOf(number.values, date.values, length);
        return fit === null ? [] : [{ number, date: date.name, unit, ...fit }];
      }),
    );
    return found.sort((a, b) => b.held / b.compared - a.held / a.compared).slice(0, 1);
  });
}

function fitOf(numbers: Float64Array, days: Float64Array, length: number): { readonly compared: number; readonly held: number } | null {
  const starts: number[] = [];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < numbers.length; row++) {
    const [number, day] = [numbers[row] ?? Number.NaN, days[row] ?? Number.NaN];
    if (Number.isNaN(number) || Number.isNaN(day)) continue;
    starts.push(number - day / length);
    [least, most] = [Math.min(least, number), Math.max(most, number)];
    if (starts.length === FIRST_ROWS && heldOf(starts) < FIRST_HELD * FIRST_ROWS) return null;
  }
  if (starts.length < LEAST_ROWS || most - least < LEAST_UNITS) return null;
  const held = heldOf(starts);
  return held >= HOLDS * starts.length ? { compared: starts.length, held } : null;
}

/** The most that lie together. */
function heldOf(starts: readonly number[]): number {
  const sorted = Float64Array.from(starts).sort();
  let [held, from] = [0, 0];
  sorted.forEach((start, place) => {
    while (start - (sorted[from] ?? start) > WIDTH) from++;
    held = Math.max(held, place - from + 1);
  });
  return held;
}
