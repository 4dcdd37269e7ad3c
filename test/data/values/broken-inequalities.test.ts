import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { brokenInequalities } from "../../../src/data/values/broken-inequalities.ts";
import { numbers } from "../table.ts";

const ROWS = 400;
const random = createRandom(6, "broken inequalities");
const column = (name: string, make: (row: number) => number) => ({
  name,
  type: "number" as const,
  values: Float64Array.from(numbers(ROWS, make)),
});

test("a part far above its whole is found behind many columns of fewer values", () => {
  const few = Array.from({ length: 70 }, (_, i) => column(`few ${i}`, () => random.integer(4)));
  const whole = column("ordered", () => 100 + random.integer(1000));
  const part = column("returned", (row) => (row % 90 === 7 ? 5000 + row : Math.floor(random.next() * (whole.values[row] ?? 0))));
  const found = brokenInequalities(
    [...few, whole, part],
    () => false,
    ({ values }) => countValues(values),
  );
  expect(found).toMatchObject([{ part: { name: "returned" }, whole: { name: "ordered" }, broken: 5 }]);
});

test("rows beyond the bound are told beside a gap elsewhere among them or before it, and where both are nothing at once", () => {
  const rows = 2000;
  const random = createRandom(9, "gaps elsewhere");
  const of = (name: string, make: (row: number) => number) => ({
    name,
    type: "number" as const,
    values: Float64Array.from(numbers(rows, make)),
  });
  const tenths = (value: number) => Math.round(10 * value) / 10;
  const whole = of("quay", () => tenths(Math.max(0, 100 + 30 * random.normal())));
  const left = numbers(rows, () => 20 + 8 * Math.abs(random.normal()));
  const look = (beyond: (row: number) => number) => {
    const part = of("dock", (row) =>
      tenths(Math.max(0, (whole.values[row] ?? 0) + (row % 130 === 7 ? beyond(row) : -Number(left[row] ?? 0)))),
    );
    return brokenInequalities(
      [part, whole],
      () => false,
      ({ values }) => countValues(values),
    ).map(({ broken }) => broken);
  };
  expect(look((row) => 300 + (row % 7))).toEqual([16]);
  expect(look((row) => 20 + (row % 7) + (row % 3 === 0 ? 280 : 0))).toEqual([16]);
});

test("small counts of one thing are told where the part reaches the middle of its whole: else it is counted in another unit", () => {
  const rows = 1200;
  const ordered = numbers(rows, (row) => (row % 8 === 3 ? 1 + random.integer(3) : 10 + random.integer(5)));
  const kept = numbers(rows, (row) => random.integer(Math.min(4, Number(ordered[row]) + 1)));
  const look = (broken: (whole: number) => number) =>
    brokenInequalities(
      [
        { name: "qty_ordered", type: "number", values: Float64Array.from(ordered) },
        {
          name: "qty_returned",
          type: "number",
          values: Float64Array.from(kept, (part, row) => (row % 400 === 35 ? broken(Number(ordered[row])) : Number(part))),
        },
      ],
      () => false,
      ({ values }) => countValues(values),
      () => true,
    ).map(({ part, broken }) => [part.name, broken]);
  expect(look((whole) => whole + 10)).toEqual([["qty_returned", 3]]);
  expect(look((whole) => whole + 1)).toEqual([]);
});

test("years that lie the other way round are told however many they are, unless in too many rows", () => {
  const rows = 1500;
  const random = createRandom(12, "years");
  const look = (names: readonly [string, string], broken: number) => {
    const built = numbers(rows, () => 1900 + random.integer(110));
    const renovated = built.map((year, row) =>
      Math.min(2023, Number(year) + (row < broken ? -1 - random.integer(30) : random.integer(60))),
    );
    const [first, second] = names;
    const columns = [
      { name: first, type: "number" as const, values: Float64Array.from(built) },
      { name: second, type: "number" as const, values: Float64Array.from(renovated) },
    ];
    return brokenInequalities(
      columns,
      () => false,
      ({ values }) => countValues(values),
    ).map((one) => [one.part.name, one.broken]);
  };
  for (const broken of [1, 6, 20])
    expect(look(["annee_construction", "annee_renovation"], broken)).toEqual([["annee_construction", broken]]);
  expect(look(["Baujahr", "Sanierung"], 20)).toEqual([["Baujahr", 20]]);
  // Of more rows it is no mistake.
  expect(look(["year_a", "year_b"], 60)).toEqual([]);
});
