import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import type { AuditContext, Check } from "../../../src/data/check.ts";
import { CHECKS } from "../../../src/data/checks/index.ts";
import { type Cells, contextOf } from "./context.ts";

/** Traps that look at one table's form, not at what tells the target. */
const FORM = new Set(
  "identifier high-cardinality duplicate-row hidden-duplicate split-overlap sentinel null-spelling missing empty-column empty-row missingness-leak mixed-types constant near-constant spelling-variant conflicting-label imbalance rare-class missing-label covariate-shift new-category sampling-bias label-variant missing-header dialect encoding duplicate-column text-number code-as-number impossible-value personal-data text-date structural-missing unit-mix derived-column appended-rows irregular-time near-duplicate oversampled preprocessing-leak".split(
    " ",
  ),
);
const checks = CHECKS.filter(({ trap }) => FORM.has(trap));

type Maker = (random: Random, scale: number) => (row: number) => number | string | null;

/** Honest columns of every shape. `scale` in (0, 1) varies each of them. */
const MAKERS: Readonly<Record<string, Maker>> = {
  normal: (random, scale) => () => 100 * scale + 50 * random.normal(),
  rounded: (random, scale) => () => Math.round(20 + 200 * scale + 10 * random.normal()),
  lognormal: (random, scale) => () => Math.exp(5 + 2 * scale * random.normal()),
  heavy: (random, scale) => () => Math.round((1 - random.next()) ** (-0.4 - 0.8 * scale)),
  uniform: (random, scale) => () => Math.round(1000 * scale) + random.integer(500),
  poisson: (random, scale) => () => {
    let count = -1;
    for (let product = 1; product > Math.exp(-0.3 - 6 * scale); count++) product *= 1 - random.next();
    return count;
  },
  zeroInflated: (random, scale) => () => (random.next() < 0.3 + 0.6 * scale ? 0 : Math.round(Math.exp(7 + random.normal()))),
  zeroAndFar: (random, scale) => () => (random.next() < 0.3 + 0.6 * scale ? 0 : Math.round(800 + 60 * random.normal())),
  capped: (random, scale) => () => Math.min(60 + 40 * scale, Math.round(50 + 30 * random.normal())),
  temperature: (random, scale) => () => Math.round(10 * (30 * scale - 10 + 8 * random.normal())) / 10,
  flag: (random, scale) => () => (random.next() < 0.05 + 0.9 * scale ? 1 : 0),
  sign: (random) => () => random.integer(3) - 1,
  stars: (random, scale) => () => 1 + Math.floor(5 * random.next() ** (0.5 + scale)),
  gappy: (random, scale) => () => (random.next() < 0.3 * scale ? null : random.normal()),
  yesNo: (random, scale) => () => (random.next() < 0.2 + 0.6 * scale ? "Yes" : "No"),
  grades: (random) => () => ["A+", "A", "A-", "B+", "B", "B-"][random.integer(6)]!,
  roman: (random) => () => ["I", "II", "III", "IV"][random.integer(4)]!,
  bands: (random) => () => ["10-19", "20-29", "30-39", "40+", "<10"][random.integer(5)]!,
  schools: (random) => () => ["basic.4y", "basic.6y", "basic.9y", "high.school", "none of these"][random.integer(5)]!,
  zipf: (random, scale) => () => `town ${Math.floor(Math.exp(random.next() * Math.log(20 + 40 * scale)))}`,
  codes: (random) => () => `A${10 + random.integer(20)}`,
  states: (random) => () => ["NA", "ND", "CA", "NY", "TX", "WA"][random.integer(6)]!,
  structural: (random) => () => ["DSL", "Fiber optic", "No internet service"][random.integer(3)]!,
};
const NAMES = Object.keys(MAKERS);

function tableOf(seed: number, rows: number, kinds: readonly string[]): Record<string, Cells> {
  return Object.fromEntries(
    kinds.map((kind, index) => {
      const random = createRandom(seed, kind, index);
      const make = MAKERS[kind]!(random, 0.05 + 0.9 * random.next());
      return [`${kind}_v${index}`, Array.from({ length: rows }, (_, row) => make(row))];
    }),
  );
}

async function alarms(context: AuditContext, used: readonly Check[] = checks): Promise<string[]> {
  const found = [];
  for (const check of used)
    for (const one of await check.inspect(context)) if (one.severity !== "cosmetic") found.push(`${one.trap}: ${one.why}`);
  return found;
}

describe("nothing above cosmetic on clean tables", () => {
  test("of every mix of shapes, with a target of two classes, of three, or a number", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 300, max: 1500 }),
        fc.array(fc.constantFrom(...NAMES), { minLength: 4, maxLength: 16 }),
        fc.constantFrom("two", "three", "number"),
        async (seed, rows, kinds, target) => {
          const random = createRandom(seed, "target");
          const y = Array.from({ length: rows }, () =>
            target === "number" ? random.normal() : (["a", "b", "c"] as const)[random.integer(target === "two" ? 2 : 3)]!,
          );
          expect(
            await alarms(contextOf({ columns: { ...tableOf(seed, rows, kinds), y }, target: "y", testRows: Math.floor(rows / 4) })),
          ).toEqual([]);
        },
      ),
      { numRuns: 30, seed: 20260101 },
    );
  });

  test("of 600 columns at once", async () => {
    const rows = 300;
    const kinds = Array.from({ length: 600 }, (_, i) => NAMES[i % NAMES.length]!);
    const random = createRandom(3, "y");
    const y = Array.from({ length: rows }, () => (random.next() < 0.5 ? "a" : "b"));
    expect(await alarms(contextOf({ columns: { ...tableOf(5, rows, kinds), y }, target: "y" }))).toEqual([]);
  });
});

test("findings are well formed, and asking twice gives the same", async () => {
  const random = createRandom(1, "y");
  const y = Array.from({ length: 400 }, () => (random.next() < 0.03 ? "a" : "b"));
  const columns = {
    ...tableOf(1, 400, NAMES),
    empty: y.map(() => null),
    one: y.map(() => 1),
    bad: y.map((_, row) => (row % 3 === 0 ? -999 : row % 50)),
    y,
  };
  const run = async () => {
    const context = contextOf({ columns, target: "y", testRows: 100, dialect: { header: false, decimal: "," } });
    return (await Promise.all(checks.map(async (check) => await check.inspect(context)))).flat();
  };
  const found = await run();
  expect(found.length).toBeGreaterThan(5);
  expect(JSON.stringify(await run())).toBe(JSON.stringify(found));
  for (const one of found) {
    expect(one.confidence).toBeGreaterThan(0);
    expect(one.confidence).toBeLessThanOrEqual(1);
    expect(one.why).toMatch(/[.?]$/);
    expect(one.rows.count).toBeGreaterThanOrEqual(one.rows.sample.length);
    expect(one.columns.every((name) => name in columns)).toBe(true);
  }
});
