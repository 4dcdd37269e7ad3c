import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { blockStatistic } from "../../../src/data/leaks/future-shapes.ts";

const ROWS = 420;
const WEEK = 7;
const random = createRandom(2, "blocks");
const week = (row: number) => Math.floor(row / WEEK);

function seriesOf(values: Float64Array) {
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  return { rows, values, first: new Int32Array(ROWS), end: new Int32Array(ROWS).fill(ROWS) };
}

const sold = Float64Array.from({ length: ROWS }, () => Math.round(100 * random.normal()));
const weeks = Array.from({ length: ROWS / WEEK }, (_, place) => sold.subarray(place * WEEK, (place + 1) * WEEK));
const byWeek = (of: (labels: Float64Array) => number) => Float64Array.from(sold, (_, row) => of(weeks[week(row)] ?? sold));
const sumOf = (labels: Float64Array) => labels.reduce((sum, label) => sum + label, 0);

describe("a column that stays for some rows at what the target is over them", () => {
  test.each([
    ["largest", byWeek((labels) => Math.max(...labels))],
    ["smallest", byWeek((labels) => Math.min(...labels))],
    ["sum", byWeek(sumOf)],
    ["mean", byWeek((labels) => Math.round(sumOf(labels) / WEEK))],
    ["last", byWeek((labels) => labels.at(-1) ?? 0)],
  ] as const)("%s", (kind, cells) => {
    expect(blockStatistic(seriesOf(sold), cells)).toMatchObject({ kind, share: 1 });
  });

  test.each([0.1, 0.6])("a flag beside shares, spread %d, rounds to none of them alone", (spread) => {
    const flag = Float64Array.from({ length: ROWS }, (_, row) => week(row) % 2);
    const shares = flag.map((on) => 0.2 * (1 - spread) + (0.8 - spread / 2) * on + spread * random.next());
    expect(blockStatistic(seriesOf(shares), flag)).toBeNull();
  });
});
