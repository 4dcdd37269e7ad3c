import { createRandom } from "../../core/random.ts";
import { float64From } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { halfDecimal } from "../columns/written-decimals.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { kinshipIn } from "./same-form.ts";
import { writtenTargets } from "./written-targets.ts";

/** A column that lies by one of a few steps from the target: the other end of an interval, a value that was written once more a little later. */
export interface FewSteps {
  readonly column: string;
  /** The most frequent differences of the target and the column, the most frequent first, and the share of the rows that has one of them. */
  readonly steps: readonly number[];
  readonly share: number;
  /** The same share where the column's rows are shuffled. */
  readonly byChance: number;
}

const MOST_STEPS = 3;
const LEAST_SHARE = 0.8;
/** Coarse numbers lie by a few steps from each other anyway. */
const MOST_BY_CHANCE = 0.4;
const LEAST_ROWS = 50;
const LEAST_VALUES = 10;

/** Of numbers with ten values or more. A second measurement is now a step above the first and now below; the other end of an interval lies on one side. */
export function fewSteps(context: AuditContext): readonly FewSteps[] {
  const { target, task, seed } = context;
  if (task.kind !== "regression" || new Set(target).size < LEAST_VALUES) return [];
  const itself = new Set(writtenTargets(context).map(({ column }) => column));
  return numberFeatures(context).flatMap(({ name, type, values }): FewSteps[] => {
    if (type !== "number" || itself.has(name) || infoOf(context, name).distinct < LEAST_VALUES || answerFor(context, name) !== null)
      return [];
    // What is named like the target is asked about by its name.
    if (kinshipIn(context, name) !== null) return [];
    const rows = [...values.keys()].filter((row) => !Number.isNaN((values[row] ?? Number.NaN) + (target[row] ?? Number.NaN)));
    if (rows.length < LEAST_ROWS) return [];
    const [own, wanted] = [values, target].map((from) => float64From(rows, (row) => from[row] ?? 0)) as [Float64Array, Float64Array];
    const unit = Math.max(2 * Math.min(halfDecimal(own), halfDecimal(wanted)), DUST * largestOf(wanted));
    const found = stepsOf(own, wanted, unit);
    if (found.share < LEAST_SHARE || !(found.steps.every((step) => step > 0) || found.steps.every((step) => step < 0))) return [];
    const byChance = stepsOf(createRandom(seed, "few steps", name).shuffle(own), wanted, unit).share;
    return byChance > MOST_BY_CHANCE ? [] : [{ column: name, ...found, byChance }];
  });
}

/** Of the largest number, what arithmetic loses. */
const DUST = 1e-9;

function largestOf(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** unit: what the last written decimal is worth; subtraction leaves 0.30000000000000004. */
function stepsOf(own: Float64Array, target: Float64Array, unit: number): Pick<FewSteps, "steps" | "share"> {
  const counts = new Map<number, { readonly step: number; rows: number }>();
  target.forEach((value, i) => {
    const step = value - (own[i] ?? 0);
    const place = Math.round(step / unit);
    const held = counts.get(place);
    if (held === undefined) counts.set(place, { step, rows: 1 });
    else held.rows++;
  });
  const most = [...counts.values()].sort((a, b) => b.rows - a.rows).slice(0, MOST_STEPS);
  return {
    steps: most.map(({ step }) => Number(step.toPrecision(SHOWN))),
    share: most.reduce((sum, { rows }) => sum + rows, 0) / target.length,
  };
}

/** Digits of a step that are told. */
const SHOWN = 6;
