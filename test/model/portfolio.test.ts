import { describe, expect, test } from "vitest";
import { estimatorNamed, leftOut, notTried, portfolio } from "../../src/model/index.ts";
import { TASKS } from "../contracts/training.ts";

describe.each([...TASKS])("$kind", (task) => {
  test("every candidate is an estimator that takes its parameters; names differ; complexity follows the family", () => {
    const plans = portfolio(task, 1000, 20);
    expect(new Set(plans.map(({ name }) => name)).size).toBe(plans.length);
    for (const { estimator, params, complexity } of plans)
      expect(Math.floor(complexity)).toBe(estimatorNamed(estimator, params).complexity);
  });

  test("two baselines first, one linear, two forests, four kinds of boosting on small data", () => {
    const plans = portfolio(task, 1000, 20);
    expect(plans.slice(0, 2).map(({ name }) => name)).toEqual(["constant", "one-column-rule"]);
    const count = (name: string) => plans.filter(({ estimator }) => estimator === name).length;
    expect([count("linear"), count("forest"), count("boosting")]).toEqual([1, 2, 4]);
  });

  test("more rows or less time never add a candidate, and a baseline, a line and boosted trees are always tried", () => {
    const names = (rows: number, budgetMs?: number) => portfolio(task, rows, 50, budgetMs).map(({ name }) => name);
    for (const rows of [100, 5000, 50_000, 1_000_000]) {
      const all = names(rows);
      for (const budgetMs of [0, 1000, 60_000, 3_600_000]) expect(all).toEqual(expect.arrayContaining(names(rows, budgetMs)));
      expect(names(rows, 0)).toEqual(["constant", "one-column-rule", "linear", "boosting"]);
    }
    const labels = (budgetMs?: number) => portfolio(task, 5000, 50, budgetMs, 2).map(({ label }) => label);
    for (const budgetMs of [0, 10_000, 60_000]) {
      const left = notTried(leftOut(task, 5000, 50, budgetMs, 2));
      expect([...labels(budgetMs), ...left.map(({ label }) => label)]).toEqual(expect.arrayContaining(labels()));
      expect(labels(budgetMs).length + left.length).toBe(labels().length);
      for (const { label, seconds } of notTried(leftOut(task, 5000, 50, budgetMs)))
        expect(left.find((one) => one.label === label)?.seconds).toBeCloseTo(2 * seconds, 9);
    }
    expect(leftOut(task, 5000, 50, Number.POSITIVE_INFINITY)).toEqual([]);
    expect(names(1_000_000).length).toBeLessThan(names(10_000).length);
  });
});

test("many classes cost more, but less than proportionally", () => {
  const cost = (classes: number) => {
    const task = { kind: "multiclass", classes: Array.from({ length: classes }, (_, i) => `k${i}`) } as const;
    return portfolio(task, 5000, 20).find(({ name }) => name === "boosting")?.cost ?? Number.NaN;
  };
  expect(cost(30)).toBeGreaterThan(2 * cost(6));
  expect(cost(30)).toBeLessThan(5 * cost(6));
});
