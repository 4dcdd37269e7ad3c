import type { Estimate } from "./estimate.ts";
import type { Json } from "./json.ts";

export interface GateResult {
  /** Stable id, e.g. "beats-baseline". */
  readonly gate: string;
  readonly title: string;
  /**
   * failed stops the release. undecided: it ran, and its interval holds both answers. not-run: the budget ended before it was done, or was foreseen to, so that nothing is proved. skipped: the rows at hand do not allow it; why says so.
   * A gate that has nothing to test in this model passes and says so.
   */
  readonly status: "passed" | "failed" | "undecided" | "not-run" | "skipped";
  /** One plain sentence with the measured numbers. */
  readonly why: string;
  readonly measured: Estimate | null;
  /** Other estimates that the sentence gives. What else it says of scores comes from the experiments of `measured`. */
  readonly cites: readonly Estimate[];
  readonly evidence: Readonly<Record<string, Json>>;
  /** Tests of the ML Test Score (Breck et al. 2017) that this gate runs, e.g. ["M5"]. */
  readonly rubric: readonly string[];
  readonly tookMs: number;
}

export interface RubricSection {
  readonly section: "data" | "model" | "infrastructure" | "monitoring";
  /** 0..7: 1 per test run automatically here. */
  readonly score: number;
  readonly tests: readonly { readonly id: string; readonly title: string; readonly score: 0 | 1; readonly by: string }[];
}

/** Stage 4. `proof.json`, `proof.junit.xml`. */
export interface Proof {
  readonly schema: "oldhand/proof/1";
  readonly gates: readonly GateResult[];
  readonly rubric: { readonly score: number; readonly sections: readonly RubricSection[]; readonly reading: string };
}
