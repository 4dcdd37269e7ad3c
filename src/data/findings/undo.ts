import type { Finding } from "../../core/finding.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { Task } from "../../core/task.ts";

/**
 * Options of a command that take back what was mended: `--undo` of `prepare` leaves steps out of the recipe, `--split` and `--metric` judge as would have been
 * done without the finding. null where nothing was mended, or where it was done as the file was read.
 */
export function undoOf({ id, state, fix }: Pick<Finding, "id" | "state" | "fix">, { kind }: Task): string | null {
  if (state !== "mended") return null;
  switch (fix.action) {
    case "steps":
      return `--undo ${shellWord(id)}`;
    case "split":
      return `--split ${kind === "regression" ? "random" : "stratified"}`;
    case "metric":
      return "--metric accuracy";
    case "reading":
    case "advice":
      return null;
    default:
      return fix satisfies never;
  }
}
