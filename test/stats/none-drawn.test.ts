import { expect, test } from "vitest";
import { noneDrawn } from "../../src/stats/index.ts";

/** Share of all draws of `drawn` of the first `all` numbers that hold none below `marked`. */
function counted(all: number, marked: number, drawn: number): number {
  let [none, draws] = [0, 0];
  for (let set = 0; set < 1 << all; set++) {
    const bits = Array.from({ length: all }, (_, i) => (set >> i) & 1);
    if (bits.reduce((sum, bit) => sum + bit, 0) !== drawn) continue;
    draws++;
    if (!bits.slice(0, marked).includes(1)) none++;
  }
  return none / draws;
}

test("is the share of all draws that hold no marked thing", () => {
  for (let marked = 0; marked <= 8; marked++)
    for (let drawn = 0; drawn <= 8; drawn++) expect(noneDrawn(8, marked, drawn)).toBeCloseTo(counted(8, marked, drawn), 12);
});
