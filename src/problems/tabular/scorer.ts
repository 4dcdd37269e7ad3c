import type { ColumnInfo } from "../../core/dataset.ts";
import { contentHash, type Json } from "../../core/json.ts";
import type { Scorer } from "../../core/scorer.ts";
import type { Task } from "../../core/task.ts";
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
}

export function loadScorer(native: NativeModel): Scorer {
  const recipe = loadRecipe(native.recipe);
  const model = loadModel(native.model);
  const wanted = new Map(native.columns.map((column) => [column.name, column]));
  const read = new Set(recipe.inputs.map(({ name }) => name));
  return {
    name: native.name,
    label: native.label,
    version: modelVersion(native),
    task: native.task,
    inputs: recipe.inputs,
    columns: recipe.inputs.flatMap(({ name }) => wanted.get(name) ?? []),
    others: [...native.columns.map(({ name }) => name).filter((name) => !read.has(name)), ...native.others],
    threshold: native.threshold,
    score: (frame) => calibrate(native.calibrator, model.predict(recipe.transform(frame, null))),
    frameOf: (records) => recordsToFrame(recipe.inputs, records),
  };
}

/** 12 hex digits of the hash of all that decides an answer. */
export function modelVersion(native: NativeModel): string {
  return contentHash(native);
}
