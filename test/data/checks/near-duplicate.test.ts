import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { nearDuplicate } from "../../../src/data/checks/near-duplicate.ts";
import { jitteredRows } from "../../../src/data/copies/jittered-rows.ts";
import { type Cells, coin, contextOf } from "./context.ts";

const ROWS = 600;
const NAMES = ["a", "b", "c", "d", "e"];

/** Related measurements; the last `copies` rows are earlier ones with noise of so many deviations. */
function table(seed: number, copies: number, noise: number): Record<string, Cells> {
  const random = createRandom(seed, "near");
  const rows = Array.from({ length: ROWS }, () => {
    const shared = random.normal();
    return NAMES.map((_, i) => 10 * i + shared * (i % 2) + random.normal());
  });
  for (let i = 0; i < copies; i++) rows[ROWS - 1 - i] = rows[2 * i]!.map((value) => value + noise * random.normal());
  return Object.fromEntries(NAMES.map((name, i) => [name, rows.map((row) => row[i]!)]));
}

const look = (columns: Record<string, Cells>) => nearDuplicate.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }));

test.each([
  [90, 0.001, "blocker"],
  [20, 0.01, "harmful"],
])("%d copies with noise of %d deviations", async (copies, noise, severity) => {
  const [found] = await look(table(1, copies, noise));
  expect(found).toMatchObject({ trap: "near-duplicate", severity, choices: ["copies", "own"] });
  expect(Number(found!.evidence.closeRows)).toBeGreaterThan(1.5 * copies);
  expect(Number(found!.evidence.closeRows)).toBeLessThan(2.2 * copies);
  expect(found!.confidence).toBeGreaterThan(0.8);
});

test("three copies of one row are found too", async () => {
  const columns = table(2, 0, 0);
  const tripled = Object.fromEntries(
    Object.entries(columns).map(([name, cells]) => [
      name,
      cells.map((cell, row) => (row < 60 ? Number(cells[row % 20]) + 1e-4 * row : cell)),
    ]),
  );
  const [found] = await look(tripled);
  expect(Number(found!.evidence.closeRows)).toBeGreaterThan(50);
});

describe("where one column alone is measured", () => {
  /** One measurement and coarse columns; `copies` rows are earlier ones but for noise in it. */
  const coarse = (seed: number, copies: number): Record<string, Cells> => {
    const random = createRandom(seed, "coarse");
    const rows = Array.from({ length: ROWS }, () => ({
      m: random.normal(),
      a: "abc"[random.integer(3)]!,
      b: random.integer(5),
      c: random.integer(4),
    }));
    for (let i = 0; i < copies; i++) rows[ROWS - 1 - i] = { ...rows[2 * i]!, m: rows[2 * i]!.m + 0.0005 * random.normal() };
    return { m: rows.map(({ m }) => m), a: rows.map(({ a }) => a), b: rows.map(({ b }) => b), c: rows.map(({ c }) => c) };
  };

  test("copies stand side by side along it and agree in the others: it asks", async () => {
    const [found, ...more] = await look(coarse(1, 60));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ columns: ["m"], choices: ["copies", "own"], evidence: { along: "m", agreeIn: ["a", "b", "c"] } });
    expect(Number(found!.evidence.pairs)).toBeGreaterThan(50);
    expect(Number(found!.evidence.expectedPairs)).toBeLessThan(15);
    expect(found!.confidence).toBeLessThan(0.5);
  });

  test("silent with three pairs, which move no score", async () => {
    const random = createRandom(5, "three pairs");
    const rows = Array.from({ length: ROWS }, () => [random.normal(), ...Array.from({ length: 8 }, () => random.integer(5))]);
    const withPairs = (pairs: number) =>
      Object.fromEntries(
        Array.from("mabcdefgh", (name, i) => [
          name,
          rows.map((row, place) => (place < pairs ? (rows[place + 100]![i] ?? 0) + (i === 0 ? 1e-5 : 0) : (row[i] ?? 0))),
        ]),
      );
    expect(await look(withPairs(3))).toEqual([]);
    expect(await look(withPairs(30))).toMatchObject([{ evidence: { along: "m", pairs: 30 } }]);
  });

  test("silent without copies, and where the others hang on it", async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const columns = coarse(seed, 0);
      expect(await look(columns)).toEqual([]);
      expect(
        await look({
          ...columns,
          a: columns.m!.map((m) => (Number(m) > 0.3 ? "high" : "low")),
          b: columns.m!.map((m) => Math.round(2 * Number(m))),
        }),
      ).toEqual([]);
    }
  });
});

describe("where all columns are coarse", () => {
  /** Three numbers with a decimal or none; the last `copies` rows are earlier ones with noise of a hundredth of a step, or rows of their own. */
  const coarse = (copies: number, own: boolean): Record<string, Cells> => {
    const random = createRandom(3, "digits");
    const drawn = () => [Math.round(100 * random.normal()) / 10, random.integer(40), Math.round(50 + 80 * random.normal()) / 10];
    const rows = Array.from({ length: ROWS }, drawn);
    for (let i = 0; i < copies; i++)
      rows[ROWS - 1 - i] = (own ? drawn() : rows[2 * i]!).map((value) => Number((value + 0.001 * random.normal()).toFixed(4)));
    return Object.fromEntries(["a", "b", "c"].map((name, i) => [name, rows.map((row) => row[i]!)]));
  };

  test("copies show in the digits of their noise", async () => {
    const [found] = await look(coarse(60, false));
    expect(found).toMatchObject({ trap: "near-duplicate", severity: "blocker", rows: { count: 60 }, choices: ["copies", "own"] });
    expect(found!.confidence).toBeGreaterThan(0.8);
  });

  test("rows of another source, with more digits, are none", async () => {
    expect(await look(coarse(60, true))).toEqual([]);
  });
});

describe("where names, counts and rounded numbers stand together", () => {
  /** The last `copies` rows are earlier ones with a little noise in two numbers, and one name in ten drawn again. */
  const mixed = (seed: number, copies: number, sets = 1): Record<string, Cells> => {
    const random = createRandom(seed, "mixed");
    const kind = () => "abcd"[random.integer(4)]!;
    const rows = Array.from({ length: ROWS }, () => {
      const age = 20 + random.integer(60);
      const pay = Math.round(20 * age + 300 * random.normal());
      return { age, pay, size: Math.round(10 * (170 + 9 * random.normal())) / 10, visits: random.integer(9), kind: kind(), paid: kind() };
    });
    for (let i = 0; i < copies; i++) {
      const row = rows[i % (copies / sets)]!;
      const [pay, size] = [row.pay + Math.round(3 * random.normal()), Math.round(10 * (row.size + 0.1 * random.normal())) / 10];
      rows[ROWS - 1 - i] = { ...row, pay, size, kind: random.next() < 0.1 ? kind() : row.kind };
    }
    const names = ["age", "pay", "size", "visits", "kind", "paid"] as const;
    return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
  };

  test("copies are far nearer than any third row, and priced by the rows that are judged", async () => {
    const [found, ...more] = await look(mixed(1, 60));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ trap: "near-duplicate", severity: "blocker", counterfactual: { change: "judged-rows", flatters: true } });
    const rows = found!.counterfactual?.change === "judged-rows" ? found!.counterfactual.without : [];
    const planted = rows.filter((row) => row < 60 || row >= ROWS - 60);
    expect(planted.length).toBeGreaterThan(50);
    expect(planted.length).toBeGreaterThan(0.85 * rows.length);
  });

  test("silent without copies, and where rows come in sets", async () => {
    for (const seed of [2, 3, 4]) expect(await look(mixed(seed, 0))).toEqual([]);
    expect(await look(mixed(5, 540, 9))).toEqual([]);
  });
});

test("a few rows that are near in what is measured and far in all else are no copies", async () => {
  const random = createRandom(8, "far in others");
  const others = (copied: boolean) =>
    Object.fromEntries(
      ["f", "g", "h"].map((name) => {
        const cells = Array.from({ length: ROWS }, () => random.integer(40));
        for (let i = 0; i < 3 && copied; i++) cells[ROWS - 1 - i] = cells[2 * i]!;
        return [name, cells];
      }),
    );
  expect(await look({ ...table(1, 3, 0.001), ...others(true) })).toHaveLength(1);
  expect(await look({ ...table(1, 3, 0.001), ...others(false) })).toEqual([]);
});

test.each<[string, () => Record<string, Cells>]>([
  ["measurements", () => table(3, 0, 0)],
  ["exact copies, which are another trap", () => table(4, 60, 0)],
  [
    "a smooth series",
    () => Object.fromEntries(NAMES.map((name, i) => [name, Array.from({ length: ROWS }, (_, row) => Math.sin(row / (20 + 7 * i)))])),
  ],
  [
    "lognormal",
    () =>
      Object.fromEntries(Object.entries(table(5, 0, 0)).map(([name, cells]) => [name, cells.map((cell) => Math.exp(Number(cell) / 3))])),
  ],
  [
    "counts",
    () => Object.fromEntries(Object.entries(table(6, 0, 0)).map(([name, cells]) => [name, cells.map((cell) => Math.round(Number(cell)))])),
  ],
  [
    "two clouds of unlike density",
    () =>
      Object.fromEntries(
        Object.entries(table(7, 0, 0)).map(([name, cells]) => [
          name,
          cells.map((cell, row) => (row % 2 === 0 ? Number(cell) / 50 : Number(cell))),
        ]),
      ),
  ],
])("silent: %s", async (_, make) => {
  expect(await look(make())).toEqual([]);
});

test("strangers that lie a step apart, as in a table without equal rows, make rows of more digits no copies", () => {
  const random = createRandom(3, "steps");
  const seen = new Set<string>();
  const rows: [number, number][] = [];
  while (rows.length < 160) {
    const one: [number, number] = [20 + random.integer(50), random.integer(4)];
    if (seen.has(one.join())) continue;
    seen.add(one.join());
    rows.push(one);
  }
  const finer = rows.slice(0, 30).map(([age, size]): [number, number] => [age + 0.5, size]);
  const all = [...rows, ...finer];
  const columns = { age: all.map(([age]) => age), size: all.map(([, size]) => size), y: coin(all.length) };
  expect(jitteredRows(contextOf({ columns, target: "y" }))).toBeNull();
});
