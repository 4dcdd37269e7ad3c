import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { rowOrderOf } from "../../../src/data/columns/row-order.ts";
import { rowSortingOf } from "../../../src/data/columns/row-sorting.ts";
import { groupEvidence } from "../../../src/data/split/group-evidence.ts";
import { timeEvidence } from "../../../src/data/split/time-evidence.ts";
import { type Cells, contextOf, tableOf } from "../table.ts";

type Row = Readonly<Record<string, number | string>>;

function contextOfRows(rows: readonly Row[]) {
  const names = Object.keys(rows[0]!);
  return contextOf(tableOf(names.map((name): [string, Cells] => [name, rows.map((row) => row[name]!)])), "grade");
}

/** Stones whose price follows weight and grade: the price tells the grade of stones of like weight. */
function stones(count: number, random: Random): Row[] {
  return Array.from({ length: count }, () => {
    const weight = Math.round(10 * Math.exp(random.normal())) / 10;
    const grade = random.integer(3);
    return { weight, price: Math.round(1000 * weight * (1 + 0.3 * grade) + 3 * random.normal()), grade: `g${grade}` };
  });
}

const byPrice = (a: Row, b: Row) => Number(a.price) - Number(b.price);

/** Readings one after the other: the pressure of an hour tells which hour it is, and so its grade. `level` is another column. */
function readings(count: number, random: Random, level: (row: number) => number): Row[] {
  let [mood, pressure] = [0, 0];
  return Array.from({ length: count }, (_, row) => {
    mood = 0.98 * mood + random.normal();
    pressure = 0.98 * pressure + random.normal();
    const flow = pressure + 0.3 * random.normal();
    return { level: level(row), pressure, flow, grade: `g${Number(mood + 0.3 * random.normal() > 0)}` };
  });
}

describe("a file that is sorted by a quantity", () => {
  test("tells no time, though its neighbours resemble each other", () => {
    const context = contextOfRows(stones(3000, createRandom(1, "stones")).sort(byPrice));
    expect(rowOrderOf(context).persistenceZ).toBeGreaterThan(4);
    expect(rowSortingOf(context)).toEqual(["price"]);
    expect(timeEvidence(context)).toBeNull();
    expect(groupEvidence(context)).toEqual([]);
  });

  test("nor when it is put together of sorted pieces", () => {
    const sorted = stones(3000, createRandom(2, "stones")).sort(byPrice);
    const order = createRandom(2, "pieces").shuffle(Int32Array.from({ length: 60 }, (_, piece) => piece));
    const context = contextOfRows([...order].flatMap((piece) => sorted.slice(50 * piece, 50 * (piece + 1))));
    expect(rowSortingOf(context)).toEqual(["price"]);
    expect(timeEvidence(context)).toBeNull();
  });

  test("nor when it is sorted by names first", () => {
    const random = createRandom(3, "towns");
    const rows = stones(3000, random).map((row): Row => ({ town: `t${10 + random.integer(30)}`, ...row }));
    const context = contextOfRows(rows.sort((a, b) => (a.town === b.town ? byPrice(a, b) : a.town! < b.town! ? -1 : 1)));
    expect(rowSortingOf(context)).toEqual(["town", "price"]);
  });
});

describe("rows in the order of time", () => {
  const random = createRandom(4, "readings");
  let walk = 0;
  const cases: Readonly<Record<string, (row: number) => number>> = {
    "with a column that drifts": () => (walk += 0.2 + random.normal()),
    "with one that drifts strongly": (row) => 1.001 ** row + 0.1 * random.normal(),
    "with a counter of no name": (row) => 3 * row + random.integer(3),
    "with a column that starts anew": (row) => row % 48,
  };
  test.each(Object.entries(cases))("%s are found", (_, level) => {
    const context = contextOfRows(readings(3000, random, level));
    expect(rowSortingOf(context)).toBeNull();
    expect(timeEvidence(context)?.verified).toBe(true);
  });

  test("within each shop of a file that is sorted by shop are no sorting either", () => {
    const turnover = Array.from({ length: 40 }, () => Math.round(1000 * Math.exp(random.normal()))).sort((a, b) => a - b);
    const rows = turnover.flatMap((size) => readings(75, random, () => 0).map((reading): Row => ({ ...reading, level: size })));
    expect(rowSortingOf(contextOfRows(rows))).toBeNull();
  });
});
