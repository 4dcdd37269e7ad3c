import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { timeLeak } from "../../../src/data/checks/time-leak.ts";
import { nextRowOf } from "../../../src/data/split/next-row.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const ROWS = 600;
const random = createRandom(4, "next row");
const x = Array.from({ length: ROWS }, () => random.normal());

/** Weather of one day after the other; every fiftieth row another place begins. */
const rain = Array.from({ length: ROWS + 1 }, () => random.next() < 0.3);
const tomorrow = rain.slice(1).map((wet, row) => ((row % 50 === 49 ? random.next() < 0.3 : wet) ? "yes" : "no"));
const context = (columns: Record<string, Cells>, target: Cells) => contextOf({ columns: { x, ...columns, y: target }, target: "y" });

test("what is to be predicted stands in the next row, in other words or the same", async () => {
  const today = rain.slice(0, ROWS);
  for (const column of [today.map((wet) => (wet ? "yes" : "no")), today.map(Number), today.map((wet) => (wet ? "wet" : "dry"))]) {
    const given = context({ today: column }, tomorrow);
    expect(nextRowOf(given)).toMatchObject({ column: "today", pairs: ROWS - 1 });
    expect(await timeLeak.inspect(given)).toMatchObject([
      { columns: [], severity: "harmful", evidence: { nextRow: "today", shown: false } },
    ]);
  }
});

test("an amount of tomorrow is that of the next row", () => {
  const sold = Array.from({ length: ROWS + 1 }, () => Math.round(100 * Math.exp(random.normal())));
  expect(nextRowOf(context({ sold: sold.slice(0, ROWS) }, sold.slice(1)))).toMatchObject({ column: "sold", held: ROWS - 1 });
});

test("not where the rows stand in any order, nor where what is so today lasts", () => {
  const order = [...createRandom(5, "order").shuffle(Int32Array.from(x.keys()))];
  const shuffled = order.map((row) => (rain[row]! ? "yes" : "no"));
  expect(
    nextRowOf(
      context(
        { today: shuffled },
        order.map((row) => tomorrow[row]!),
      ),
    ),
  ).toBeNull();
  const lasting = x.map((_, row) => (Math.floor(row / 40) % 2 === 0 ? "yes" : "no"));
  expect(nextRowOf(context({ today: lasting }, lasting))).toBeNull();
});
