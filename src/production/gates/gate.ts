import type { Frame } from "../../core/column.ts";
import type { Comparison } from "../../core/comparison.ts";
import type { Estimate } from "../../core/estimate.ts";
import type { Finding } from "../../core/finding.ts";
import type { Judged, Metric } from "../../core/metric.ts";
import type { Latency } from "../../core/plan.ts";
import type { GateResult } from "../../core/proof.ts";
import type { Scorer } from "../../core/scorer.ts";
import type { Spoiling } from "../../core/spoil.ts";

/** The same rows answered twice, rows x outputs, row-major. */
export interface Parity {
  readonly native: Float64Array;
  readonly other: Float64Array;
  readonly rows: number;
}

/** Scores on the same held-out rows, spoilt in the same way. */
export interface SpoiltScores {
  readonly model: Estimate;
  readonly rule: Estimate;
  /** Paired, positive = the model is better. */
  readonly gain: Estimate;
}

/** A test of the ML Test Score that was done outside the gates, and what did it. */
export interface RubricEntry {
  /** e.g. "D2". */
  readonly test: string;
  readonly by: string;
}

/** What a kind of problem gives to the gates. */
export interface GateContext {
  readonly comparison: Comparison;
  readonly findings: readonly Finding[];
  /** The model as it is shipped. */
  readonly scorer: Scorer;
  /** Raw columns of labelled rows. */
  readonly frame: Frame;
  /** Raw columns after the repairs that learn nothing: as the model reads them, so that what a repair reads as missing is missing. */
  readonly mended: (frame: Frame) => Frame;
  /** Truth, weight and honest outputs of the rows of `frame`: out of fold, calibrated by other folds. Which fold answered: `answeredBy`. */
  readonly judged: Judged;
  /** Ids of the experiments that `judged` comes from. */
  readonly experiments: readonly string[];
  /** Unit of each row when rows are not independent: its entity, or its block of a period; negative = the row stands alone. Null = rows are independent. */
  readonly groups: Int32Array | null;
  readonly metric: Metric;
  /** Native against exported model on the same rows. */
  readonly parity: () => Promise<Parity>;
  /** Content hashes of two trainings with the same data, choice and seed; `on` says what both were trained on. */
  readonly repeatTraining: () => Promise<{ readonly first: string; readonly again: string; readonly on: string }>;
  /** Answers to single rows, timed; null = not measured. */
  readonly latency: Latency | null;
  /** The chosen candidate against the best simple rule, both on held-out rows of which cells were spoilt; null without a simple rule beside it. */
  readonly spoilt: (spoiling: Spoiling) => Promise<SpoiltScores | null>;
  readonly latencyBudgetMs: number;
  readonly seed: number;
  /** Aborted with Cancelled when the user stops. */
  readonly signal?: AbortSignal | null;
  /** Called before each gate. */
  readonly onGate?: (title: string, done: number, planned: number) => void;
  /** Tests of the ML Test Score that the journey ran elsewhere. */
  readonly ran?: readonly RubricEntry[];
}

export type GateVerdict = Omit<GateResult, "gate" | "title" | "rubric" | "tookMs">;

/** A test that a model must pass before release. It changes nothing that it is given; the same context gives the same verdict. */
export interface Gate {
  readonly gate: string;
  readonly title: string;
  /** Tests of the ML Test Score that it runs. */
  readonly rubric: readonly string[];
  run(context: GateContext): Promise<GateVerdict>;
}

type Detail = Partial<Pick<GateVerdict, "measured" | "cites" | "evidence">>;

export function judgedBy(isPassed: boolean, why: string, { measured = null, cites = [], evidence = {} }: Detail = {}): GateVerdict {
  return { status: isPassed ? "passed" : "failed", why, measured, cites, evidence };
}

/** It ran, and what it measured holds both answers within its interval. */
export function undecided(why: string, { measured = null, cites = [], evidence = {} }: Detail = {}): GateVerdict {
  return { status: "undecided", why, measured, cites, evidence };
}

export function skipped(why: string): GateVerdict {
  return { status: "skipped", why, measured: null, cites: [], evidence: {} };
}
