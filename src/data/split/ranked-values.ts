import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";

/** Places of values in the order of the different ones. */
export interface RankedValues {
  /** In 0..values - 1; -1 for a missing one. */
  readonly codes: Int32Array;
  readonly values: number;
}

/** raw: NaN for a missing one. */
export function ranked(raw: Float64Array): RankedValues {
  const present = int32Where(placesUpTo(raw.length), (row) => !Number.isNaN(raw[row]));
  const order = ascendingOrder(float64From(present, (row) => raw[row] ?? 0));
  const codes = new Int32Array(raw.length).fill(-1);
  let [values, before] = [0, Number.NaN];
  for (const place of order) {
    const row = present[place] ?? 0;
    const value = raw[row] ?? 0;
    if (value !== before) values++;
    before = value;
    codes[row] = values - 1;
  }
  return { codes, values };
}
