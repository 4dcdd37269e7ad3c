import type { Candidate } from "../../src/core/comparison.ts";
import type { Finding } from "../../src/core/finding.ts";
import { TRAPS } from "../../src/core/trap.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { bank, withLedger } from "./fixture.ts";
import { comparison, estimate, finding, harm, plan } from "./fixture-parts.ts";
import { proof } from "./fixture-proof.ts";

const advice = (text: string) => ({ action: "advice" as const, text });

/** Prices of houses: numbers in the ten thousands, no probabilities, a lower score is better. */
function regression(): JourneyResult {
  const base = bank();
  const scaled = (name: string, label: string, complexity: number, rmse: number, state: Candidate["state"]): Candidate => ({
    name,
    label,
    complexity,
    estimator: "linear",
    params: {},
    score: estimate(rmse, 1840, name),
    optimism: 0,
    overBaseline: state === "baseline" ? null : estimate(84_210 - rmse, 2310, name, "one-column-rule"),
    againstBest: name === "boosting" ? null : estimate(47_120 - rmse, 900, name, "boosting"),
    fitMs: 800,
    state,
    note: null,
  });
  const house = finding("sibling-target", "blocker", ["median_rooms_value"], {
    fix: { action: "steps", steps: [{ op: "drop", columns: ["median_rooms_value"] }] },
    why: "`median_rooms_value` shares its name with the target `median_house_value`.",
    harm: {
      ...harm("sibling", 21_004, 47_120, 1990, "rmse"),
      claimedLow: 19_100,
      claimedHigh: 22_900,
      honestLow: 45_280,
      honestHigh: 48_960,
    },
    state: "mended",
  });
  const curve = plan().curve;
  return withLedger({
    ...base,
    dataset: {
      ...base.dataset,
      name: "california-housing.parquet",
      rows: 1_204_640,
      columns: 10,
      sample: { rows: 100_000, why: "more were not expected to fit a budget of 60 s" },
      notes: [],
    },
    training: { rows: 600_000, loadedRows: 600_000, of: 1_204_640, why: "no more fit into 512 MB of --memory, at 420 bytes a row" },
    findings: {
      ...base.findings,
      dataset: {
        ...base.findings.dataset,
        metric: "rmse",
        roles: { target: "median_house_value" },
        task: { kind: "regression" },
        split: {
          policy: "group",
          passedOver: null,
          by: ["block", "tract"],
          why: "rows of one tract resemble each other",
          gap: { metric: "rmse", random: estimate(44_100, 800, "split claimed"), proposed: estimate(47_120, 1840, "boosting") },
        },
      },
      findings: [house],
    },
    comparison: {
      ...comparison(),
      metric: "rmse",
      metricLabel: "RMSE",
      better: "lower",
      candidates: [
        scaled("constant", "the mean", 0, 115_380, "baseline"),
        scaled("one-column-rule", "rule on one column", 1, 84_210, "baseline"),
        scaled("linear", "ridge regression", 2, 68_900, "worse"),
        scaled("boosting", "boosted trees, 96 leaves", 3, 47_120, "chosen"),
      ],
      why: ["Boosted trees, 96 leaves beats the best baseline (rule on one column) by 37090 [34780, 39400] RMSE."],
      calibration: null,
      threshold: null,
      importance: [{ column: "median_income", drop: estimate(31_200, 1900, "boosting") }],
      errorHalfWidth: 71_340,
    },
    proof: {
      ...proof(),
      gates: proof().gates.map((gate) =>
        gate.gate === "latency" ? { ...gate, status: "failed", why: "p99 of one row is 61 ms; allowed are 50 ms." } : gate,
      ),
    },
    plan: {
      ...plan(),
      curve: {
        ...curve,
        metric: "rmse",
        points: [2000, 4000, 8000, 16_000].map((trainRows, i) => ({
          trainRows,
          score: estimate(62_120 - 5000 * i, 2500 - 400 * i, `curve ${trainRows}`),
        })),
        forecast: [{ factor: 2, trainRows: 32_000, score: estimate(44_300, 1500, "boosting") }],
        verdict: "more-data-helps",
        why: "With twice the rows: 47120 -> 44300 [42800, 45800].",
      },
    },
    verdict: {
      decision: "no-go",
      headline:
        "Do not release it yet: one thing stands in the way. Boosted trees, 96 leaves reaches RMSE 47120 [45280, 48960] on rows it has not seen.",
      reasons: ["Gate failed, Fast enough: p99 of one row is 61 ms; allowed are 50 ms."],
      next: ["Collect more rows: with twice the rows: 47120 -> 44300 [42800, 45800]."],
    },
  });
}

function multiclass(): JourneyResult {
  const base = bank();
  const classes = ["quality 3", "quality 4", "quality 5", "quality 6", "quality 7", "quality 8", "quality 9"];
  const bins = [0.03, 0.12, 0.14, 0.45, 0.83, 0.95, 1].map((predicted) => ({
    predicted,
    observed: predicted,
    low: Math.max(0, predicted - 0.05),
    high: Math.min(1, predicted + 0.05),
    count: 131,
  }));
  const usual = comparison();
  return {
    ...base,
    comparison: { ...usual, calibration: { ...usual.calibration!, bins, p: 0.047 } },
    findings: {
      ...base.findings,
      dataset: {
        ...base.findings.dataset,
        metric: "log-loss",
        task: { kind: "multiclass", classes },
        split: { policy: "stratified", by: null, why: "nothing speaks against it", gap: null, passedOver: null },
      },
    },
  };
}

/** No model is better than always giving the same answer. */
function nothingBeats(): JourneyResult {
  const base = bank();
  const usual = comparison();
  const candidates = usual.candidates.slice(0, 4).map(
    (one): Candidate => ({
      ...one,
      score: { ...estimate(0.5 + 0.003 * one.complexity, 0.031, one.name) },
      overBaseline: one.complexity < 2 ? null : estimate(0.003, 0.02, one.name),
      state: one.complexity < 2 ? "baseline" : "not-worse-but-more-complex",
    }),
  );
  return withLedger({
    ...base,
    findings: { ...base.findings, findings: [] },
    comparison: {
      ...usual,
      candidates,
      chosen: "constant",
      verdict: "cannot-learn",
      why: ["No model is shown to be better than giving the same answer every time."],
      calibration: null,
      threshold: null,
      importance: [],
    },
    plan: null,
    proof: null,
    recipe: [],
    verdict: {
      decision: "no-go",
      headline: "This cannot be learned from this data: no model beats answering the same every time (ROC AUC 0.500 [0.469, 0.531]).",
      reasons: [],
      next: [],
    },
  });
}

/** The budget ended after the audit. */
function budgetEnded(): JourneyResult {
  const base = bank();
  return withLedger({
    ...base,
    budgetMs: 10_000,
    comparison: null,
    whyNoModel: "No model was judged: the budget ended before.",
    training: null,
    plan: null,
    proof: null,
    times: base.times.slice(0, 1),
    verdict: {
      decision: "unknown",
      headline: "No answer yet: the budget ended before a model was judged.",
      reasons: base.verdict.reasons.slice(2),
      next: base.verdict.next,
    },
  });
}

/** 300 columns: everything that lists columns is long. */
function wide(): JourneyResult {
  const base = bank();
  const columns = Array.from({ length: 300 }, (_, i) => `sensor_${String(i).padStart(3, "0")}_mean_over_ten_minutes`);
  const usual = comparison();
  return {
    ...base,
    dataset: { ...base.dataset, columns: 301 },
    inferred: Object.fromEntries(columns.map((column) => [column, "a number: all 4,119 values parse"])),
    findings: {
      ...base.findings,
      findings: [
        finding("constant", "costly", columns, {
          fix: { action: "steps", steps: [{ op: "drop", columns }] },
          why: "300 columns have the same value in every row.",
        }),
      ],
    },
    recipe: columns.map((column) => ({ step: "drop", columns: column, what: "leave out" })),
    comparison: { ...usual, importance: columns.map((column, i) => ({ column, drop: estimate(0.05 / (i + 1), 0.004, "boosting") })) },
  };
}

function many(): JourneyResult {
  const base = bank();
  const severities = ["blocker", "harmful", "costly", "cosmetic"] as const;
  const findings = Array.from({ length: 60 }, (_, i): Finding => {
    const trap = TRAPS[i % TRAPS.length]!;
    return {
      ...finding(trap, severities[Math.floor(i / 15)]!, [`column ${i}`], {
        fix: advice("Look at it."),
        why: `\`column ${i}\` is not as it should be.`,
        harm: harm(`many ${i}`, 0.9 - i / 200, 0.79, 0.01),
      }),
      id: `${trap}:${i}`,
    };
  });
  return withLedger({ ...base, findings: { ...base.findings, findings } });
}

const HOSTILE = [
  "<script>alert(1)</script>",
  "__proto__",
  "constructor",
  "\"'><img src=x onerror=alert(1)>",
  "`backtick` ](javascript:alert(1)) | @everyone",
  "\u202eright to left\u202c",
  "\u001b[31mred\u0007",
  "العمود الطويل",
  "年収（万円）と勤務先",
  "👩‍👩‍👧 family",
  "x".repeat(300),
  "a very long name of a column with blanks ".repeat(8),
  "</style></title>",
  "\ud800",
  "  ",
];

/** Names that try to be markup, escape codes or very long. */
function hostile(): JourneyResult {
  const base = bank();
  const findings = HOSTILE.map(
    (name, i): Finding => ({
      ...finding("post-outcome", i < 4 ? "blocker" : "costly", [name], {
        fix: {
          action: "steps",
          steps: [
            { op: "drop", columns: [name] },
            { op: "null-out", column: name, values: [name] },
          ],
        },
        why: `\`${name}\` may only be known once the outcome is.`,
        harm: harm(`hostile ${i}`, 0.95 - i / 100, 0.79, 0.01),
        question: `Is "${name}" already written?`,
        answer: i === 0 ? name : null,
      }),
      id: name,
      evidence: { [name]: name },
    }),
  );
  const usual = comparison();
  return withLedger({
    ...base,
    command: `oldhand run ${HOSTILE.join(" ")}`,
    dataset: { ...base.dataset, name: HOSTILE.join(""), notes: HOSTILE },
    inferred: Object.fromEntries(HOSTILE.map((name) => [name, name])),
    findings: {
      ...base.findings,
      dataset: {
        ...base.findings.dataset,
        roles: { target: HOSTILE[0]! },
        task: { kind: "multiclass", classes: HOSTILE },
        split: { policy: "group", by: HOSTILE, why: HOSTILE[0]!, gap: base.findings.dataset.split.gap, passedOver: null },
      },
      findings,
    },
    recipe: HOSTILE.map((name) => ({ step: "drop", columns: name, what: name })),
    comparison: {
      ...usual,
      candidates: usual.candidates.map((one, i) => ({ ...one, label: HOSTILE[i]!, note: HOSTILE[i]! })),
      why: HOSTILE,
      importance: HOSTILE.map((column, i) => ({ column, drop: estimate(0.05 / (i + 1), 0.004, "boosting") })),
    },
    proof: {
      ...base.proof!,
      gates: base.proof!.gates.map((gate, i) => ({
        ...gate,
        title: HOSTILE[i]!,
        why: HOSTILE[i]!,
        status: i === 0 ? "failed" : gate.status,
        evidence: { slices: HOSTILE.map((name) => ({ name, rows: 10, value: 0.7, low: 0.6, high: 0.8 })) },
      })),
    },
    verdict: { decision: "no-go", headline: HOSTILE.join(" "), reasons: HOSTILE, next: HOSTILE },
    ledger: { [HOSTILE[0]!]: HOSTILE[0]! },
  });
}

/** Read back from result.json, where what is no number has become null. */
function reread(): JourneyResult {
  const base = bank();
  const broken = {
    ...base,
    findings: {
      ...base.findings,
      findings: base.findings.findings.map((one) => ({
        ...one,
        harm:
          one.harm === null
            ? null
            : {
                ...one.harm,
                low: Number.NEGATIVE_INFINITY,
                high: Number.POSITIVE_INFINITY,
                claimedLow: Number.NaN,
                claimedHigh: Number.NaN,
                honestLow: Number.NaN,
                honestHigh: Number.NaN,
                q: Number.NaN,
              },
      })),
    },
  };
  return JSON.parse(JSON.stringify(broken)) as JourneyResult;
}

/** Journeys that are not as usual. */
export const ODD: Readonly<Record<string, () => JourneyResult>> = {
  regression,
  multiclass,
  nothingBeats,
  budgetEnded,
  wide,
  many,
  hostile,
  reread,
};

/** Larger than any report should be. */
export function huge(): JourneyResult {
  const base = bank();
  const findings = Array.from(
    { length: 5000 },
    (_, i): Finding => ({
      ...finding("constant", "costly", [`c${i}`, "x".repeat(500)], {
        fix: advice("y".repeat(800)),
        why: "z ".repeat(600),
        harm: harm(`huge ${i}`, 0.8, 0.79, 0.001),
      }),
      id: `f${i}`,
    }),
  );
  const usual = comparison();
  return withLedger({
    ...base,
    inferred: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}`, "because ".repeat(20)])),
    findings: { ...base.findings, findings },
    recipe: Array.from({ length: 10_000 }, (_, i) => ({ step: "drop", columns: `c${i} `.repeat(100), what: "leave out" })),
    comparison: {
      ...usual,
      importance: Array.from({ length: 10_000 }, (_, i) => ({ column: `c${i}`, drop: estimate(1 / (i + 1), 0.004, "boosting") })),
    },
    ledger: Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`id${i}`, "boosting on 20 columns"])),
  });
}
