import type { Candidate, Comparison } from "../../src/core/comparison.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import type { Finding, FindingsFile, SplitGap } from "../../src/core/finding.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { GateResult, Proof } from "../../src/core/proof.ts";
import type { StageResults } from "../../src/journey/stage-results.ts";

export const estimateOf = (value: number, low: number, high: number): Estimate => ({
  value,
  low,
  high,
  level: 0.95,
  method: "corrected resampled t",
  experiments: ["e1"],
});

export function findingOf(parts: Partial<Finding> = {}): Finding {
  return {
    id: "F1",
    choices: null,
    trap: "target-leak",
    columns: ["closing"],
    rows: { count: 0, sample: [] },
    severity: "blocker",
    confidence: 0.9,
    strength: 0.9,
    stance: "acts",
    evidence: {},
    fix: { action: "steps", steps: [{ op: "drop", columns: ["closing"] }] },
    harm: null,
    unmeasured: "made",
    state: "mended",
    question: null,
    answer: null,
    why: "it gives the target away.",
    ...parts,
  };
}

export function fileOf(findings: readonly Finding[], gap: SplitGap | null = null): FindingsFile {
  return {
    schema: "oldhand/findings/1",
    dataset: {
      rows: 100,
      columns: 3,
      version: "v",
      roles: {},
      task: {},
      metric: "auc",
      split: { policy: "group", by: null, why: "asked for", gap, passedOver: null },
    },
    findings,
    unchecked: [],
    reach: [],
  };
}

const candidate: Candidate = {
  name: "linear",
  label: "logistic regression",
  complexity: 2,
  estimator: "linear",
  params: {},
  score: estimateOf(0.8, 0.75, 0.85),
  optimism: 0,
  overBaseline: estimateOf(0.1, 0.05, 0.15),
  againstBest: null,
  fitMs: 10,
  state: "chosen",
  note: null,
};

export function comparisonOf(parts: Partial<Comparison>): Comparison {
  return {
    metric: "auc",
    metricLabel: "ROC AUC",
    better: "higher",
    worthwhile: { gain: 0.02, why: "0.02 ROC AUC" },
    blindChoice: null,
    toDecide: null,
    test: null,
    rule: null,
    candidates: [candidate, { ...candidate, name: "constant", label: "the class shares", overBaseline: null, state: "baseline" }],
    chosen: "linear",
    verdict: "model",
    why: ["It is the best."],
    calibration: null,
    threshold: null,
    importance: [],
    corrections: null,
    errorHalfWidth: null,
    ...parts,
  };
}

export function proofOf(statuses: readonly GateResult["status"][]): Proof {
  const gates = statuses.map(
    (status, i): GateResult => ({
      gate: `gate-${i}`,
      title: `Gate ${i}`,
      status,
      why: `because ${i}`,
      measured: null,
      cites: [],
      evidence: {},
      rubric: [],
      tookMs: 1,
    }),
  );
  return { schema: "oldhand/proof/1", gates, rubric: { score: 0, sections: [], reading: "" } };
}

export function planOf(verdict: Plan["curve"]["verdict"]): Plan {
  return {
    schema: "oldhand/plan/1",
    curve: {
      metric: "auc",
      units: "rows",
      of: { label: "forest", isShipped: true as const },
      optimism: 0,
      points: [],
      forecast: null,
      verdict,
      why: "twice the rows give 0.05 more.",
    },
    throughput: [],
    cost: {
      assumptions: [],
      load: { predictionsPerMonth: 1, peakPerSecond: 1 },
      serving: [],
      servingTripled: [],
      trainingUsd: 0,
      storageUsdPerMonth: 0,
      processBytes: 0,
      warnings: [],
      uncertainty: 0.3,
      basis: { memoryBytes: 1e6, trainingSeconds: 1, dataBytes: 1e6, logBytesPerPrediction: 300 },
    },
    machine: { cpu: "", cores: 2, memoryBytes: 1, node: "" },
    notYet: [],
  };
}

/** All four stages: a model is worth having, nothing was found in the data, and one gate could not run. */
export const whole: StageResults = {
  file: fileOf([]),
  comparison: comparisonOf({}),
  plan: planOf("unknown"),
  proof: proofOf(["passed", "skipped"]),
  dossier: "my dossier",
  until: "production",
};
