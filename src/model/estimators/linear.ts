import type { Training } from "../../core/estimator.ts";
import type { Matrix } from "../../core/matrix.ts";
import { fitLogistic, fitRidge, type LinearModel, loadLinear, predictLinear, saveLinear } from "../../engine/linear/index.ts";
import { type FittedModel, type ModelFamily, savedFields } from "./family.ts";
import { linearToOnnx } from "./linear-onnx.ts";
import { answersOf, answersToOnnx, type LogTarget, logOf, logTargetOf, smearOf } from "./log-target.ts";
import { readParams } from "./params.ts";
import { preparationForLinear } from "./preparation.ts";
import { chooseStrength, type FitAndPredict } from "./strength.ts";

const NAME = "linear";

const RULES = {
  /** Penalty on the squared coefficients (scikit-learn's alpha, or 1 / C); null: chosen on rows held back from the training rows. */
  strength: { type: "real", value: null, low: 1e-9, high: 1e12, auto: true },
  /** The penalty is on coefficients of columns in units of their standard deviation; else of the columns as they come. */
  scaled: { type: "flag", value: true },
  /** A number is learned as its logarithm, where no training value is below 0. */
  logTarget: { type: "flag", value: false },
} as const;

/** Logistic regression (softmax for more classes) or ridge regression, with an L2 penalty. */
export const linear: ModelFamily = {
  name: NAME,
  complexity: 2,
  extrapolates: true,
  tasks: ["binary", "multiclass", "regression"],
  fixed: ({ strength = [] }) =>
    strength.length === 0 ? {} : { strength: Math.exp(strength.reduce((sum, one) => sum + Math.log(one), 0) / strength.length) },
  create: (given) => {
    const params = readParams(NAME, RULES, given);
    return {
      name: NAME,
      complexity: 2,
      params,
      prepare: (columns) => preparationForLinear(columns).filter(({ op }) => params.scaled || op !== "scale"),
      fit: (given, seed) => {
        const log = params.logTarget && given.task.kind === "regression" ? logTargetOf(given.target) : null;
        const training = log === null ? given : { ...given, target: logOf(given.target, log) };
        const strength = params.strength ?? chooseStrength(training, path(), seed);
        const model = fitAt(training, strength, {}, null);
        if (log === null) return linearModel(model, strength, null);
        return linearModel(model, strength, { ...log, smear: smearOf(training.target, predictLinear(model, given.matrix), given.weight) });
      },
    };
  },
  load: (saved) => {
    const { model, strength, logTarget = null } = savedFields(saved, NAME);
    return linearModel(loadLinear(model ?? null), Number(strength), logTarget as unknown as LogTarget | null);
  },
};

/** Losses are compared, not coefficients: theirs are exact to about the square of this, far below what rows tell apart. */
const PATH_TOLERANCE = 1e-4;

/** Fits of one training with one penalty after another: each begins where that of the nearest penalty ended. */
function path(): FitAndPredict {
  const fitted = new WeakMap<Training, { readonly l2: number; readonly model: LinearModel }[]>();
  return (train, l2, judged) => {
    const before = fitted.get(train) ?? [];
    const away = (other: number) => Math.abs(Math.log(other / l2));
    const nearest = before.reduce<(typeof before)[number] | null>(
      (least, one) => (least === null || away(one.l2) < away(least.l2) ? one : least),
      null,
    );
    const model = fitAt(train, l2, { tolerance: PATH_TOLERANCE }, nearest?.model ?? null);
    fitted.set(train, [...before, { l2, model }]);
    return predictLinear(model, judged.matrix);
  };
}

const inOrder = new WeakMap<Matrix, Matrix>();

/** Features in the order of their names, so that the order of the columns changes no sum. */
function orderedByName(matrix: Matrix): Matrix {
  const known = inOrder.get(matrix);
  if (known !== undefined) return known;
  const features = [...matrix.features].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const ordered = { ...matrix, features };
  inOrder.set(matrix, ordered);
  return ordered;
}

function fitAt(
  { task, matrix, target, weight }: Training,
  l2: number,
  ofLogistic: { readonly tolerance?: number },
  start: LinearModel | null,
): LinearModel {
  const training = { matrix: orderedByName(matrix), target, weight };
  if (task.kind === "regression") return fitRidge(training, { l2 });
  return fitLogistic({ ...training, classes: task.classes.length }, { l2, ...ofLogistic }, start);
}

function linearModel(model: LinearModel, strength: number, log: LogTarget | null): FittedModel {
  if (log === null)
    return {
      notes: { strength },
      predict: (matrix) => predictLinear(model, matrix),
      toOnnx: (graph, features) => linearToOnnx(graph, model, features),
      save: () => ({ family: NAME, strength, model: saveLinear(model) }),
    };
  return {
    notes: { strength },
    predict: (matrix) => answersOf(predictLinear(model, matrix), log),
    toOnnx: (graph, features) => answersToOnnx(graph, linearToOnnx(graph, model, features), log),
    save: () => ({ family: NAME, strength, model: saveLinear(model), logTarget: { ...log } }),
  };
}
