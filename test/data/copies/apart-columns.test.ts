import { expect, test } from "vitest";
import type { Column } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import { apartColumns } from "../../../src/data/copies/apart-columns.ts";

const [ROWS, COPIES] = [400, 40];
const NAMES = Array.from({ length: 12 }, (_, place) => `c${place}`);

/** Rows of twelve fine columns, and copies of the first ones with other values in some columns. */
function table(apart: (copy: number) => readonly string[]): readonly Column[] {
  return NAMES.map((name) => {
    const random = createRandom(7, name);
    const values = Array.from({ length: ROWS }, () => random.integer(300));
    const copies = values.slice(0, COPIES).map((value, copy) => (apart(copy).includes(name) ? 1000 + copy : value));
    return { name, type: "number", values: Float64Array.from([...values, ...copies]) };
  });
}

const all = new Set(NAMES);
const look = (apart: (copy: number) => readonly string[], mayDiffer = all) => apartColumns(table(apart), mayDiffer, ROWS + COPIES);

test("one to three columns in which copies differ are found, wherever they stand", () => {
  for (const apart of [["c3"], ["c0", "c4"], ["c0", "c1", "c2"], ["c5", "c10", "c11"]])
    expect(look(() => apart)).toEqual({ names: apart, pairs: COPIES });
});

test("more columns, columns that tell nothing apart, and fewer pairs than a habit makes are none", () => {
  expect(look(() => ["c0", "c1", "c2", "c3"])).toBeNull();
  expect(look(() => ["c0", "c1"], new Set(["c0"]))).toBeNull();
  expect(look((copy) => (copy < 9 ? ["c0"] : ["c1", "c2", "c3", "c4"]))).toBeNull();
  expect(look(() => [])).toBeNull();
});

test("a column that differs in a few of the copies besides is left out; what differs now and then is taken in", () => {
  expect(look((copy) => (copy < 4 ? ["c0", "c7"] : ["c0"]))?.names).toEqual(["c0"]);
  expect(look((copy) => (copy < 15 ? ["c0", "c7"] : ["c0"]))?.names).toEqual(["c0", "c7"]);
});

test("a set of rows is compared with more than the row before", () => {
  // The columns of the first set are coarse: other rows stand between a row and its copy.
  const columns = table(() => ["c1", "c2", "c3"]).map((column, place) =>
    "values" in column && place % 4 === 0
      ? { ...column, values: column.values.map((value, row) => (place === 0 ? row % COPIES : value > 999 ? value : 0)) }
      : column,
  );
  expect(apartColumns(columns, all, ROWS + COPIES)).toBeNull();
  const near = columns.map((column) => {
    const order = Array.from({ length: COPIES }, (_, copy) => [copy, copy + COPIES, ROWS + copy]).flat();
    return "values" in column ? { ...column, values: Float64Array.from(order, (row) => column.values[row]!) } : column;
  });
  expect(apartColumns(near, all, 3 * COPIES)?.names).toEqual(["c1", "c2", "c3"]);
});
