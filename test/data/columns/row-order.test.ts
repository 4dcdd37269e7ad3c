import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { PERSISTENT_Z, rowOrderOf } from "../../../src/data/columns/row-order.ts";
import { columnCopies } from "../../../src/data/copies/column-copies.ts";
import { contextOf } from "../checks/context.ts";

const random = createRandom(6, "row order");

test("a row that was written twice says nothing of neighbours, one that is alike by chance does", () => {
  const rows = Array.from({ length: 1500 }, (_, row) => ({
    at: 3_600_000 * row,
    x: random.normal(),
    y: random.next() < 0.3 ? "late" : "fine",
  }));
  const z = (of: readonly (typeof rows)[number][], x: (row: (typeof rows)[number]) => number) =>
    rowOrderOf(
      contextOf({
        columns: { at: of.map(({ at }) => at), x: of.map(x), y: of.map(({ y }) => y) },
        dates: ["at"],
        roles: { time: "at", features: ["x"] },
        target: "y",
      }),
    ).persistenceZ;
  const twice = random.shuffle([...rows, ...rows.slice(0, 400)]);
  expect(z(twice, ({ x }) => x)).toBeLessThan(PERSISTENT_Z);
  // Of few values nearly all rows are alike, and each is another row.
  const lasting = rows.map((row, place) => ({ ...row, y: place % 40 < 20 ? "late" : "fine" }));
  expect(z(lasting, ({ x }) => Math.sign(x))).toBeGreaterThan(20);
});

test("an amount of each thing is no copy of its name, its code is", () => {
  const thing = Array.from({ length: 600 }, () => random.integer(40));
  const table = (name: string, of: (one: number) => number) =>
    columnCopies(
      contextOf({
        columns: { town: thing.map((one) => `town ${one}`), [name]: thing.map(of), y: thing.map((one) => (one % 3 === 0 ? "a" : "b")) },
        target: "y",
      }),
    ).length;
  const inhabitants = (one: number) => Math.round(700 * Math.exp((one * 7) % 5) + 37 * one);
  expect(table("inhabitants", inhabitants)).toBe(0);
  expect(table("town_id", inhabitants)).toBe(1);
  expect(table("number", (one) => one + 1)).toBe(1);
});
