import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { orderLeak } from "../../../src/data/checks/order-leak.ts";
import { placeTrend } from "../../../src/data/columns/place-trend.ts";
import { mayBeTimeOfFile } from "../../../src/data/split/time-evidence.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1000;
const LEAST = 0.75;
const random = createRandom(8, "place trend");
const features = () => numbers(ROWS, () => random.normal());

function tableWith(x: readonly number[], labels: readonly (string | number)[]) {
  return contextOf(
    tableOf([
      ["x", x],
      ["z", features()],
      ["y", labels],
    ]),
    "y",
  );
}

const rising = () => Array.from({ length: ROWS }, (_, i) => (random.next() < (0.8 * i) / ROWS ? "yes" : "no"));

test("a file more or less sorted by the outcome is asked about", async () => {
  const labels = rising();
  const context = tableWith(features(), labels);
  const found = placeTrend(context, LEAST);
  expect(found?.score).toBeGreaterThan(LEAST);
  expect(found?.last).toBeGreaterThan(0.6);
  expect(await orderLeak.inspect(context)).toMatchObject([
    { trap: "order-leak", columns: [], severity: "harmful", fix: { action: "split" }, evidence: { shown: false } },
  ]);
});

test("nothing where a feature accounts for it, where labels come in blocks, or where the rate stays", () => {
  const along = numbers(ROWS, (i) => i / 100 + 2 * random.normal());
  const byFeature = along.map((x) => (random.next() < 1 / (1 + Math.exp(5 - x)) ? "yes" : "no"));
  const inBlocks = along.map((_, i) => (Math.floor(i / 40) % 2 === 0 ? "yes" : "no"));
  const steady = along.map(() => (random.next() < 0.4 ? "yes" : "no"));
  expect(placeTrend(tableWith(features(), byFeature), LEAST)?.score).toBeGreaterThan(LEAST);
  expect(placeTrend(tableWith(along, byFeature), LEAST)).toBeNull();
  for (const labels of [inBlocks, steady]) expect(placeTrend(tableWith(features(), labels), LEAST)).toBeNull();
});

test("numbers that fall along the file, and one class of three", () => {
  const falling = numbers(ROWS, (i) => -i / 300 + random.normal());
  expect(placeTrend(tableWith(features(), falling), 0.7)).toMatchObject({ classIndex: -1 });
  const three = rising().map((label) => (label === "no" && random.next() < 0.3 ? "maybe" : label));
  expect(placeTrend(tableWith(features(), three), 0.7)?.classIndex).toBe(2);
});

test("a date that does not follow the file leaves its order to be told, as one that orders the rows does", async () => {
  const steep = Array.from({ length: ROWS }, (_, i) => (random.next() < 1 / (1 + Math.exp((i - ROWS / 2) / 100)) ? "yes" : "no"));
  const begun = steep.map(() => new Date(Date.UTC(2020, 0, 1 + random.integer(900))));
  const withDate = (dates: readonly Date[] | null, roles: { readonly time?: string } = {}) =>
    contextOf(tableOf([...(dates === null ? [] : [["begun", dates] as const]), ["z", features()], ["y", steep]]), "y", { roles });
  expect(mayBeTimeOfFile(withDate(null))).toBe(true);
  expect(mayBeTimeOfFile(withDate(begun))).toBe(false);
  const [told] = await orderLeak.inspect(withDate(begun, { time: "begun" }));
  expect(told).toMatchObject({ columns: [], severity: "cosmetic" });
  expect(told?.why).toMatch(/stand nearly sorted by the target/);
  const inTurn = steep.map((_, row) => new Date(Date.UTC(2020, 0, 1 + row)));
  expect(await orderLeak.inspect(withDate(inTurn, { time: "begun" }))).toEqual([]);
});
