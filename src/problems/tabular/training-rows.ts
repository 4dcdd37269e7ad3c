/** What decides how many rows the last training uses. */
export interface TrainingRowsQuestion {
  /** Rows of the table, and of the sample on which the model was judged. */
  readonly rows: number;
  readonly sampled: number;
  /** Measured on the sample: bytes of a row in the columns that are used, and in the matrix that is made of them. */
  readonly frameBytes: number;
  readonly matrixBytes: number;
  readonly memoryBytes: number;
  /** Measured in the folds. */
  readonly msPerRow: number;
  /** Time that the training may take; Infinity without a budget. */
  readonly withinMs: number;
}

export interface TrainingRows {
  readonly rows: number;
  /** Why not all, one plain phrase; empty when all. */
  readonly why: string;
}

/** Of --memory; the rest is for the program, the sample and the other threads. */
const MEMORY_SHARE = 0.5;

/**
 * The frame in shared memory and the columns that the recipe works on; the matrix and what an estimator makes of it. Measured beside the frame, 300,000 and
 * 800,000 rows of 8 columns (56 bytes in the frame): 2.6 times the matrix of 88 bytes with a linear model; at most 3 times with boosted trees.
 */
const FRAME_COPIES = 2;
const MATRIX_COPIES = 3;

/** Trees sort and caches get too small: a training on many rows takes longer than the fold's time per row says. */
const SLOWDOWN = 1.5;

/**
 * All rows if memory and time allow. Memory cuts to the rows that fit. Time cuts to twice the sample, four times and so on, so that small changes of speed
 * do not change the model. Never fewer than the sample.
 */
export function trainingRows(question: TrainingRowsQuestion): TrainingRows {
  const { rows, sampled, frameBytes, matrixBytes, memoryBytes, msPerRow, withinMs } = question;
  const bytes = FRAME_COPIES * frameBytes + MATRIX_COPIES * matrixBytes;
  const fitting = Math.max(sampled, Math.min(rows, Math.floor((MEMORY_SHARE * memoryBytes) / bytes)));
  const inTime = (some: number) => SLOWDOWN * msPerRow * some <= withinMs;
  if (inTime(fitting)) return { rows: fitting, why: fitting === rows ? "" : memoryWhy(bytes, memoryBytes) };
  let most = sampled;
  while (2 * most < fitting && inTime(2 * most)) most *= 2;
  return { rows: most, why: "more would have taken too much of the budget" };
}

function memoryWhy(bytes: number, memoryBytes: number): string {
  return `no more fit into ${Math.round(memoryBytes / 1e6)} MB of --memory, at ${Math.round(bytes)} bytes a row`;
}
