import { expect, test } from "vitest";
import { codeAsNumber } from "../../../src/data/checks/code-as-number.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;

const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });

const make = <T>(label: string, one: (random: { next(): number; normal(): number; integer(n: number): number }, row: number) => T) =>
  cells(ROWS, 11, label, one);

test("codes by name and gaps; ratings, counts and real measures are amounts", async () => {
  const columns = {
    zip: make("z", (random) => [10115, 20095, 50667, 80331, 1067][random.integer(5)]!),
    product_type: make("t", (random) => 1 + random.integer(6)),
    rating: make("r", (random) => 1 + random.integer(5)),
    store_count: make("c", (random) => random.integer(40)),
    income: make("i", (random) => Math.round(Math.exp(10 + random.normal()))),
  };
  const found = await codeAsNumber.inspect(given(columns));
  expect(found.map(({ columns, fix }) => [columns[0], fix])).toEqual([
    ["zip", { action: "steps", steps: [{ op: "to-category", column: "zip" }] }],
    ["product_type", { action: "steps", steps: [{ op: "to-category", column: "product_type" }] }],
  ]);
  expect(found[1]!.question).not.toBeNull();
});

test("codes are known by their names in other languages too", async () => {
  const columns = {
    plz: make("p", (random) => 10_000 + 97 * random.integer(60)),
    codigo_postal: make("c", (random) => 28_000 + 31 * random.integer(60)),
    menge: make("m", (random) => 10_000 + 97 * random.integer(60)),
  };
  expect((await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name)).toEqual(["plz", "codigo_postal"]);
});
