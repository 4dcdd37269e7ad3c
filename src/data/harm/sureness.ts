import type { Sureness, Suspicion } from "../../core/finding.ts";
import { CONFIDENCE_MAP } from "./confidence-map.ts";
import { LIKELY } from "./ground.ts";

interface Judged extends Pick<Suspicion, "confidence"> {
  /** What the user said to its question. */
  readonly answer: string | null;
  /** By the answer it is no trap. */
  readonly rejected: boolean;
}

/** The one place where the evidence of a suspicion becomes the probability that its finding tells. It decides nothing: the audit acts by the strength. */
export function surenessOf({ confidence: strength, answer, rejected }: Judged): Sureness {
  if (rejected) return { confidence: 0, strength, stance: "asks" };
  return { confidence: answer === null ? probability(strength) : 1, strength, stance: strength >= LIKELY ? "acts" : "asks" };
}

/** A strength of 0 or 1 has no log odds. */
const CLEAREST = 0.98;

function probability(strength: number): number {
  const inside = Math.min(CLEAREST, Math.max(1 - CLEAREST, strength));
  const { intercept, slope } = CONFIDENCE_MAP;
  return 1 / (1 + Math.exp(-(intercept + slope * Math.log(inside / (1 - inside)))));
}
