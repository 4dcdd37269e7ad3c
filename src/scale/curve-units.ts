import type { Experiment, Outcome } from "../core/experiment.ts";
import { targetValues } from "../core/target.ts";
import { countGroups, groupKeysOf, type Lab } from "../lab/index.ts";
import { LEAST_GROUPS, LEAST_ROWS, leastUnitsForClasses } from "./curve-anchors.ts";
import { wholeText } from "./words.ts";

/** What a learning curve counts: rows, or groups where the split goes by group, since more rows of the same groups are not more groups. */
export interface CurveUnits {
  /** "rows", or "groups of patient". */
  readonly name: string;
  /** Mean training units of a fold. Groups and growing windows cannot be cut to every size, so it is counted, not asked for. */
  sizeOf(outcome: Outcome): number;
  /** Smallest size worth training on, and why it is so large; null when it is the general one. */
  least(full: Outcome): { readonly size: number; readonly why: string | null };
}

export function unitsOf(lab: Lab, experiment: Experiment): CurveUnits {
  const { split } = experiment;
  if (split.policy !== "group") return countedBy("rows", LEAST_ROWS, lab, meanTrainRows, (rows) => rows.length);
  const keys = groupKeysOf(lab.frame(experiment.dataset), split.by, split.cut);
  const sizeOf = (outcome: Outcome) => {
    const folds = lab.folds(outcome.experiment);
    return Math.round(folds.reduce((sum, { train }) => sum + countGroups(keys, train), 0) / Math.max(1, folds.length));
  };
  return countedBy(`groups of ${split.by.join(", ")}`, LEAST_GROUPS, lab, sizeOf, (rows) => countGroups(keys, rows));
}

export function meanTrainRows({ folds }: Outcome): number {
  return Math.round(folds.reduce((sum, fold) => sum + fold.trainRows, 0) / Math.max(1, folds.length));
}

function countedBy(name: string, floor: number, lab: Lab, sizeOf: CurveUnits["sizeOf"], count: (rows: Int32Array) => number): CurveUnits {
  return {
    name,
    sizeOf,
    least: (full) => {
      const classes = rowsByClass(lab, full.experiment);
      const all = count(Int32Array.from(classes.flatMap((rows) => [...rows])));
      const size = classes.length === 0 ? floor : leastUnitsForClasses(classes.map(count), all, sizeOf(full), floor);
      const why = `The rarest class needs at least ${wholeText(size)} training ${name} to be there five times.`;
      return { size, why: size > floor ? why : null };
    },
  };
}

/** Rows of the dataset by class; none for a regression. */
function rowsByClass(lab: Lab, { dataset, target, task }: Experiment): Int32Array[] {
  if (task.kind === "regression") return [];
  const rows = new Map<number, number[]>();
  targetValues(lab.frame(dataset), target, task).forEach((label, row) => {
    if (Number.isNaN(label)) return;
    const known = rows.get(label);
    if (known === undefined) rows.set(label, [row]);
    else known.push(row);
  });
  return [...rows.values()].map((one) => Int32Array.from(one));
}
