import type { FindingsFile } from "./finding.ts";

/** Said where the time of the rows is known: it orders them, and no model is given it. null without one. */
export function timeOfRowsSentence({ dataset: { roles } }: FindingsFile): string | null {
  if (roles === null || typeof roles !== "object" || Array.isArray(roles)) return null;
  const { time, features } = roles as { readonly time?: unknown; readonly features?: unknown };
  if (typeof time !== "string" || (Array.isArray(features) && features.includes(time))) return null;
  return `\`${time}\` is the time of the rows and no feature: no model is given it. Where its hour, weekday or month may tell, give these as columns of their own.`;
}
