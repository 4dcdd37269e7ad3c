import type { ColumnInfo } from "../../core/dataset.ts";
import { contentHash, type Json } from "../../core/json.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";
import type { Task } from "../../core/task.ts";
import type { AmountWriting } from "../../core/written-amount.ts";
import { type Calibrator, calibrate, loadModel } from "../../model/index.ts";
import { loadRecipe, recordsToFrame } from "../../recipe/index.ts";

/** `model/model.json`: the pipeline as it is shipped. Plain JSON; loading it gives the same answers to the bit. */
export interface NativeModel {
  readonly schema: "oldhand/model/1";
  readonly kind: "tabular";
  readonly name: string;
  readonly label: string;
  readonly target: string;
  readonly task: Task;
  readonly dataset: string;
  readonly columns: readonly ColumnInfo[];
  /** Other columns of the training file, the target among them. */
  readonly others: readonly string[];
  readonly recipe: Json;
  readonly model: Json;
  readonly calibrator: Calibrator;
  readonly threshold: number | null;
  readonly thresholdWhy: string | null;
}

export function loadScorer(native: NativeModel): Scorer {
  const recipe = loadRecipe(native.recipe);
  const model = loadModel(native.model);
  const wanted = new Map(native.columns.map((column) => [column.name, column]));
  const writings = writingsOf(native.columns);
  const inputs = recipe.inputs.map((field) => withWriting(field, writings.get(field.name)));
  const read = new Set(inputs.map(({ name }) => name));
  return {
    name: native.name,
    label: native.label,
    version: modelVersion(native),
    task: native.task,
    inputs,
    columns: inputs.flatMap(({ name }) => wanted.get(name) ?? []),
    others: [...native.columns.map(({ name }) => name).filter((name) => !read.has(name)), ...native.others],
    threshold: native.threshold,
    thresholdWhy: native.thresholdWhy,
    score: (frame) => calibrate(native.calibrator, model.predict(recipe.transform(frame, null))),
    watched: (frame, isTraining) => recipe.watched(frame, isTraining),
    frameOf: (records) => recordsToFrame(inputs, records),
  };
}

/** Columns whose numbers the training file writes as texts. */
export function writingsOf(columns: readonly ColumnInfo[]): ReadonlyMap<string, AmountWriting> {
  return new Map(columns.flatMap(({ name, type, amount }) => (amount === undefined || type !== "number" ? [] : [[name, amount]])));
}

function withWriting(field: InputField, amount: AmountWriting | undefined): InputField {
  return amount === undefined || field.type !== "number" ? field : { ...field, amount };
}

/** 12 hex digits of the hash of all that decides an answer. */
export function modelVersion(native: NativeModel): string {
  return contentHash(native);
}
