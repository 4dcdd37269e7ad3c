import { columnOf, type Frame } from "../core/column.ts";
import { contentHash } from "../core/json.ts";
import type { Fold } from "../core/split.ts";
import type { FoldQuestion } from "./contracts.ts";
import { foldsOf } from "./fold.ts";
import { splitInputOf } from "./split/frame-input.ts";
import type { SplitInput } from "./split/input.ts";
import { limitTrain } from "./train-limit.ts";
import { validationRows } from "./validation.ts";

export interface FoldPlan {
  readonly folds: readonly Fold[];
  /** Rows of each fold's training part held back for early stopping. */
  readonly validations: readonly Int32Array[];
}

/** Plans are as large as the data, so only the last few are kept; the others are made again, equal. */
const KEPT_PLANS = 8;

export function foldPlanner(frameOf: (version: string) => Frame): (question: FoldQuestion) => FoldPlan {
  const kept = new Map<string, FoldPlan>();
  return (question) => {
    const { dataset, split, target, task, weight, seed, trainRows, trainShare = 1, heldOut = 0 } = question;
    const key = contentHash({ dataset, split, target, task, weight, seed, trainRows, trainShare, heldOut });
    const plan = kept.get(key) ?? makePlan(frameOf(dataset), question);
    kept.delete(key);
    kept.set(key, plan);
    for (const oldest of kept.keys()) if (kept.size > KEPT_PLANS) kept.delete(oldest);
    return plan;
  };
}

function makePlan(frame: Frame, question: FoldQuestion): FoldPlan {
  const { split, target, task, weight, seed, heldOut = 0 } = question;
  const input = withoutWeightless(withoutLast(splitInputOf(frame, target, task), heldOut), frame, weight);
  const folds = foldsOf(split, input, seed).map((fold) => limitTrain(split, fold, question, input, seed));
  return { folds, validations: folds.map((fold) => validationRows(split, fold, input, seed)) };
}

/** Rows without a label are in no fold, so rows that are held out lose theirs. */
function withoutLast(input: SplitInput, heldOut: number): SplitInput {
  if (heldOut === 0) return input;
  return { ...input, target: input.target.slice().fill(Number.NaN, Math.max(0, input.rows - heldOut)) };
}

/** A row of weight 0 or none neither teaches nor judges: dealt out with the others it may leave a fold without any row that does. */
function withoutWeightless(input: SplitInput, frame: Frame, weight: string | null): SplitInput {
  const column = weight === null ? null : columnOf(frame, weight);
  if (column === null || !("values" in column)) return input;
  return { ...input, target: input.target.map((label, row) => ((column.values[row] ?? 0) > 0 ? label : Number.NaN)) };
}
