import type { Severity } from "../../core/finding.ts";
import { CHANCE, type Copies } from "./copies.ts";

/** From this share of copied rows a score that is perfect on them and 0.75 elsewhere is off by 0.025 or more. */
const LIE = 0.1;
/** Below this share no score can move by more than its second decimal. */
const HARMLESS = 0.01;

/** Probability that equal rows are copies: the share of them that chance does not explain. Without pairs in the sample: undecided. */
export function copyConfidence(copies: Copies): number {
  if (copies.pairs === 0) return 0.5;
  return Math.min(copies.p > CHANCE ? 0.4 : 0.97, Math.max(0.1, copies.share));
}

/** How bad copies are at worst. Rows that agree by chance are part of the population and do no harm. */
export function copySeverity(share: number, confidence: number): Severity {
  if (confidence < 0.5 || share < HARMLESS) return "cosmetic";
  return share >= LIE ? "blocker" : "harmful";
}
