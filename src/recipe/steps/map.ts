import type { RecipeStep } from "../../core/recipe.ts";
import { byText, onceFor, renameLevels } from "../levels.ts";
import { replaceTexts } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";
import { isLevelColumn } from "../table.ts";

/** All renames happen at once. A name mapped to "" becomes missing. */
export interface FittedMap {
  readonly op: "map";
  readonly column: string;
  readonly renames: readonly (readonly [from: string, to: string])[];
}

const targetsOf = onceFor((renames: FittedMap["renames"]) => new Map(renames));

export const mapLevels: StepKind<Extract<RecipeStep, { op: "map" }>, FittedMap> = {
  fit: ({ column, mapping }) => ({
    op: "map",
    column,
    renames: Object.entries(mapping)
      .filter(([from, to]) => from !== "" && from !== to)
      .sort(([a], [b]) => byText(a, b)),
  }),
  apply: ({ column: name, renames }, table) => {
    const column = table.columns.get(name);
    if (!isLevelColumn(column)) return;
    const to = targetsOf(renames);
    table.columns.set(
      name,
      renameLevels(column, (level) => to.get(level) ?? level),
    );
  },
  toOnnx: ({ column: name, renames }, table, { graph }) => {
    const column = table.columns.get(name);
    if (column?.type !== "text") return;
    table.columns.set(name, { type: "text", tensor: replaceTexts(graph, column.tensor, new Map(renames)) });
  },
};
