import type { ShapeRule } from "../options.ts";
import { isPlain, shown } from "../shown.ts";
import type { MetricName } from "./metrics/names.ts";

/** By feature name, or one per feature in the order of the matrix. */
export type MonotoneConstraints = Readonly<Record<string, number>> | readonly number[];

/** Sets of feature names or of places in the matrix. */
export type InteractionConstraints = readonly (readonly (string | number)[])[];

/** "balanced", or the weight of each class by its number (0, 1, ..): an object, in which a class that is left out has weight 1, or a list with all of them. */
export type ClassWeight = "balanced" | Readonly<Record<number, number>> | readonly number[];

/**
 * A metric of the user's. score: predictions are n x k, row-major, with the link applied (probabilities, rates, values); target and weight
 * have one number per row, weight null for all 1; query is that of each row, null when the training has none. NaN is the worst score.
 */
export interface CustomMetric {
  readonly name: string;
  readonly higherIsBetter: boolean;
  score(predictions: Float64Array, target: Float64Array, weight: Float64Array | null, query: Int32Array | null): number;
}

/** Editors offer the names, a misspelt one is an error of types. Options in a variable of their own: `const options: BoostingGiven = ..`, or `as const`. */
export type MetricChoice = MetricName | CustomMetric;

/** A round of a training. The scores are null where nothing is measured: without validation rows, without the option trainingMetric. */
export interface RoundScore {
  /** From 1. */
  readonly round: number;
  /** Most rounds that the training may have. */
  readonly rounds: number;
  /** What the scores are: a metric, or "loss". */
  readonly metric: string;
  readonly validation: number | null;
  readonly training: number | null;
}

/** Called after each round; false ends the training, any other answer counts for nothing. */
export type OnRound = (score: RoundScore) => unknown;

const isDirection = (value: unknown) => value === -1 || value === 0 || value === 1;
const isClass = (key: string) => /^\d+$/.test(key);
const isWeight = (value: unknown) => typeof value === "number" && value > 0 && Number.isFinite(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Fields that would not be read: those of a Map, a Set, a class. */
const isOpaque = (value: unknown): value is object => isObject(value) && !isPlain(value);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => isObject(value) && isPlain(value);
const INSTEAD = "give an object or a list";

export const MONOTONE_CONSTRAINTS: ShapeRule<MonotoneConstraints> = {
  type: "shape",
  value: null,
  expected: "an object from feature name to -1, 0 or 1, or a list of -1, 0 or 1",
  typescript: "MonotoneConstraints",
  isFit: (value): value is MonotoneConstraints =>
    Array.isArray(value) ? value.every(isDirection) : isRecord(value) && Object.values(value).every(isDirection),
  whyNot: (value) => {
    if (isOpaque(value)) return INSTEAD;
    const odd = isRecord(value) ? Object.entries(value).find(([, direction]) => !isDirection(direction)) : undefined;
    return odd === undefined ? null : `that of "${odd[0]}" is ${shown(odd[1])}`;
  },
};

export const INTERACTION_CONSTRAINTS: ShapeRule<InteractionConstraints> = {
  type: "shape",
  value: null,
  expected: "a list of lists of feature names or places",
  typescript: "InteractionConstraints",
  isFit: (value): value is InteractionConstraints =>
    Array.isArray(value) &&
    value.every((set) => Array.isArray(set) && set.every((item) => typeof item === "string" || Number.isInteger(item))),
};

export const EARLY_STOPPING_METRIC: ShapeRule<MetricChoice> = {
  type: "shape",
  value: null,
  expected: "the name of one metric, or an object with name, higherIsBetter and score",
  typescript: "MetricChoice | readonly [MetricChoice]",
  listed: true,
  isFit: (value): value is MetricChoice =>
    typeof value === "string" ||
    (isObject(value) && typeof value.name === "string" && typeof value.higherIsBetter === "boolean" && typeof value.score === "function"),
};

export const CLASS_WEIGHT: ShapeRule<ClassWeight> = {
  type: "shape",
  value: null,
  expected: '"balanced", an object from class number to weight, or a list of one weight per class; weights above 0',
  typescript: "ClassWeight",
  isFit: (value): value is ClassWeight =>
    value === "balanced" ||
    (Array.isArray(value)
      ? value.every(isWeight)
      : isRecord(value) && Object.entries(value).every(([key, weight]) => isClass(key) && isWeight(weight))),
  whyNot: (value) => {
    if (isOpaque(value)) return INSTEAD;
    const entries = isObject(value) || Array.isArray(value) ? Object.entries(value) : [];
    const name = entries.find(([key]) => !isClass(key));
    if (name !== undefined) return `its keys are the numbers of classes, as in { 0: 1, 1: 3 }, not ${shown(name[0])}`;
    const odd = entries.find(([, weight]) => !isWeight(weight));
    return odd === undefined ? null : `the weight of class ${odd[0]} is ${shown(odd[1])}`;
  },
};

export const ON_ROUND: ShapeRule<OnRound> = {
  type: "shape",
  value: null,
  expected: "a function",
  typescript: "OnRound",
  isFit: (value): value is OnRound => typeof value === "function",
};
