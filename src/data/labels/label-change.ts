import { float64From } from "../../core/typed-from.ts";
import { ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { type ChangePlace, changePlace } from "./change-place.ts";
import { type LastingStep, lastingStep } from "./lasting-step.ts";
import { type LevelJump, levelJump } from "./level-jump.ts";

export const LEAST_Z = 5;
/** No other change of the series comes to a third of it. */
export const OVER_OTHERS = 3;
const MOST_CLASSES = 20;
/** Part of the rows on either side in which the place is looked for row by row: it was found by blocks. */
const NEAR = 1 / 12;

type Found = (LevelJump & { readonly how: "jump" }) | (LastingStep & { readonly how: "step" });
export type Change = Found & { readonly place: ChangePlace };

/** Where in time the target changes its level at once and for good, by the class that does most (-1 of a number). */
export interface LabelChange {
  readonly classIndex: number;
  readonly change: Change;
}

/** Along the time of the rows; null without a time or a change. Once per audit. */
export function labelChange(context: AuditContext): LabelChange | null {
  return context.shared("label change", () => {
    const order = rowOrderOf(context);
    if (order.by === null) return null;
    const labels = float64From(order.rows, (row) => context.target[row] ?? Number.NaN);
    const series = seriesOf(context, labels);
    const jumps = series.flatMap(({ classIndex, values, share }): LabelChange[] => {
      const jump = levelJump(values, (rows) => Math.sqrt((share * (1 - share)) / rows));
      return jump !== null && jump.z >= LEAST_Z && jump.overOthers >= OVER_OTHERS
        ? [{ classIndex, change: placed(values, { ...jump, how: "jump" }) }]
        : [];
    });
    if (jumps.length > 0) return largest(jumps);
    const steps = series.flatMap(({ classIndex, values, share }): LabelChange[] => {
      const step = lastingStep(values, Math.sqrt(share * (1 - share)));
      return step === null ? [] : [{ classIndex, change: placed(values, { ...step, how: "step" }) }];
    });
    return largest(steps);
  });
}

function placed(values: Float64Array, change: Found): Change {
  const reach = Math.ceil(NEAR * values.length);
  const place = changePlace(values, Math.max(1, change.at - reach), Math.min(values.length - 1, change.at + reach));
  return { ...change, at: place.at, place };
}

function largest(all: readonly LabelChange[]): LabelChange | null {
  return all.reduce<LabelChange | null>((top, one) => (top === null || one.change.z > top.change.z ? one : top), null);
}

interface Series {
  readonly classIndex: number;
  readonly values: Float64Array;
  /** Mean, for the noise of a share; of ranks the spread of a uniform. */
  readonly share: number;
}

function seriesOf({ task }: AuditContext, labels: Float64Array): readonly Series[] {
  // Variance of a uniform in 0..1 is 1/12 = 0.0833, that of a share of 0.0917.
  if (task.kind === "regression") return [{ classIndex: -1, values: ranks(labels).map((rank) => rank / labels.length), share: 0.0917 }];
  const wanted = task.classes.length === 2 ? [1] : Array.from(task.classes.keys()).slice(0, MOST_CLASSES);
  return wanted.map((classIndex) => {
    const values = labels.map((label) => Number(label === classIndex));
    return { classIndex, values, share: values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length) };
  });
}
