import { expect, test } from "vitest";
import { candidateStateInFull } from "../../src/core/comparison.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { candidateTable } from "../../src/model/candidate-table.ts";
import { foldEvidence } from "../../src/model/fold-evidence.ts";
import type { Judged } from "../../src/model/judge.ts";
import { select } from "../../src/model/select.ts";

function tableOf(scores: Readonly<Record<string, readonly number[]>>) {
  const names = Object.keys(scores);
  const judged = names.map((name, complexity) => {
    const plan = { name, label: name, complexity, estimator: name, params: {} };
    return { state: "judged", plan, outcome: { id: name, folds: [{ fitMs: 1 }] } } as unknown as Judged;
  });
  const perFold = Object.values(scores);
  const evidence = foldEvidence({ scores: perFold, repeat: [0, 0, 0, 0, 0], testTrainRatio: 0.25, better: "higher", level: 0.95 });
  const contenders = judged.map(({ plan }) => ({ name: plan.name, complexity: plan.complexity, isBaseline: plan.complexity < 2 }));
  const selection = select(evidence, contenders, "higher", () => 0.02);
  return new Map(candidateTable(judged, judged, evidence, selection, metricNamed("auc")).map((one) => [one.name, one]));
}

test("a simpler model that gains beyond doubt, but less than the best, is called behind it, not undecided", () => {
  const best = [0.8, 0.82, 0.79, 0.81, 0.8];
  const candidates = tableOf({
    constant: [0.5, 0.5, 0.5, 0.5, 0.5],
    rule: [0.6, 0.61, 0.59, 0.6, 0.6],
    linear: best.map((score, fold) => score - [0.02, 0, 0.03, -0.005, 0.03][fold]!),
    boosting: best,
  });
  const linear = candidates.get("linear")!;
  expect(candidates.get("boosting")!.state).toBe("chosen");
  expect(linear.overBaseline!.low).toBeGreaterThan(0.1);
  expect(linear.againstBest!.low < 0 && linear.againstBest!.high > 0).toBe(true);
  expect(linear.state).toBe("behind");
  expect(candidateStateInFull(linear)).toBe("behind the best: simpler, but by more than one standard error, though the interval holds 0");
});
