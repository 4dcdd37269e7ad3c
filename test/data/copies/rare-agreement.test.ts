import { expect, test } from "vitest";
import type { Column } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import { rareAgreement } from "../../../src/data/copies/rare-agreement.ts";

const ROWS = 2000;
const numbers = (name: string, values: readonly number[]): Column => ({ name, type: "number", values: Float64Array.from(values) });
const drawn = (label: string, kinds: number) => {
  const random = createRandom(4, label);
  return Array.from({ length: ROWS }, () => random.integer(kinds));
};
/** The table with its first rows once more, of which half have a cell in one of three columns from `damaged` on written otherwise. */
const copied = (columns: readonly (readonly number[])[], copies: number, damaged = columns.length) =>
  columns.map((values, place) => [
    ...values,
    ...values.slice(0, copies).map((value, row) => (place >= damaged && row % 6 === place - damaged ? -1 - row : value)),
  ]);
const table = (columns: readonly (readonly number[])[]) => columns.map((values, place) => numbers(`c${place}`, values));
const rowsOf = (columns: readonly Column[]) => ("values" in columns[0]! ? columns[0].values.length : 0);
const found = (columns: readonly Column[]) => rareAgreement(columns, rowsOf(columns));

const fine = [drawn("a", 900), drawn("b", 800), drawn("c", 700)];
const coarse = [drawn("d", 4), drawn("e", 3), drawn("f", 3), drawn("g", 3)];

test("copies agree in three rare values far more often than chance has it, damaged in other cells or not", () => {
  const whole = found(table(copied([...fine, ...coarse], 100)))!;
  expect(whole).toMatchObject({ columns: ["c0", "c1", "c2"], pairs: 100 });
  expect(whole.expected).toBeLessThan(1);
  const damaged = found(table(copied([...fine, ...coarse], 100, 4)))!;
  expect(damaged.pairs).toBeLessThan(60);
  expect(damaged.expected).toBeLessThan(1);
});

test("a column that follows from another one is passed over, and one that is mostly a habit", () => {
  const [a, b, c] = fine as [number[], number[], number[]];
  const follows = a.map((value) => 3 * value + 1);
  expect(found(table(copied([a, follows, b, c], 100)))!.columns).toEqual(["c0", "c2", "c3"]);
  const habit = b.map((value, row) => (row % 3 === 0 ? value : 0));
  expect(found(table(copied([a, habit, b, c], 100)))!.columns).toEqual(["c0", "c2", "c3"]);
  expect(found(table(copied([a, follows, habit, c], 100)))).toBeNull();
});

test("idle rows, equal in habits, are no pairs; rows of two columns that go together are what chance lets expect", () => {
  const idle = fine.map((values) => values.map((value, row) => (row % 4 === 0 ? 0 : value)));
  expect(found(table(idle))).toBeNull();
  expect(found(table(copied([...fine, ...coarse], 9)))).toBeNull();
  expect(found(table(copied([...fine, ...coarse], 10)))?.pairs).toBe(10);
  // All three follow a hidden kind of 600, each with a slip of its own.
  const kind = drawn("kind", 600);
  const slipping = [1, 2, 3].map((one) => {
    const [slip, other] = [drawn(`slip${one}`, 10), drawn(`other${one}`, 600)];
    return kind.map((value, row) => (slip[row]! < 5 ? value : other[row]!));
  });
  const twins = found(table(slipping))!;
  expect(twins.pairs).toBeGreaterThan(10);
  expect(twins.expected).toBeGreaterThan(0.3 * twins.pairs);
});
