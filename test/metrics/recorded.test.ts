import { describe, expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import type { Task } from "../../src/core/task.ts";
import { auc, metricNamed, metricsFor } from "../../src/metrics/index.ts";
import { auc as rankAuc } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/metrics.json" with { type: "json" };

/** Where scikit-learn warns and gives a number, Oldhand says undefined: the metric cannot judge such rows. */
const UNDEFINED: Readonly<Record<string, readonly string[]>> = {
  "only negatives": ["average-precision", "mcc", "recall"],
  "only positives": ["mcc"],
  "only negatives, none called": ["average-precision", "f1", "mcc", "precision", "recall"],
  "constant target": ["r2"],
};

function taskOf(one: (typeof recorded.cases)[number]): Task {
  if (one.task === "binary") return { kind: "binary", classes: ["no", "yes"] };
  if (one.task === "regression") return { kind: "regression" };
  return { kind: "multiclass", classes: Array.from({ length: one.outputs.length / one.truth.length }, (_, k) => `c${k}`) };
}

describe.each(recorded.cases)("$name", (one) => {
  const judged: Judged = {
    task: taskOf(one),
    truth: Float64Array.from(one.truth),
    outputs: Float64Array.from(one.outputs),
    weight: null,
  };
  const versions: [string, Judged, Record<string, number | null | undefined>][] = [
    ["plain", judged, one.plain],
    ["weighted", { ...judged, weight: Float64Array.from(one.weight) }, one.weighted],
  ];

  test.each(versions)("%s scores equal scikit-learn", (_, rows, want) => {
    for (const [name, value] of Object.entries(want)) {
      if (value === undefined || (one.name === "a class without rows" && name === "auc")) continue;
      const got = metricNamed(name).score(rows);
      if (value === null || UNDEFINED[one.name]?.includes(name)) expect(got, name).toBeNaN();
      else expect(Math.abs(got - value) / Math.max(1, Math.abs(value)), `${name}: got ${got}, want ${value}`).toBeLessThan(1e-10);
    }
  });

  test("every metric of the task is recorded", () => {
    expect(Object.keys(one.plain)).toEqual(
      expect.arrayContaining(
        metricsFor(judged.task)
          .map((metric) => metric.name)
          .filter(comparable),
      ),
    );
  });

  function comparable(name: string): boolean {
    // scikit-learn's Brier score, F1, precision and recall of one class exist for two classes only.
    return one.task !== "multiclass" || !["brier", "f1", "precision", "recall"].includes(name);
  }
});

test("multiclass AUC passes over a class without rows, which scikit-learn refuses", () => {
  const one = recorded.cases.find((candidate) => candidate.name === "a class without rows")!;
  const parts = [0, 1, 3, 4].map((k) =>
    rankAuc(
      one.truth.map((label) => (label === k ? 1 : 0)),
      one.truth.map((_, row) => one.outputs[row * 5 + k]!),
    ),
  );
  const judged = { task: taskOf(one), truth: Float64Array.from(one.truth), outputs: Float64Array.from(one.outputs), weight: null };
  expect(auc.score(judged)).toBeCloseTo(parts.reduce((sum, part) => sum + part, 0) / 4, 12);
});
