import type { Finding, FindingsFile } from "../../src/core/finding.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { comparison, estimate, finding, harm, idOf, plan } from "./fixture-parts.ts";
import { proof } from "./fixture-proof.ts";

const drop = (...columns: string[]) => ({ action: "steps" as const, steps: [{ op: "drop" as const, columns }] });
const advice = (text: string) => ({ action: "advice" as const, text });

function findings(): Finding[] {
  return [
    finding("post-outcome", "blocker", ["duration"], {
      undo: "--undo post-outcome:duration",
      fix: drop("duration"),
      why: "`duration` may only be known once the outcome is: alone it reaches AUC 0.812. Durations of the event itself are written when it is over.",
      harm: harm("duration", 0.9412, 0.7903, 0.019),
      question: "At the moment of prediction, is the value of `duration` already written?",
      state: "mended",
    }),
    finding("time-leak", "blocker", [], {
      fix: { action: "split", split: { policy: "blocks", by: null, folds: 5 } },
      why: "Rows next to each other in the file resemble each other (z 14). The nearest rows judge a row with an error of 0.081 when its neighbours in that order may help and 0.094 when they may not, so a random split would claim too much.",
      harm: harm("split", 0.8011, 0.7903, 0.006),
      question: "Do the rows stand in the order in which they happened?",
      state: "mended",
    }),
    finding("sentinel", "harmful", ["pdays"], {
      fix: {
        action: "steps",
        steps: [
          { op: "null-out", column: "pdays", values: [999] },
          { op: "missing-indicator", columns: ["pdays"] },
        ],
      },
      why: "999 in `pdays` stands far from all other values and fills 96.1 % of the rows: it says that there was no earlier contact.",
      harm: harm("pdays", 0.7841, 0.7903, 0.004),
      rows: 3959,
      state: "mended",
    }),
    finding("null-spelling", "costly", ["job", "marital", "education", "default", "housing", "loan"], {
      fix: { action: "steps", steps: [{ op: "null-out", column: "default", values: ["unknown"] }] },
      why: '`job`, `marital`, `education` and 3 more hold "unknown" in 1,230 rows (29.9 %): it says that the value is missing, but is read as a category of its own.',
      harm: harm("unknown", 0.7903, 0.7899, 0.003),
      question: 'Does "unknown" mean that nobody asked?',
      rows: 1230,
    }),
    finding("imbalance", "costly", ["y"], {
      fix: { action: "metric", metric: "auc" },
      why: '10.9 % of the rows are "yes": always answering "no" has an accuracy of 89.1 %. Judged by ROC AUC instead.',
      state: "mended",
    }),
    finding("derived-column", "costly", ["previous", "poutcome"], {
      fix: advice("Keep one of them, or nothing: trees do not mind."),
      why: '`poutcome` is "nonexistent" exactly where `previous` is 0.',
      harm: harm("previous", 0.7903, 0.7896, 0.003),
    }),
    finding("multicollinear", "costly", ["emp.var.rate", "euribor3m", "nr.employed"], {
      fix: advice("Do not read the weights of a linear model one by one."),
      why: "`emp.var.rate`, `euribor3m` and `nr.employed` move together (correlation at least 0.91).",
      harm: harm("collinear", 0.7903, 0.7891, 0.004),
    }),
    finding("conflicting-label", "costly", [], {
      fix: advice("No model can be right on these rows: the score has a ceiling."),
      why: "38 rows (0.9 %) have the same features as another row and a different answer.",
      rows: 38,
    }),
    finding("covariate-shift", "costly", ["nr.employed"], {
      fix: advice("Train again when the economy changes."),
      why: "The last fifth of the rows comes from another economy: `nr.employed` falls from 5,191 to 5,008.",
    }),
    finding("missingness-leak", "costly", ["default"], {
      fix: advice("Ask how the value gets filled in."),
      why: "Whether `default` is known tells the target: alone it reaches AUC 0.561.",
      harm: harm("default", 0.7903, 0.789, 0.002),
      question: "Is `default` filled in before the outcome is known, in the same way for all rows?",
      answer: "before",
    }),
    finding("near-constant", "cosmetic", ["default"], {
      fix: advice("Nothing to do."),
      why: "`default` has one value in at least 99.9 % of the rows, and the target is no different in the other rows.",
    }),
    finding("duplicate-row", "cosmetic", [], {
      fix: { action: "steps", steps: [{ op: "drop-duplicate-rows", ignoring: [] }] },
      why: "0 of 4,119 rows repeat an earlier row in every column; without `duration` 12 do.",
      rows: 12,
    }),
    finding("hidden-duplicate", "cosmetic", ["duration"], {
      fix: advice("Nothing to do."),
      why: "12 rows (0.3 %) repeat an earlier row in every column but `duration`.",
      rows: 12,
    }),
    finding("skewed", "cosmetic", ["campaign"], {
      fix: advice("Trees do not mind; the linear model scales it."),
      why: "The largest value of `campaign` is 35, half of the rows have at most 2.",
      harm: harm("campaign", 0.7903, 0.7903, 0.001),
    }),
    finding("scale", "cosmetic", ["nr.employed", "euribor3m"], {
      fix: { action: "steps", steps: [{ op: "scale", columns: ["nr.employed", "euribor3m"], method: "standard" }] },
      why: "`nr.employed` is 1,400 times larger than `euribor3m`.",
    }),
    finding("outlier", "cosmetic", ["campaign"], {
      fix: advice("Nothing to do."),
      why: "9 rows lie far from all others in `campaign`.",
      rows: 9,
    }),
    finding("dialect", "cosmetic", [], {
      fix: advice("Write the file without quotes around whole lines."),
      why: "Each line is one quoted cell that holds the real line; it was read as such.",
      state: "mended",
    }),
    finding("code-as-number", "cosmetic", ["previous"], { fix: advice("Nothing to do."), why: "`previous` has 7 different values." }),
    finding("irregular-time", "cosmetic", ["month"], {
      fix: advice("Keep the year: without it a month cannot be ordered."),
      why: "`month` jumps from dec to mar; there is no year.",
      question: "Which years do the rows come from?",
      confidence: 0.74,
      stance: "asks",
    }),
    finding("too-few-rows", "cosmetic", [], {
      fix: advice("Collect more rows with the rarer answer."),
      why: "451 rows of the rarer class for 20 columns: 22 per column.",
    }),
  ];
}

export function findingsFile(): FindingsFile {
  return {
    schema: "oldhand/findings/1",
    unchecked: [],
    dataset: {
      rows: 4119,
      columns: 21,
      version: "9f3b1c20aa51d07e",
      roles: {
        target: "y",
        features: ["age", "job"],
        ids: [],
        group: null,
        time: null,
        weight: null,
        ignored: ["duration"],
        meanings: {},
        why: {},
      },
      task: { kind: "binary", classes: ["no", "yes"] },
      metric: "auc",
      split: {
        passedOver: null,
        policy: "blocks",
        by: null,
        why: "neighbouring rows resemble each other (z 14) and there is no time column",
        gap: { metric: "auc", random: estimate(0.8011, 0.0126, "split claimed"), proposed: estimate(0.7903, 0.017, "boosting") },
      },
    },
    findings: findings(),
  };
}

function ledgerOf(result: Omit<JourneyResult, "ledger">): Record<string, string> {
  const ids = new Set<string>(["chosen", "curve 206"].map(idOf));
  JSON.stringify(result, (key, value) => {
    if (key === "experiments" && Array.isArray(value)) for (const id of value) ids.add(String(id));
    return value as unknown;
  });
  return Object.fromEntries(
    [...ids].map((id, i) => [id, `boosting on ${20 - (i % 3)} columns, blocks split, 5 folds: auc 0.${700 + ((i * 37) % 200)}`]),
  );
}

/** The journey on a table like UCI Bank Marketing, as a run would write it. */
export function bank(): JourneyResult {
  const result: Omit<JourneyResult, "ledger"> = {
    schema: "oldhand/run/1",
    version: "0.1.0",
    created: "2026-11-23T18:20:05.000Z",
    command: "oldhand run examples/bank-marketing/bank-additional.csv --target y",
    dataset: {
      name: "bank-additional.csv",
      version: "9f3b1c20aa51d07e",
      rows: 4119,
      columns: 21,
      notes: [
        "Each line was one quoted cell that holds the real line; the quotes were taken off.",
        "The delimiter is a comma, decimals have a point.",
      ],
      sample: null,
    },
    kind: "tabular",
    seed: 1,
    threads: 2,
    budgetMs: null,
    inferred: {
      task: "binary: `y` has 2 values",
      positive: '"yes" is the rarer class',
      metric: "ROC AUC: the classes are unequal and no costs of mistakes were given",
      split: "blocks: neighbouring rows resemble each other (z 14) and there is no time column",
    },
    findings: findingsFile(),
    recipe: [
      { step: "drop", columns: "duration", what: "leave out" },
      { step: "null-out", columns: "pdays", what: "read 999 as missing" },
      { step: "missing-indicator", columns: "pdays", what: "add a column that says whether the value is missing" },
      {
        step: "encode",
        columns: "job, marital, education, default, housing, loan, contact, month and 2 more",
        what: "number the levels; levels with fewer than 10 training rows count as one",
      },
    ],
    comparison: comparison(),
    whyNoModel: null,
    training: { rows: 4119, loadedRows: 4119, of: 4119, why: null },
    plan: plan(),
    proof: proof(),
    verdict: {
      decision: "go",
      headline:
        "Go. Boosted trees, 12 leaves reaches ROC AUC 0.790 [0.773, 0.807] on rows it has not seen, 0.061 [0.040, 0.082] better than the best simple rule.",
      reasons: [
        "Even a blind choice among the 6 models tried beats the best baseline (rule on one column), by 0.058 [0.037, 0.079] ROC AUC (p 0.004): the gain is not the luck of trying many.",
        "Boosted trees, 4 leaves has the best mean score, but by no more than one standard error (0.004 [-0.004, 0.012]): the simpler model wins.",
        '"duration" was left out: with it the score would claim 0.941, honest is 0.790 [0.773, 0.807].',
        "A random split would have claimed 0.801; split by blocks it is 0.790 [0.773, 0.807].",
      ],
      next: [
        "Answer: At the moment of prediction, is the value of `duration` already written?",
        "Answer: Do the rows stand in the order in which they happened?",
        "Train again when the economy changes.",
      ],
    },
    times: [
      { stage: "data", tookMs: 14_200, experiments: 18, reused: 2 },
      { stage: "model", tookMs: 31_900, experiments: 8, reused: 1 },
      { stage: "scale", tookMs: 16_400, experiments: 9, reused: 0 },
      { stage: "production", tookMs: 3_100, experiments: 1, reused: 0 },
    ],
  };
  return { ...result, ledger: ledgerOf(result) };
}

export function withLedger(result: JourneyResult): JourneyResult {
  return { ...result, ledger: { ...result.ledger, ...ledgerOf(result) } };
}
