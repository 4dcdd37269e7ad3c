import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { persistenceAlong } from "../../../src/data/columns/persistence-in-time.ts";
import { rowOrderOf } from "../../../src/data/columns/row-order.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ORDERS = 800;
const MINUTE = 60_000;

/** Lines of orders, each of which comes at a time of its own: `mood` of an order is what its lines share. */
function lines(mood: (order: number, random: { normal(): number }) => number) {
  const random = createRandom(4, "order lines");
  const rows = Array.from({ length: ORDERS }, (_, order) => ({ order, shared: mood(order, random) })).flatMap(({ order, shared }) =>
    Array.from({ length: 1 + random.integer(4) }, () => ({ order, y: Number(shared + random.normal() > 0) })),
  );
  return { times: rows.map(({ order }) => order), labels: rows.map(({ y }) => y) };
}

describe("labels along a time with ties", () => {
  test("what the rows of one time share is no persistence", () => {
    const { times, labels } = lines((_, random) => random.normal());
    const values = Float64Array.from(labels);
    expect(persistenceAlong(values, null, false).z).toBeGreaterThan(5);
    expect(Math.abs(persistenceAlong(values, times, false).z)).toBeLessThan(2.5);
    expect(Math.abs(persistenceAlong(values, times, true).z)).toBeLessThan(2.5);
  });

  test("labels that last from one time to the next persist, ties or not", () => {
    const { times, labels } = lines((order) => 1.5 * Math.sin(order / 60));
    expect(persistenceAlong(Float64Array.from(labels), times, false).z).toBeGreaterThan(5);
    expect(persistenceAlong(Float64Array.from(labels), times, true).z).toBeGreaterThan(5);
  });

  test("rows that were recorded twice, a moment later, make pairs and no persistence", () => {
    const random = createRandom(6, "twice");
    const once = Array.from({ length: ORDERS }, () => Number(random.normal() > 0));
    const rows = once.flatMap((y, place) => (place % 3 === 0 ? [y, y] : [y]));
    const [labels, times] = [Float64Array.from(rows), once.flatMap((_, place) => (place % 3 === 0 ? [place, place + 0.01] : [place]))];
    expect(persistenceAlong(labels, null, false).z).toBeGreaterThan(5);
    expect(persistenceAlong(labels, times, false).z).toBeLessThan(2.5);
    expect(persistenceAlong(labels, times, true).z).toBeLessThan(2.5);
  });

  test("labels that last no longer than to the next row persist, in even steps or not", () => {
    const random = createRandom(8, "short");
    let level = 0;
    const values = Float64Array.from({ length: ORDERS }, () => {
      level = 0.3 * level + random.normal();
      return level;
    });
    const classes = values.map((value) => Number(value > 0));
    let time = 0;
    const uneven = Array.from(values, () => {
      time -= Math.log(random.next());
      return time;
    });
    for (const times of [Array.from(values.keys()), uneven]) {
      expect(persistenceAlong(values, times, true).z).toBeGreaterThan(4);
      expect(persistenceAlong(classes, times, false).z).toBeGreaterThan(4);
    }
  });

  test("the order of a table by a date goes by it", () => {
    const { times, labels } = lines((_, random) => random.normal());
    const random = createRandom(5, "feature");
    const start = Date.UTC(2024, 0, 1);
    const table = tableOf([
      ["ordered_at", times.map((order) => new Date(start + 90 * MINUTE * order))],
      ["x", numbers(times.length, () => random.normal())],
      ["y", labels],
    ]);
    const { by, persistenceZ } = rowOrderOf(contextOf(table, "y"));
    expect(by).toBe("ordered_at");
    expect(persistenceZ).toBeLessThan(3.9);
  });
});
