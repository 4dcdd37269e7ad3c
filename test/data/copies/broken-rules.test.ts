import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { brokenRules } from "../../../src/data/copies/broken-rules.ts";
import { type Cells, type ContextOptions, contextOf, tableOf } from "../table.ts";

const ROWS = 3_000;

type Pay = (before: number, amount: number, fraud: boolean, random: Random) => number;

/** Payments; `after` is the balance that is written behind them. */
function paid(after: Pay, options: ContextOptions = {}, more: (fraud: boolean) => Record<string, number> = () => ({})) {
  const random = createRandom(3, "payments");
  const rows = Array.from({ length: ROWS }, () => {
    const fraud = random.next() < 0.05;
    const [before, amount] = [Math.round(100_000 * random.next()) / 100 + 500, Math.round(20_000 * random.next() ** 2) / 100 + 0.01];
    return { before, amount, after: Math.round(100 * after(before, amount, fraud, random)) / 100, fraud };
  });
  const extra = rows.map(({ fraud }) => more(fraud));
  const columns: [string, Cells][] = [
    ["before", rows.map((row) => row.before)],
    ["amount", rows.map((row) => row.amount)],
    ["after", rows.map((row) => row.after)],
    ...Object.keys(extra[0] ?? {}).map((name): [string, Cells] => [name, extra.map((one) => one[name] ?? 0)]),
    ["fraud", rows.map(({ fraud }) => (fraud ? "yes" : "no"))],
  ];
  return contextOf(tableOf(columns), "fraud", options);
}

/** Paid back at once in so many of the frauds, and in so many of the others. */
const paidBack =
  (ofFrauds: number, ofOthers = 0): Pay =>
  (before, amount, fraud, random) =>
    random.next() < (fraud ? ofFrauds : ofOthers) ? before : before - amount;

describe("told", () => {
  test("two balances that are equal in frauds alone are taken out", async () => {
    const [one, ...more] = await combinationLeak.inspect(paid(paidBack(0.9)));
    expect(more).toEqual([]);
    expect(one).toMatchObject({ severity: "blocker", confidence: 0.8, evidence: { kind: "equal", ofRows: 1, class: '"yes"' } });
    expect(one!.columns.toSorted()).toEqual(["after", "before"]);
    expect(one!.why).toMatch(/^`(after|before)` and `(after|before)` are equal in \d\d(\.\d)? % of the rows of class "yes" and in 0 %/);
  });

  test("where some others are equal too, it asks", async () => {
    const [one] = await combinationLeak.inspect(paid(paidBack(0.9, 0.02)));
    expect(one).toMatchObject({ confidence: 0.4, evidence: { kind: "equal" } });
  });

  test("two that differ in frauds alone, and a sum that does not hold there", async () => {
    const differ = await brokenRules(paid((before, amount, fraud) => (fraud ? before - amount : before)));
    expect(differ[0]).toMatchObject({ kind: "unequal", classIndex: 1, shareElsewhere: 0 });
    const sums = await brokenRules(paid((before, amount, fraud) => before - amount + (fraud ? Math.round(amount) / 2 + 1 : 0)));
    expect(sums).toMatchObject([{ kind: "sum", classIndex: 1, shareElsewhere: 0 }]);
    expect(sums[0]!.formula).toMatch(/^`\w+` [+-] `\w+`$/);
    expect(sums[0]!.columns.toSorted()).toEqual(["after", "amount", "before"]);
  });
});

describe("asks", () => {
  test("of codes, whatever their numbers say", async () => {
    const random = createRandom(11, "places");
    const more = (names: readonly string[]) => (fraud: boolean) => {
      const first = 10_000 + random.integer(80_000);
      const number = (place: number) => first + (place === 1 && fraud ? 1 + random.integer(500) : 0);
      return Object.fromEntries(names.map((name, place) => [name, number(place) / (name.endsWith("lat") ? 1_000 : 1)]));
    };
    for (const names of [
      ["billing_zip", "shipping_zip"],
      ["home_icd", "work_icd"],
      ["home_tract", "work_tract"],
      ["home_lat", "work_lat"],
      ["payer_id", "owner_id"],
    ]) {
      const [one] = await combinationLeak.inspect(paid(paidBack(0), {}, more(names)));
      expect(one).toMatchObject({ confidence: 0.4, evidence: { kind: "unequal", ofRows: 1 } });
      expect(one!.why).toMatch(/Whether two codes are the same may be known before, or one of them is changed afterwards\.$/);
    }
    const [amounts] = await combinationLeak.inspect(paid(paidBack(0), {}, more(["limit_before", "limit_after"])));
    expect(amounts).toMatchObject({ confidence: 0.8, evidence: { kind: "unequal" } });
    expect(amounts!.why).toMatch(/One of them may be written when the outcome is known\.$/);
  });

  test("where so few rows, or a class so frequent, leave open how many others are so", async () => {
    const some = (base: number, ofFrauds: number, ofOthers: number, rows: number) => {
      const random = createRandom(12, "paid back");
      const all = Array.from({ length: rows }, (_, row) => {
        const fraud = row < base * rows;
        const [before, amount] = [500 + random.integer(100_000), 1 + random.integer(20_000)];
        const after = before - (random.next() < (fraud ? ofFrauds : ofOthers) ? 0 : amount);
        return { before, amount, after, fraud: fraud ? "yes" : "no" };
      });
      const columns = (["before", "amount", "after", "fraud"] as const).map((name): [string, Cells] => [name, all.map((row) => row[name])]);
      return combinationLeak.inspect(contextOf(tableOf(columns), "fraud"));
    };
    expect(await some(0.3, 0.7, 0, 800)).toMatchObject([{ confidence: 0.8 }]);
    expect(await some(0.05, 0.7, 0, 600)).toMatchObject([{ confidence: 0.4, evidence: { ofRows: 1 } }]);
    // As likely in frauds as where they are rare: their number alone makes it 0.96 of such rows.
    const [one] = await some(0.48, 0.5, 0.018, 8_000);
    expect(one!.confidence).toBe(0.4);
    expect(one!.evidence.atLeast).toBeGreaterThan(0.95);
  });

  test("of two numbers that are equal in a class, and of which elsewhere nothing is known", async () => {
    const random = createRandom(13, "pumps");
    const more = (off: boolean) => {
      const inlet = 100 + random.integer(500);
      return { inlet, outlet: off ? inlet : inlet + 10 + random.integer(80) };
    };
    expect(await combinationLeak.inspect(paid(paidBack(0), {}, more))).toMatchObject([{ confidence: 0.4, evidence: { kind: "equal" } }]);
  });
});

describe("silent on", () => {
  test.each<[string, Pay]>([
    ["a rule that is broken in any class", paidBack(0.05, 0.05)],
    ["one that is broken in few frauds", paidBack(0.2)],
    ["one that is broken a few times as often", paidBack(0.8, 0.15)],
    ["one that holds everywhere", paidBack(0)],
  ])("%s", async (_, pay) => expect(await brokenRules(paid(pay))).toEqual([]));

  test("a rule beside a column that says it alone", async () => {
    // The frauds that are paid back are those of no balance: the amount of the balance says so.
    const told = await brokenRules(paid((before, amount, fraud) => (fraud ? before : before - amount - 5_000)));
    expect(told.filter(({ kind }) => kind === "equal")).toEqual([]);
  });

  test("an amount that frauds alone have beside any other number: it says so alone", async () => {
    const random = createRandom(10, "refunds");
    const more = (fraud: boolean) => ({
      refund: fraud && random.next() < 0.8 ? 20 + random.integer(50) : 0,
      calls: random.next() < (fraud ? 0.84 : 0.01) ? 1 + random.integer(9) : 0,
    });
    expect(await combinationLeak.inspect(paid(paidBack(0), {}, more))).toEqual([]);
  });

  test("few different values, what both have most often, and what is known before", async () => {
    const few = await brokenRules(paid(paidBack(0), {}, (fraud) => ({ from: fraud ? 3 : 4, to: 3 })));
    expect(few).toEqual([]);
    expect(await brokenRules(paid(paidBack(0.9), { knownAt: { before: "before", after: "before" } }))).toEqual([]);
  });

  test("two counts that are both 0 in frauds", async () => {
    const random = createRandom(9, "zeros");
    const counts = (fraud: boolean): Record<string, number> => {
      const both = fraud && random.next() < 0.95;
      const isNone = () => both || (!fraud && random.next() < 0.2);
      return { calls: isNone() ? 0 : 1 + random.integer(400), visits: isNone() ? 0 : 500 + random.integer(400) };
    };
    expect(await brokenRules(paid(paidBack(0), {}, counts))).toEqual([]);
  });
});
