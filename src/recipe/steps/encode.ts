import type { RecipeStep } from "../../core/recipe.ts";
import { countLevels, keepLevels } from "../levels.ts";
import type { OnnxColumn, OnnxStepContext, StepKind, StepTraining } from "../step.ts";
import { isLevelColumn, type LevelColumn, type StepColumn, type Table } from "../table.ts";
import { applyCodes, codesToOnnx, type FittedCodes } from "./encode-codes.ts";
import { applyOneHot, type FittedOneHot, fitOneHot, oneHotToOnnx } from "./encode-one-hot.ts";
import { applyTargetMean, applyTargetMeanOutOfFold, type FittedTargetMean, fitTargetMean, targetMeanToOnnx } from "./encode-target-mean.ts";

export type FittedEncoding = FittedCodes | FittedOneHot | FittedTargetMean;

export interface FittedEncode {
  readonly op: "encode";
  readonly columns: readonly FittedEncoding[];
}

type EncodeStep = Extract<RecipeStep, { op: "encode" }>;

export const encode: StepKind<EncodeStep, FittedEncode> = {
  fit: (step, table, training) => ({
    op: "encode",
    columns: [...new Set(step.columns)].flatMap((name) => {
      const column = table.columns.get(name);
      return isLevelColumn(column) ? [fitColumn(step, name, column, table, training)] : [];
    }),
  }),
  apply: ({ columns }, table) => forEachColumn(columns, table, (fitted, column) => applyColumn(fitted, column, table)),
  applyTraining: ({ columns }, table, training) =>
    forEachColumn(columns, table, (fitted, column) => {
      if (fitted.method === "target-mean") applyTargetMeanOutOfFold(fitted, column, table, training);
      else applyColumn(fitted, column, table);
    }),
  toOnnx: ({ columns }, table, context) => {
    for (const fitted of columns) {
      const column = table.columns.get(fitted.column);
      if (column?.type === "text") columnToOnnx(fitted, column, table, context);
    }
  },
};

function fitColumn(step: EncodeStep, name: string, column: LevelColumn, table: Table<StepColumn>, training: StepTraining): FittedEncoding {
  const kept = { column: name, ...keepLevels(countLevels(column), step.minCount, Math.max(1, step.maxLevels)) };
  if (step.method === "codes") return { method: "codes", ...kept };
  if (step.method === "one-hot") return fitOneHot(kept, table.columns);
  return fitTargetMean(kept, column, table.columns, training);
}

function forEachColumn(
  columns: readonly FittedEncoding[],
  table: Table<StepColumn>,
  act: (fitted: FittedEncoding, column: LevelColumn) => void,
): void {
  for (const fitted of columns) {
    const column = table.columns.get(fitted.column);
    if (isLevelColumn(column)) act(fitted, column);
  }
}

function applyColumn(fitted: FittedEncoding, column: LevelColumn, table: Table<StepColumn>): void {
  if (fitted.method === "codes") applyCodes(fitted, column, table);
  else if (fitted.method === "one-hot") applyOneHot(fitted, column, table);
  else applyTargetMean(fitted, column, table);
}

function columnToOnnx(fitted: FittedEncoding, column: OnnxColumn, table: Table<OnnxColumn>, { graph }: OnnxStepContext): void {
  if (fitted.method === "codes") codesToOnnx(fitted, column, table, graph);
  else if (fitted.method === "one-hot") oneHotToOnnx(fitted, column, table, graph);
  else targetMeanToOnnx(fitted, column, table, graph);
}
