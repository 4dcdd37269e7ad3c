import { expect, test } from "vitest";
import { columnOf } from "../../../src/core/column.ts";
import { fewThings } from "../../../src/data/values/of-few-things.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 3000;
const isFar = (row: number) => row % 600 === 77;

function look(names: number, far: (row: number) => number) {
  const shop = cells(ROWS, 3, "shop", (_, row) => (isFar(row) ? "s77" : `s${row % names}`));
  const density = cells(ROWS, 3, "density", (random, row) => (isFar(row) ? far(row) : random.normal()));
  const context = contextOf({ columns: { shop, density, y: coin(ROWS) }, target: "y" });
  return fewThings(context, [columnOf(context.frame, "density")], isFar);
}

test("a thing among thousands is one where its values differ from row to row: the same once more may be one slip", () => {
  const found = { column: "shop", names: ["s77"] };
  expect(look(600, (row) => 60 + row / 1000)).toEqual(found);
  expect(look(600, () => 60)).toBeNull();
  expect(look(600, (row) => 60 + (row % 2))).toBeNull();
});

test("among fewer names they may be equal", () => {
  const town = cells(ROWS, 3, "town", (_, row) => (isFar(row) ? "far" : `t${row % 40}`));
  const height = cells(ROWS, 3, "height", (random, row) => (isFar(row) ? 60 : random.normal()));
  const context = contextOf({ columns: { town, height, y: coin(ROWS) }, target: "y" });
  expect(fewThings(context, [columnOf(context.frame, "height")], isFar)).toEqual({ column: "town", names: ["far"] });
});
