import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { sumWithGaps } from "../../../src/data/leaks/sum-with-gaps.ts";
import { inspect, numbers, tableOf } from "../table.ts";

const random = createRandom(3, "sums");
const ROWS = 200;
const months = Array.from({ length: 5 }, () => numbers(ROWS, () => Math.round(100 * random.next()) / 10));
const sum = numbers(ROWS, (i) => Math.round(10 * months.reduce((all, month) => all + (month[i] ?? 0), 0)) / 10);
const at = (cells: readonly number[]) => Float64Array.from(cells);

test("a total holds with a wrong row and with gaps in a part", () => {
  const total = sum.map((value, i) => (i === 70 ? value + 3 : value));
  const gappy = months.map((month, place) => at(month.map((value, i) => (place === 2 && i % 9 === 0 ? Number.NaN : value))));
  const found = sumWithGaps([at(numbers(ROWS, () => random.normal())), ...gappy], at(total));
  expect(found).toMatchObject({ places: [1, 2, 3, 4, 5], weights: [1, 1, 1, 1, 1], constant: 0 });
  expect(found?.share).toBeGreaterThan(0.99);
});

test("a total with noise of more than rounding is none", () => {
  expect(sumWithGaps(months.map(at), at(sum.map((value) => value + random.normal())))).toBeNull();
});

test("the finding names the parts", async () => {
  const cells = months.map((month, place) => month.map((value, i) => (place === 1 && i % 11 === 0 ? null : value)));
  const table = tableOf([...["oct", "nov", "dec", "jan", "feb"].map((name, i) => [name, cells[i] ?? []] as const), ["snow", sum]]);
  expect(await inspect(combinationLeak, table, "snow")).toMatchObject([
    { columns: ["dec", "feb", "jan", "nov", "oct"], evidence: { operation: "weighted sum", share: 1, certain: true } },
  ]);
});
