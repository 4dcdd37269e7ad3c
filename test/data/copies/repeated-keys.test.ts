import { describe, expect, test } from "vitest";
import { hiddenDuplicate } from "../../../src/data/checks/hidden-duplicate.ts";
import { type Cells, cells, contextOf } from "../checks/context.ts";

const ROWS = 600;
const HOUR = 3_600_000;

const found = async (columns: Record<string, Cells>, roles: Parameters<typeof contextOf>[0]["roles"], dates: string[] = []) => {
  const context = contextOf({ columns, target: "y", dates, ...(roles === undefined ? {} : { roles }) });
  return (await hiddenDuplicate.inspect(context)).filter(({ evidence }) => "kind" in evidence);
};

/** Orders, of which some rows stand twice; change: what the second has otherwise. */
function orders(copies: number, change: Record<string, (cell: number, row: number) => number>) {
  const draw = (label: string, top: number) => cells(ROWS, 3, label, (random) => random.integer(top)) as number[];
  const once: Record<string, number[]> = {
    order_id: Array.from({ length: ROWS }, (_, row) => 9000 + row),
    amount: draw("a", 9000),
    pages: draw("p", 30),
    stock: draw("k", 700),
    segment: draw("s", 3),
    y: draw("y", 2),
  };
  return Object.fromEntries(
    Object.entries(once).map(([name, own]) => [
      name,
      [...own, ...own.slice(0, copies).map((cell, row) => change[name]?.(cell, row) ?? cell)],
    ]),
  );
}

describe("a key that comes twice", () => {
  const next = (cell: number) => (cell + 1) % 3;

  test("with all columns equal but one: a join brought two", async () => {
    expect(await found(orders(30, { segment: next }), { ids: ["order_id"] })).toMatchObject([
      {
        columns: ["order_id", "segment"],
        rows: { count: 30 },
        evidence: { keys: 30, differ: ["segment"] },
        fix: { action: "advice" },
        question: null,
      },
    ]);
  });

  test.each<[string, number, Parameters<typeof orders>[1]]>([
    ["nowhere", 0, {}],
    ["in equal rows, which are copies", 30, {}],
    ["with other values of several columns", 30, { segment: next, amount: (cell) => cell + 7, pages: (cell) => cell + 1 }],
    ["with another target", 30, { y: (cell) => 1 - cell }],
    [
      "with now this and now that otherwise",
      30,
      { segment: (cell, row) => (row % 2 ? next(cell) : cell), pages: (cell, row) => cell + 1 - (row % 2) },
    ],
  ])("%s: silent", async (_, copies, change) => {
    expect(await found(orders(copies, change), { ids: ["order_id"] })).toEqual([]);
  });
});

describe("a thing and a time", () => {
  /** Machines that each have a row at each hour, and some rows more. */
  const machines = (hourOf: (row: number, random: { integer(n: number): number }) => number, more: number) => {
    const rows = 2000 + more;
    const place = (row: number) => (row < 2000 ? row : (row - 2000) * 53);
    return {
      machine: cells(rows, 1, "m", (_, row) => `M${place(row) % 20}`),
      time: cells(rows, 1, "t", (random, row) => hourOf(place(row), random) * HOUR),
      load: cells(rows, 1, "l", (random) => random.normal()),
      y: cells(rows, 1, "y", (random) => random.integer(2)),
    };
  };
  const hourly = (row: number) => Math.floor(row / 20);

  test("that have two rows together in a few cases are told", async () => {
    expect(await found(machines(hourly, 30), { time: "time" }, ["time"])).toMatchObject([
      { columns: ["machine", "time"], rows: { count: 30 }, evidence: { keys: 30, differ: expect.arrayContaining(["load"]) } },
    ]);
  });

  test("that are alone, or come together by chance: silent", async () => {
    expect(await found(machines(hourly, 0), { time: "time" }, ["time"])).toEqual([]);
    const drawn = machines((_, random) => random.integer(3000), 0);
    expect(await found(drawn, { time: "time" }, ["time"])).toEqual([]);
  });
});
