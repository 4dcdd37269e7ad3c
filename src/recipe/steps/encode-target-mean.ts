import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { type KeptLevels, keptCodes, MISSING } from "../levels.ts";
import { textIndex } from "../onnx-ops.ts";
import { partsOf, targetOutputs } from "../out-of-fold.ts";
import type { OnnxColumn, StepTraining } from "../step.ts";
import { derive, freeName, type LevelColumn, type StepColumn, type Table } from "../table.ts";

/**
 * m-estimate (Micci-Barreca 2001): (sum of the target over the level's n rows + m * prior) / (n + m), with m = 10 rows at the prior, the
 * mean of all training rows.
 */
const PRIOR_ROWS = 10;

/**
 * One numeric feature per output. `means[output][slot]`: slots are the kept levels, "other" if learned, then missing (as a level of its own),
 * then unseen (the prior).
 */
export interface FittedTargetMean extends KeptLevels {
  readonly method: "target-mean";
  readonly column: string;
  readonly names: readonly string[];
  readonly means: readonly (readonly number[])[];
}

export function fitTargetMean(
  kept: KeptLevels & { readonly column: string },
  column: LevelColumn,
  columns: ReadonlyMap<string, unknown>,
  training: StepTraining,
): FittedTargetMean {
  const { target } = training;
  if (target === null) throw new RangeError(`encode "${kept.column}" by target mean: there is no target`);
  const slots = slotsOf(kept, column);
  const outputs = targetOutputs(target.task);
  const means = outputs.map(({ classIndex }) => {
    const rows = Int32Array.from(slots, (_, row) => row);
    return [...smoothedMeans(sumsOf(rows, slots, target.values, classIndex, slotCount(kept)))].map((mean) => mean + 0);
  });
  const names = outputs.map(({ suffix }) => freeName(columns, `${kept.column}.mean${suffix}`));
  return { method: "target-mean", ...kept, names, means };
}

export function applyTargetMean(fitted: FittedTargetMean, column: LevelColumn, table: Table<StepColumn>): void {
  const slots = slotsOf(fitted, column);
  fitted.names.forEach((name, output) => {
    const means = fitted.means[output] ?? [];
    derive(table, name, fitted.column, { type: "number", values: Float64Array.from(slots, (slot) => means[slot] ?? Number.NaN) });
  });
  table.columns.delete(fitted.column);
}

/** Training rows get means learned on the four fifths of the training rows they are not in, so no row sees its own target. */
export function applyTargetMeanOutOfFold(
  fitted: FittedTargetMean,
  column: LevelColumn,
  table: Table<StepColumn>,
  { target, rows, seed }: StepTraining,
): void {
  if (target === null) throw new RangeError(`encode "${fitted.column}" by target mean: there is no target`);
  const slots = slotsOf(fitted, column);
  const folds = partsOf(rows, seed, "target-mean");
  targetOutputs(target.task).forEach(({ classIndex }, output) => {
    const perFold = folds.map((members) => sumsOf(members, slots, target.values, classIndex, slotCount(fitted)));
    const values = new Float64Array(rows);
    folds.forEach((members, fold) => {
      const rest = perFold.filter((_, index) => index !== fold);
      const means = smoothedMeans(
        rest.length === 0 ? sumsOf(new Int32Array(0), slots, target.values, classIndex, slotCount(fitted)) : addUp(rest),
      );
      for (const row of members) values[row] = means[slots[row] ?? 0] ?? Number.NaN;
    });
    derive(table, fitted.names[output] ?? "", fitted.column, { type: "number", values });
  });
  table.columns.delete(fitted.column);
}

export function targetMeanToOnnx(fitted: FittedTargetMean, column: OnnxColumn, table: Table<OnnxColumn>, graph: OnnxGraph): void {
  const count = slotCount(fitted);
  const unseen = fitted.other ? fitted.levels.length : count - 1;
  const slots = textIndex(graph, column.tensor, fitted.levels, count - 2, unseen);
  fitted.names.forEach((name, output) => {
    const means = graph.constant(Float64Array.from(fitted.means[output] ?? []), [count]);
    derive(table, name, fitted.column, { type: "number", tensor: graph.node("Gather", [means, slots])[0] });
  });
  table.columns.delete(fitted.column);
}

function slotCount(kept: KeptLevels): number {
  return kept.levels.length + Number(kept.other) + 2;
}

function slotsOf(kept: KeptLevels, column: LevelColumn): Int32Array {
  const count = slotCount(kept);
  return keptCodes(column, kept).map((code) => (code >= 0 ? code : code === MISSING ? count - 2 : count - 1));
}

interface SlotSums {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** Sum of the target (or of "is this class") and rows, per slot. */
function sumsOf(rows: Int32Array, slots: Int32Array, target: Float64Array, classIndex: number | null, count: number): SlotSums {
  const [sums, counts] = [new Float64Array(count), new Float64Array(count)];
  for (const row of rows) {
    const value = target[row] ?? Number.NaN;
    const slot = slots[row] ?? 0;
    sums[slot] = (sums[slot] ?? 0) + (classIndex === null ? value : Number(value === classIndex));
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return { sums, counts };
}

function addUp(parts: readonly SlotSums[]): SlotSums {
  return parts.reduce((total, part) => ({
    sums: total.sums.map((sum, slot) => sum + (part.sums[slot] ?? 0)),
    counts: total.counts.map((count, slot) => count + (part.counts[slot] ?? 0)),
  }));
}

function smoothedMeans({ sums, counts }: SlotSums): Float64Array {
  const rows = counts.reduce((total, count) => total + count, 0);
  const prior = rows === 0 ? 0 : sums.reduce((total, sum) => total + sum, 0) / rows;
  return sums.map((sum, slot) => (sum + PRIOR_ROWS * prior) / ((counts[slot] ?? 0) + PRIOR_ROWS));
}
