import { expect, test } from "vitest";
import { constant } from "../../../src/data/checks/constant.ts";
import { mixedTypes } from "../../../src/data/checks/mixed-types.ts";
import { nearConstant } from "../../../src/data/checks/near-constant.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 1000;

test("constant columns are one finding; a column with gaps is not constant", async () => {
  const one = cells(ROWS, 1, "o", () => 7);
  const context = contextOf({
    columns: { a: one, b: one.map(() => "x"), c: one.map((v, i) => (i < 9 ? null : v)), y: coin(ROWS) },
    target: "y",
  });
  expect(await constant.inspect(context)).toMatchObject([{ columns: ["a", "b"], severity: "cosmetic" }]);
});

test("nearly constant columns count only when their rare rows tell nothing", async () => {
  const y = coin(ROWS);
  const noise = cells(ROWS, 1, "n", (_, row) => (row % 200 === 0 ? 1 : 0));
  let left = 8;
  const telling = y.map((label) => (label === "yes" && left-- > 0 ? "rare" : "usual"));
  const context = contextOf({ columns: { noise, telling, y }, target: "y" });
  expect(await nearConstant.inspect(context)).toMatchObject([{ columns: ["noise"], rows: { count: 5 } }]);
});

test("numbers with words among them, from one lost cell on", async () => {
  const infos = {
    weight: {
      unparsedCells: 6,
      unparsed: [
        { value: "12kg", count: 1 },
        { value: "?", count: 5 },
      ],
    },
  };
  const columns = {
    weight: cells(ROWS, 1, "w", (random) => 60 + random.integer(40)),
    dose: cells(ROWS, 1, "d", (random) => (random.next() < 0.2 ? "trace" : String(random.integer(90)))),
    ticket: cells(ROWS, 1, "t", (random) => (random.next() < 0.4 ? `PC ${random.integer(900)}` : String(random.integer(9000)))),
    grade: cells(ROWS, 1, "g", (random) => ["1", "2", "A"][random.integer(3)]!),
    y: coin(ROWS),
  };
  const found = await mixedTypes.inspect(contextOf({ columns, target: "y", infos }));
  expect(found.map(({ columns, severity, rows }) => [columns[0], severity, rows.count])).toEqual([
    ["weight", "cosmetic", 1],
    ["dose", "costly", expect.any(Number)],
  ]);
  expect(found[1]!.fix).toEqual({ action: "steps", steps: [{ op: "to-number", column: "dose" }] });
});

test("lost cells are counted beyond the spellings that are kept of them", async () => {
  const unparsed = [{ value: "n/a", count: 9 }, ...Array.from({ length: 19 }, (_, place) => ({ value: `EUR ${10 + place}`, count: 1 }))];
  const columns = { price: cells(ROWS, 1, "p", (random, row) => (row < 71 ? null : 60 + random.integer(40))), y: coin(ROWS) };
  const context = contextOf({ columns, target: "y", infos: { price: { unparsed, unparsedCells: 71 } } });
  const [found] = await mixedTypes.inspect(context);
  const share = 62 / (ROWS - 71 + 62);
  expect(found).toMatchObject({ rows: { count: 62 }, evidence: { strayCells: 62, share }, counterfactual: { change: "cells", share } });
  expect(found!.why).toContain("62 cells");
});
