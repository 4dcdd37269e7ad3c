import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { loneLevelP } from "../../../src/data/leaks/lone-level.ts";

const others = [0.2, 0.21, 0.19, 0.2].map((rate) => ({ rows: 1000, own: 1000 * rate }));

test("a level far off others that agree, on either side, is none of their spread", () => {
  expect(loneLevelP({ rows: 300, own: 300 }, others)).toBeLessThan(1e-4);
  expect(loneLevelP({ rows: 300, own: 0 }, others)).toBeLessThan(1e-3);
  expect(loneLevelP({ rows: 300, own: 62 }, others)).toBe(1);
});

test("few rows of its own, others that lie apart, and too few others take the surety", () => {
  expect(loneLevelP({ rows: 5, own: 4 }, others)).toBeGreaterThan(1e-4);
  const apart = [0.05, 0.6, 0.2, 0.4].map((rate) => ({ rows: 1000, own: 1000 * rate }));
  expect(loneLevelP({ rows: 300, own: 300 }, apart)).toBeGreaterThan(0.01);
  expect(loneLevelP({ rows: 300, own: 300 }, others.slice(0, 2))).toBe(1);
  expect(
    loneLevelP(
      { rows: 300, own: 300 },
      Array.from({ length: 3 }, () => ({ rows: 100, own: 20 })),
    ),
  ).toBe(0);
});

test("it is no smaller by chance than it says, where log odds are spread as a normal", () => {
  const random = createRandom(1, "levels");
  const draw = () => {
    const odds = -1 + 0.4 * random.normal();
    let own = 0;
    for (let row = 0; row < 200; row++) own += Number(random.next() < 1 / (1 + Math.exp(-odds)));
    return { rows: 200, own };
  };
  const runs = 2000;
  let [below, farBelow] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const p = loneLevelP(draw(), [draw(), draw(), draw(), draw()]);
    below += Number(p < 0.05);
    farBelow += Number(p < 0.001);
  }
  expect(below / runs).toBeLessThan(0.05);
  expect(farBelow).toBeLessThanOrEqual(6);
});
