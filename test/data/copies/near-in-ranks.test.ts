import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { hiddenDuplicate } from "../../../src/data/checks/hidden-duplicate.ts";
import { nearDuplicate } from "../../../src/data/checks/near-duplicate.ts";
import { splitOverlap } from "../../../src/data/checks/split-overlap.ts";
import { type Cells, coin, contextOf } from "../checks/context.ts";

const [ROWS, TESTED, COPIES] = [600, 150, 60];
const NAMES = ["age", "pay", "size", "visits", "dose", "gain", "kind", "paid", "lot_id", "day"] as const;

interface Planted {
  readonly copies: number;
  /** The row of which the last but `i` is a copy. */
  readonly of?: (i: number) => number;
  readonly noise?: number;
  /** The number of a thing of a row; copies have that of their row. */
  readonly lot?: (row: number) => number;
}

/** Names, counts and rounded numbers. The last rows are copies with a little noise in two numbers, of another day. */
function mixed({ copies, of = (i) => 2 * i, noise = 1, lot = (row) => row % 15 }: Planted): Record<string, Cells> {
  const random = createRandom(1, "mixed ranks");
  const kind = () => "abcd"[random.integer(4)]!;
  const day = () => Date.UTC(2024, 0, 1) + random.integer(4000) * 86_400_000;
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const age = 20 + random.integer(60);
    const pay = 25 * Math.round(0.8 * age + 12 * random.normal());
    const size = Math.round(10 * (170 + 9 * random.normal())) / 10;
    const [dose, gain] = [Math.round(40 * random.normal()), Math.round(40 * random.normal())];
    return { age, pay, size, dose, gain, visits: random.integer(30), kind: kind(), paid: kind(), lot_id: lot(row), day: day() };
  });
  for (let i = 0; i < copies; i++) {
    const row = rows[of(i)]!;
    const pay = row.pay + 25 * noise * (random.next() < 0.5 ? -1 : 1);
    rows[ROWS - 1 - i] = { ...row, pay, size: Math.round(10 * (row.size + 0.3 * noise * random.normal())) / 10, day: day() };
  }
  return Object.fromEntries(NAMES.map((name) => [name, rows.map((row) => row[name])]));
}

const given = (columns: Record<string, Cells>) => ({ columns: { ...columns, y: coin(ROWS) }, dates: ["day"], target: "y" });
const inside = (planted: Planted) => nearDuplicate.inspect(contextOf({ ...given(mixed(planted)), roles: { time: "day" } }));
const across = (planted: Planted, roles: { time?: string } = { time: "day" }) =>
  splitOverlap.inspect(contextOf({ ...given(mixed(planted)), roles, testRows: TESTED }));
/** Of a row and its copy, and of nobody else. */
const ofTwo = (row: number) => row;

test("copies within one lot are found, as lots of many rows explain no near pairs", async () => {
  expect(await inside({ copies: COPIES })).toMatchObject([{ trap: "near-duplicate", severity: "blocker" }]);
  expect(await inside({ copies: 0 })).toEqual([]);
});

test("rows of things of few rows are left to group-leak, within a table and across a test set", async () => {
  expect(await inside({ copies: COPIES, lot: ofTwo })).toEqual([]);
  expect(await across({ copies: COPIES, lot: ofTwo })).toEqual([]);
});

test("test rows that are nearly training rows are found among columns of any kind", async () => {
  const [found, ...more] = await across({ copies: COPIES });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ severity: "blocker", choices: ["copies", "own"], counterfactual: { change: "judged-rows" } });
  const rows = found!.counterfactual?.change === "judged-rows" ? found!.counterfactual.without : [];
  const planted = rows.filter((row) => row >= ROWS - COPIES).length;
  expect(planted).toBeGreaterThan(0.8 * COPIES);
  expect(planted).toBeGreaterThan(0.85 * rows.length);
  expect(await across({ copies: 0 })).toEqual([]);
});

test("not told are test rows near each other alone, nor again those that are equal but for a date", async () => {
  expect(await across({ copies: COPIES, of: (i) => ROWS - TESTED + i })).toEqual([]);
  expect(await across({ copies: COPIES, noise: 0 }, {})).toMatchObject([{ columns: ["day"], rows: { count: COPIES } }]);
});

test("rows that are equal but for a number of each row are copies that hidden-duplicate tells; with noise they are near ones, whatever their numbers", async () => {
  const random = createRandom(2, "phones");
  const taken = new Set<number>();
  while (taken.size < ROWS) taken.add(491_700_000_000 + random.integer(99_999_999));
  const look = (check: typeof nearDuplicate, noise: number) => {
    const { day: _, ...columns } = mixed({ copies: COPIES, noise });
    return check.inspect(contextOf({ columns: { ...columns, msisdn: [...taken], y: columns.kind! }, target: "y" }));
  };
  expect(await look(nearDuplicate, 0)).toEqual([]);
  expect(await look(hiddenDuplicate, 0)).toMatchObject([{ columns: ["msisdn"], rows: { count: COPIES } }]);
  const [found, ...others] = await look(nearDuplicate, 1);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ severity: "blocker", columns: expect.not.arrayContaining(["msisdn"]) });
});
