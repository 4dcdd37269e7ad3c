import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { givenByTwo } from "../../../src/data/copies/given-by-two.ts";

const ROWS = 600;
const random = createRandom(9, "given by two");
const draw = (values: number) => Array.from({ length: ROWS }, () => random.integer(values));
const names = (name: string, cells: readonly number[]) => ({
  name,
  type: "category" as const,
  codes: Int32Array.from(cells),
  levels: Array.from({ length: Math.max(...cells) + 1 }, (_, place) => `${name} ${place}`),
});
const numbers = (name: string, cells: readonly number[]) => ({ name, type: "number" as const, values: Float64Array.from(cells) });
const [from, to] = [draw(8), draw(8)];
const miles = from.map((place, row) => 100 + 37 * Math.abs(place - (to[row] ?? 0)) + 11 * (place + (to[row] ?? 0)));
const towns = [names("from", from), names("to", to)];
const found = (cells: readonly number[]) => givenByTwo(towns, [numbers("miles", cells)], ROWS);

test("a distance that two towns give and neither gives alone, one row written wrongly", () => {
  const [one, ...others] = found(miles.with(3, 1));
  expect(others).toEqual([]);
  expect(one).toMatchObject({ names: [{ name: "from" }, { name: "to" }], given: [{ name: "miles" }] });
  expect(one!.held / one!.compared).toBeGreaterThan(0.99);
  expect(one!.chance).toBeLessThan(1e-9);
});

test("silent on what differs in one row of twenty, what one gives alone, and on numbers dealt anew", () => {
  expect(found(miles.map((value, row) => (row % 20 === 0 ? value + 1 : value)))).toEqual([]);
  expect(found(from.map((place) => 10 * place))).toEqual([]);
  for (let table = 0; table < 20; table++) expect(found(draw(6))).toEqual([]);
});

test("of 220 pairs 218 agree by chance where nine rows of ten have one value, all hardly", () => {
  const pair = Array.from({ length: 440 }, (_, row) => row % 220);
  const [unit, kind] = [pair.map((one) => Math.floor(one / 20)), pair.map((one) => one % 20)];
  const given = (odd: number) => {
    const cells = pair.map((one, row) => (one % 21 === 0 ? 1 + (one % 4) : row > 0 && row <= odd ? 9 : 0));
    return givenByTwo([names("unit", unit), names("kind", kind)], [numbers("miles", cells)], 440);
  };
  expect(given(0)).toHaveLength(1);
  expect(given(2)).toEqual([]);
});

test("silent where pairs hardly come back, as of units and times", () => {
  const unit = Array.from({ length: ROWS }, (_, row) => row % 30);
  const time = Array.from({ length: ROWS }, (_, row) => Math.floor(row / 30));
  expect(givenByTwo([names("unit", unit), names("time", time)], [numbers("miles", miles)], ROWS)).toEqual([]);
});

test("half of the rows have their pair with another row", () => {
  const again = (rows: number) => {
    const own = (row: number) => row - rows;
    const [a, b] = [
      from.map((one, row) => (row < rows ? one : 8 + (own(row) % 40))),
      to.map((one, row) => (row < rows ? one : 8 + Math.floor(own(row) / 40))),
    ];
    return givenByTwo(
      [names("from", a), names("to", b)],
      [
        numbers(
          "miles",
          miles.map((one, row) => (row < rows ? one : 9 + (row % 7))),
        ),
      ],
      ROWS,
    );
  };
  expect(again(290)).toEqual([]);
  expect(again(320)).toHaveLength(1);
});
