import type { Candidate, Comparison } from "../../src/core/comparison.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import type { Finding, Fix, Harm, Severity } from "../../src/core/finding.ts";
import { contentHash } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { TrapId } from "../../src/core/trap.ts";

/** A ledger id as real ones look. */
export const idOf = (name: string): string => contentHash(name);

export function estimate(value: number, half: number, ...names: string[]): Estimate {
  return { value, low: value - half, high: value + half, level: 0.95, method: "corrected resampled t", experiments: names.map(idOf) };
}

export function harm(name: string, claimed: number, honest: number, half: number, metric = "auc"): Harm {
  const delta = honest - claimed;
  const isReal = Math.abs(delta) > half;
  return {
    metric,
    compares: "with these columns against without them",
    claimed,
    honest,
    claimedLow: claimed - 0.011,
    claimedHigh: claimed + 0.011,
    honestLow: honest - 0.017,
    honestHigh: honest + 0.017,
    delta,
    low: delta - half,
    high: delta + half,
    level: 0.95,
    method: "corrected resampled t, paired by fold",
    p: isReal ? 0.0004 : 0.41,
    q: isReal ? 0.002 : 0.55,
    experiments: [idOf(`${name} claimed`), idOf("chosen")],
  };
}

interface FindingParts {
  readonly fix: Fix;
  readonly why: string;
  readonly harm?: Harm | null;
  readonly question?: string;
  readonly answer?: string | null;
  readonly rows?: number;
  readonly confidence?: number;
  readonly stance?: Finding["stance"];
  readonly state?: Finding["state"];
  readonly undo?: string;
}

export function finding(trap: TrapId, severity: Severity, columns: readonly string[], parts: FindingParts): Finding {
  const count = parts.rows ?? 0;
  return {
    id: [trap, ...(columns.length === 0 ? [] : [columns.join(",")])].join(":"),
    trap,
    columns,
    rows: { count, sample: count > 0 ? [3, 17, 42] : [] },
    severity,
    confidence: parts.confidence ?? 0.9,
    strength: 0.9,
    stance: parts.stance ?? "acts",
    evidence: { score: 0.81, z: 31.2, rows: 4119 },
    fix: parts.fix,
    question: parts.question ?? null,
    choices: parts.question === undefined ? null : trap === "post-outcome" ? ["after", "before"] : ["yes", "no"],
    why: parts.why,
    harm: parts.harm ?? null,
    unmeasured: parts.harm == null ? "It could not be measured: made." : null,
    state: parts.state ?? "open",
    undo: parts.undo ?? null,
    answer: parts.answer ?? null,
  };
}

export function candidate(
  name: string,
  label: string,
  complexity: number,
  value: number,
  state: Candidate["state"],
  more: Partial<Candidate> = {},
): Candidate {
  return {
    name,
    label,
    complexity,
    estimator: "linear",
    params: {},
    score: estimate(value, 0.017, name),
    optimism: 0,
    overBaseline: state === "baseline" ? null : estimate(value - 0.729, 0.021, name, "one-column-rule"),
    againstBest: name === "boosting-small" ? null : estimate(value - 0.794, 0.008, name, "boosting-small"),
    fitMs: 40 + 190 * complexity,
    state,
    note: null,
    ...more,
  };
}

export function candidates(): Candidate[] {
  const nothing: Estimate = { value: Number.NaN, low: Number.NaN, high: Number.NaN, level: 0.95, method: "none", experiments: [] };
  return [
    candidate("constant", "the class shares", 0, 0.5, "baseline", { score: { ...estimate(0.5, 0, "constant") }, fitMs: 0.2 }),
    candidate("one-column-rule", "rule on one column", 1, 0.729, "baseline", { fitMs: 12 }),
    candidate("linear", "regularised logistic regression", 2, 0.781, "worse"),
    candidate("boosting", "boosted trees, 12 leaves", 3.1, 0.79, "chosen"),
    candidate("boosting-small", "boosted trees, 4 leaves", 3, 0.794, "not-worse-but-more-complex"),
    candidate("boosting-large", "boosted trees, 31 leaves", 3.2, 0.788, "not-worse-but-more-complex"),
    candidate("forest", "random forest, 300 trees", 2.9, 0.785, "behind", {
      note: "simpler, but by more than one standard error, though the interval holds 0",
    }),
    candidate("extra-trees", "extra-trees, 300 trees", 4.1, 0.776, "worse"),
    candidate("boosting-deep", "boosted trees, 96 leaves", 3.3, 0, "not-run", {
      score: nothing,
      overBaseline: null,
      againstBest: null,
      fitMs: 0,
      note: "the budget ended before it",
    }),
  ];
}

export function comparison(): Comparison {
  const bins = [0.012, 0.024, 0.035, 0.047, 0.06, 0.083, 0.12, 0.19, 0.34, 0.58];
  return {
    metric: "auc",
    metricLabel: "ROC AUC",
    better: "higher",
    worthwhile: { gain: 0.02, why: "0.02 ROC AUC" },
    blindChoice: {
      value: 0.058,
      low: 0.037,
      high: 0.079,
      p: 0.0042,
      level: 0.95,
      method: "corrected resampled t, paired by fold",
      experiments: candidates().flatMap(({ score }) => score.experiments),
    },
    toDecide: null,
    test: null,
    rule: null,
    candidates: candidates(),
    chosen: "boosting",
    verdict: "model",
    why: [
      "Even a blind choice among the 6 models tried beats the best baseline (rule on one column), by 0.058 [0.037, 0.079] ROC AUC (p 0.004): the gain is not the luck of trying many.",
      "Boosted trees, 4 leaves has the best mean score, but by no more than one standard error (0.004 [-0.004, 0.012]): the simpler model wins.",
      "The budget ended before these were tried: boosted trees, 96 leaves.",
    ],
    calibration: {
      method: "isotonic",
      before: { logLoss: 0.291, brier: 0.0821, ece: 0.021 },
      after: { logLoss: 0.284, brier: 0.0806, ece: 0.0062 },
      bins: bins.map((predicted, i) => {
        const observed = predicted * (1 + 0.16 * Math.sin(i * 2.1));
        const half = 1.96 * Math.sqrt((observed * (1 - observed)) / 410) + 0.004;
        return { predicted, observed, low: Math.max(0, observed - half), high: observed + half, count: i < 8 ? 450 - 8 * i : 200 - 10 * i };
      }),
      p: 0.34,
    },
    threshold: {
      value: 0.217,
      why: "best F1 on out-of-fold predictions; costs of mistakes were not given",
      precision: 0.412,
      recall: 0.506,
    },
    importance: [
      ["nr.employed", 0.061, 0.012],
      ["euribor3m", 0.044, 0.011],
      ["month", 0.021, 0.008],
      ["pdays", 0.014, 0.006],
      ["poutcome", 0.0121, 0.005],
      ["contact", 0.0089, 0.004],
      ["cons.conf.idx", 0.007, 0.004],
      ["age", 0.0031, 0.0035],
      ["job", 0.0022, 0.004],
      ["day_of_week", 0.0012, 0.003],
      ["campaign", 0.0008, 0.002],
      ["education", 0.0005, 0.003],
      ["marital", -0.0002, 0.001],
      ["housing", -0.0004, 0.001],
      ["default", -0.0004, 0.0012],
      ["loan", -0.0006, 0.001],
    ].map(([column, drop, half]) => ({ column: String(column), drop: estimate(Number(drop), Number(half), "boosting") })),
    corrections: null,
    errorHalfWidth: null,
  };
}

export function plan(): Plan {
  const sizes = [206, 291, 412, 583, 824, 1165, 1648, 2330, 3295];
  const histogram = (first: number) =>
    [4, 40, 420, 980, 640, 260, 90, 40, 16, 6, 3, 1].map((count, i) => ({ upToMs: Number((first * 1.25 ** i).toFixed(5)), count }));
  const option = (cloud: string, instance: string, vcpu: number, hour: number, replicas: number) => ({
    cloud,
    instance,
    region: cloud === "GCP" ? "us-central1" : cloud === "Azure" ? "eastus" : "us-east-1",
    vcpu,
    memoryGib: vcpu * 2,
    usdPerHour: hour,
    replicas,
    utilisation: 0.0003,
    usdPerMonth: hour * 730 * replicas,
    usdPerMillionPredictions: hour * 730 * replicas,
    priceDate: "2026-07-14",
  });
  const serving = [
    option("GCP", "e2-small", 2, 0.01675, 1),
    option("AWS", "t4g.small", 2, 0.0168, 1),
    option("Azure", "Standard_B2ats_v2", 2, 0.0094 * 2, 1),
    option("AWS", "t3.small", 2, 0.0208, 1),
    option("GCP", "e2-medium", 2, 0.0335, 1),
    option("AWS", "m7g.medium", 1, 0.0408, 1),
    option("Azure", "Standard_D2as_v5", 2, 0.086, 1),
    option("AWS", "m7i.large", 2, 0.1008, 1),
  ];
  return {
    schema: "oldhand/plan/1",
    curve: {
      metric: "auc",
      units: "rows",
      of: { label: "boosted trees, 12 leaves", isShipped: true as const },
      optimism: 0,
      points: sizes.map((trainRows, i) => ({
        trainRows,
        score: estimate(
          0.8135 - 0.34 * trainRows ** -0.33 + (i % 2 === 0 ? 0 : -0.004),
          0.014 + 0.2 / Math.sqrt(trainRows),
          `curve ${trainRows}`,
        ),
      })),
      forecast: [2, 4].map((factor) => ({
        factor,
        trainRows: 3295 * factor,
        score: { ...estimate(0.7905 + 0.004 * Math.log2(factor), 0.006 * factor), experiments: sizes.map((size) => idOf(`curve ${size}`)) },
      })),
      verdict: "more-data-does-not-help",
      why: "With twice the rows: 0.790 -> 0.794 [0.782, 0.806]; the interval holds today's score.",
    },
    throughput: [
      {
        runtime: "native",
        threads: 1,
        rowsPerSecond: { value: 412_345, low: 401_200, high: 420_900, level: 0.95, method: "median of 25 batches", experiments: [] },
        batchRows: 4096,
        singleRow: { count: 2500, p50Ms: 0.0212, p90Ms: 0.0331, p99Ms: 0.0713, maxMs: 1.9, histogram: histogram(0.011) },
        memoryBytes: 8_400_000,
        processBytes: 412_000_000,
        modelBytes: 412_000,
      },
      {
        runtime: "onnx",
        threads: 1,
        rowsPerSecond: { value: 151_870, low: 148_000, high: 153_300, level: 0.95, method: "median of 25 batches", experiments: [] },
        batchRows: 4096,
        singleRow: { count: 2500, p50Ms: 0.144, p90Ms: 0.19, p99Ms: 0.391, maxMs: 4.4, histogram: histogram(0.074) },
        memoryBytes: 31_000_000,
        processBytes: 455_000_000,
        modelBytes: 655_000,
      },
    ],
    cost: {
      assumptions: [
        "1,000,000 predictions a month, peak 5 times the mean: 1.9 a second.",
        "At the peak at most 65 % of a machine is used; one replica, so a restart is an outage.",
        "Speed of one core as measured on this machine; ±30 % until confirmed on a real instance.",
      ],
      load: { predictionsPerMonth: 1_000_000, peakPerSecond: 1.9 },
      serving,
      servingTripled: serving.map((one, i) =>
        i < 3
          ? { ...one, replicas: 2, usdPerMonth: one.usdPerMonth * 2, usdPerMillionPredictions: one.usdPerMonth / 1.5 }
          : { ...one, usdPerMillionPredictions: one.usdPerMonth / 3 },
      ),
      trainingUsd: 0.0031,
      storageUsdPerMonth: 0.0004,
      processBytes: 152_000_000,
      warnings: ["Prices of Azure are 132 days old."],
      uncertainty: 0.3,
      basis: { memoryBytes: 1e6, trainingSeconds: 1, dataBytes: 1e6, logBytesPerPrediction: 300 },
    },
    machine: { cpu: "AMD EPYC 7B13", cores: 2, memoryBytes: 8_330_000_000, node: "v22.11.0" },
    notYet: ["No load test over HTTP: queueing and the network are not in these times.", "Cost of egress and of logs is not counted."],
  };
}
