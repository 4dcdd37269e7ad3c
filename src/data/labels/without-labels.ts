import type { Fix } from "../../core/finding.ts";
import type { Unrecorded } from "../../core/task.ts";

/** Nobody knows what the labels would be: the rows are left out. */
export function emptiedLabels(target: string, unknown: readonly string[], unrecorded: readonly Unrecorded[]): Fix {
  const part = unrecorded.length === 0 ? {} : { unrecorded };
  return {
    action: "steps",
    steps: [
      { op: "read-labels", target, spelt: {}, unknown, ...part },
      { op: "drop-unlabelled-rows", target },
    ],
  };
}

/** Of values of a target that would become missing, the same as labels. */
export function withoutLabels(target: string, fix: Fix): Fix {
  if (fix.action !== "steps") return fix;
  const values = fix.steps.flatMap((step) => (step.op === "null-out" && step.column === target ? step.values.map(String) : []));
  return values.length === 0 ? fix : emptiedLabels(target, values, []);
}
