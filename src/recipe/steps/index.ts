import type { RecipeStep } from "../../core/recipe.ts";
import type { OnnxColumn, OnnxStepContext, StepKind, StepTraining } from "../step.ts";
import type { StepColumn, Table } from "../table.ts";
import { clip, type FittedClip } from "./clip.ts";
import { convertUnit, type FittedConvertUnit } from "./convert-unit.ts";
import { dateParts, type FittedDateParts } from "./date-parts.ts";
import { daysBetween, type FittedDaysBetween } from "./days-between.ts";
import { drop, type FittedDrop } from "./drop.ts";
import { encode, type FittedEncode } from "./encode.ts";
import { type FittedFill, fill } from "./fill.ts";
import { type FittedImpute, impute } from "./impute.ts";
import { type FittedLog, log } from "./log.ts";
import { type FittedMap, mapLevels } from "./map.ts";
import { type FittedMissingIndicator, missingIndicator } from "./missing-indicator.ts";
import { type FittedNullOut, nullOut } from "./null-out.ts";
import { type FittedScale, scale } from "./scale.ts";
import { type FittedSplitNumbers, splitNumbers } from "./split-numbers.ts";
import { type FittedText, text } from "./text.ts";
import { type FittedToCategory, toCategory } from "./to-category.ts";
import { type FittedToDate, toDate } from "./to-date.ts";
import { type FittedToNumber, toNumber } from "./to-number.ts";

/** What a step learned: plain JSON. */
export type FittedStep =
  | FittedDrop
  | FittedNullOut
  | FittedMap
  | FittedToNumber
  | FittedSplitNumbers
  | FittedToCategory
  | FittedToDate
  | FittedConvertUnit
  | FittedFill
  | FittedDateParts
  | FittedDaysBetween
  | FittedText
  | FittedMissingIndicator
  | FittedImpute
  | FittedEncode
  | FittedScale
  | FittedClip
  | FittedLog;

/** Steps that change columns; the others take rows away. */
export type ColumnStep = Extract<RecipeStep, { op: FittedStep["op"] }>;

const KINDS: { readonly [Op in FittedStep["op"]]: StepKind<Extract<ColumnStep, { op: Op }>, Extract<FittedStep, { op: Op }>> } = {
  drop,
  "null-out": nullOut,
  map: mapLevels,
  "to-number": toNumber,
  "split-numbers": splitNumbers,
  "to-category": toCategory,
  "to-date": toDate,
  "convert-unit": convertUnit,
  fill,
  "date-parts": dateParts,
  "days-between": daysBetween,
  text,
  "missing-indicator": missingIndicator,
  impute,
  encode,
  scale,
  clip,
  log,
};

/** The compiler cannot see that a step and its kind have the same op. */
function kindOf(op: FittedStep["op"]): StepKind<ColumnStep, FittedStep> {
  return KINDS[op] as unknown as StepKind<ColumnStep, FittedStep>;
}

export function fitStep(step: ColumnStep, table: Table<StepColumn>, training: StepTraining): FittedStep {
  return kindOf(step.op).fit(step, table, training);
}

export function applyStep(fitted: FittedStep, table: Table<StepColumn>): void {
  kindOf(fitted.op).apply(fitted, table);
}

export function applyStepInTraining(fitted: FittedStep, table: Table<StepColumn>, training: StepTraining): void {
  const kind = kindOf(fitted.op);
  if (kind.applyTraining === undefined) kind.apply(fitted, table);
  else kind.applyTraining(fitted, table, training);
}

export function stepToOnnx(fitted: FittedStep, table: Table<OnnxColumn>, context: OnnxStepContext): void {
  kindOf(fitted.op).toOnnx(fitted, table, context);
}
