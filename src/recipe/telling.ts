import type { FittedStep } from "./steps/index.ts";

/** The raw columns, and those that tell a step in which rows it changes one of them. */
export function withTelling(read: readonly string[], steps: readonly FittedStep[]): ReadonlySet<string> {
  const needed = new Set(read);
  for (const step of steps) if (step.op === "convert-unit" && "by" in step && needed.has(step.column)) needed.add(step.by.column);
  return needed;
}
