import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { oneToOne } from "../../../src/data/copies/one-to-one.ts";

const ROWS = 200;
const random = createRandom(3, "one to one");
const draw = (values: number) => Array.from({ length: ROWS }, () => random.integer(values));
const column = (name: string, cells: readonly number[]) => ({
  name,
  type: "category" as const,
  codes: Int32Array.from(cells),
  levels: [...new Set(cells)].sort((a, b) => a - b).map(String),
});
const site = draw(4);
const turned = site.map((value) => [2, 0, 3, 1][value] ?? 0);

test("two columns of few values that go one to one are told once", () => {
  const found = oneToOne([column("height", site), column("rain", turned), column("other", draw(4))], ROWS);
  expect(found).toMatchObject([{ first: { name: "height" }, other: { name: "rain" }, values: 4, rows: ROWS }]);
  expect(found[0]!.chance).toBeLessThan(1e-20);
});

test("silent where a row breaks it, of two values, and of what a file gives thing after thing", () => {
  const broken = turned.with(9, ((turned[9] ?? 0) + 1) % 4);
  expect(oneToOne([column("height", site), column("rain", broken)], ROWS)).toEqual([]);
  const mark = draw(2);
  expect(
    oneToOne(
      [
        column("mark", mark),
        column(
          "other",
          mark.map((value) => 1 - value),
        ),
      ],
      ROWS,
    ),
  ).toEqual([]);
  // Eight patients one after the other: an age and a weight of each, all different.
  const patient = Array.from({ length: ROWS }, (_, row) => Math.floor(row / 25));
  expect(
    oneToOne(
      [
        column("age", patient),
        column(
          "weight",
          patient.map((value) => (3 * value) % 8),
        ),
      ],
      ROWS,
    ),
  ).toEqual([]);
});

test("the null: columns drawn apart are never told, things in short stretches seldom", () => {
  let told = 0;
  for (let table = 0; table < 50; table++) {
    // Three things in twelve stretches, and two traits of three kinds each that were dealt to the stretches.
    const [a, b] = [Array.from({ length: 12 }, () => random.integer(3)), Array.from({ length: 12 }, () => random.integer(3))];
    const rows = (of: readonly number[]) => Array.from({ length: ROWS }, (_, row) => of[Math.floor((12 * row) / ROWS)] ?? 0);
    told += oneToOne([column("a", rows(a)), column("b", rows(b))], ROWS).length;
  }
  expect(told).toBe(0);
});
