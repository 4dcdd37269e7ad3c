import { decisionRule, servedThreshold } from "../../core/decision-rule.ts";
import type { Json } from "../../core/json.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";

/** What is said of the model beside its answers. */
export interface ServedVerdict {
  readonly decision: "go" | "no-go" | "unknown";
  readonly why: string;
}

/** What a caller must know: fields with types, levels and ranges, and a request that works. */
export function metadataOf(scorer: Scorer, mostRows: number): Readonly<Record<string, Json>> {
  const { name, label, version, task, inputs } = scorer;
  return {
    name,
    label,
    version,
    task: task.kind,
    classes: task.kind === "regression" ? null : task.classes,
    positive: task.kind === "binary" ? task.classes[1] : null,
    threshold: servedThreshold(scorer),
    decisionRule: decisionRule(scorer),
    maxRows: mostRows,
    inputs: inputs as unknown as Json,
    example: exampleOf(inputs),
  };
}

/** A record of training values. */
export function exampleOf(inputs: readonly InputField[]): Record<string, string | number | null> {
  return Object.fromEntries(inputs.map(({ name, example }) => [name, example]));
}
