import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { countValues, type NumberColumn } from "../../../src/data/columns/counts.ts";
import { swappedOrders } from "../../../src/data/values/swapped-orders.ts";

const ROWS = 3000;
const column = (name: string, make: (row: number) => number, rows = ROWS): NumberColumn => ({
  name,
  type: "number",
  values: Float64Array.from({ length: rows }, (_, row) => make(row)),
});
const look = (columns: readonly NumberColumn[], isKnown: (a: NumberColumn, b: NumberColumn) => boolean = () => false) =>
  swappedOrders(columns, isKnown, ({ values }) => countValues(values)).map(({ small, large, rows }) => [
    small.name,
    large.name,
    rows.length,
  ]);

type Pair = readonly [number, number];

/** Systolic and diastolic pressure, whatever they are called. */
const pressure = (random: Random): Pair => {
  const low = Math.round(78 + 9 * random.normal());
  return [low, Math.max(low + 18, Math.round(low + 44 + 11 * random.normal()))];
};

/** broken: every 250th row. */
function columnsOf(seed: string, usual: (random: Random, row: number) => Pair, broken: (pair: Pair, random: Random) => Pair, each = 250) {
  const random = createRandom(5, seed);
  const pairs = Array.from({ length: ROWS }, (_, row) => {
    const pair = usual(random, row);
    return row % each === 7 ? broken(pair, random) : pair;
  });
  return [column("a", (row) => pairs[row]![0]), column("b", (row) => pairs[row]![1])];
}

/** Every other cell of the smaller one, but where it is broken. */
const half = ([low, high]: Pair, row: number): Pair => [row % 2 === 0 ? Number.NaN : low, high];

const swap = ([low, high]: Pair): Pair => [high, low];

describe("two amounts of one order that are swapped in a few rows", () => {
  test("are found though by chance as few rows would break the order", () => {
    expect(look(columnsOf("pressure", pressure, swap))).toEqual([["a", "b", 12]]);
  });

  test("are found below 0, with decimals, and in three rows", () => {
    const degrees = (random: Random): Pair => {
      const low = -8 + 5 * random.normal();
      return [Math.round(10 * low) / 10, Math.round(10 * (low + 9 + 6 * random.next())) / 10];
    };
    expect(look(columnsOf("degrees", degrees, swap))).toEqual([["a", "b", 12]]);
    expect(look(columnsOf("three", pressure, swap, 1000))).toEqual([["a", "b", 3]]);
  });

  test("the more pairs keep an order, the larger is the chance of such a gap", () => {
    const of = (columns: readonly NumberColumn[]) =>
      swappedOrders(
        columns,
        () => false,
        ({ values }) => countValues(values),
      );
    const one = columnsOf("pressure", pressure, swap);
    const far = one.map(({ name, values }) => ({
      name: `far ${name}`,
      type: "number" as const,
      values: values.map((value) => value + 10_000),
    }));
    const [[alone], both] = [of(one), of([...one, ...far])];
    expect(both.map(({ p }) => p / alone!.p)).toEqual([2, 2]);
  });

  test("are told once: not where another finding tells them", () => {
    expect(look(columnsOf("pressure", pressure, swap), () => true)).toEqual([]);
  });
});

describe("nothing is swapped where", () => {
  test.each<[string, (random: Random, row: number) => Pair, (pair: Pair, random: Random) => Pair, number?]>([
    ["no row is reversed", pressure, (pair) => pair],
    ["two rows are", pressure, swap, 1500],
    ["one in fifteen is", pressure, swap, 15],
    ["one cell slipped: the smaller is as large as no larger one", pressure, ([, high]) => [high + 300, high]],
    ["one cell slipped: the larger is as small as no smaller one", pressure, ([low]) => [low, Math.max(0, low - 70)]],
    ["they differ far more there than anywhere", pressure, ([low, high]) => [high + 25, low - 15]],
    [
      "a tail of two that go together reaches there",
      (random) => {
        const level = 100 + 20 * random.normal();
        return [Math.round(level + 8 * random.normal()), Math.round(level + 26 + 8 * random.normal())];
      },
      (pair) => pair,
    ],
    ["they may be alike", (random, row) => (row % 400 === 0 ? [80, 80] : pressure(random)), swap],
    ["they are steps of a scale", (random) => [1 + random.integer(4), 9 + random.integer(4)], swap],
    ["they are fifteen steps of a scale", (random) => [1 + random.integer(15), 31 + random.integer(15)], swap, 1000],
    ["half of the cells are missing, and more than one in twenty of the others is", (random, row) => half(pressure(random), row), swap, 30],
    [
      "they differ far more there than anywhere, though each is as large as the other",
      (random) => {
        const level = 100 + 30 * random.normal();
        return [level, level + 44 + 3 * random.normal()];
      },
      ([low, high]) => [high + 12, low - 12],
    ],
    ["three cells slipped: the smaller is as large as no larger one", pressure, ([, high]) => [high + 300, high], 1000],
    ["three cells slipped: the larger is as small as no smaller one", pressure, ([low]) => [low, low - 40], 1000],
    ["three cells slipped, and are as the other's are", pressure, ([, high]) => [Math.round(1.2 * high), high], 1000],
    ["they differ far more in three rows than anywhere", pressure, ([low, high]) => [high + 25, low - 15], 1000],
  ])("%s", (_, usual, broken, each) => expect(look(columnsOf("silent", usual, broken, each))).toEqual([]));

  test("of 300 columns that go together in steps of their own none is", () => {
    const random = createRandom(8, "together");
    const level = Array.from({ length: 600 }, () => 30 * random.normal());
    const columns = Array.from({ length: 300 }, (_, i) =>
      column(`c${i}`, (row) => Math.round(100 + i / 3 + level[row]! + 10 * random.normal()), 600),
    );
    expect(look(columns)).toEqual([]);
  });
});

test("of 2,000 columns the two that are swapped are found in seconds", () => {
  const random = createRandom(9, "wide");
  const [a, b] = columnsOf("pressure", pressure, swap);
  const others = Array.from({ length: 2000 }, (_, i) => column(`c${i}`, () => Math.round(90 + 20 * random.normal() + (i % 7))));
  const counts = new Map([...others, a!, b!].map((one) => [one, countValues(one.values)]));
  const start = performance.now();
  const found = swappedOrders(
    [...others, a!, b!],
    () => false,
    (one) => counts.get(one)!,
  );
  expect(found.map(({ small, large }) => [small.name, large.name])).toEqual([["a", "b"]]);
  expect(performance.now() - start).toBeLessThan(20_000);
});
