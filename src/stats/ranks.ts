import { ascendingOrder } from "./order.ts";

/** Ranks from 1; equal values share their mean rank. Values have no NaN. */
export function ranks(values: ArrayLike<number>): Float64Array {
  return ranksAlong(ascendingOrder(values), values);
}

/** The same where the ascending order is known. Values that stand in no order have rank 0: places need not be all of them. */
export function ranksAlong(order: Int32Array, values: ArrayLike<number>): Float64Array {
  const result = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    const shared = (start + end + 1) / 2;
    for (let i = start; i < end; i++) result[order[i]!] = shared;
    start = end;
  }
  return result;
}
