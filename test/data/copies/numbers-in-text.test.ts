import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { derivedColumn } from "../../../src/data/checks/derived-column.ts";
import { coin, contextOf } from "../checks/context.ts";

const ROWS = 300;
const random = createRandom(5, "numbers in text");
const near = (center: number) => Array.from({ length: ROWS }, () => Math.round((center + random.next()) * 1e5) / 1e5);
const [lat, lon] = [near(33), near(-119)] as [number[], number[]];
const place = lat.map((value, row) => `${value}, ${lon[row]}`);
const found = async (columns: Record<string, readonly (number | string)[]>) =>
  (await derivedColumn.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }))).filter(
    ({ evidence }) => evidence.kind === "numbers in a text",
  );

test("a point that is written from two columns", async () => {
  expect(await found({ lat, lon, place })).toMatchObject([
    { columns: ["place", "lat", "lon"], evidence: { numbers: 2, inColumns: ["lat", "lon"], comparedRows: ROWS, exactRows: ROWS } },
  ]);
});

test("one of its numbers alone", async () => {
  const [one, ...more] = await found({ lon, place });
  expect(more).toEqual([]);
  expect(one!.why).toContain("one of them is `lon` in 100 % of the rows");
});

test("silent of other points, and of the same ones in another order", async () => {
  expect(await found({ lat: near(33), lon: near(-119), place })).toEqual([]);
  expect(await found({ lat: [...lat.slice(1), 33], lon: [...lon.slice(1), -119], place })).toEqual([]);
});
