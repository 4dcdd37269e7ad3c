import type { Feature, Matrix } from "../../core/matrix.ts";
import { readOptions } from "../options.ts";
import type { TreeEnsemble } from "./ensemble.ts";
import { checkEnsemble } from "./ensemble-check.ts";
import { predictBatch } from "./predict/batch.ts";
import { columnsOf } from "./predict/columns.ts";
import { applyLink } from "./predict/link.ts";
import { rawScorerOf } from "./predict/scorer.ts";

/** From this many walks of a row through a tree on, a program for the kernel pays. */
const WALKS_FOR_KERNEL = 50_000;

const RULES = { threads: { type: "integer", value: 1, low: 1 } } as const;

export interface PredictOptions {
  /** Threads for many rows, at most 17; 1 without. The scores are the same for any number. */
  readonly threads?: number;
}

/**
 * Raw scores, rows x outputs, row-major. Features are found by name. Few rows are walked one by one, many go through the WebAssembly kernel;
 * both give the same bits: each row adds the leaves of the trees in their order to the base.
 * @throws RangeError when a feature of the ensemble is absent from the matrix or of another kind, or an option does not exist or fit.
 */
export function predictRaw(ensemble: TreeEnsemble, matrix: Matrix, options: PredictOptions = {}): Float64Array {
  const { threads } = readOptions("predict", RULES, options);
  checkEnsemble("predict", ensemble);
  const columns = columnsOf(ensemble, matrix);
  const raw = new Float64Array(matrix.rows * ensemble.outputs);
  if (matrix.rows * ensemble.treeOutput.length < WALKS_FOR_KERNEL) predictRows(ensemble, columns, matrix.rows, raw);
  else if (!tryBatch(ensemble, columns, matrix.rows, raw, threads)) predictRows(ensemble, columns, matrix.rows, raw);
  return raw;
}

/** Predictions with the link applied, rows x outputs, row-major: probabilities or values. @throws RangeError as predictRaw. */
export function predict(ensemble: TreeEnsemble, matrix: Matrix, options: PredictOptions = {}): Float64Array {
  const raw = predictRaw(ensemble, matrix, options);
  applyLink(ensemble, raw);
  return raw;
}

/** false when the machine gives the kernel no memory, e.g. under a limit of address space. */
function tryBatch(ensemble: TreeEnsemble, columns: readonly Feature[], rows: number, raw: Float64Array, threads: number): boolean {
  try {
    predictBatch(ensemble, columns, rows, raw, threads);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function predictRows(ensemble: TreeEnsemble, columns: readonly Feature[], rows: number, raw: Float64Array): void {
  const score = rawScorerOf(ensemble);
  const values = new Float64Array(columns.length);
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < columns.length; place++) {
      const column = columns[place]!;
      values[place] = column.kind === "numeric" ? column.values[row]! : column.codes[row]!;
    }
    raw.set(score(values), row * ensemble.outputs);
  }
}
