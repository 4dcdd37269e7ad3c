import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { derivedColumn } from "../../../src/data/checks/derived-column.ts";
import { reducedProduct } from "../../../src/data/copies/reduced-products.ts";
import { contextOf } from "../checks/context.ts";

type Made = "price" | "pieces" | "discount" | "tax" | "age";

/** Lines of orders; `total` of each, to the cent. */
function orders(totalOf: (line: Record<Made, number>, row: number) => number) {
  const random = createRandom(3, "orders");
  const lines = Array.from({ length: 600 }, () => ({
    price: Math.round(100 * (5 + 95 * random.next())) / 100,
    pieces: 1 + random.integer(5),
    discount: [0, 0, 0, 0.1, 0.15, 0.2][random.integer(6)]!,
    tax: [7, 19, 0][random.integer(3)]!,
    age: 20 + random.integer(50),
  }));
  const column = (name: Made) => Float64Array.from(lines, (line) => line[name]);
  const columns = (["price", "age", "pieces", "discount", "tax"] as const).map((name) => ({
    name,
    type: "number" as const,
    values: column(name),
  }));
  return { whole: Float64Array.from(lines, (line, row) => Math.round(100 * totalOf(line, row)) / 100), columns };
}

describe("a product that a share lowers or raises", () => {
  test("of one factor or two, by a fraction or in percent", () => {
    const found = (totalOf: Parameters<typeof orders>[0]) => {
      const { whole, columns } = orders(totalOf);
      const one = reducedProduct(whole, columns);
      return one === null ? null : [one.factors.map(({ name }) => name), one.share.name, one.sign, one.per, one.exact];
    };
    expect(found(({ price, pieces, discount }) => price * pieces * (1 - discount))).toEqual([["price", "pieces"], "discount", -1, 1, 600]);
    expect(found(({ price, tax }) => price * (1 + tax / 100))).toEqual([["price"], "tax", 1, 100, 600]);
  });

  test("is none where it fails in a tenth of the rows, where the share has no part in it, or hides in the rounding", () => {
    const found = (totalOf: Parameters<typeof orders>[0]) => {
      const { whole, columns } = orders(totalOf);
      return reducedProduct(whole, columns);
    };
    expect(found(({ price, pieces, discount }, row) => price * pieces * (1 - discount) + Number(row % 10 === 0))).toBeNull();
    expect(found(({ price, pieces, discount }, row) => price * pieces * (1 - discount) + Number(row % 30 === 0))).not.toBeNull();
    expect(found(({ price, pieces }) => price * pieces)).toBeNull();
    const { whole, columns } = orders(({ price }) => price);
    const tiny = columns.map((column) =>
      column.name === "discount" ? { ...column, values: column.values.map((value) => value / 1000) } : column,
    );
    expect(reducedProduct(whole, tiny)).toBeNull();
  });

  test("is a column computed from others, and as the target a leak", async () => {
    const { whole, columns } = orders(({ price, pieces, discount }) => price * pieces * (1 - discount));
    const cells = Object.fromEntries(columns.map(({ name, values }) => [name, Array.from(values)]));
    const random = createRandom(5, "y");
    const y = Array.from(whole, () => (random.next() < 0.5 ? "a" : "b"));
    const said = await derivedColumn.inspect(contextOf({ columns: { ...cells, total: Array.from(whole), y }, target: "y" }));
    expect(said).toMatchObject([
      {
        columns: ["total", "price", "pieces", "discount"],
        why: expect.stringContaining("`total` is `price` x `pieces` x (1 - `discount`) in 100 % of the rows"),
      },
    ]);
    const leaks = await combinationLeak.inspect(contextOf({ columns: { ...cells, total: Array.from(whole) }, target: "total" }));
    expect(leaks).toMatchObject([{ columns: ["price", "pieces", "discount"], severity: "blocker" }]);
  });
});
