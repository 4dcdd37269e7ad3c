import type { Frame } from "../core/column.ts";
import { isTableStep, type Recipe } from "../core/recipe.ts";
import type { InputField } from "../core/scorer.ts";
import type { Task } from "../core/task.ts";
import type { AmountWriting } from "../core/written-amount.ts";
import { createFittedRecipe, type FeatureInfo, type FittedRecipeJson, matrixOf, type TrainedRecipe } from "./fitted.ts";
import { describeInput, TEXT_EXAMPLE } from "./inputs.ts";
import { byText } from "./levels.ts";
import { rawColumn } from "./raw-column.ts";
import type { StepTraining } from "./step.ts";
import { applyStepInTraining, type ColumnStep, type FittedStep, fitStep } from "./steps/index.ts";
import { createTable, isLevelColumn, type LevelColumn, type NumberColumn, type StepColumn, type Table } from "./table.ts";
import { withTelling } from "./telling.ts";
import { type TextDates, textDatesOf } from "./text-dates.ts";

/** Class index or value for each row of the frame; only training rows are looked at. */
export interface RecipeTarget {
  readonly values: Float64Array;
  readonly task: Task;
}

/**
 * Fits the column steps on the rows `trainRows` of the frame. All other rows are cut away first, so nothing can be learned from them. The frame
 * holds the columns offered as features and no target. Row steps are passed over (see `rowsKept`). What steps leave behind is completed:
 * categories become codes, dates days since 1970, texts are dropped (`dropped` says so).
 * @throws RangeError when a step wants a target and there is none (a defect of the recipe's maker).
 */
export function fitRecipe(recipe: Recipe, frame: Frame, trainRows: Int32Array, target: RecipeTarget | null, seed: number): TrainedRecipe {
  const raw = new Map(frame.columns.map((column) => [column.name, rawColumn(column, trainRows)]));
  const table = createTable<StepColumn>(raw);
  const training: StepTraining = { rows: trainRows.length, target: targetOf(target, trainRows), seed };
  const run = (steps: readonly ColumnStep[]) => steps.map((step) => fitAndApply(step, table, training));
  const asked = run(recipe.filter((step) => !isTableStep(step)));
  const { steps: rest, dropped } = completion(table);
  const steps = [...asked, ...run(rest)];
  const features = featuresOf(table);
  const json: FittedRecipeJson = { schema: "oldhand/fitted-recipe/1", inputs: inputsOf(features, raw, steps), features, dropped, steps };
  const matrix = matrixOf(features, table, trainRows.length);
  return { ...createFittedRecipe(json), transformTraining: () => matrix };
}

function fitAndApply(step: ColumnStep, table: Table<StepColumn>, training: StepTraining): FittedStep {
  const fitted = fitStep(step, table, training);
  applyStepInTraining(fitted, table, training);
  return fitted;
}

function targetOf(target: RecipeTarget | null, trainRows: Int32Array): StepTraining["target"] {
  if (target === null) return null;
  return { task: target.task, values: Float64Array.from(trainRows, (row) => target.values[row] ?? Number.NaN) };
}

/** Steps that make features of what is left. */
function completion(table: Table<StepColumn>): { steps: readonly ColumnStep[]; dropped: FittedRecipeJson["dropped"] } {
  const ofType = (type: StepColumn["type"]) => [...table.columns].filter(([, column]) => column.type === type).map(([name]) => name);
  const [dates, categories, texts] = [ofType("date"), ofType("category"), ofType("text")];
  const steps: ColumnStep[] = dates.map((column) => ({ op: "date-parts", column, parts: ["days"] }));
  if (categories.length > 0)
    steps.push({ op: "encode", columns: categories, method: "codes", minCount: 1, maxLevels: Number.MAX_SAFE_INTEGER });
  // Without any feature nothing would say how many rows there are to answer.
  if (texts.length > 0 && texts.length === table.columns.size) steps.push({ op: "missing-indicator", columns: texts });
  if (texts.length > 0) steps.push({ op: "drop", columns: texts });
  return { steps, dropped: texts.map((name) => ({ name, why: "free text that no step makes a feature of" })) };
}

function featuresOf(table: Table<StepColumn>): FeatureInfo[] {
  return Array.from(table.columns, ([name, column]): FeatureInfo => {
    const source = table.origins.get(name) ?? name;
    if (column.type === "encoded") return { name, kind: "categorical", levels: column.levels, source };
    return { name, kind: "numeric", levels: 0, source };
  });
}

function inputsOf(
  features: readonly FeatureInfo[],
  raw: ReadonlyMap<string, NumberColumn | LevelColumn>,
  steps: readonly FittedStep[],
): FittedRecipeJson["inputs"] {
  const between = steps.flatMap((step) => (step.op === "days-between" ? step.pairs.flatMap(({ from, to }) => [from, to]) : []));
  const used = withTelling([...features.map(({ source }) => source), ...between], steps);
  const about = stepsByColumn(steps);
  return [...raw]
    .filter(([name]) => used.has(name))
    .map(([name, column]) => {
      const own = about.get(name) ?? [];
      const amount = isLevelColumn(column) ? writingOf(own) : undefined;
      const isText = own.some((step) => step.op === "text");
      const isSplit = own.some((step) => step.op === "split-numbers");
      const described = {
        ...describeInput(name, column),
        ...(isText ? { example: TEXT_EXAMPLE } : {}),
        ...(isText || isSplit ? { levels: null } : {}),
      };
      const dates = isLevelColumn(column) ? textDatesOf(name, column, own) : null;
      const renamed = isLevelColumn(column) && described.levels !== null ? renamedIn(own, described.levels) : [];
      return {
        ...described,
        ...(renamed.length === 0 ? {} : { renamed }),
        ...(amount === undefined ? {} : { amount }),
        ...(dates === null ? {} : datesField(dates)),
      };
    });
}

/** Names that renames know beside the levels of training: a value without the blanks that the file has around it. */
function renamedIn(steps: readonly FittedStep[], levels: readonly string[]): readonly string[] {
  const known = new Set(levels);
  const names = steps.flatMap((step) => (step.op === "map" ? step.renames.flat() : []));
  return [...new Set(names)].filter((name) => name !== "" && !known.has(name)).sort(byText);
}

function datesField({ formats, nulls }: TextDates): Pick<InputField, "dateFormats" | "nulls"> {
  return { dateFormats: formats, ...(nulls.length === 0 ? {} : { nulls }) };
}

/** The steps about each column, in their order. Found once: there may be thousands of both. */
function stepsByColumn(steps: readonly FittedStep[]): ReadonlyMap<string, readonly FittedStep[]> {
  const about = new Map<string, FittedStep[]>();
  for (const step of steps) {
    const many: readonly string[] = "columns" in step ? step.columns.map((one) => (typeof one === "string" ? one : one.column)) : [];
    for (const name of new Set("column" in step ? [step.column, ...many] : many)) {
      const own = about.get(name);
      if (own === undefined) about.set(name, [step]);
      else own.push(step);
    }
  }
  return about;
}

/** Set when the first thing that is done to the column is reading its texts as numbers. */
function writingOf([first]: readonly FittedStep[]): AmountWriting | undefined {
  return first?.op === "to-number" ? first.amount : undefined;
}
