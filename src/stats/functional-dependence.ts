import { ranks } from "./ranks.ts";

/**
 * How nearly values are a function, without many jumps, of what their rows are put in order by: 1 when they are one, about 0 when they have nothing to do with it
 * (xi of Chatterjee 2021): 1 - the steps from row to row by those of an order drawn by chance. Rows that are equal in what orders them should stand in an order drawn by
 * chance. NaN when all values are equal.
 * @param values in that order, without NaN
 * @param ordered numbers: a step is as long as the ranks are apart. Else names, whose steps count one each.
 */
export function functionalDependence(values: ArrayLike<number>, ordered: boolean): number {
  const n = values.length;
  const places = ordered ? ranks(values) : values;
  let moved = 0;
  for (let i = 1; i < n; i++) moved += ordered ? Math.abs(places[i]! - places[i - 1]!) : Number(places[i] !== places[i - 1]);
  const byChance = ordered ? meanOfRanks(places) : meanOfNames(places);
  return byChance === 0 ? Number.NaN : 1 - moved / (byChance * (n - 1));
}

/** Mean distance of two rows. */
function meanOfRanks(places: ArrayLike<number>): number {
  const n = places.length;
  const sorted = Float64Array.from(places).sort();
  return (2 * sorted.reduce((sum, place, i) => sum + place * (2 * i + 1 - n), 0)) / (n * (n - 1));
}

/** Share of two rows that differ. */
function meanOfNames(places: ArrayLike<number>): number {
  const n = places.length;
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i++) counts.set(places[i]!, (counts.get(places[i]!) ?? 0) + 1);
  return 1 - [...counts.values()].reduce((sum, count) => sum + (count / n) * ((count - 1) / (n - 1)), 0);
}
