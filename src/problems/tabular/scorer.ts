import type { ColumnInfo } from "../../core/dataset.ts";
import { contentHash, type Json } from "../../core/json.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";
import type { ShiftRule } from "../../core/shifted-row.ts";
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
  /** The training file writes decimals with a comma; absent for a point. */
  readonly decimal?: ",";
  /** As in the request; absent where it was not given. */
  readonly secondHeader?: false;
  /** Of the training file; absent where no rows were moved back in it. */
  readonly shifted?: ShiftRule;
  /** Of the training file; absent where it was UTF-8. */
  readonly encoding?: string;
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
  const inputs = recipe.inputs.map((field) => asWritten(field, wanted.get(field.name), native.decimal));
  const read = new Set(inputs.map(({ name }) => name));
  const unread = native.columns.map(({ name }) => name).filter((name) => !read.has(name));
  return {
    name: native.name,
    label: native.label,
    version: modelVersion(native),
    task: native.task,
    inputs,
    columns: inputs.flatMap(({ name }) => wanted.get(name) ?? []),
    ...(native.secondHeader === undefined ? {} : { secondHeader: native.secondHeader }),
    ...(native.shifted === undefined ? {} : { shifted: native.shifted }),
    ...(native.encoding === undefined ? {} : { encoding: native.encoding }),
    unread,
    others: [...unread, ...native.others],
    threshold: native.threshold,
    thresholdWhy: native.thresholdWhy,
    score: (frame) => calibrate(native.calibrator, model.predict(recipe.transform(frame, null))),
    watched: (frame, isTraining) => recipe.watched(frame, isTraining),
    areDates: (input, texts) => recipe.areDates(input, texts),
    frameOf: (records) => recordsToFrame(inputs, records, { areDates: recipe.areDates }),
  };
}

/** Columns whose numbers the training file writes as texts. */
export function writingsOf(columns: readonly ColumnInfo[]): ReadonlyMap<string, AmountWriting> {
  return new Map(columns.flatMap(({ name, type, amount }) => (amount === undefined || type !== "number" ? [] : [[name, amount]])));
}

/** The field with what its column of the training file tells of texts: records are read as that was. */
function asWritten(field: InputField, column: ColumnInfo | undefined, decimal: "," | undefined): InputField {
  if (column === undefined || column.type !== field.type || (field.type !== "number" && field.type !== "date")) return field;
  const { amount, dateFormat } = column;
  const nulls = column.unparsed.map(({ value }) => value);
  return {
    ...field,
    ...(field.type === "number" && amount !== undefined ? { amount } : {}),
    ...(field.type === "number" && decimal !== undefined ? { decimal } : {}),
    ...(field.type === "date" && dateFormat !== null ? { dateFormat } : {}),
    ...(nulls.length === 0 ? {} : { nulls }),
  };
}

/** 12 hex digits of the hash of all that decides an answer. */
export function modelVersion(native: NativeModel): string {
  return contentHash(native);
}
