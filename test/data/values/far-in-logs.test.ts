import { expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { farInLogs } from "../../../src/data/values/far-in-logs.ts";

type Draw = (random: Random) => number;

const look = (seed: number, count: number, draw: Draw, more: readonly number[] = [], looks = 20) => {
  const random = createRandom(seed, "far in logs");
  const values = Array.from({ length: count }, () => draw(random));
  return farInLogs(countValues(Float64Array.from([...values, ...more])), looks);
};
const index: Draw = (random) => 1.3 + 1.3 * random.next() ** 2;
const thrust: Draw = (random) => 1e4 * 50 ** random.next();

test("two of 160 that are thousandfold, and would lie amid the others in thousandths", () => {
  expect(look(1, 160, index, [1434, 1448])).toMatchObject({ values: [1434, 1448], rows: 2, power: -3 });
});

test("two that are thousandths, where the others reach over two powers of ten", () => {
  const found = look(1, 400, thrust, [32.86, 33.83]);
  expect(found).toMatchObject({ values: [32.86, 33.83], power: 3 });
  expect(found!.times).toBeGreaterThan(250);
});

test("one of few", () => {
  expect(look(1, 45, (random) => 230 + 350 * random.next(), [1.69])).toMatchObject({ values: [1.69], rows: 1, power: null });
  expect(look(1, 45, (random) => 230 + 350 * random.next(), [100])).toBeNull();
});

test.each<[string, Draw]>([
  ["uniform ones", (random) => random.next()],
  ["exponential ones", (random) => -Math.log(1 - random.next())],
  ["log-normal ones", (random) => Math.exp(2 * random.normal())],
  ["sizes of normal ones", (random) => Math.abs(random.normal())],
  ["those of a Pareto tail without a mean", (random) => (1 - random.next()) ** (-1 / 0.7)],
  ["towns: most are small, and a few are not", (random) => Math.round(50 * (1 - random.next()) ** -1.1)],
  ["probabilities near 0 and 1", (random) => 1 / (1 + Math.exp(4 * random.normal()))],
])("%s have none in at least 97 of 100 tables", (_, draw) => {
  const told = [50, 150, 1000].map((count) =>
    Array.from({ length: 100 }, (_, seed) => look(seed, count, draw, [], 2)).filter((one) => one !== null),
  );
  expect(Math.max(...told.map(({ length }) => length))).toBeLessThanOrEqual(3);
});

test("a second kind of things, a column with zeros at its lower end, and few different values are left alone", () => {
  expect(
    look(
      1,
      150,
      index,
      Array.from({ length: 8 }, (_, i) => 1400 + i),
    ),
  ).toBeNull();
  expect(look(1, 400, thrust, [0, 32.86, 33.83])).toBeNull();
  expect(look(1, 400, (random) => 1 + random.integer(15), [15_000])).toBeNull();
});
