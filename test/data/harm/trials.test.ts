import { describe, expect, test } from "vitest";
import type { Finding, Suspicion } from "../../../src/core/finding.ts";
import { audit, CHECKS } from "../../../src/data/index.ts";
import { contextOf, honestTable, numbers, tableOf } from "../table.ts";
import { checkSaying, tinyLab } from "../tiny-lab.ts";

const ROWS = 240;
const table = honestTable(ROWS, 4, (_random, target) => [["key", target.map((y, i) => 1000 * y + i)]]);

/** The finding of a check that says this, on honest rows. */
async function priced(said: Partial<Suspicion>, data = table, metric = "auc"): Promise<Finding & { readonly computed: number }> {
  const check = checkSaying("constant", { severity: "costly", ...said });
  const context = contextOf(data, "bought", data === table ? { roles: { ignore: ["key"] } } : {});
  const { lab, experimentFor } = tinyLab(context, metric);
  const { findings } = await audit(context, [check], lab, experimentFor);
  return { ...findings[0]!, computed: lab.counts.computed };
}

describe("a trap is priced", () => {
  test("by half of the rows: one more training", async () => {
    const { harm, computed, unmeasured } = await priced({ counterfactual: { change: "half" } });
    expect(harm!.experiments[0]).not.toBe(harm!.experiments[1]);
    expect(harm!.delta).toBeCloseTo(harm!.honest - harm!.claimed, 12);
    expect([computed, unmeasured]).toEqual([2, null]);
  });

  test("where folds are periods its interval knows of training anew: two more trainings, whatever the number of traps", async () => {
    const drop = (column: string): Partial<Suspicion> => {
      const steps = [{ op: "drop" as const, columns: [column] }];
      return { columns: [column], fix: { action: "advice", text: "" }, counterfactual: { change: "steps", steps, flatters: true } };
    };
    const checks = ["noise", "town"].map((column) => checkSaying("constant", { severity: "costly", ...drop(column) }));
    const context = contextOf(table, "bought", { roles: { ignore: ["key"] } });
    const methodsBy = async (policy: "blocks" | "stratified") => {
      const { lab, experimentFor } = tinyLab(context, "auc");
      const { findings } = await audit(context, checks, lab, experimentFor, { given: { policy } });
      return { methods: findings.map(({ harm }) => harm?.method ?? ""), computed: lab.counts.computed };
    };
    const periods = await methodsBy("blocks");
    expect(periods.methods).toHaveLength(2);
    for (const method of periods.methods) expect(method).toContain("of training anew");
    const random = await methodsBy("stratified");
    for (const method of random.methods) expect(method).toBe("corrected resampled t, paired by fold");
    // And the naive split.
    expect(periods.computed - random.computed).toBe(2 + 1);
  });

  test("by what brings it back", async () => {
    const { harm, severity, state } = await priced({
      severity: "cosmetic",
      counterfactual: { change: "undo", features: ["key"], steps: [], flatters: true },
    });
    expect(harm!.claimed).toBeGreaterThan(harm!.honest);
    expect(harm!.high).toBeLessThan(0);
    // What is shown to do harm is not cosmetic.
    expect([severity, state]).toEqual(["costly", "open"]);
  });

  test("by a split of new things, whose model does without their name", async () => {
    const naive = { policy: "stratified", folds: 5, repeats: 1 } as const;
    const honest = { policy: "group", by: ["town"], folds: 5, repeats: 1 } as const;
    const by = async (without: readonly string[]) => (await priced({ counterfactual: { change: "split", naive, honest, without } })).harm!;
    const [left, kept] = [await by(["town"]), await by([])];
    expect(left.compares).toBe("judged by the naive split against the proposed one, which leaves `town` out");
    expect(kept.compares).toBe("judged by the naive split against the proposed one");
    expect(left.experiments[0]).toBe(kept.experiments[0]);
    expect(left.experiments[1]).not.toBe(kept.experiments[1]);
  });

  test("by a split of new things, whose model takes in its name's place the number that was left out as a copy of it", async () => {
    const naive = { policy: "stratified", folds: 5, repeats: 1 } as const;
    const honest = { policy: "group", by: ["town"], folds: 5, repeats: 1 } as const;
    const by = async (instead: readonly string[]) =>
      (await priced({ counterfactual: { change: "split", naive, honest, without: ["town"], instead } })).harm!;
    // `key` gives the answer, and is left out of the ground.
    const [taken, none, there] = [await by(["key"]), await by([]), await by(["height"])];
    expect(taken.compares).toBe("judged by the naive split against the proposed one, which leaves `town` out and takes `key` in its place");
    expect(taken.honest).toBeGreaterThan(none.honest + 0.1);
    expect(there).toEqual(none);
  });

  test("by judging the same predictions without some rows", async () => {
    const without = numbers(ROWS, (i) => i).filter((i) => i % 5 === 0);
    const { harm, computed } = await priced({ counterfactual: { change: "judged-rows", without } });
    expect(Math.abs(harm!.delta)).toBeLessThan(0.1);
    expect([computed, new Set(harm!.experiments).size]).toEqual([1, 1]);
  });

  test("by judging the same predictions by another metric", async () => {
    const { harm, computed } = await priced({ counterfactual: { change: "metric", claimed: "accuracy", honest: "balanced-accuracy" } });
    expect(harm).toMatchObject({ metric: "balanced-accuracy", compares: "accuracy against balanced-accuracy of the same predictions" });
    expect(computed).toBe(1);
  });

  test("by the share decided right of some classes: both sides together are the accuracy", async () => {
    const { harm } = await priced({ counterfactual: { change: "classes", classes: [1] } }, table, "accuracy");
    const { harm: all } = await priced({ counterfactual: { change: "judged-rows", without: [] } }, table, "accuracy");
    const share = contextOf(table, "bought").target.filter((label) => label === 1).length / ROWS;
    expect(share * harm!.honest + (1 - share) * harm!.claimed).toBeCloseTo(all!.honest, 2);
    expect(harm!.delta).toBeCloseTo(harm!.honest - harm!.claimed, 12);
  });

  test("by cells that are answered without the column: none lost is no difference, all lost is the model without it", async () => {
    const at = (share: number) => priced({ columns: ["height"], counterfactual: { change: "cells", column: "height", share } });
    const [none, half, all] = await Promise.all([at(0), at(0.5), at(1)]);
    expect(none.harm!.delta).toBe(0);
    const steps = [{ op: "drop" as const, columns: ["height"] }];
    const dropped = await priced({ columns: ["height"], counterfactual: { change: "steps", steps, flatters: false } });
    expect(all.harm!.claimed).toBeCloseTo(dropped.harm!.honest, 12);
    expect(half.harm!.delta).toBeGreaterThan(0);
    expect(half.harm!.delta).toBeLessThan(all.harm!.delta);
  });
});

describe("why a trap is not priced is said", () => {
  const only = tableOf([
    ["same", numbers(40, () => 1)],
    ["bought", numbers(40, (i) => i % 2)],
  ]);
  const steps = [{ op: "drop" as const, columns: ["same"] }];

  test.each<[string, Partial<Suspicion>, typeof only, RegExp]>([
    [
      "no column would be left",
      { columns: ["same"], counterfactual: { change: "steps", steps, flatters: false } },
      only,
      /no column is left/,
    ],
    ["the only column", { counterfactual: { change: "cells", column: "same", share: 0.1 } }, only, /is the only column/],
    ["a column that is no feature", { counterfactual: { change: "cells", column: "key", share: 0.1 } }, table, /not among the columns/],
    ["the check's own reason", { unmeasured: "Because." }, table, /^Because\.$/],
    [
      "no score is defined",
      { counterfactual: { change: "judged-rows", without: numbers(ROWS, (i) => i) } },
      table,
      /not defined on any fold/,
    ],
    [
      "the experiment fails",
      { counterfactual: { change: "split", naive: { policy: "blocks", by: "nowhere", folds: 5 }, honest: null } },
      table,
      /nowhere/,
    ],
  ])("%s", async (_, said, data, reason) => {
    const { harm, unmeasured } = await priced(said, data);
    expect(harm).toBeNull();
    expect(unmeasured).toMatch(reason);
  });

  test("by every check: what has no experiment of these traps gives its reason", async () => {
    const words = ["yes", "no", "?"];
    const given = tableOf([
      ["same", numbers(120, () => 1)],
      ["age", numbers(120, (i) => i % 17)],
      ["y", numbers(120, (i) => i).map((i) => words[i % 20 === 0 ? 2 : i % 2]!)],
    ]);
    const [age] = given.dataset.columns.filter(({ name }) => name === "age");
    const unparsed = [
      { value: "n/a", count: 6 },
      { value: "tall", count: 6 },
    ];
    const columns = given.dataset.columns.map((info) => (info === age ? { ...info, unparsed, unparsedCells: 12 } : info));
    const context = contextOf({ ...given, dataset: { ...given.dataset, columns } }, "y");
    const found = (await Promise.all(CHECKS.map((check) => check.inspect(context)))).flat();
    const traps = found.map(({ trap }) => trap);
    for (const trap of ["null-spelling", "mixed-types", "constant"]) expect(traps).toContain(trap);
    for (const { trap, counterfactual, unmeasured } of found.filter((one) => ISSUE.includes(one.trap)))
      expect(counterfactual !== null || (unmeasured ?? "").length > 20, trap).toBe(true);
  });
});

/** The checks that must price what they find. */
const ISSUE: readonly string[] =
  "target-leak post-outcome order-leak group-leak time-leak identifier duplicate-row hidden-duplicate split-overlap sentinel null-spelling missingness-leak mixed-types constant spelling-variant conflicting-label imbalance rare-class too-few-rows covariate-shift".split(
    " ",
  );
