import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, factsOf, valueAt } from "../columns/column-facts.ts";

/** A column whose value in the next row is the target of this one: rain today and rain tomorrow. The rows follow each other in time. */
export interface NextRow {
  readonly column: string;
  /** Pairs of rows that stand beside each other, and those in which it is so. */
  readonly pairs: number;
  readonly held: number;
  /** Share of the pairs that would be so if the rows stood in any order, or if this row's own value went on. */
  readonly byChance: number;
}

/** Stretches of several things begin anew, and some days are left out. */
const HOLDS = 0.8;
const LEAST_PAIRS = 100;
/** Of what is left to chance so much is explained. */
const EXPLAINED = 0.5;
const CHANCE = 1e-9;
/** Beside two values a word for "not known" and slips. */
const [MOST_VALUES, NEARLY_ALL] = [5, 0.95];

/**
 * The column of the features that tells most so; null without one. Chance is the larger of how often the two values agree in any two rows and how often they do in one
 * row, since what lasts is the same tomorrow. Linear in rows and columns. Once per audit.
 */
export function nextRowOf(context: AuditContext): NextRow | null {
  return context.shared("next row", () => {
    const { features } = context.roles;
    const found = columnsNamed(context.frame, features).flatMap((column) => nextIn(context, column) ?? []);
    const sure = found.filter(({ pairs, held, byChance }) => {
      const isMuch = held >= HOLDS * pairs && held / pairs - byChance >= EXPLAINED * (1 - byChance);
      return pairs >= LEAST_PAIRS && isMuch && features.length * binomialUpperTail(held, pairs, byChance) < CHANCE;
    });
    return sure.sort((a, b) => b.held / b.pairs - a.held / a.pairs)[0] ?? null;
  });
}

function nextIn(context: AuditContext, column: Column): NextRow | null {
  const found = readings(context, column).flatMap((read) => agreement(context, column, read) ?? []);
  return found.sort((a, b) => b.held - a.held)[0] ?? null;
}

/** How often a cell of the column, read as a label, is the label of the row before. */
function agreement(context: AuditContext, column: Column, read: (value: number) => number): NextRow | null {
  const { rows, rowNumbers } = context.frame;
  const values = Float64Array.from({ length: rows }, (_, row) => read(valueAt(column, row)));
  const { target } = context;
  const [own, following] = [new Map<number, number>(), new Map<number, number>()];
  let [pairs, held, lasting] = [0, 0, 0];
  for (let row = 0; row + 1 < rows; row++) {
    const [label, next] = [target[row] ?? Number.NaN, values[row + 1] ?? Number.NaN];
    if (Number.isNaN(label) || Number.isNaN(next)) continue;
    // Of a sample many rows have no next one.
    if (rowNumbers !== null && (rowNumbers[row + 1] ?? 0) !== (rowNumbers[row] ?? 0) + 1) continue;
    pairs++;
    held += Number(label === next);
    lasting += Number(label === values[row]);
    own.set(label, (own.get(label) ?? 0) + 1);
    following.set(next, (following.get(next) ?? 0) + 1);
  }
  if (pairs === 0) return null;
  let any = 0;
  for (const [label, count] of own) any += (count / pairs) * ((following.get(label) ?? 0) / pairs);
  return { column: column.name, pairs, held, byChance: Math.max(any, lasting / pairs) };
}

/** Numbers as they are, classes by their names, and of two classes two values either way round: "Yes" and "No" beside 1 and 0. */
function readings({ task, frame }: AuditContext, column: Column): readonly ((value: number) => number)[] {
  const isNumber = "values" in column && column.type === "number";
  if (task.kind === "regression") return isNumber ? [(value) => value] : [];
  if (column.type === "date") return [];
  if (task.classes.length === 2) {
    if (factsOf(column, frame.rows).distinct > MOST_VALUES) return [];
    const [first, second] = twoOf(column, frame.rows);
    if (second === undefined) return [];
    return [0, 1].map((label) => (value: number) => (value === first ? label : value === second ? 1 - label : Number.NaN));
  }
  const places = new Map(task.classes.map((name, place) => [name, place]));
  if (isNumber) return [(value) => places.get(String(value)) ?? Number.NaN];
  const codes = "codes" in column ? column.levels.map((level) => places.get(level) ?? Number.NaN) : [];
  return [(value) => codes[value] ?? Number.NaN];
}

/** The two values that nearly all rows have; fewer where they have not. */
function twoOf(column: Column, rows: number): readonly number[] {
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const value = valueAt(column, row);
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const two = sorted.slice(0, 2);
  const held = two.reduce((sum, [, count]) => sum + count, 0);
  return held >= NEARLY_ALL * sorted.reduce((sum, [, count]) => sum + count, 0) ? two.map(([value]) => value) : [];
}
