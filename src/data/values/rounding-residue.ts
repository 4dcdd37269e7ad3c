import type { ValueCounts } from "../columns/counts.ts";

/** Values that are all but 0 beside the others: what a computation leaves where 0 is meant. */
export interface RoundingResidue {
  readonly values: readonly number[];
  readonly rows: number;
}

/** A double holds 16 digits: what is left of a difference of equal numbers is smaller than the numbers by 13 to 16 of them. */
const RESIDUE = 1e-12;
/** Between them and the next there is nothing: quantities of many orders of magnitude have values in between. */
const GAP = 1e6;

/** null where nothing of the kind stands in the column. The others: nonzero values, of which the smallest is a million times as large or more. */
export function roundingResidue({ values, counts }: ValueCounts): RoundingResidue | null {
  if (!hasTiny(values)) return null;
  const places = Array.from(values.keys())
    .filter((place) => values[place] !== 0 && Number.isFinite(values[place]))
    .sort((a, b) => Math.abs(values[a] ?? 0) - Math.abs(values[b] ?? 0));
  const size = (place: number | undefined) => Math.abs(values[place ?? -1] ?? Number.NaN);
  const largest = size(places.at(-1));
  const tiny = places.filter((place) => size(place) <= RESIDUE * largest);
  const next = size(places[tiny.length]);
  if (tiny.length === 0 || !(next >= GAP * size(tiny.at(-1)))) return null;
  return { values: tiny.map((place) => values[place] ?? 0), rows: tiny.reduce((sum, place) => sum + (counts[place] ?? 0), 0) };
}

/** Most columns have none: said without a list of their values. */
function hasTiny(values: Float64Array): boolean {
  let [smallest, largest] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size === 0 || !Number.isFinite(size)) continue;
    if (size < smallest) smallest = size;
    if (size > largest) largest = size;
  }
  return smallest <= RESIDUE * largest;
}
