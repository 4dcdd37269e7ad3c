import type { GateResult, Proof, RubricSection } from "../../src/core/proof.ts";
import { estimate } from "./fixture-parts.ts";

const SLICES = [
  ["contact = telephone", 1467, 0.719, 0.031],
  ["month = may", 1378, 0.731, 0.034],
  ["poutcome = failure", 454, 0.742, 0.058],
  ["age 47 to 88", 1021, 0.774, 0.034],
  ["job = technician", 691, 0.781, 0.046],
  ["education = university.degree", 1264, 0.792, 0.029],
] as const;

export function gates(): GateResult[] {
  const gate = (
    id: string,
    title: string,
    status: GateResult["status"],
    why: string,
    rubric: readonly string[],
    more: Partial<GateResult> = {},
  ): GateResult => ({
    gate: id,
    title,
    status,
    why,
    measured: null,
    cites: [],
    evidence: {},
    rubric,
    tookMs: 12,
    ...more,
  });
  return [
    gate("beats-baseline", "Beats the baseline", "passed", "0.061 [0.040, 0.082] better than the best simple rule.", ["M5"], {
      measured: estimate(0.061, 0.021, "boosting", "one-column-rule"),
    }),
    gate("no-open-blocker", "No blocker is open", "passed", "2 blockers were found, both are mended.", ["D4"]),
    gate(
      "calibration",
      "Probabilities are calibrated",
      "passed",
      "Spiegelhalter's z has p 0.34; the mean gap is 0.6 %, recalibration would win back 3 %.",
      [],
      {
        measured: estimate(0.002, 0.006, "boosting"),
      },
    ),
    gate(
      "worst-slice",
      "No part of the rows is left behind",
      "passed",
      "The weakest of 118 parts is `contact` = telephone: 0.719 [0.688, 0.750] against 0.790 on all rows.",
      ["M6"],
      {
        measured: estimate(0.719, 0.031, "boosting"),
        evidence: {
          whole: 0.79,
          slices: SLICES.map(([name, rows, value, half]) => ({ name, rows, value, low: value - half, high: value + half })),
        },
      },
    ),
    gate(
      "robustness-missing",
      "Answers when values are missing",
      "passed",
      "Every answer is finite with any one column missing. With 10 % of the cells missing ROC AUC is 0.771, the simple rule's 0.702: gain 0.069 [0.040, 0.098].",
      ["D7"],
      {
        measured: estimate(0.069, 0.029, "boosting", "one-column-rule"),
        cites: [estimate(0.771, 0.02, "linear"), estimate(0.702, 0.02, "one-column-rule")],
      },
    ),
    gate(
      "robustness-unknown",
      "Answers unknown categories",
      "passed",
      "400 rows with unknown categories and extreme numbers: all answers finite.",
      ["O5"],
    ),
    gate("parity", "Serving gives what training gave", "passed", "Native, ONNX and record by record agree within 3e-8 on 4,119 rows.", [
      "O3",
    ]),
    gate("reproducible", "Training again gives the same model", "passed", "The second training has the same hash.", ["I1"]),
    gate("latency", "Fast enough", "passed", "p99 of one row is 0.071 ms; allowed are 50 ms.", ["O6"]),
    gate("drift-ready", "Reference for drift is stored", "skipped", "No reference was written: it needs a run with --test.", []),
  ];
}

const RUBRIC: Readonly<Record<RubricSection["section"], readonly string[]>> = {
  data: [
    "Expectations are in a schema",
    "All features are useful",
    "No feature costs too much",
    "Meta-level requirements",
    "Privacy controls",
    "New features are quick to add",
    "Feature code is tested",
  ],
  model: [
    "Specs are reviewed",
    "Offline and online metrics correlate",
    "Hyperparameters are tuned",
    "Staleness is known",
    "A simpler model is not better",
    "Quality on slices",
    "Inclusion",
  ],
  infrastructure: [
    "Training is reproducible",
    "Model spec is tested",
    "Pipeline is tested",
    "Quality before serving",
    "Debuggable",
    "Canary",
    "Rollback",
  ],
  monitoring: [
    "Dependency changes notify",
    "Data invariants hold",
    "No training/serving skew",
    "Models are not too stale",
    "Numerically stable",
    "Speed has not regressed",
    "Quality has not regressed",
  ],
};

export function proof(): Proof {
  const automatic = new Set(["D1", "D2", "D4", "D7", "M3", "M5", "M6", "I1", "I3", "I4", "O3", "O5", "O6"]);
  const letter = { data: "D", model: "M", infrastructure: "I", monitoring: "O" } as const;
  const sections = (Object.keys(RUBRIC) as RubricSection["section"][]).map((section): RubricSection => {
    const tests = RUBRIC[section].map((title, i) => {
      const id = `${letter[section]}${i + 1}`;
      return {
        id,
        title,
        score: automatic.has(id) ? (1 as const) : (0 as const),
        by: automatic.has(id) ? "a gate of this run" : "nobody yet",
      };
    });
    return { section, score: tests.reduce((sum, { score }) => sum + score, 0), tests };
  });
  return { schema: "oldhand/proof/1", gates: gates(), rubric: { score: 3, sections, reading: "reasonably tested" } };
}
