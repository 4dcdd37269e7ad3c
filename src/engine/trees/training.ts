import type { Matrix } from "../../core/matrix.ts";
import { camelCase, refuseUnknown } from "../options.ts";
import { shown } from "../shown.ts";
import { wrongType, wrongValue } from "../wrong-use.ts";
import type { TreeDataset } from "./dataset/dataset.ts";
import { type LossGiven, type LossName, type LossRows, lossNamed, NO_LOSS } from "./losses/index.ts";
import { checkMatrix } from "./matrix-check.ts";
import { integers, type Numbers, namedRows, reals } from "./numbers.ts";
import { lossAmong } from "./option-said.ts";
import { isTreeOption } from "./options.ts";
import { FIELDS, FOREIGN_FIELDS } from "./training-fields.ts";

/** A matrix, or one that was binned before: several trainings, in several threads, may share it. */
export type TreeSource = Matrix | TreeDataset;

export function isTreeDataset(source: TreeSource): source is TreeDataset {
  return typeof source === "object" && source !== null && "slots" in source;
}

/** What trees learn from. target and weight have one number per row of the matrix. */
export interface TreeTraining {
  readonly matrix: TreeSource;
  /** Class index or value; no NaN. */
  readonly target: Numbers<Float64Array>;
  /** Not negative; null or left out: all 1. Rows of weight 0 are left out. */
  readonly weight?: Numbers<Float64Array> | null;
  /** Rows for early stopping; nothing is learned from them. Null or left out: none. */
  readonly validation?: Numbers<Int32Array> | null;
  /** Under its own name or another library's: `binary` is logistic. A word where the loss needs no parameter. */
  readonly loss: LossGiven;
  /** Query of each row, any whole number; for ranking. Null or left out: none. */
  readonly query?: Numbers<Int32Array> | null;
  /** Rows that may be learned from; null or left out: all but the validation rows. */
  readonly rows?: Numbers<Int32Array> | null;
  /** Names of the features that may be used; the trees know no others. Null or left out: all. */
  readonly columns?: readonly string[] | null;
}

/** With null where something was left out, typed arrays, and the loss by its own name. */
export interface WholeTraining extends TreeTraining {
  readonly target: Float64Array;
  readonly loss: LossName;
  readonly weight: Float64Array | null;
  readonly validation: Int32Array | null;
  readonly query: Int32Array | null;
  readonly rows: Int32Array | null;
}

/** Gains are squares of sums of weights, losses squares of targets: beyond this they leave the doubles. */
const MOST_WEIGHT = 1e150;
const MOST_TARGET = 1e150;
/** Of the sum of weights and of the largest target: the squares of smaller ones are no numbers any more, so nothing would be learned. */
const LEAST = 1e-100;

/** The rows that trees learn from and those that only judge. */
export interface TrainingRows {
  readonly train: LossRows;
  readonly validation: LossRows | null;
}

/** What may be left out is null. options: those of the call. @throws RangeError for a field that does not exist or a number that does not fit, TypeError without a loss or for what is no list of numbers. */
export function completeTraining(training: TreeTraining, options: object = {}): WholeTraining {
  if (training instanceof Map)
    throw wrongType("bad-training", "a training is a plain object, got a Map; Object.fromEntries makes one of it");
  if (typeof training !== "object" || training === null)
    throw wrongType("bad-training", "a training is an object with matrix, target and loss");
  for (const name of Object.keys(training)) {
    const own = FOREIGN_FIELDS[name];
    if (own !== undefined) throw wrongValue("bad-training", `a training has no "${name}": ${own}`);
  }
  for (const name of Object.keys(training)) {
    if (FIELDS.some((field) => field === name) || !isTreeOption(camelCase(name))) continue;
    throw wrongValue("bad-training", `a training has no "${name}": it is an option, for the second argument of fitBoosting or fitForest`);
  }
  refuseUnknown("a training", FIELDS, training, "bad-training");
  if (training.matrix === undefined) throw wrongType("bad-training", "a training needs a matrix, as matrixFromRows gives it");
  if (training.loss === undefined || training.loss === null) throw wrongType("bad-loss", `${NO_LOSS}${lossAmong(options)}`);
  const target = reals("target", training.target);
  if (target === null) throw wrongType("bad-training", "a training needs a target: a Float64Array or a list of numbers");
  return {
    ...training,
    target,
    weight: reals("weight", training.weight),
    validation: integers("validation", rowNumbers(training.validation)),
    query: integers("query", training.query),
    rows: integers("rows", training.rows),
    loss: lossNamed(training.loss, target),
  };
}

/** @throws TypeError for a table of its own, as other libraries take it. */
function rowNumbers(given: TreeTraining["validation"]): TreeTraining["validation"] {
  const first: unknown = Array.isArray(given) ? given[0] : given;
  if (typeof first !== "object" || first === null || ArrayBuffer.isView(given)) return given;
  throw wrongType(
    "bad-training",
    `validation are row numbers of the training's own matrix, got ${shown(given)}: join the rows, as in matrixFromRows([...train, ...valid], columns), their targets too, and give the numbers of the last ones`,
  );
}

/** @throws RangeError when lengths differ, two features have one name, a target or weight is not a finite number, targets or weights are too large, or no row is left to learn from. */
export function trainingRows(training: WholeTraining): TrainingRows {
  const { matrix, target, weight, validation, query } = training;
  checkLengths(training);
  const open =
    training.rows === null ? new Uint8Array(matrix.rows).fill(1) : namedRows("training row", "rows name", training.rows, matrix.rows);
  if (validation !== null) namedRows("validation row", "validation names", validation, matrix.rows);
  for (const row of validation ?? []) open[row] = 0;
  const counts = (row: number) => weight === null || weight[row]! > 0;
  let count = 0;
  let total = 0;
  let largest = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const w = weight === null ? 1 : weight[row]!;
    if (!(w >= 0 && w < Number.POSITIVE_INFINITY))
      throw wrongValue("bad-training", `weight of row ${row} is ${w}; it must be finite and not negative`);
    if (w === 0) open[row] = 0;
    if (open[row] === 0) continue;
    checkTarget(target, row);
    largest = Math.max(largest, Math.abs(target[row]!));
    count++;
    total += w;
  }
  if (count === 0) throw wrongValue("bad-training", `no row to learn from${whyNone(training)}`);
  requireTotal(total, "weights");
  if (largest > 0 && largest < LEAST)
    throw wrongValue("bad-training", `the largest target is ${largest} in size; it must be 0 or at least ${LEAST}, so multiply them all`);
  const rows = new Int32Array(count);
  for (let row = 0, at = 0; at < count; row++) if (open[row] === 1) rows[at++] = row;
  const judged = validation === null ? null : validation.filter(counts);
  for (const row of judged ?? []) checkTarget(target, row);
  return {
    train: { target, weight, rows, count, query },
    validation: judged === null || judged.length === 0 ? null : { target, weight, rows: judged, count: judged.length, query },
  };
}

function whyNone({ matrix, weight, validation, rows }: WholeTraining): string {
  if (matrix.rows === 0) return ": the matrix has none";
  if (rows?.length === 0) return ": `rows` is empty; null means all but the validation rows";
  if (validation !== null && new Set(validation).size === matrix.rows) return ": all are validation rows, which only judge";
  return weight !== null && !weight.some((w) => w > 0) ? ": all weights are 0" : ": those that are left are validation rows or of weight 0";
}

/** what: "weights". @throws RangeError for a sum whose square is no number. */
export function requireTotal(total: number, what: string): void {
  if (!(total <= MOST_WEIGHT)) throw wrongValue("bad-training", `${what} sum to ${total}; they must sum to at most ${MOST_WEIGHT}`);
  if (total < LEAST) throw wrongValue("bad-training", `${what} sum to ${total}; they must sum to at least ${LEAST}, so multiply them all`);
}

/** @throws RangeError for a query with rows on both sides: its judged rows would be ranked among fewer than they stand with. */
export function refuseSplitQueries({ train, validation }: TrainingRows): void {
  const { query = null } = train;
  if (query === null || validation === null) return;
  const learnedOf = new Map<number, number>();
  for (const row of train.rows) learnedOf.set(query[row]!, row);
  for (const row of validation.rows) {
    const other = learnedOf.get(query[row]!);
    if (other !== undefined)
      throw wrongValue(
        "bad-training",
        `query ${query[row]} is split: row ${other} is learned from and row ${row} judges. A query is ranked as a whole, so give \`validation\` all rows of a query or none`,
      );
  }
}

/** Losses whose hessian is at most the weight of the row. */
const AT_MOST_WEIGHT: readonly string[] = ["logistic", "xentropy", "squared", "absolute", "huber", "quantile", "quantiles"];

/** @throws RangeError when all rows together have less hessian than a leaf must have, which would give a constant without a word. */
export function refuseLightRows({ weight, rows }: LossRows, loss: string, least: number): void {
  if (weight === null || !AT_MOST_WEIGHT.includes(loss)) return;
  let total = 0;
  for (const row of rows) total += weight[row]!;
  if (total >= least) return;
  throw wrongValue(
    "bad-training",
    `weights sum to ${total}, so no leaf can have a hessian of minSumHessianInLeaf = ${least}: multiply the weights or lower the option`,
  );
}

/** @throws RangeError for classes of which the rows to learn from hold one alone, as CatBoost and most of scikit-learn do: it is hardly ever meant. */
export function refuseOneClass({ target, rows, count }: LossRows, { loss }: LossName): void {
  if (loss !== "logistic" && loss !== "softmax") return;
  const first = target[rows[0]!]!;
  for (let i = 1; i < count; i++) if (target[rows[i]!] !== first) return;
  throw wrongValue(
    "bad-training",
    `all ${count} rows to learn from are of class ${first}: there is nothing to tell apart; allowConstLabel: true gives the constant`,
  );
}

function checkTarget(target: Float64Array, row: number): void {
  const value = target[row]!;
  if (!(Math.abs(value) <= MOST_TARGET)) {
    const rule = Number.isFinite(value)
      ? `it must lie within ${MOST_TARGET} of 0`
      : `it must be a finite number${Number.isNaN(value) ? "; of rows without a target, `rows` names the others" : ""}`;
    throw wrongValue("bad-training", `target of row ${row} is ${value}; ${rule}`);
  }
}

function checkLengths({ matrix, target, weight, query, columns = null }: WholeTraining): void {
  if (!isTreeDataset(matrix)) checkMatrix(matrix);
  if (target.length !== matrix.rows) throw wrongValue("bad-training", `target has ${target.length} rows, the matrix ${matrix.rows}`);
  if (weight !== null && weight.length !== matrix.rows)
    throw wrongValue("bad-training", `weight has ${weight.length} rows, the matrix ${matrix.rows}`);
  if (query !== null && query.length !== matrix.rows) {
    const areSizes = query.reduce((sum, size) => sum + size, 0) === matrix.rows;
    const remedy = areSizes ? ": it gives each row the number of its group, not each group its size" : "";
    throw wrongValue("bad-training", `query has ${query.length} rows, the matrix ${matrix.rows}${remedy}`);
  }
  if (columns !== null && !(Array.isArray(columns) && columns.every((name) => typeof name === "string"))) {
    throw wrongType("bad-training", `columns must be a list of names of features, got ${shown(columns)}`);
  }
  if (columns?.length === 0) throw wrongValue("bad-training", "columns are empty: no feature to learn from; null means all");
}
