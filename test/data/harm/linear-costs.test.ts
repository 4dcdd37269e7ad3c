import { describe, expect, test } from "vitest";
import type { Counterfactual, Suspicion } from "../../../src/core/finding.ts";
import { audit } from "../../../src/data/index.ts";
import type { FoldRunner } from "../../../src/lab/index.ts";
import { metricNamed } from "../../../src/metrics/index.ts";
import { contextOf, honestTable } from "../table.ts";
import { checkSaying, nearestRows, tinyLab } from "../tiny-lab.ts";

/** `strain` tells something of the label, and four of its values are far away. */
const table = honestTable(400, 4, (random, target) => [
  ["strain", target.map((y, row) => (row % 100 === 7 ? 60 * (row % 200 === 7 ? 1 : -1) : 1.5 * y + random.normal()))],
]);
const context = contextOf(table, "bought");

/** Linear models whose answers know as much of the label as `knows` says: of the plain one, and of the one that cuts off. The quick trees are the tests' usual ones. */
function runnerThat(knows: { readonly plain: number; readonly cut: number }): FoldRunner {
  return (frame, experiment, fold, ...rest) => {
    if (experiment.estimator.name !== "linear") return nearestRows(frame, experiment, fold, ...rest);
    const known = experiment.recipe.some(({ op }) => op === "clip") ? knows.cut : knows.plain;
    const truth = Float64Array.from(fold.test, (row) => context.target[row]!);
    const outputs = Float64Array.from(fold.test, (row, i) => known * truth[i]! + (1 - known) * ((row * 0.618) % 1));
    const judged = { task: experiment.task, truth, outputs, weight: null };
    const scores = Object.fromEntries(experiment.metrics.map((name) => [name, metricNamed(name).score(judged)]));
    return { outputs, scores, fitMs: 0, predictMs: 0, notes: {} };
  };
}

const cut: Counterfactual = {
  change: "linear",
  features: ["height", "weight", "strain", "income"],
  claimed: {},
  honest: { steps: [{ op: "clip", columns: ["strain"], share: 0.01 }] },
  flatters: false,
  compares: "one against the other",
};

async function found(
  said: Partial<Suspicion>,
  knows: { readonly plain: number; readonly cut: number },
  ...others: Parameters<typeof audit>[1]
) {
  const { lab, experimentFor } = tinyLab(context, "auc", null, runnerThat(knows));
  const check = checkSaying("outlier", { columns: ["strain"], severity: "costly", counterfactual: cut, ...said });
  return await audit(context, [check, ...others], lab, experimentFor);
}

describe("what linear models suffer from", () => {
  test("is told where mending it is worth having and no worse than the trees: costly, left to the reader", async () => {
    const { findings, recipe } = await found({}, { plain: 0.3, cut: 0.8 });
    expect(findings).toMatchObject([{ id: "outlier:strain", severity: "costly", state: "open", question: null, answer: null }]);
    const { harm } = findings[0]!;
    expect(harm!.honest - harm!.claimed).toBeGreaterThan(0.1);
    expect(harm).toMatchObject({ compares: "one against the other", quickTrees: expect.any(Number) });
    expect(recipe).toEqual([]);
  });

  test("a small table draws its folds four times: which fold a far row falls into decides much", async () => {
    const { lab, experimentFor } = tinyLab(context, "auc", null, runnerThat({ plain: 0.3, cut: 0.8 }));
    const check = checkSaying("outlier", { columns: ["strain"], severity: "costly", counterfactual: cut });
    await audit(context, [check], lab, (asked) => {
      if (asked.estimator.name === "linear") expect(asked.split).toMatchObject({ repeats: 4 });
      return experimentFor(asked);
    });
    expect.assertions(2);
  });

  test("stands for what was told of the trap without a measure, which is told where it is not", async () => {
    const told = { columns: ["strain"], severity: "cosmetic", counterfactual: null } as const;
    const linear = { columns: ["strain"], severity: "costly", counterfactual: cut } as const;
    for (const [knows, wanted] of [
      [{ plain: 0.3, cut: 0.8 }, [{ id: "outlier:strain", severity: "costly", harm: { compares: "one against the other" } }]],
      [{ plain: 0.4, cut: 0.4 }, [{ id: "outlier:strain", severity: "cosmetic", harm: null }]],
    ] as const) {
      const { lab, experimentFor } = tinyLab(context, "auc", null, runnerThat(knows));
      const { findings } = await audit(context, [checkSaying("outlier", linear, told)], lab, experimentFor);
      expect(findings).toMatchObject(wanted);
      expect(findings).toHaveLength(1);
    }
  });

  test("is cosmetic where trees are better anyway", async () => {
    const { findings } = await found({}, { plain: 0, cut: 0.12 });
    expect(findings).toMatchObject([{ trap: "outlier", severity: "cosmetic" }]);
    expect(findings[0]!.harm!.quickTrees).toBeGreaterThan(findings[0]!.harm!.honest + 0.02);
  });

  test("is not tried where least squares see nothing of it", async () => {
    const honest = { steps: [{ op: "clip", columns: ["weight"], share: 0.01 }] } as const;
    expect((await found({ counterfactual: { ...cut, honest } }, { plain: 0.3, cut: 0.8 })).findings).toEqual([]);
  });

  test.each([
    ["makes no difference", { plain: 0.4, cut: 0.4 }],
    ["makes it worse", { plain: 0.8, cut: 0.3 }],
  ])("is not told where mending it %s", async (_, knows) => {
    expect((await found({}, knows)).findings).toEqual([]);
  });

  test("is not told of a column that another finding leaves out, though other columns would gain", async () => {
    const steps = [{ op: "drop" as const, columns: ["strain"] }];
    const leak = checkSaying("target-leak", {
      columns: ["strain"],
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: true },
      evidence: { certain: true },
    });
    const far = (random: { normal(): number }, target: readonly number[]) =>
      target.map((y, row) => (row % 100 === 7 ? 60 * (row % 200 === 7 ? 1 : -1) : 1.5 * y + random.normal()));
    const both = honestTable(400, 4, (random, target) => [
      ["strain", far(random, target)],
      ["load", far(random, target)],
    ]);
    const honest = { steps: [{ op: "clip", columns: ["load"], share: 0.01 }] } as const;
    const trapsOf = async (...columns: string[]) => {
      const { lab, experimentFor } = tinyLab(contextOf(both, "bought"), "auc", null, runnerThat({ plain: 0.3, cut: 0.8 }));
      const counterfactual = { ...cut, features: [...cut.features, "load"], honest };
      const check = checkSaying("outlier", { columns, severity: "costly", counterfactual });
      const { findings } = await audit(contextOf(both, "bought"), [check, leak], lab, experimentFor);
      return findings.map(({ trap }) => trap);
    };
    expect(await trapsOf("load")).toContain("outlier");
    expect(await trapsOf("strain")).not.toContain("outlier");
  });

  test("is not told of a column that another trap explains, or that is no number to learn from", async () => {
    const knows = { plain: 0.3, cut: 0.8 };
    const told = checkSaying("impossible-value", { columns: ["strain"], severity: "cosmetic" });
    expect((await found({}, knows, told)).findings.map(({ trap }) => trap)).toEqual(["impossible-value"]);
    // What only asks mends nothing.
    const asks = checkSaying("impossible-value", { columns: ["strain"], severity: "cosmetic", confidence: 0.45 });
    expect((await found({}, knows, asks)).findings.map(({ trap }) => trap).sort()).toEqual(["impossible-value", "outlier"]);
    expect((await found({ counterfactual: { ...cut, features: ["height"] } }, knows)).findings).toEqual([]);
  });
});
