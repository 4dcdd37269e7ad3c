import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";

test("a tally counts the draws that integer would give one by one, and leaves the stream where they would", () => {
  for (const size of [0, 1, 2, 7, 1000]) {
    const [atOnce, single] = [createRandom(3, "tally"), createRandom(3, "tally")];
    const counts = new Float64Array(size).fill(9);
    const wanted = new Float64Array(size);
    for (let time = 0; time < 3; time++) {
      atOnce.tally(counts);
      wanted.fill(0);
      for (let i = 0; i < size; i++) wanted[single.integer(size)]! += 1;
      expect(counts).toEqual(wanted);
      expect(atOnce.next()).toBe(single.next());
    }
  }
});
