import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { equalEnds } from "../../../src/data/leaks/equal-ends.ts";
import { contextOf } from "../checks/context.ts";

const random = createRandom(1, "ends");
const people = Array.from({ length: 300 }, () => {
  const [end, relapse] = [200 + random.integer(100), 20 + random.integer(600)];
  return { end, time: Math.min(end, relapse), relapsed: relapse < end ? 1 : 0 };
});
const relapsed = people.map((one) => one.relapsed);
const ends = (columns: Record<string, number[]>) => equalEnds(contextOf({ columns: { ...columns, relapsed }, target: "relapsed" }));

test("times until two outcomes are the same where neither came", () => {
  const found = ends({ time: people.map(({ time }) => time), time_d: people.map(({ end }) => end) });
  expect(found).toMatchObject([{ columns: ["time", "time_d"], classIndex: 0, equal: 1 }]);
});

test("times that are never the same, or that the names do not speak of, are none", () => {
  expect(ends({ time: people.map(({ time }) => time), time_d: people.map(({ end }) => end + 1) })).toEqual([]);
  expect(ends({ dose: people.map(({ time }) => time), dose_2: people.map(({ end }) => end) })).toEqual([]);
});
