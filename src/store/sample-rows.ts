import { createRandom } from "../core/random.ts";

/** `wanted` of the row numbers 0..rows-1, each set equally likely, ascending. Selection sampling (Knuth, TAOCP 2, 3.4.2 S). */
export function sampleRows(rows: number, wanted: number, seed: number): Int32Array {
  const random = createRandom(seed, "sample-rows");
  const chosen = new Int32Array(Math.min(rows, wanted));
  for (let row = 0, taken = 0; taken < chosen.length; row++) {
    if ((rows - row) * random.next() < chosen.length - taken) chosen[taken++] = row;
  }
  return chosen;
}
