import type { Matrix } from "../../core/matrix.ts";
import { refuseUnknown } from "../options.ts";
import type { TreeDataset } from "./dataset/dataset.ts";
import { type LossGiven, type LossName, type LossRows, lossNamed } from "./losses/index.ts";
import { checkMatrix } from "./matrix-check.ts";

/** A matrix, or one that was binned before: several trainings, in several threads, may share it. */
export type TreeSource = Matrix | TreeDataset;

export function isTreeDataset(source: TreeSource): source is TreeDataset {
  return "slots" in source;
}

/** What trees learn from. target and weight have one number per row of the matrix. */
export interface TreeTraining {
  readonly matrix: TreeSource;
  /** Class index or value; no NaN. */
  readonly target: Float64Array;
  /** Not negative; null or left out: all 1. Rows of weight 0 are left out. */
  readonly weight?: Float64Array | null;
  /** Rows for early stopping; nothing is learned from them. Null or left out: none. */
  readonly validation?: Int32Array | null;
  /** Under its own name or another library's: `binary` is logistic. A word where the loss needs no parameter. */
  readonly loss: LossGiven;
  /** Query of each row, any whole number; for ranking. Null or left out: none. */
  readonly query?: Int32Array | null;
  /** Rows that may be learned from; null or left out: all but the validation rows. */
  readonly rows?: Int32Array | null;
  /** Names of the features that may be used; null or left out: all. */
  readonly columns?: readonly string[] | null;
}

/** With null where something was left out, and the loss by its own name. */
export interface WholeTraining extends TreeTraining {
  readonly loss: LossName;
  readonly weight: Float64Array | null;
  readonly validation: Int32Array | null;
}

/** Gains are squares of sums of weights, losses squares of targets: beyond this they leave the doubles. */
const MOST_WEIGHT = 1e150;
const MOST_TARGET = 1e150;

/** The rows that trees learn from and those that only judge. */
export interface TrainingRows {
  readonly train: LossRows;
  readonly validation: LossRows | null;
}

const FIELDS = ["matrix", "target", "weight", "validation", "loss", "query", "rows", "columns"] satisfies (keyof TreeTraining)[];

/** What may be left out is null. @throws RangeError for a field that does not exist, TypeError without a loss. */
export function completeTraining(training: TreeTraining): WholeTraining {
  refuseUnknown("a training", FIELDS, training);
  const { weight = null, validation = null } = training;
  return { ...training, weight, validation, loss: lossNamed(training.loss) };
}

/** @throws RangeError when lengths differ, two features have one name, a target or weight is not a finite number, targets or weights are too large, or no row is left to learn from. */
export function trainingRows(training: WholeTraining): TrainingRows {
  const { matrix, target, weight, validation } = training;
  checkLengths(training);
  const isIn = (row: number) => Number.isInteger(row) && row >= 0 && row < matrix.rows;
  const open = new Uint8Array(matrix.rows).fill(training.rows == null ? 1 : 0);
  for (const row of training.rows ?? []) {
    if (!isIn(row)) throw new RangeError(`training row ${row} is not in the matrix of ${matrix.rows} rows`);
    open[row] = 1;
  }
  for (const row of validation ?? []) {
    if (!isIn(row)) throw new RangeError(`validation row ${row} is not in the matrix of ${matrix.rows} rows`);
    open[row] = 0;
  }
  const counts = (row: number) => weight === null || weight[row]! > 0;
  let count = 0;
  let total = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const w = weight === null ? 1 : weight[row]!;
    if (!(w >= 0 && w < Number.POSITIVE_INFINITY)) throw new RangeError(`weight of row ${row} is ${w}; it must be finite and not negative`);
    if (w === 0) open[row] = 0;
    if (open[row] === 0) continue;
    checkTarget(target, row);
    count++;
    total += w;
  }
  if (total > MOST_WEIGHT) throw new RangeError(`weights sum to ${total}; they must sum to at most ${MOST_WEIGHT}`);
  if (count === 0) throw new RangeError("no row to learn from");
  const rows = new Int32Array(count);
  for (let row = 0, at = 0; at < count; row++) if (open[row] === 1) rows[at++] = row;
  const judged = validation === null ? null : validation.filter(counts);
  for (const row of judged ?? []) checkTarget(target, row);
  const query = training.query ?? null;
  return {
    train: { target, weight, rows, count, query },
    validation: judged === null || judged.length === 0 ? null : { target, weight, rows: judged, count: judged.length, query },
  };
}

function checkTarget(target: Float64Array, row: number): void {
  const value = target[row]!;
  if (!(Math.abs(value) <= MOST_TARGET)) {
    const rule = Number.isFinite(value) ? `it must lie within ${MOST_TARGET} of 0` : "it must be a finite number";
    throw new RangeError(`target of row ${row} is ${value}; ${rule}`);
  }
}

function checkLengths({ matrix, target, weight, query = null, columns = null }: WholeTraining): void {
  if (!isTreeDataset(matrix)) checkMatrix(matrix);
  if (!(target instanceof Float64Array)) throw new TypeError("target must be a Float64Array");
  if (!(weight === null || weight instanceof Float64Array)) throw new TypeError("weight must be a Float64Array or null");
  if (target.length !== matrix.rows) throw new RangeError(`target has ${target.length} rows, the matrix ${matrix.rows}`);
  if (weight !== null && weight.length !== matrix.rows) throw new RangeError(`weight has ${weight.length} rows, the matrix ${matrix.rows}`);
  if (query !== null && query.length !== matrix.rows) throw new RangeError(`query has ${query.length} rows, the matrix ${matrix.rows}`);
  if (columns !== null && !(Array.isArray(columns) && columns.every((name) => typeof name === "string"))) {
    throw new TypeError("columns must be a list of names of features");
  }
}
