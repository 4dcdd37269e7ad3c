import { ranks } from "./ranks.ts";

/**
 * How far values stand in ascending order (1), in no order (about 0) or in descending order (-1): correlation of their ranks with those of the same values sorted. Equal values may stand
 * in any order among themselves. NaN when all are equal.
 */
export function sortedness(values: ArrayLike<number>): number {
  const places = ranks(values);
  const sorted = Float64Array.from(places).sort();
  const middle = (places.length + 1) / 2;
  let [found, most, least] = [0, 0, 0];
  sorted.forEach((place, i) => {
    found += (places[i]! - middle) * (place - middle);
    most += (place - middle) ** 2;
    least += (sorted[sorted.length - 1 - i]! - middle) * (place - middle);
  });
  return found >= 0 ? found / most : -found / least;
}
