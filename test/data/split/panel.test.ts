import { expect, test } from "vitest";
import { panelOf } from "../../../src/data/split/panel.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

test("three things that are looked at again at the same times are a panel, two are none", () => {
  const panel = (units: number, times = 40) => {
    const rows = units * times;
    const table = tableOf([
      ["town", numbers(rows, (row) => row % units).map((town) => `town ${town}`)],
      ["day", numbers(rows, (row) => Math.floor(row / units)).map((day) => new Date(Date.UTC(2020, 0, 1 + day)))],
      ["y", numbers(rows, (row) => (row * 37) % 101)],
    ]);
    return panelOf(contextOf(table, "y", { task: { task: "regression" } }), "day");
  };
  expect(panel(3)).toEqual({ unit: "town", units: 3, times: 40 });
  expect(panel(2)).toBeNull();
});
