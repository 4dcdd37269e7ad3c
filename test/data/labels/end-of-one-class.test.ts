import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { orderLeak } from "../../../src/data/checks/order-leak.ts";
import { endOfOneClass } from "../../../src/data/labels/end-of-one-class.ts";
import { cells, contextOf } from "../checks/context.ts";

const random = createRandom(8, "ends");
const drawn = (rows: number, share: number) => Array.from({ length: rows }, () => Number(random.next() < share));
const end = (...labels: readonly number[][]) => endOfOneClass(Float64Array.from(labels.flat()), 2);
const ones = (rows: number) => Array.from({ length: rows }, () => 1);

describe("an end of the file of one class", () => {
  test("is found at either end, with a stray among its rows", () => {
    expect(end(drawn(2000, 0.02), ones(120))).toMatchObject({ classIndex: 1, atEnd: true, rows: expect.closeTo(120, -1), share: 1 });
    expect(end(ones(60), [0], ones(60), drawn(1500, 0.1))).toMatchObject({ classIndex: 1, atEnd: false, rows: expect.closeTo(121, -1) });
    expect(end(drawn(900, 0.3), ones(40))).not.toBeNull();
  });

  test("is none by chance, of a class that is common, of few rows, or of a file in blocks", () => {
    for (let i = 0; i < 20; i++) expect(end(drawn(2000, 0.3))).toBeNull();
    expect(end(drawn(1000, 0.8), ones(60))).toBeNull();
    expect(end(drawn(1000, 0.02), ones(12))).toBeNull();
    const blocks = Array.from({ length: 40 }, (_, block) => Array.from({ length: 50 }, () => Number(block % 5 === 4)));
    expect(end(...blocks)).toBeNull();
  });

  test("is asked about beside a time in which the rows do not stand, and not in the order of one", async () => {
    const y = [...drawn(2000, 0.03), ...ones(90)].map((one) => (one === 1 ? "fraud" : "fine"));
    const day = (row: number) => 86_400_000 * ((row * 7919) % 700);
    const amount = cells(y.length, 2, "amount", (draw) => Math.round(1000 * Math.exp(draw.normal())));
    const told = async (date: readonly number[]) =>
      (
        await orderLeak.inspect(
          contextOf({ columns: { date, amount, y }, dates: ["date"], roles: { time: "date", features: ["amount"] }, target: "y" }),
        )
      ).filter(({ evidence }) => evidence.kind === "end of one class");
    const dates = y.map((_, row) => day(row));
    expect(await told(dates)).toMatchObject([{ confidence: 0.45, choices: ["yes", "no"], rows: { count: expect.closeTo(90, -1) } }]);
    expect(await told(dates.toSorted((a, b) => a - b))).toEqual([]);
  });
});
