import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { partialLeak } from "../../../src/data/checks/partial-leak.ts";
import { sidesOfPairs } from "../../../src/data/leaks/sides-of-pairs.ts";
import { associationsOf } from "../../../src/data/signal/associations.ts";
import { type Cells, contextOf, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 2000;
const DAY = 86_400_000;
const day = (of: number) => new Date(Date.UTC(2020, 0, 1) + Math.round(of) * DAY);

/** Ends of contracts over four years, and days after them of the last login; `share`: of those who left, so many logged in no more after the end. */
function contracts(share: number, seed = 1) {
  const random = createRandom(seed, "contracts");
  const left = numbers(ROWS, () => Number(random.next() < 0.2));
  const end = numbers(ROWS, () => 1400 * random.next());
  const after = left.map((one) => (random.next() < (one === 1 ? share : 0.05) ? -1 : 1) * (1 + 200 * random.next()));
  return tableOf([
    ["contract_end", end.map(day)],
    ["last_login", end.map((one, row) => day(one + after[row]!))],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", left.map((one) => (one === 1 ? "left" : "stays"))],
  ]);
}

/** Instalments that are paid, of as many as were agreed upon. */
function loans(isPaid: (defaults: boolean, random: Random) => boolean, seed = 1) {
  const random = createRandom(seed, "loans");
  const defaults = numbers(ROWS, () => Number(random.next() < 0.13));
  const agreed = numbers(ROWS, () => [6, 9, 12, 18, 24][random.integer(5)]!);
  return tableOf([
    ["term", agreed],
    ["paid", agreed.map((one, row) => (isPaid(defaults[row] === 1, random) ? one : random.integer(one)))],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", defaults.map((one) => (one === 1 ? "yes" : "no"))],
  ]);
}

const pairs = async (table: ReturnType<typeof loans>, options = {}) =>
  (await inspect(partialLeak, table, "y", options)).filter(({ evidence }) => evidence.by === "side");

describe("which of two columns is larger", () => {
  test("of two dates tells who left, in some of the rows", async () => {
    const [found, ...more] = await pairs(contracts(0.95));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ columns: ["contract_end", "last_login"], severity: "harmful", evidence: { class: "stays", side: -1 } });
    expect(found!.rows.count).toBe(found!.evidence.rows);
    expect(found!.confidence).toBeLessThan(0.5);
    expect(found!.why).toContain("`contract_end` is before `last_login`, ");
    expect(await pairs(contracts(0.3))).toEqual([]);
  });

  test("the time of the rows takes part beside a feature, and what is known before does not", async () => {
    const table = contracts(0.95);
    expect(await pairs(table, { roles: { time: "last_login" } })).toHaveLength(1);
    expect(await pairs(table, { knownAt: { contract_end: "before" } })).toHaveLength(1);
    expect(await pairs(table, { knownAt: { contract_end: "before", last_login: "before" } })).toEqual([]);
    expect(await pairs(table, { roles: { time: "last_login" }, knownAt: { contract_end: "before" } })).toEqual([]);
    const [known] = await pairs(table, { knownAt: { last_login: "after" } });
    expect(known).toMatchObject({ confidence: 1, question: null, fix: { steps: [{ op: "drop", columns: ["last_login"] }] } });
  });

  test("equal numbers tell who paid, though many of the others do not default either", async () => {
    const [found] = await pairs(loans((defaults, random) => !defaults && random.next() < 0.6));
    expect(found).toMatchObject({ columns: ["term", "paid"], evidence: { side: 0, class: "no" } });
    expect(found!.why).toContain("`term` is equal to `paid`");
    // A lean is none, nor is one that too few rows show.
    expect(await pairs(loans((defaults, random) => random.next() < (defaults ? 0.2 : 0.6)))).toEqual([]);
    expect(await pairs(loans((defaults, random) => !defaults && random.next() < 0.03))).toEqual([]);
  });

  test("costs hardly more with a hundred classes than with two", async () => {
    const random = createRandom(4, "cost");
    const columns = numbers(14, (i) => i).map((i): [string, Cells] => [`c${i}`, numbers(3 * ROWS, () => random.normal())]);
    const msOf = async (classes: number) => {
      const y = numbers(3 * ROWS, () => random.integer(classes)).map((one) => `k${one}`);
      const context = contextOf(tableOf([...columns, ["y", y]]), "y");
      associationsOf(context);
      const start = performance.now();
      expect(await sidesOfPairs(context, [])).toEqual([]);
      return performance.now() - start;
    };
    await msOf(2);
    expect(await msOf(100)).toBeLessThan(100 + 12 * (await msOf(2)));
  });

  test("is nothing where one of the two alone tells it, whatever stands beside it", async () => {
    const random = createRandom(3, "alone");
    const y = numbers(ROWS, () => Number(random.next() < 0.3));
    const strong = y.map((one) => random.normal() + 2 * one);
    const columns = (other: () => number): [string, Cells][] => [
      ["strong", strong],
      ["other", numbers(ROWS, other)],
      ["y", y.map((one) => (one === 1 ? "yes" : "no"))],
    ];
    expect(await pairs(tableOf(columns(() => 1 + 0.01 * random.normal())))).toEqual([]);
    expect(await pairs(tableOf(columns(() => 1 + random.normal())))).toEqual([]);
  });

  test("is nothing in tables of columns that tell nothing, or something, by chance", async () => {
    for (let seed = 0; seed < 30; seed++) {
      const random = createRandom(seed, "clean");
      const y = numbers(600, () => Number(random.next() < 0.1 + 0.4 * (seed % 2)));
      const columns = numbers(12, (i) => i).map((i): [string, Cells] => [
        `c${i}`,
        y.map((one) => (i < 6 ? random.integer(2 + i) : random.normal() + (i % 3) * 0.5 * one)),
      ]);
      const dates = ["a", "b", "c"].map((name): [string, Cells] => [name, y.map((one) => day(1000 * random.next() + 30 * one))]);
      const table = tableOf([...columns, ...dates, ["y", y.map((one) => (one === 1 ? "yes" : "no"))]]);
      expect(await pairs(table)).toEqual([]);
    }
    expect(await partialLeak.inspect(contextOf(contracts(0.05), "y"))).toEqual([]);
  });
});
