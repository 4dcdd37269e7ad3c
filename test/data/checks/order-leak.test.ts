import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { orderLeak } from "../../../src/data/checks/order-leak.ts";
import { PERSISTENT_Z, rowOrderOf, standsByClass } from "../../../src/data/columns/row-order.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { contextOf, honestTable, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 1500;

describe("numbers of cases of which some come back, so that they are no key of the rows", () => {
  /** Those with the outcome were numbered again, from a range that lies higher by `shift`. */
  const numbered = async (name: string, { shift = 30_000, drawn = 60_000, knownAt = {} } = {}) => {
    const table = honestTable(ROWS, 5, (random, target) => [[name, target.map((y) => 100_000 + random.integer(drawn) + shift * y)]]);
    const found = await inspect(orderLeak, table, "bought", { knownAt });
    return found.map(({ columns, fix, confidence }) => [columns[0], fix.action, confidence >= LIKELY]);
  };

  test.each(["cust", "customer_id", "account no"])("%s is left out where it tells the outcome", async (name) => {
    expect(await numbered(name)).toEqual([[name, "steps", true]]);
  });

  test("one that may be a quantity, each value of which stands once, is called no key", async () => {
    const amounts = honestTable(ROWS, 5, (_, target) => [
      ["x", target.map((y, row) => 10_000_000 + 7919 * ((row * 31) % ROWS) + 20_000_000 * y)],
    ]);
    const [found] = await inspect(orderLeak, amounts, "bought");
    expect(found!.why).toMatch(/^`x`, which looks like a key \(.+\), tells the target: .+ If it is one, its values were given/);
    const out = honestTable(ROWS, 5, (_, target) => [["x", target.map((y, row) => 10_000_000 + row + 20_000_000 * y)]]);
    const [left] = await inspect(orderLeak, out, "bought", { roles: { ids: ["x"] } });
    expect(left!.why).toMatch(/^The key `x` tells the target: .+ Its values were given/);
  });

  test("silent where they tell little, are known to go with it, are no numbers of anything, or come back often", async () => {
    expect(await numbered("cust", { shift: 5_000 })).toEqual([]);
    expect(await numbered("cust", { knownAt: { cust: "before" as const } })).toEqual([]);
    expect(await numbered("income")).toEqual([]);
    expect(await numbered("cust", { drawn: 2_000, shift: 1_500 })).toEqual([]);
  });
});

describe("order-leak", () => {
  test("a case that stands before its controls is told by the set that they share", async () => {
    const random = createRandom(9, "sets");
    const table = (isCase: (row: number) => boolean) =>
      tableOf([
        ["set", numbers(300, (row) => Math.floor(row / 5) * 7)],
        ["age", numbers(300, () => random.normal())],
        ["case", numbers(300, (row) => Number(isCase(row)))],
      ]);
    expect(
      await inspect(
        orderLeak,
        table((row) => row % 5 === 0),
        "case",
      ),
    ).toMatchObject([{ columns: ["set"], severity: "cosmetic", evidence: { place: "first", sets: 60, auc: 1 } }]);
    expect(
      await inspect(
        orderLeak,
        table(() => random.next() < 0.2),
        "case",
      ),
    ).toEqual([]);
  });

  test("a month within a year, a day within a week is a season and no leak by place; a count within another set is said to carry it", async () => {
    const random = createRandom(11, "seasons");
    const table = (period: number, name: (place: number) => string | number) =>
      tableOf([
        ["set", numbers(40 * period, (row) => 1950 + Math.floor((row + 1) / period))],
        ["place", numbers(40 * period, (row) => row).map((row) => name((row + 1) % period))],
        ["warm", numbers(40 * period, (row) => ((row + 1) % period === 0 ? 3 : 0) + 0.2 * random.normal())],
      ]);
    const found = async (period: number, name: (place: number) => string | number) =>
      (await orderLeak.inspect(contextOf(table(period, name), "warm", { task: { task: "regression" } }))).filter(
        ({ evidence }) => evidence.kind === "within-sets",
      );
    expect(await found(12, (place) => place + 1)).toEqual([]);
    expect(await found(7, (place) => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][place]!)).toEqual([]);
    const [counted] = await found(5, (place) => place + 1);
    expect(counted).toMatchObject({
      columns: ["set"],
      evidence: { carrier: "place" },
      counterfactual: { change: "steps", flatters: true },
    });
    expect(counted!.why).toContain("`place` says which place a row has");
    const [hidden] = await found(12, () => Math.floor(random.next() * 12));
    expect(hidden).toMatchObject({ evidence: { carrier: null }, counterfactual: null });
  });

  test("a file of those with a visit and then those without is sorted by the target; counts in any other order are not", async () => {
    const random = createRandom(9, "visits");
    const visits = numbers(800, (i) => (i < 200 ? 1 + random.integer(4) : 0));
    const table = (counts: readonly number[]) =>
      tableOf([
        ["age", numbers(800, () => 20 + random.integer(50))],
        ["visits", counts],
      ]);
    const task = { task: { task: "regression" as const } };
    expect(await inspect(orderLeak, table(visits), "visits", task)).toMatchObject([{ columns: [], evidence: { sortedByTarget: true } }]);
    expect(await inspect(orderLeak, table(random.shuffle([...visits])), "visits", task)).toEqual([]);
  });

  test("classes in few blocks are an order; in more, of few rows, or of a number they are none", () => {
    const context = (rows: number, blocks: number, task: "binary" | "regression" = "binary") =>
      contextOf(
        tableOf([
          ["x", numbers(rows, (row) => (row * 37) % 101)],
          ["y", numbers(rows, (row) => Math.floor((row * blocks) / rows) % 2)],
        ]),
        "y",
        { task: { task } },
      );
    const isSorted = (rows: number, blocks: number) => {
      const one = context(rows, blocks);
      expect(standsByClass(one)).toBe(rowOrderOf(one).sortedByTarget);
      return standsByClass(one);
    };
    expect([isSorted(20, 2), isSorted(19, 2)]).toEqual([true, false]);
    expect([isSorted(400, 4), isSorted(400, 5)]).toEqual([true, false]);
    expect([isSorted(2000, 10), isSorted(2000, 11)]).toEqual([true, false]);
    expect(standsByClass(context(400, 2, "regression"))).toBe(false);
  });

  test("a key whose numbers were given class by class is told, though the rows stand in any order", async () => {
    const random = createRandom(9, "case numbers");
    const answer = Array.from({ length: 600 }, () => (random.next() < 0.3 ? "yes" : "no"));
    const table = (later: number) =>
      tableOf([
        [
          "case_number",
          random.shuffle(numbers(600, (i) => 1000 + 7 * i)).map((value, i) => Number(value) + (answer[i] === "yes" ? later : 0)),
        ],
        ["age", numbers(600, () => 20 + random.integer(50))],
        ["answer", answer],
      ]);
    expect(await inspect(orderLeak, table(6000), "answer")).toMatchObject([
      {
        columns: ["case_number"],
        severity: "cosmetic",
        counterfactual: { change: "undo", features: ["case_number"] },
        // Customers of a year in which more of them left were numbered in turn.
        why: expect.stringContaining(
          "in an order that goes with the outcome: when it was known, class by class, or over a time in which it changed",
        ),
      },
    ]);
    expect(await inspect(orderLeak, table(0), "answer")).toEqual([]);
  });

  test("outcomes that come in turns are told, those in any other order are not", async () => {
    const random = createRandom(9, "turns");
    const cells = (answer: (i: number) => string) =>
      tableOf([
        ["sex", numbers(400, (i) => (i >> 1) % 2)],
        ["count", numbers(400, () => random.integer(50))],
        ["answer", Array.from({ length: 400 }, (_, i) => answer(i))],
      ]);
    const inTurns = await inspect(
      orderLeak,
      cells((i) => (i % 2 === 0 ? "yes" : "no")),
      "answer",
    );
    expect(inTurns).toMatchObject([{ columns: [], severity: "cosmetic", why: expect.stringContaining("0 % of the rows") }]);
    const byChance = await inspect(
      orderLeak,
      cells(() => (random.next() < 0.5 ? "yes" : "no")),
      "answer",
    );
    expect(byChance).toEqual([]);
  });

  test("a series that stands still every night, or for its first third, is not sorted by its values", async () => {
    const random = createRandom(9, "nights");
    const day = (i: number) =>
      Math.max(0, Math.round(100 * Math.sin((2 * Math.PI * i) / 200)) + (Math.sin((2 * Math.PI * i) / 200) > 0 ? random.integer(5) : 0));
    const late = (i: number) => (i < 270 ? 0 : Math.round(50 + 20 * Math.sin(i / 30)));
    for (const make of [day, late]) {
      const order = rowOrderOf(
        contextOf(
          tableOf([
            ["x", numbers(800, () => random.next())],
            ["y", numbers(800, make)],
          ]),
          "y",
          { task: { task: "regression" } },
        ),
      );
      expect([order.sortedByTarget, order.persistenceZ > PERSISTENT_Z]).toEqual([false, true]);
    }
  });

  test("one class of three that stands apart is an order too; rare ones that are scattered are none", () => {
    const random = createRandom(4, "apart");
    const sorted = (labels: readonly string[]) =>
      rowOrderOf(
        contextOf(
          tableOf([
            ["x", labels.map(() => random.next())],
            ["y", labels],
          ]),
          "y",
        ),
      ).sortedByTarget;
    const mixed = (row: number) => (random.next() < 0.5 ? "high" : row % 2 === 0 ? "low" : "high");
    expect(sorted(Array.from({ length: 900 }, (_, row) => (row >= 700 ? "mid" : mixed(row))))).toBe(true);
    expect(sorted(Array.from({ length: 9000 }, (_, row) => (row % 300 === 7 ? "mid" : mixed(row))))).toBe(false);
    expect(sorted(Array.from({ length: 900 }, (_, row) => (row % 90 < 20 ? "mid" : mixed(row))))).toBe(false);
  });

  test("a key given in the order of a sorted file carries the label", async () => {
    const table = tableOf([
      ["ticket", numbers(600, (i) => 1000 + 3 * i)],
      ["x", numbers(600, (i) => Math.sin(i * i))],
      ["y", numbers(600, (i) => Number(i >= 400))],
    ]);
    const [found] = await inspect(orderLeak, table, "y");
    expect(found).toMatchObject({ columns: ["ticket"], severity: "blocker" });
  });

  test("a key that is left out is named, since a model that takes it would learn the order", async () => {
    const table = tableOf([
      ["ticket", numbers(600, (i) => 1000 + 3 * i)],
      ["x", numbers(600, (i) => Math.sin(i * i))],
      ["y", numbers(600, (i) => Number(i >= 400))],
    ]);
    const [found] = await orderLeak.inspect(contextOf(table, "y", { roles: { ids: ["ticket"] } }));
    expect(found).toMatchObject({ columns: ["ticket"], severity: "cosmetic", counterfactual: { change: "undo", features: ["ticket"] } });
    // It is done: nothing is left open.
    expect(found!.fix).toEqual({ action: "reading", text: expect.stringMatching(/^`ticket` is a key and stays out\. Never cut/) });
    const random = createRandom(8, "half sorted");
    const partly = (noise: number) =>
      tableOf([
        ["ticket", numbers(600, (i) => 1000 + 3 * i)],
        ["x", numbers(600, (i) => Math.sin(i * i))],
        ["y", numbers(600, (i) => Number(i + noise * random.normal() >= 300))],
      ]);
    const leftOut = { roles: { ids: ["ticket"] } };
    expect(await orderLeak.inspect(contextOf(partly(400), "y", leftOut))).toMatchObject([{ columns: ["ticket"], severity: "cosmetic" }]);
    expect(await orderLeak.inspect(contextOf(partly(3000), "y", leftOut))).toEqual([]);
  });

  test("a quantity by which the file is sorted is a question at most", async () => {
    const random = createRandom(8, "sorted");
    const x = numbers(600, () => Math.round(1e6 * random.next())).sort((a, b) => a - b);
    const table = tableOf([
      ["size", x],
      ["noise", numbers(600, () => random.normal())],
      ["y", x.map((value) => Number(value + 3e5 * random.normal() > 5e5))],
    ]);
    expect((await inspect(orderLeak, table, "y"))[0]).toMatchObject({ columns: ["size"], severity: "harmful", fix: { action: "advice" } });
  });

  test("a shuffled file is quiet", async () => {
    expect(
      await inspect(
        orderLeak,
        honestTable(ROWS, 6, () => [["ticket", numbers(ROWS, (i) => 1000 + 3 * i)]]),
      ),
    ).toEqual([]);
  });
});

test("a file sorted by a feature that tells much of the target gets a note; of one that tells little none", async () => {
  const random = createRandom(3, "sorted by");
  const sorted = (step: number) => {
    const days = numbers(600, () => Math.round(300 * random.next() ** 2)).sort((a, b) => a - b);
    return tableOf([
      ["days", days],
      ["age", numbers(600, () => 20 + random.integer(50))],
      ["died", days.map((value) => Number(random.next() < (value < 60 ? 0.5 + step : 0.5 - step)))],
    ]);
  };
  expect(await inspect(orderLeak, sorted(0.4), "died")).toMatchObject([
    { columns: ["days"], severity: "cosmetic", evidence: { sortedBy: "days" } },
  ]);
  expect(await inspect(orderLeak, sorted(0.15), "died")).toEqual([]);
});
