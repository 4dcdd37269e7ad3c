import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { mostlySums } from "../../../src/data/copies/mostly-sums.ts";
import { ascendingOrder } from "../../../src/stats/index.ts";

const ROWS = 400;
const random = createRandom(5, "mostly sums");
const whole = (mean: number) => Array.from({ length: ROWS }, () => Math.round(mean * Math.exp(0.5 * random.normal())));
const column = (name: string, cells: readonly number[]) => ({
  name,
  type: "number" as const,
  values: Float64Array.from(cells),
  distinct: new Set(cells).size,
  order: () => ascendingOrder(cells),
});
const [own, hired] = [whole(200), whole(300)];
const total = own.map((value, row) => value + (hired[row] ?? 0));
const columns = (last: readonly number[]) => [column("own", own), column("hired", hired), column("total", last)];
const found = (last: readonly number[]) => mostlySums(columns(last), ROWS, () => false);

test("a total that is the sum of its parts in nine rows of ten", () => {
  const [one, ...others] = found(total.map((value, row) => (row % 10 === 0 ? value + 1 + random.integer(9) : value)));
  expect(others).toEqual([]);
  expect(one).toMatchObject({ whole: { name: "total" }, signs: [1, 1], constant: 0 });
  expect(one!.held / one!.compared).toBeCloseTo(0.9, 1);
  expect(one!.byChance).toBeLessThan(0.05);
  expect([one!.isEverywhere, found(total)[0]!.isEverywhere]).toEqual([false, true]);
});

test("shares that add up to a hundred in most rows", () => {
  const rest = own.map((value, row) => 1000 - value - (hired[row] ?? 0) + (row % 8 === 0 ? 3 : 0));
  const [one] = found(rest);
  expect(one).toMatchObject({ signs: [-1, -1], constant: 1000 });
});

test("silent where it is told as an identity, where it holds in half of the rows, and of columns drawn apart", () => {
  expect(mostlySums(columns(total), ROWS, (names) => names.length === 3)).toEqual([]);
  expect(found(total.map((value, row) => (row % 2 === 0 ? value + 1 + random.integer(9) : value)))).toEqual([]);
  for (let table = 0; table < 20; table++) expect(found(whole(500))).toEqual([]);
  // Of few values sums meet by chance.
  const few = () =>
    column(
      "few",
      Array.from({ length: ROWS }, () => random.integer(3)),
    );
  expect(mostlySums([few(), few(), few()], ROWS, () => false)).toEqual([]);
});

test("a part that is 0 in most rows leaves nothing to compare", () => {
  const seldom = own.map((_, row) => (row % 20 === 0 ? 1 + random.integer(60) : 0));
  expect(mostlySums([column("own", own), column("seldom", seldom), column("again", own)], ROWS, () => false)).toEqual([]);
});
