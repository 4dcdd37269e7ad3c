import type { Training } from "../../core/estimator.ts";
import type { Json } from "../../core/json.ts";
import type { Feature, Matrix } from "../../core/matrix.ts";
import { outputsOf } from "../../core/task.ts";
import { type Cells, cellOf, cellsOf } from "./cells.ts";
import { addPart, meanParts, outputsOfParts, partsOf } from "./class-shares.ts";
import { type FittedModel, type ModelFamily, savedFields } from "./family.ts";
import { type ParamValues, readParams } from "./params.ts";
import { preparationForTrees } from "./preparation.ts";
import { ruleToOnnx } from "./simple-onnx.ts";

const NAME = "one-column-rule";

const RULES = {
  /** Most cells of a number column, beside the one for missing. */
  bins: { type: "integer", value: 8, low: 2, high: 64 },
  /** Most levels of a category that stand alone. */
  levels: { type: "integer", value: 32, low: 1, high: 1000 },
  /** Rows' worth of weight of the overall mean in each cell. */
  smoothing: { type: "real", value: 10, low: 0, high: 1e6 },
} as const;

type Options = ParamValues<typeof RULES>;

/** The table of a fitted rule. `column` null: no column does better than the overall mean. */
export interface RuleTable {
  readonly column: string | null;
  readonly cells: Cells | null;
  /** cells x outputs, row-major. Without a column: one cell. */
  readonly answers: Float64Array;
  readonly outputs: number;
}

/**
 * A table on the one column that predicts best: a few ranges of a number or levels of a category, each with its smoothed mean. The column is
 * chosen by the leave-one-out loss on the training rows (closed form), so a column with many cells gains nothing by that. Ties: first name.
 */
export const oneColumnRule: ModelFamily = {
  name: NAME,
  complexity: 1,
  extrapolates: false,
  tasks: ["binary", "multiclass", "regression"],
  fixed: () => ({}),
  create: (given) => {
    const params = readParams(NAME, RULES, given);
    return {
      name: NAME,
      complexity: 1,
      params,
      prepare: preparationForTrees,
      fit: (training) => ruleModel(fitRule(training, params)),
    };
  },
  load: (saved) => ruleModel(ruleTable(saved)),
};

export function ruleTable(saved: Json): RuleTable {
  const { column, cells, answers, outputs } = savedFields(saved, NAME);
  return {
    column: column as string | null,
    cells: cells as unknown as Cells | null,
    answers: Float64Array.from(answers as readonly number[]),
    outputs: outputs as number,
  };
}

function ruleModel(table: RuleTable): FittedModel {
  return {
    notes: {},
    reads: table.column === null ? [] : [table.column],
    predict: (matrix) => predictRule(table, matrix),
    toOnnx: (graph, features) => ruleToOnnx(graph, table, features),
    save: () => ({
      family: NAME,
      column: table.column,
      cells: table.cells as unknown as Json,
      answers: [...table.answers],
      outputs: table.outputs,
    }),
  };
}

function predictRule({ column, cells, answers, outputs }: RuleTable, matrix: Matrix): Float64Array {
  const feature = matrix.features.find(({ name }) => name === column);
  if (column !== null && feature === undefined) throw new RangeError(`the matrix has no feature "${column}"`);
  const predicted = new Float64Array(matrix.rows * outputs);
  for (let row = 0; row < matrix.rows; row++) {
    const cell = feature === undefined || cells === null ? 0 : cellOf(cells, feature, row);
    for (let k = 0; k < outputs; k++) predicted[row * outputs + k] = answers[cell * outputs + k] ?? 0;
  }
  return predicted;
}

interface Tried {
  readonly feature: Feature;
  readonly cells: Cells;
  readonly loss: number;
}

function fitRule(training: Training, options: Options): RuleTable {
  const { task, matrix } = training;
  const prior = meanParts(training);
  const nothing = outOfCellLoss(training, prior, new Int32Array(matrix.rows), 1, options.smoothing);
  const features = [...matrix.features].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  let best: Tried | null = null;
  for (const feature of features) {
    const cells = cellsOf(feature, training.weight, options.bins, options.levels);
    const cellOfRow = Int32Array.from({ length: matrix.rows }, (_, row) => cellOf(cells, feature, row));
    const loss = outOfCellLoss(training, prior, cellOfRow, cells.count, options.smoothing);
    if (loss < (best === null ? nothing : best.loss)) best = { feature, cells, loss };
  }
  if (best === null) return { column: null, cells: null, answers: outputsOfParts(prior, task), outputs: outputsOf(task) };
  const { feature, cells } = best;
  const cellOfRow = Int32Array.from({ length: matrix.rows }, (_, row) => cellOf(cells, feature, row));
  return {
    column: feature.name,
    cells,
    answers: answersOf(training, prior, cellOfRow, cells.count, options.smoothing),
    outputs: outputsOf(task),
  };
}

interface CellSums {
  /** cells x parts. */
  readonly parts: Float64Array;
  readonly weights: Float64Array;
}

function sumCells({ task, target, weight }: Training, cellOfRow: Int32Array, count: number): CellSums {
  const width = partsOf(task);
  const parts = new Float64Array(count * width);
  const weights = new Float64Array(count);
  for (let row = 0; row < target.length; row++) {
    const cell = cellOfRow[row] ?? 0;
    const w = weight === null ? 1 : (weight[row] ?? 0);
    addPart(parts, cell * width, task, target[row] ?? 0, w);
    weights[cell] = (weights[cell] ?? 0) + w;
  }
  return { parts, weights };
}

/** Weighted squared error or log loss of every row against its cell without it. */
function outOfCellLoss(training: Training, prior: Float64Array, cellOfRow: Int32Array, count: number, smoothing: number): number {
  const { task, target, weight } = training;
  const width = partsOf(task);
  const sums = sumCells(training, cellOfRow, count);
  let loss = 0;
  for (let row = 0; row < target.length; row++) {
    const cell = cellOfRow[row] ?? 0;
    const w = weight === null ? 1 : (weight[row] ?? 0);
    const y = target[row] ?? 0;
    const part = task.kind === "regression" ? 0 : y;
    const own = task.kind === "regression" ? w * y : w;
    const rest = (sums.weights[cell] ?? 0) - w + smoothing;
    const mean = rest > 0 ? ((sums.parts[cell * width + part] ?? 0) - own + smoothing * (prior[part] ?? 0)) / rest : (prior[part] ?? 0);
    loss += task.kind === "regression" ? w * (y - mean) ** 2 : -w * Math.log(Math.max(mean, 1e-12));
  }
  return loss;
}

function answersOf(training: Training, prior: Float64Array, cellOfRow: Int32Array, count: number, smoothing: number): Float64Array {
  const width = partsOf(training.task);
  const { parts, weights } = sumCells(training, cellOfRow, count);
  const answers = Array.from({ length: count }, (_, cell) => {
    const total = (weights[cell] ?? 0) + smoothing;
    const means = prior.map((share, k) => (total > 0 ? ((parts[cell * width + k] ?? 0) + smoothing * share) / total : share));
    return outputsOfParts(means, training.task);
  });
  return Float64Array.from(answers.flatMap((answer) => [...answer]));
}
