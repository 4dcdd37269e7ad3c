import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { partialLeak } from "../../../src/data/checks/partial-leak.ts";
import { filledAmounts } from "../../../src/data/leaks/filled-amounts.ts";
import { meaningOf } from "../../../src/data/meaning/meaning.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 4000;

/** Bookings, three in ten of them cancelled; what is paid back as `make` says. */
function bookings(make: (random: Random, cancelled: boolean) => number | null, base = 0.3, names = ["value_x"]) {
  const random = createRandom(5, "bookings");
  const cancelled = Array.from({ length: ROWS }, () => random.next() < base);
  const table = tableOf([
    ["nights", numbers(ROWS, () => 1 + random.integer(9))],
    ...names.map((name): [string, (number | null)[]] => [name, cancelled.map((one) => make(random, one))]),
    ["cancelled", cancelled.map((one) => (one ? "yes" : "no"))],
  ]);
  return partialLeak.inspect(contextOf(table, "cancelled"));
}

const size = (random: Random) => Math.round(10_000 * Math.exp(0.8 * random.normal())) / 100;
const noted =
  (share: number, wrong: number, of = size) =>
  (random: Random, cancelled: boolean) =>
    random.next() < (cancelled ? share : wrong) ? of(random) : 0;

describe("amounts beside a number that most rows have", () => {
  test.each<[string, (random: Random, cancelled: boolean) => number | null, boolean]>([
    ["above it", noted(0.16, 0.004), true],
    ["below it", (random, cancelled) => -noted(0.16, 0.004)(random, cancelled) + 0, false],
    ["with gaps", (random, cancelled) => (random.next() < 0.2 ? null : noted(0.2, 0.004)(random, cancelled)), true],
  ])("%s, nearly all of one class: it asks", async (_, make, above) => {
    const [found, ...others] = await bookings(make);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: ["value_x"], severity: "harmful", evidence: { usual: 0, above, class: "yes" } });
    expect(found?.rows.count).toBe(found?.evidence.rows);
    expect(found?.confidence).toBeLessThan(0.5);
    expect(found?.question).not.toBeNull();
  });

  test("several such columns are a field of causes, but for one that is named as what comes after", async () => {
    expect(await bookings(noted(0.16, 0.004), 0.3, ["value_x", "value_y"])).toEqual([]);
    const found = await bookings(noted(0.16, 0.004), 0.3, ["value_x", "credit_note"]);
    expect(found.map(({ columns }) => columns)).toEqual([["credit_note"]]);
  });

  test("two that are filled in the same rows are one", async () => {
    let gross = 0;
    const drawn: number[] = [];
    const net = (own: Random, cancelled: boolean) => {
      const value = noted(0.16, 0.004)(own, cancelled);
      drawn.push(value);
      return value;
    };
    const found = await bookings(
      (own, cancelled) => (drawn.length < ROWS ? net(own, cancelled) : Math.round(119 * (drawn[gross++] ?? 0)) / 100),
      0.3,
      ["value_net", "value_gross"],
    );
    expect(found.map(({ columns }) => columns)).toEqual([["value_net"], ["value_gross"]]);
  });

  test("a credit note says by its name that it comes after", () => {
    expect(meaningOf("credit_note_eur").after).toBeGreaterThan(0.5);
    expect(meaningOf("credit_score").after).toBeLessThan(0.5);
  });

  test.each<[string, (random: Random, cancelled: boolean) => number | null, number]>([
    ["too few of one class", noted(0.16, 0.016), 0.3],
    ["of a class that most rows have", noted(0.16, 0.004), 0.6],
    ["in few rows", noted(0.06, 0.001), 0.3],
    ["that begin little by little, as of a cause", (random, cancelled) => gradual(random, cancelled), 0.3],
    ["on both sides", (random, cancelled) => (random.next() < 0.5 ? 1 : -1) * noted(0.16, 0.004)(random, cancelled), 0.3],
  ])("not %s", async (_, make, base) => {
    expect(await bookings(make, base)).toEqual([]);
  });
});

/** Two classes in turn; the second has an amount in the first `filled` of its rows. */
function alone(filled: number, others: number, amounts: number, rows = 400) {
  const target = Float64Array.from({ length: rows }, (_, i) => i % 2);
  const cells = target.map((label, i) => (i < 2 * filled && label === 1 ? 1 + (i % amounts) : i < 2 * others && label === 0 ? 1 + i : 0));
  return filledAmounts(cells, target, Int32Array.from(target.keys()), 2, () => 0.5);
}

test("amounts by themselves: in half of the rows at most, of sixty rows and twenty different ones", () => {
  expect(alone(180, 10, 1000)).toMatchObject({ usual: 0, above: true, label: 1, rows: 190, own: 180 });
  expect(alone(195, 20, 1000)).toBeNull();
  expect(alone(59, 0, 1000)).toBeNull();
  expect(alone(180, 0, 30)).toBeNull();
});

/** Small amounts of either class, large ones of those cancelled alone. */
function gradual(random: Random, cancelled: boolean): number {
  if (cancelled) return random.next() < 0.25 ? size(random) : 0;
  return random.next() < 0.02 ? 20 + 20 * random.next() : 0;
}
