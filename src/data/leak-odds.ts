import { associationsOf, zThreshold } from "./associations.ts";
import type { AuditContext } from "./check.ts";

/** Log odds of a share, with the ends held off infinity. */
export function logit(share: number): number {
  const held = Math.max(1e-4, Math.min(1 - 1e-4, share));
  return Math.log(held / (1 - held));
}

export function fromLogit(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** z that a feature must pass, rising with the number of features. */
export function featureThreshold(context: AuditContext): number {
  return zThreshold(context.roles.features.length);
}

/**
 * How far a feature stands out: log odds of its score over those of the best other feature. A value that knows the outcome tells more
 * than honest ones do; where honest columns tell much, several of them do. 0 when they are equal, positive when it is the best.
 */
export function standsOut(context: AuditContext, name: string): number {
  const associations = associationsOf(context);
  const own = associations.get(name)?.score ?? 0.5;
  const others = context.roles.features.filter((other) => other !== name).map((other) => associations.get(other)?.score ?? 0.5);
  return logit(own) - logit(Math.max(0.5, ...others.slice(0, 20_000)));
}

/** The question that only a person can answer. */
export function knownQuestion(name: string): string {
  return `At the moment of prediction, is the value of "${name}" already written?`;
}
