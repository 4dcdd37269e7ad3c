import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { targetView } from "../columns/target-view.ts";
import { associate, zThreshold } from "../signal/associations.ts";

/** Other columns of numbers, and of names, that are asked whether they know the heap of a row. */
const MOST_WITNESSES = 20;
const VIEW_ROWS = 5000;
/** A category that tells the heap of a row so well is its source. */
const SOURCE = 0.9;

export interface UnitWitnesses {
  /** Best score of a number that is not in two heaps itself, 0.5 when none is beyond chance. */
  readonly number: number;
  readonly numberName: string | null;
  /** The category that tells the heap of nearly every row. */
  readonly source: string | null;
}

/** Two kinds of things differ in other numbers too; the unit that somebody wrote does not show there. isIn: of the row; null: it has no value. mixed: columns in two units themselves. */
export function unitWitnesses(
  context: AuditContext,
  column: NumberColumn,
  isIn: (row: number) => boolean | null,
  mixed: ReadonlySet<string>,
): UnitWitnesses {
  const heap = column.values.map((_, row) => Number(isIn(row) ?? Number.NaN));
  const view = targetView(heap, { kind: "binary", classes: ["lower", "upper"] }, VIEW_ROWS, context.seed);
  const told = finestFirst(
    featuresOf(context).filter(({ name }) => name !== column.name && !mixed.has(name)),
    ({ name }) => infoOf(context, name).distinct,
  );
  // A source has few names, a number that knows the kind of a thing many values.
  const [numbers, names] = [told.filter(({ type }) => type === "number"), told.filter((one) => "codes" in one)];
  const others = [...numbers.slice(0, MOST_WITNESSES), ...names.slice(-MOST_WITNESSES)];
  const threshold = zThreshold(others.length);
  let [number, numberName, source, best]: [number, string | null, string | null, number] = [0.5, null, null, SOURCE];
  for (const other of others) {
    const { score, z } = associate(other, view);
    if (z <= threshold) continue;
    if (other.type === "number" && score > number) [number, numberName] = [score, other.name];
    if ("codes" in other && score > best) [source, best] = [other.name, score];
  }
  return { number, numberName, source };
}
