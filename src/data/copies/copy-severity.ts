import type { Choices, Severity, Suspicion } from "../../core/finding.ts";
import { LIKELY } from "../harm/ground.ts";
import { CHANCE, type Copies } from "./copies.ts";

/** From this share of copied rows a score that is perfect on them and 0.75 elsewhere is off by 0.025 or more. */
const LIE = 0.1;
/** Below this share no score can move by more than its second decimal. */
export const HARMLESS = 0.01;
/** Below LIKELY: nothing is removed unasked. */
const ASKED = 0.4;

export const TWICE = "Are these rows the same thing recorded twice, or different things that are alike?";
/** Why nothing is removed unasked. */
export const ALIKE =
  "They are more than chance explains, but no column has so many values that different things seldom share one: they may be alike by habit, and are kept.";
export const COPIES_OR_ALIKE: Choices = ["copies", "alike"];

/**
 * Equal pairs that chance would bring about more often than this are no sign of copies where a column tells different things apart. Asked for beside at least half of
 * the pairs above the 95 % limit of chance. Over drawn tables without a copy
 * (bench/quality/copies.ts) rows are then removed in 0.3 % of them, with
 * CHANCE in 0.1 %, which finds 16 % of the tables with 1 % of copies instead of 25 %, and 47 % of those with 10 % instead of 57 %.
 */
const CHANCE_MEASURED = 0.01;

/** So many equal pairs are no sign of copies. */
export function isChance({ p, measured }: Copies): boolean {
  return p > (measured ? CHANCE_MEASURED : CHANCE);
}

/** Chance explains the equal rows that were seen: nothing is to be mended or asked, and they stay where they are. */
export function isExplained(copies: Copies): boolean {
  return copies.pairs > 0 && isChance(copies);
}

export const LEFT_ALONE: Pick<Suspicion, "fix" | "counterfactual" | "unmeasured" | "question"> = {
  fix: { action: "advice", text: "Keep these rows: new ones will be alike as well." },
  counterfactual: null,
  unmeasured: "Rows that are alike by chance will be so in new data too: the score with them is the honest one.",
  question: null,
};

/** Probability that equal rows are copies: the share of them that chance does not explain. Without pairs in the sample: undecided. */
export function copyConfidence(copies: Copies): number {
  const most = copies.measured ? 0.97 : ASKED;
  if (copies.pairs === 0) return Math.min(0.5, most);
  return Math.min(isChance(copies) ? ASKED : most, Math.max(0.1, copies.share));
}

/** More equal rows than chance explains, but no column that tells different things apart: only a person knows. */
export function isUndecided(copies: Copies): boolean {
  return !copies.measured && (copies.pairs === 0 || (!isChance(copies) && copies.share >= LIKELY));
}

/** A question where rows are removed, so that they can be kept, and where statistics cannot decide. */
export function copyQuestion(copies: Copies): string | null {
  return copyConfidence(copies) >= LIKELY || isUndecided(copies) ? TWICE : null;
}

/** How bad copies are at worst. Rows that agree by chance are part of the population and do no harm. */
export function copySeverity(share: number, confidence: number, undecided = false): Severity {
  if ((confidence < LIKELY && !undecided) || share < HARMLESS) return "cosmetic";
  return share >= LIE ? "blocker" : "harmful";
}
