import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { euclidean, nearestPoints } from "../../../src/data/copies/nearest-points.ts";

const pause = () => Promise.resolve();

function drawn(rows: number, width: number, seed: string) {
  const random = createRandom(1, "nearest points", seed);
  return { rows, width, values: Float64Array.from({ length: rows * width }, () => random.normal()) };
}

const apartIn = ({ width, values }: ReturnType<typeof drawn>, a: number, b: number) =>
  Math.hypot(...Array.from({ length: width }, (_, k) => values[a * width + k]! - values[b * width + k]!));

test("of few points all are compared: the nearest ones exactly, and of others only", async () => {
  const cloud = drawn(40, 3, "few");
  const isOther = (point: number) => point % 3 !== 0;
  for (const other of [null, isOther]) {
    const { apart, rows } = await nearestPoints(euclidean(cloud), 5, createRandom(2), pause, other);
    for (let point = 0; point < cloud.rows; point++) {
      const others = Array.from({ length: cloud.rows }, (_, i) => i).filter((i) => i !== point && (other === null || other(i)));
      const wanted = others.sort((a, b) => apartIn(cloud, point, a) - apartIn(cloud, point, b)).slice(0, 5);
      expect([...rows.subarray(point * 5, point * 5 + 5)]).toEqual(wanted);
      expect(apart[point * 5]).toBeCloseTo(apartIn(cloud, point, wanted[0]!), 12);
    }
  }
});

test("of many points near copies find each other, whatever column parts them, and equal values part evenly", async () => {
  const cloud = drawn(4000, 6, "many");
  // The last column is one number for most: a halving by value alone would not end.
  for (let row = 0; row < 4000; row++) if (row % 10 !== 0) cloud.values[row * 6 + 5] = 1;
  for (let row = 0; row < 100; row++)
    for (let k = 0; k < 6; k++) cloud.values[(3900 + row) * 6 + k] = cloud.values[row * 6 + k]! + (k < 5 ? 1e-6 : 0);
  const isOther = (point: number) => point < 3900;
  const all = await nearestPoints(euclidean(cloud), 5, createRandom(3), pause);
  const among = await nearestPoints(euclidean(cloud), 5, createRandom(3), pause, isOther);
  const met = Array.from({ length: 100 }, (_, row) => [all.rows[row * 5] === 3900 + row, among.rows[(3900 + row) * 5] === row]);
  expect(met.filter(([found]) => found).length).toBeGreaterThan(98);
  expect(met.filter(([, found]) => found).length).toBeGreaterThan(98);
  expect(among.rows.every((row) => row < 3900)).toBe(true);
});
