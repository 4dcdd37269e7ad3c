import type { Estimator, EstimatorFamily, Model } from "../../core/estimator.ts";
import type { Json } from "../../core/json.ts";
import type { Task } from "../../core/task.ts";
import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import type { OnnxFeature } from "./onnx-feature.ts";

export type Params = Estimator["params"];

/** What every saved model says of itself. The rest belongs to its family. */
export interface SavedModel {
  readonly family: string;
  readonly [key: string]: Json | undefined;
}

/** A model that reports what fitting found out, e.g. rounds of boosting. Plain numbers for an outcome's notes. */
export interface FittedModel extends Model {
  readonly notes: Readonly<Record<string, number>>;
  /** Names of the features that it reads; absent: all of its matrix. */
  readonly reads?: readonly string[];
  save(): SavedModel;
  /** Adds the model to a graph; gives the tensor [rows, outputs] of doubles that `predict` would give. */
  toOnnx(graph: OnnxGraph, features: readonly OnnxFeature[]): string;
}

export interface FamilyEstimator extends Estimator {
  fit(training: Parameters<Estimator["fit"]>[0], seed: number): FittedModel;
}

/** One way to learn: makes estimators from parameters, and models from what they saved. */
export interface ModelFamily extends EstimatorFamily {
  /** 0 = simplest. */
  readonly complexity: number;
  /** A regression may answer what lies outside the range of its training targets; one that gives means of them does not. */
  readonly extrapolates: boolean;
  readonly tasks: readonly Task["kind"][];
  create(params: Params): FamilyEstimator;
  load(saved: Json): FittedModel;
  /** Parameters that fix what fitting found out, from the notes of the folds: for training on all rows. */
  fixed(found: Readonly<Record<string, readonly number[]>>): Params;
}

/** The fields of a saved model. @throws RangeError if it is not of this family (a defect, or a broken file). */
export function savedFields(saved: Json, family: string): SavedModel {
  if (saved === null || typeof saved !== "object" || Array.isArray(saved)) throw new RangeError("a saved model is an object");
  const fields = saved as SavedModel;
  if (fields.family !== family) throw new RangeError(`a model of family "${String(fields.family)}" was given to "${family}"`);
  return fields;
}
