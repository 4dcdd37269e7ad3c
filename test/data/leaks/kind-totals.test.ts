import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { preprocessingLeak } from "../../../src/data/checks/preprocessing-leak.ts";
import { kindTotals } from "../../../src/data/leaks/kind-totals.ts";
import { type Cells, contextOf } from "../checks/context.ts";

interface Line {
  readonly order: number;
  readonly amount: number;
}

/** Lines of 200 orders of one to five lines. */
function lines(seed: number, amount: (random: ReturnType<typeof createRandom>) => number): readonly Line[] {
  const random = createRandom(seed, "lines");
  return Array.from({ length: 200 }, (_, order) => order).flatMap((order) =>
    Array.from({ length: 1 + random.integer(5) }, () => ({ order, amount: amount(random) })),
  );
}

const money = lines(1, (random) => Math.round(100 * Math.exp(3 + random.normal())) / 100);
const whole = (value: number) => Math.round(100 * value) / 100;
const of = (all: readonly Line[], how: (amounts: readonly number[], own: number) => number): number[] =>
  all.map((line) =>
    how(
      all.filter(({ order }) => order === line.order).map(({ amount }) => amount),
      line.amount,
    ),
  );
const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);

function given(column: readonly Cells[number][], all: readonly Line[] = money) {
  const random = createRandom(2, "spare");
  return contextOf({
    columns: {
      order: all.map(({ order }) => `o${order}`),
      it: column as Cells,
      spare: all.map(() => random.normal()),
      y: all.map(({ amount }) => amount),
    },
    target: "y",
  });
}

describe("what the labels of all rows of a kind come to", () => {
  test.each([
    ["sum", of(money, (amounts) => whole(sum(amounts)))],
    ["largest", of(money, (amounts) => Math.max(...amounts))],
    ["smallest", of(money, (amounts) => Math.min(...amounts))],
    ["mean", of(money, (amounts) => whole(sum(amounts) / amounts.length))],
    ["sum of others", of(money, (amounts, own) => whole(sum(amounts) - own))],
  ])("the %s is left out, and asked about", async (way, it) => {
    expect(await kindTotals(given(it))).toMatchObject([{ column: "it", kind: "order", of: way, share: 1 }]);
    const found = (await preprocessingLeak.inspect(given(it))).filter(({ columns: [name] }) => name === "it");
    expect(found).toMatchObject([{ severity: "blocker", fix: { steps: [{ op: "drop", columns: ["it"] }] } }]);
    expect(found[0]!.confidence).toBeGreaterThan(0.9);
  });

  test.each([
    [
      "a list price, of which all lines but a few have some taken off",
      "it",
      (amount: number, line: number) => (line % 3 === 0 ? amount : 0.9 * amount),
    ],
    ["a price from which later lines come down", "it", (amount: number, line: number) => amount * 0.97 ** (line % 6)],
    ["a limit by its name", "initial_price", (amount: number, line: number) => amount * 0.97 ** ((line * 5 + 2) % 6)],
  ])("it only asks about %s", async (_, name, paid) => {
    const random = createRandom(6, "given before");
    const prices = Array.from({ length: 60 }, () => whole(Math.exp(3 + random.normal())));
    const rows = prices.flatMap((price, order) => Array.from({ length: 6 }, (__, line) => ({ order, price, paid: paid(price, line) })));
    const context = contextOf({
      columns: {
        order: rows.map(({ order }) => `o${order}`),
        [name]: rows.map(({ price }) => price),
        spare: rows.map(() => random.normal()),
        y: rows.map((one) => whole(one.paid)),
      },
      target: "y",
    });
    const found = (await preprocessingLeak.inspect(context)).filter(({ columns: [one] }) => one === name);
    expect(found).toMatchObject([{ confidence: 0.45, evidence: { kind: "total", of: "largest" }, choices: ["after", "before"] }]);
  });

  test("a day of its order does not make a line the first", async () => {
    const it = of(money, (amounts) => Math.max(...amounts));
    const dated = money.map(({ order }) => Date.UTC(2024, 0, order));
    const context = contextOf({
      columns: { order: money.map(({ order }) => `o${order}`), day: dated, it, y: money.map(({ amount }) => amount) },
      dates: ["day"],
      target: "y",
    });
    expect(await kindTotals(context)).toMatchObject([{ column: "it", of: "largest", mayBeGiven: false }]);
  });

  test("cells that are empty say nothing against it, nor kinds of which a label is gone", async () => {
    const total = of(money, (amounts) => whole(sum(amounts)));
    const context = given(total.map((one, row) => (row % 9 === 0 ? null : one)));
    expect(await kindTotals(context)).toMatchObject([{ column: "it", of: "sum", share: 1 }]);
    const target = given(total).target.map((one, row) => (row % 9 === 0 ? Number.NaN : one));
    expect(await kindTotals({ ...given(total), target })).toMatchObject([{ column: "it", of: "sum", share: 1 }]);
  });

  test("of two classes, how many have the second", async () => {
    const all = lines(3, (random) => Number(random.next() < 0.4));
    const context = contextOf({
      columns: {
        home: all.map(({ order }) => `h${order}`),
        gone: of(all, sum),
        y: all.map(({ amount }) => (amount === 1 ? "yes" : "no")),
      },
      target: "y",
    });
    expect(await kindTotals(context)).toMatchObject([{ column: "gone", kind: "home", of: "sum", share: 1 }]);
  });

  test("not a total of something else, nor one of another kind of rows, nor how many rows there are", async () => {
    const random = createRandom(4, "other");
    const noise = money.map(() => random.normal());
    const other = of(
      money.map(({ order }, row) => ({ order, amount: Math.exp(3 + noise[row]!) })),
      (amounts) => whole(sum(amounts)),
    );
    expect(await kindTotals(given(other))).toEqual([]);
    expect(await kindTotals(given(of(money, (amounts) => amounts.length)))).toEqual([]);
    expect(await kindTotals(given(of(money, (amounts) => 1.05 * sum(amounts) + 3)))).toEqual([]);
  });

  test("not of one row each, where the total is the target itself, and not of a sample", async () => {
    const alone = money.map((line, order) => ({ ...line, order }));
    expect(
      await kindTotals(
        given(
          alone.map(({ amount }) => amount),
          alone,
        ),
      ),
    ).toEqual([]);
    const context = given(of(money, (amounts) => whole(sum(amounts))));
    const sample = { ...context, frame: { ...context.frame, rowNumbers: Int32Array.from(money.keys()) } };
    expect(await kindTotals(sample)).toEqual([]);
  });
});
