import { expect, test } from "vitest";
import { columnOf } from "../../../src/core/column.ts";
import type { Suspicion } from "../../../src/core/finding.ts";
import { valueAt } from "../../../src/data/columns/column-facts.ts";
import { audit } from "../../../src/data/index.ts";
import type { FoldRunner } from "../../../src/lab/index.ts";
import { contextOf, honestTable } from "../table.ts";
import { checkSaying, nearestRows, tinyLab } from "../tiny-lab.ts";

const HALF = 200;

/** Each row twice, of columns that tell little: a copy in training knows the answer. */
const once = honestTable(HALF, 7, (random) => [["noise", Array.from({ length: HALF }, () => random.normal())]]);
const twice = honestTable(2 * HALF, 7);
const copied = {
  dataset: { ...once.dataset, rows: 2 * HALF },
  frame: {
    ...once.frame,
    rows: 2 * HALF,
    columns: once.frame.columns.map((column) =>
      "codes" in column
        ? { ...column, codes: Int32Array.from([...column.codes, ...column.codes]) }
        : { ...column, values: Float64Array.from([...column.values, ...column.values]) },
    ),
  },
};

/** Training rows that are copies of judged ones are left out where a step says so. */
const withoutCopies: FoldRunner = (frame, experiment, fold, ...more) => {
  if (!experiment.recipe.some(({ op }) => op === "drop-duplicate-rows")) return nearestRows(frame, experiment, fold, ...more);
  const keyOf = (row: number) => frame.columns.map(({ name }) => valueAt(columnOf(frame, name), row)).join();
  const judged = new Set(Array.from(fold.test, keyOf));
  return nearestRows(frame, experiment, { ...fold, train: fold.train.filter((row) => !judged.has(keyOf(row))) }, ...more);
};

function copies(ignoring: readonly string[]): Partial<Suspicion> {
  const steps = [{ op: "drop-duplicate-rows" as const, ignoring }];
  return {
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: "Copies?",
    choices: ["copies", "alike"],
  };
}

async function found(table: typeof once, seen: (trainings: number) => number | null = () => null) {
  const context = contextOf(table, "bought");
  let trainings = 0;
  const clock = { left: Number.POSITIVE_INFINITY };
  const runner: FoldRunner = (...of) => {
    trainings++;
    clock.left = seen(trainings) ?? clock.left;
    return withoutCopies(...of);
  };
  const { lab, experimentFor } = tinyLab(context, "auc", null, runner);
  const limited = { ...lab, left: () => Math.min(lab.left(), clock.left) };
  const checks = [checkSaying("duplicate-row", copies([])), checkSaying("oversampled", copies(["noise"]))];
  const { findings } = await audit(context, checks, limited, experimentFor, { reserveMs: 1 });
  return { trainings, findings: new Map(findings.map((one) => [one.trap, one])) };
}

test("copies that two repairs take out are priced without each other", async () => {
  const { findings } = await found(copied);
  for (const trap of ["duplicate-row", "oversampled"] as const) {
    const one = findings.get(trap)!;
    expect(one).toMatchObject({ severity: "blocker", state: "mended" });
    expect(one.harm!.claimed - one.harm!.honest).toBeGreaterThan(0.05);
    // One of two comparisons.
    expect(one.harm!.q).toBeCloseTo(2 * one.harm!.p, 12);
  }
});

test("where the budget ends before that they are not measured, which is no harm of 0", async () => {
  const all = (await found(copied)).trainings;
  // After the experiments of the first prices, which show nothing.
  for (const share of [0.3, 0.5, 0.7, 0.9]) {
    const { findings } = await found(copied, (trainings) => (trainings >= share * all ? 0 : null));
    for (const trap of ["duplicate-row", "oversampled"] as const) expect(findings.get(trap)!.harm?.delta).not.toBe(0);
  }
});

test("rows that are no copies cost nothing by either", async () => {
  const { findings } = await found(twice);
  for (const trap of ["duplicate-row", "oversampled"] as const)
    expect(findings.get(trap)).toMatchObject({ severity: "cosmetic", harm: { delta: 0, low: 0, high: 0 } });
});
