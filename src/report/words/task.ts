import type { Json } from "../../core/json.ts";
import type { JourneyResult } from "../../core/verdict.ts";
import { listText } from "../plain.ts";

/** The column that is predicted, from the roles of the findings. */
export function targetOf({ findings }: JourneyResult): string | null {
  const target = fieldOf(findings.dataset.roles, "target");
  return typeof target === "string" ? target : null;
}

/** "binary: no or yes", "regression". */
export function taskText({ findings }: JourneyResult): string {
  const kind = fieldOf(findings.dataset.task, "kind");
  const classes = fieldOf(findings.dataset.task, "classes");
  const names = Array.isArray(classes) ? (classes as readonly Json[]).map((name) => `\`${String(name)}\``) : [];
  return `${typeof kind === "string" ? kind : "unknown"}${names.length > 0 ? `: ${listText(names, 8)}` : ""}`;
}

function fieldOf(value: Json, name: string): Json | undefined {
  return value !== null && typeof value === "object" && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, Json | undefined>>)[name]
    : undefined;
}
