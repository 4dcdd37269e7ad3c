import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { endHeaps, heapAtZero } from "../../../src/data/missing/heaped-values.ts";
import { coin, contextOf } from "../checks/context.ts";

const ROWS = 500;
const random = createRandom(4, "heaps");
const noise = Array.from({ length: ROWS }, () => random.normal());
const heapOf = (value: (row: number) => number) => heapAtZero(countValues(Float64Array.from(noise, (_, row) => value(row))));

test("a heap at 0 amid decimals of both signs", async () => {
  expect(heapOf((row) => (row < 20 ? 0 : (noise[row] ?? 0)))).toEqual({ values: [0], rows: 20, next: 1, distinct: 481 });
  const gain = noise.map((one, row) => (row < 20 ? 0 : one));
  const loss = gain.map((one, row) => (row < 40 ? 0 : -one));
  const [found, ...more] = await sentinel.inspect(contextOf({ columns: { gain, loss, y: coin(ROWS) }, target: "y" }));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["loss", "gain"], severity: "cosmetic", confidence: 0.4, rows: { count: 40 } });
  expect(found?.why).toBe(
    "`loss` is 0 in 8 % of its rows, amid values of both signs of which no other of 461 has more than 1 row: nothing changed there, or nothing was measured. So it is in 1 more column.",
  );
});

test.each<[string, (row: number) => number]>([
  ["too few zeros", (row) => (row < 9 ? 0 : (noise[row] ?? 0))],
  ["zeros below all others", (row) => (row < 20 ? 0 : Math.abs(noise[row] ?? 0))],
  ["zeros with few below", (row) => (row < 20 ? 0 : row < 60 ? -Math.abs(noise[row] ?? 0) : Math.abs(noise[row] ?? 0))],
  ["values that come back", (row) => (row < 20 ? 0 : Math.round(50 * (noise[row] ?? 0)) / 50)],
  ["few different values", (row) => (row < 400 ? 0 : ((row % 40) - 20) / 7)],
])("none of %s", (_, value) => expect(heapOf(value)).toBeNull());

test("an end with a tenth of the rows needs five times as many as others have, with fewer ten times", () => {
  const ends = (rows: number, most: number) =>
    endHeaps(countValues(Float64Array.from({ length: 400 }, (_, row) => (row < rows ? 96 : row < rows + most ? 7.55 : row / 10))))?.values;
  expect(ends(60, 12)).toEqual([96]);
  expect(ends(60, 13)).toBeUndefined();
  expect(ends(39, 7)).toBeUndefined();
  expect(ends(39, 3)).toEqual([96]);
});

test("a heap at 0 of which a code is told, whose numbers were read from limits, or that is the mean of all others, is not asked about", async () => {
  const gain = noise.map((one, row) => (row < 20 ? 0 : one));
  const told = async (column: readonly number[], info = {}) =>
    (await sentinel.inspect(contextOf({ columns: { gain: column, y: coin(ROWS) }, target: "y", infos: { gain: info } }))).map(
      ({ evidence }) => evidence.codes,
    );
  expect(await told(gain)).toEqual([[0]]);
  expect(await told(gain.map((one, row) => (row >= 20 && row < 60 ? -999 : one)))).toEqual([["-999"]]);
  expect(await told(gain, { amount: { notes: [{ text: "<", before: true }] } })).toEqual([]);
  expect(await told(gain.map((one, row) => (row < 20 ? 0 : row % 2 === 0 ? (noise[row + 1] ?? 0) : -one)))).toEqual([]);
});

describe("a heap of a measured number", () => {
  const drawn = Array.from({ length: ROWS }, () => Number((5 + 60 * random.next()).toFixed(3)));
  const every = (value: number, more: (row: number) => number = (row) => drawn[row] ?? 0) =>
    drawn.map((_, row) => (row % 5 === 0 ? value : more(row)));
  const coded = (row: number) => (row % 10 === 1 ? -999 : (drawn[row] ?? 0));
  const limits = { amount: { notes: [{ text: "<", before: true }] } };
  const told = async (depth: readonly number[], info = {}, dates: readonly string[] = []) =>
    (await sentinel.inspect(contextOf({ columns: { depth, y: coin(ROWS) }, target: "y", infos: { depth: info }, dates }))).map(
      ({ evidence }) => evidence.codes ?? evidence.end,
    );

  test("amid the others is theirs where it is their mean, and told once beside a code", async () => {
    const others = drawn.filter((_, row) => row % 5 !== 0);
    const mean = others.reduce((sum, one) => sum + one, 0) / others.length;
    expect(await told(every(10))).toEqual([[10]]);
    expect(await told(every(10), limits)).toEqual([]);
    expect(await told(every(10, coded))).toEqual([["-999"]]);
    expect(await told(every(Number(mean.toFixed(3))))).toEqual([]);
  });

  test("at their end is told of numbers that were written without limits, and not beside a code", async () => {
    expect(await told(every(65.4))).toEqual(["largest"]);
    expect(await told(every(65.4), limits)).toEqual([]);
    expect(await told(every(65.4, coded))).toEqual([["-999"]]);
    const days = drawn.map((one) => 864e5 * Math.round(10 * one));
    expect(
      await told(
        days.map((day, row) => (row % 5 === 0 ? 864e5 * 660 : day)),
        {},
        ["depth"],
      ),
    ).toEqual([]);
  });
});

test("a factor that is 1 in most rows changes nothing there; readings that end at 1, and few of them, are cut off", () => {
  const ends = (share: number, most: number) =>
    endHeaps(countValues(Float64Array.from({ length: 1000 }, (_, row) => (row < 1000 * share ? 1 : 1 + (most * (row % 997)) / 997))))
      ?.values;
  expect(ends(0.8, 2.5)).toBeUndefined();
  expect(ends(0.3, 2.5)).toEqual([1]);
  expect(ends(0.8, 180)).toEqual([1]);
});
