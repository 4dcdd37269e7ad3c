import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { readTrainingLabels } from "../../../src/data/labels/label-reading.ts";
import { spikesOfNines } from "../../../src/data/missing/spikes-of-nines.ts";
import { contextOf, numbers, suspicionsOf, tableOf } from "../table.ts";

const ROWS = 4_000;

/** Minutes, of which few rows hold seconds; `more`: what else some rows hold. */
function minutes(more: (row: number) => number | null, seed = 1) {
  const random = createRandom(seed, "nines");
  return numbers(ROWS, (row) => more(row) ?? (row % 40 === 3 ? 60 + random.integer(3_000) : random.integer(60)));
}

const seen = (values: readonly number[]) => spikesOfNines(countValues(Float64Array.from(values))).map(({ value, rows }) => [value, rows]);

test("a number of nines among few larger ones stands out of those beside it", () => {
  expect(seen(minutes((row) => (row % 50 === 1 ? 999 : null)))).toEqual([[999, 80]]);
  expect(seen(minutes((row) => (row % 50 === 1 ? 1_000 : null)))).toEqual([]);
  expect(seen(minutes((row) => (row % 2_000 === 1 ? 999 : null)))).toEqual([]);
});

test("at the end of all values it is another's", () => {
  expect(seen(minutes((row) => (row % 50 === 1 ? 9_999 : null)))).toEqual([]);
});

test("in the middle of the values, and among prices that end in nines, it is a value", () => {
  const random = createRandom(2, "middle");
  expect(seen(numbers(ROWS, (row) => (row % 50 === 1 ? 999 : random.integer(2_000))))).toEqual([]);
  const prices = (row: number) => (row % 50 === 1 ? 999 : row % 50 === 2 ? 1_999 : null);
  expect(seen(minutes(prices))).toEqual([]);
});

test("values that are all as frequent tell nothing, on many seeds", () => {
  for (let seed = 0; seed < 50; seed++) {
    const random = createRandom(seed, "tail");
    expect(seen(numbers(ROWS, () => Math.round(Math.exp(4 + 1.2 * random.normal()))))).toEqual([]);
  }
});

test("it is asked about, in a feature and in the target", async () => {
  const table = tableOf([
    ["late", minutes((row) => (row % 50 === 1 ? 999 : null))],
    ["y", numbers(ROWS, (row) => row % 7)],
  ]);
  const [found, ...others] = await suspicionsOf(sentinel, contextOf(table, "y", { task: { task: "regression" } }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["late"], confidence: 0.45, severity: "costly", evidence: { codes: ["999"], amongOthers: true } });
  expect(found!.why).toMatch(/^`late` is 999 in 2 % of its rows, \d+ times as often as the values beside it: 999 may stand for "no value"/);
  expect(found!.question).not.toBeNull();
  const { suspicions, reading } = readTrainingLabels(table, "late", {});
  expect(reading).toBeUndefined();
  expect(suspicions).toMatchObject([{ trap: "sentinel", columns: ["late"], evidence: { codes: [999], amongOthers: true } }]);
});
