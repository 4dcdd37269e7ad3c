import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { runningTotals } from "../../../src/data/leaks/running-totals.ts";
import { type Cells, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 240;
const random = createRandom(5, "running totals");
const sold = numbers(ROWS, () => 5 + random.integer(200));
const days = numbers(ROWS, (row) => Date.UTC(2023, 0, 1 + row));
/** From `start` of a row on, where a total begins anew. */
const totals = (values: readonly number[], isNew: (row: number) => boolean) => {
  let total = 0;
  return values.map((value, row) => {
    total = (isNew(row) ? 0 : total) + value;
    return total;
  });
};
const given = (columns: Readonly<Record<string, Cells>>, sorted = days) =>
  contextOf({
    columns: { day: sorted, spare: sold.map(() => random.normal()), ...columns, sold },
    dates: ["day"],
    target: "sold",
    roles: { time: "day" },
  });

describe("a total to date", () => {
  test("holds the target of its own row: it is asked about and left out", async () => {
    const [found] = (await postOutcome.inspect(given({ ytd: totals(sold, (row) => row % 60 === 0) }))).filter(({ columns }) =>
      columns.includes("ytd"),
    );
    expect(found).toMatchObject({
      severity: "blocker",
      evidence: { kind: "running-total", within: null, by: "day" },
      fix: { steps: [{ op: "drop", columns: ["ytd"] }] },
      choices: ["after", "before"],
    });
  });

  test("of which a tenth of the cells is empty", () => {
    const ytd = totals(sold, () => false).map((value, row) => (row % 10 === 4 ? null : value));
    expect(runningTotals(given({ ytd }))).toMatchObject([{ column: "ytd", share: 1 }]);
  });

  test("of each shop, whose rows stand among those of others", () => {
    const shop = sold.map((_, row) => `shop ${row % 12}`);
    const sums = new Map<string, number>();
    const total = sold.map((value, row) => {
      const sum = (sums.get(shop[row]!) ?? 0) + value;
      sums.set(shop[row]!, sum);
      return sum;
    });
    expect(runningTotals(given({ shop, total }))).toMatchObject([{ column: "total", within: "shop", share: 1 }]);
  });

  test("not a total of few different amounts, which a counter of another size is too", () => {
    const few = sold.map((_, row) => 3 + (row % 7 === 0 ? 1 : 0));
    expect(
      runningTotals(contextOf({ columns: { ytd: totals(few, () => false), spare: few.map(() => random.normal()), few }, target: "few" })),
    ).toEqual([]);
  });

  test("not a year beside amounts that are smaller than its steps are written", () => {
    const index = sold.map(() => Math.round(30 * random.normal()) / 100);
    const year = index.map((_, row) => 1800 + Math.floor(row / 4));
    expect(runningTotals(contextOf({ columns: { year, spare: index.map(() => random.normal()), index }, target: "index" }))).toEqual([]);
  });

  test("in the order of the file it may be a scale: it is only asked about", async () => {
    const columns = { spare: sold.map(() => random.normal()), mark: totals(sold, () => false), sold };
    const found = await postOutcome.inspect(contextOf({ columns, target: "sold" }));
    expect(found.filter(({ columns: [name] }) => name === "mark")).toMatchObject([{ confidence: 0.45, evidence: { by: null } }]);
  });

  test("a mean to date, by a date in which the file does not stand", () => {
    const shop = sold.map((_, row) => `shop ${row % 12}`);
    const so = new Map<string, readonly [number, number]>();
    const mean = sold.map((value, row) => {
      const [sum, count] = so.get(shop[row]!) ?? [0, 0];
      so.set(shop[row]!, [sum + value, count + 1]);
      return Math.round((100 * (sum + value)) / (count + 1)) / 100;
    });
    const order = [...createRandom(8, "order").shuffle(Int32Array.from(sold.keys()))];
    const pick = <T>(cells: readonly T[]): T[] => order.map((row) => cells[row]!);
    const columns = { at: pick(days), shop: pick(shop), mean: pick(mean), sold: pick(sold) };
    expect(runningTotals(contextOf({ columns, dates: ["at"], target: "sold" }))).toMatchObject([
      { column: "mean", of: "mean", within: "shop", by: "at", share: 1 },
    ]);
  });

  test("a count to date of one of two classes, not one before the row", () => {
    const machine = sold.map((_, row) => `m${row % 20}`);
    const fault = sold.map((value) => Number(value % 3 === 0));
    const so = new Map<string, number>();
    const before = fault.map((one, row) => {
      const count = so.get(machine[row]!) ?? 0;
      so.set(machine[row]!, count + one);
      return count;
    });
    const counted = (count: readonly number[]) =>
      runningTotals(
        contextOf({
          columns: { day: days, machine, count: [...count], fault: fault.map((one) => (one === 1 ? "yes" : "no")) },
          dates: ["day"],
          target: "fault",
          roles: { time: "day" },
        }),
      );
    expect(counted(before.map((one, row) => one + fault[row]!))).toMatchObject([
      { column: "count", of: "count", within: "machine", share: 1 },
    ]);
    expect(counted(before)).toEqual([]);
  });

  test("not what was before the row, though labels of a thing stay the same for long", () => {
    const drawn = createRandom(9, "stretches");
    const machine = numbers(1200, (row) => row % 31);
    const [state, counts, sums] = [numbers(31, (one) => 7 + one), numbers(31, () => 0), numbers(31, () => 0)];
    const rows = machine.map((one) => {
      if (drawn.next() < 0.05) state[one] = 5 + drawn.integer(100);
      const [label, count, sum] = [state[one]!, counts[one]!, sums[one]!];
      counts[one]! += Number(label % 3 === 0);
      sums[one]! += label;
      return { label, count, sum };
    });
    const judged = (column: (one: (typeof rows)[number]) => number, label: (value: number) => Cells[number]) =>
      runningTotals(
        contextOf({
          columns: {
            day: rows.map((_, row) => Date.UTC(2023, 0, 1 + Math.floor(row / 31))),
            machine: machine.map((one) => `m${one}`),
            so: rows.map(column),
            y: rows.map((one) => label(one.label)) as Cells,
          },
          dates: ["day"],
          target: "y",
          roles: { time: "day" },
        }),
      );
    const yes = (value: number) => (value % 3 === 0 ? "yes" : "no");
    expect(judged(({ count }) => count, yes)).toEqual([]);
    expect(judged(({ sum }) => sum, Number)).toEqual([]);
    expect(judged(({ count, label }) => count + Number(label % 3 === 0), yes)).toMatchObject([{ column: "so", of: "count", share: 1 }]);
    expect(judged(({ sum, label }) => sum + label, Number)).toMatchObject([{ column: "so", of: "total", share: 1 }]);
  });

  test.each([
    ["nearly the total", totals(sold, () => false).map((value, row) => value + (row % 2 === 0 ? 5 : 0))],
    [
      "of something else",
      totals(
        numbers(ROWS, () => random.integer(200)),
        () => false,
      ),
    ],
    ["before the row", totals(sold, () => false).map((value, row) => value - sold[row]!)],
    ["a counter", sold.map((_, row) => row)],
  ])("not %s", (_, ytd) => {
    expect(runningTotals(given({ ytd }))).toEqual([]);
  });
});
