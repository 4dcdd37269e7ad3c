import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import type { NumberColumn } from "../../../src/data/columns/counts.ts";
import { finerRows } from "../../../src/data/copies/finer-rows.ts";

const [ROWS, RARE] = [900, 300];
const made = Int32Array.from({ length: RARE }, (_, row) => ROWS - RARE + row);
const other = Int32Array.from({ length: ROWS - RARE }, (_, row) => row);
const isMade = (row: number) => row >= ROWS - 100;

/** Numbers of so many decimals, and in some rows of the rarer class of two more. */
function column(name: string, decimals: number, isFiner: (row: number) => boolean): NumberColumn {
  const random = createRandom(3, name);
  const values = Float64Array.from({ length: ROWS }, (_, row) =>
    Number((20 + 79 * random.next()).toFixed(decimals + (isFiner(row) ? 2 : 0))),
  );
  return { name, type: "number", values };
}

const never = () => false;
const whole = (count: number) => Array.from({ length: count }, (_, place) => column(`whole${place}`, 0, never));
const rounded = (count: number) => Array.from({ length: count }, (_, place) => column(`rounded${place}`, 1, never));
const finer = (count: number) => Array.from({ length: count }, (_, place) => column(`finer${place}`, place % 2, isMade));
const look = (columns: readonly NumberColumn[]) => finerRows(columns, [{ made, other }], 1)[0];

test("made rows are seen in the columns that were not rounded back to whole numbers", () => {
  const found = look([...finer(4), ...whole(9)])!;
  expect(found.columns.map(({ name }) => name)).toEqual(["finer0", "finer1", "finer2", "finer3"]);
  expect(found.rows.length).toBeGreaterThan(90);
  expect(found.others).toBe(0);
});

test("columns that keep their decimals speak against it, and so do too few columns", () => {
  expect(look([...finer(4), ...rounded(13), ...whole(2)])).toBeNull();
  expect(look([...finer(4), ...rounded(4), ...whole(2)])).not.toBeNull();
  expect(look([...finer(2), ...whole(9)])).toBeNull();
});

test("columns that were added afterwards keep their decimals: a quarter of unlike grains in the very same rows is enough", () => {
  expect(look([...finer(4), ...rounded(5), ...whole(2)])).not.toBeNull();
  // Amounts of one grain may have been converted in these rows.
  const converted = Array.from({ length: 4 }, (_, place) => column(`amount${place}`, 2, isMade));
  expect(look([...converted, ...rounded(5), ...whole(2)])).toBeNull();
  const nearly = finer(4).map((one, place) => (place > 0 ? one : column("elsewhere", 0, (row) => isMade(row) && row % 5 > 0)));
  expect(look([...nearly, ...rounded(5), ...whole(2)])).toBeNull();
});

test("columns that are finer in other rows each are quantities of their own", () => {
  const apart = [0, 1, 2].map((place) => column(`apart${place}`, 0, (row) => row >= ROWS - RARE && row % 3 === place));
  expect(look([...apart, ...whole(9)])).toBeNull();
  const nearly = [0, 1, 2].map((place) => column(`near${place}`, 0, (row) => isMade(row) && (row % 3 !== place || row % 2 === 0)));
  expect(look([...nearly, ...whole(9)])).not.toBeNull();
  const half = [0, 1, 2, 3].map((place) =>
    column(`half${place}`, 0, (row) => row >= ROWS - RARE && (row % 2 === 0 ? row % 4 === 0 : row % 8 === 2 * place + 1)),
  );
  expect(look([...half, ...whole(9)])).toBeNull();
});
