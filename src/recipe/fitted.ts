import type { Frame } from "../core/column.ts";
import { OldhandError } from "../core/error.ts";
import type { Json } from "../core/json.ts";
import type { Feature, Matrix } from "../core/matrix.ts";
import type { InputField, WatchedFrame } from "../core/scorer.ts";
import type { Task } from "../core/task.ts";
import type { WordsOfText } from "../core/verdict.ts";
import type { OnnxGraph } from "../engine/onnx/graph.ts";
import { type FeatureTarget, featureInWords } from "./feature-words.ts";
import { readInputs, type ServingOptions } from "./inputs.ts";
import { narrowed } from "./narrowed.ts";
import { type OnnxRecipe, recipeToOnnx, type Writings } from "./onnx.ts";
import { applyStep, type FittedStep } from "./steps/index.ts";
import { createTable, type StepColumn, type Table } from "./table.ts";
import { wordsTold } from "./text/told-words.ts";
import { areDates } from "./text-dates.ts";
import { watchedFrame } from "./watched.ts";

/** A feature of the matrix. `source` is the raw column it comes from; `levels` is 0 for a numeric one. */
export interface FeatureInfo {
  readonly name: string;
  readonly kind: Feature["kind"];
  readonly levels: number;
  readonly source: string;
}

/** `fitted-recipe` as kept in a dossier. */
export interface FittedRecipeJson {
  readonly schema: "oldhand/fitted-recipe/1";
  readonly inputs: readonly InputField[];
  readonly features: readonly FeatureInfo[];
  readonly dropped: readonly { readonly name: string; readonly why: string }[];
  readonly steps: readonly FittedStep[];
}

/** A recipe with what it learned on training rows: raw columns in, matrix out. */
export interface FittedRecipe {
  /** Raw columns that must be given: only those that a feature comes from. */
  readonly inputs: readonly InputField[];
  readonly features: readonly FeatureInfo[];
  /** A feature of the matrix as a person would say it. */
  inWords(feature: string, target: FeatureTarget): string;
  /** Columns left out although no step says so. */
  readonly dropped: FittedRecipeJson["dropped"];
  /**
   * The given rows of the frame (null = all) as new rows are seen. Columns are found by name and levels by text.
   * @throws OldhandError schema-mismatch when a column is absent or of another type.
   */
  transform(frame: Frame, rows: Int32Array | null, options?: ServingOptions): Matrix;
  /** What the words of texts say, for people. */
  words(task: Task): readonly WordsOfText[];
  /** The raw columns, with texts that the recipe reads as numbers (`watchedFrame`). @throws OldhandError schema-mismatch as `transform`. */
  watched(frame: Frame, isTraining: boolean): WatchedFrame;
  /** Of texts of an input with `dateFormats`, whether each is read as a date. */
  areDates(input: string, texts: readonly string[]): readonly boolean[];
  /** Equal recipes fitted on equal training rows give equal JSON. */
  toJson(): Json;
  /** Makes these features alone, of the raw columns that they come from (`inputs`). */
  narrowed(features: readonly string[]): FittedRecipe;
  /**
   * Adds the raw columns as inputs and gives one tensor [rows, 1] per feature: double, or int64 codes. Equal to `transform` to the bit. Number columns
   * with a writing take texts.
   */
  toOnnx(graph: OnnxGraph, writings?: Writings): OnnxRecipe;
}

/** A recipe that was fitted just now and still knows its training rows. */
export interface TrainedRecipe extends FittedRecipe {
  /** The training rows, in order; as `transform`, but target means are out of fold. */
  transformTraining(): Matrix;
}

export function createFittedRecipe(json: FittedRecipeJson): FittedRecipe {
  const { inputs, features, dropped, steps } = json;
  return {
    inputs,
    features,
    dropped,
    transform: (frame, rows, options) => {
      const table = createTable<StepColumn>(readInputs(inputs, frame, rows, options));
      for (const step of steps) applyStep(step, table);
      return matrixOf(features, table, rows?.length ?? frame.rows);
    },
    inWords: (feature, target) => featureInWords(json, feature, target),
    words: (task) => wordsTold(steps, task),
    watched: (frame, isTraining) => watchedFrame(json, frame, isTraining),
    areDates: (input, texts) => areDates(input, texts, steps),
    toJson: () => json as unknown as Json,
    narrowed: (read) => createFittedRecipe(narrowed(json, read)),
    toOnnx: (graph, writings = new Map()) => recipeToOnnx(json, graph, writings),
  };
}

/** @throws OldhandError dossier-broken when the JSON is not a fitted recipe. */
export function loadRecipe(json: Json): FittedRecipe {
  const known = json as unknown as FittedRecipeJson | null;
  if (typeof known !== "object" || known?.schema !== "oldhand/fitted-recipe/1") {
    throw new OldhandError("dossier-broken", {
      what: "The saved preparation cannot be read.",
      expected: "schema oldhand/fitted-recipe/1",
      got: JSON.stringify(known?.schema ?? typeof json),
      fix: "Make the dossier again with this version of oldhand.",
    });
  }
  return createFittedRecipe(known);
}

export function matrixOf(features: readonly FeatureInfo[], table: Table<StepColumn>, rows: number): Matrix {
  return {
    rows,
    features: features.map(({ name, kind, levels }): Feature => {
      const column = table.columns.get(name);
      if (kind === "numeric" && column?.type === "number") return { name, kind, values: column.values };
      if (kind === "categorical" && column?.type === "encoded") return { name, kind, codes: column.codes, levels };
      throw new RangeError(`the fitted recipe makes no ${kind} feature "${name}"`);
    }),
  };
}
