import type { AuditContext } from "../check.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
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

/** Of the rarer heap so many rows are of things that have so many rows in either. */
const [MOSTLY_SHARED, LEAST_IN_EACH] = [0.8, 5];
/** A trait of a thing: so many rows hold the first value of their thing. */
const TRAIT = 0.9;

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
  const shared = context.frame.columns.filter((one): one is LevelColumn => "codes" in one && areInBoth(one, heap));
  let [number, numberName, source, best]: [number, string | null, string | null, number] = [0.5, null, null, SOURCE];
  for (const other of others) {
    const { score, z } = associate(other, view);
    if (z <= threshold) continue;
    if (other.type === "number" && score > number && !shared.some((levels) => isTrait(levels, other)))
      [number, numberName] = [score, other.name];
    if ("codes" in other && score > best) [source, best] = [other.name, score];
  }
  return { number, numberName, source };
}

/** The rarer heap is of levels that have rows in the other one too. */
function areInBoth({ codes, levels }: LevelColumn, heap: Float64Array): boolean {
  const [lower, upper] = [new Int32Array(levels.length), new Int32Array(levels.length)];
  heap.forEach((side, row) => {
    const code = codes[row] ?? -1;
    if (code >= 0 && side === 0) lower[code] = (lower[code] ?? 0) + 1;
    if (code >= 0 && side === 1) upper[code] = (upper[code] ?? 0) + 1;
  });
  const sum = (counts: Int32Array) => counts.reduce((all, count) => all + count, 0);
  const [rarer, other] = sum(upper) < sum(lower) ? [upper, lower] : [lower, upper];
  const shared = rarer.reduce((all, count, code) => all + (Math.min(count, other[code] ?? 0) >= LEAST_IN_EACH ? count : 0), 0);
  return shared >= MOSTLY_SHARED * sum(rarer);
}

/** What a device always has (the area of its flat) says which device it is, and no more: it is another one with most devices. A number that most rows share is a mark of a kind, whatever names the rows. */
function isTrait({ codes, levels }: LevelColumn, { values }: NumberColumn): boolean {
  const first = new Float64Array(levels.length).fill(Number.NaN);
  let [all, equal] = [0, 0];
  values.forEach((value, row) => {
    const code = codes[row] ?? -1;
    if (code < 0 || Number.isNaN(value)) return;
    if (Number.isNaN(first[code])) first[code] = value;
    all++;
    if (first[code] === value) equal++;
  });
  const own = first.filter((value) => !Number.isNaN(value));
  return all > 0 && equal >= TRAIT * all && 2 * new Set(own).size > own.length;
}
