import type { Column } from "../../core/column.ts";
import { float64From, int32From, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";
import { targetView } from "../columns/target-view.ts";
import { type Association, associate, associationsOf, zThreshold } from "../signal/associations.ts";
import { type BesideChange, toldBesideChange } from "./beside-a-change.ts";
import { oneSided } from "./one-sided.ts";

/**
 * Two columns that together give the classes although neither does alone. Measurements of one thing do so as well: the ratio of length and depth of a bill
 * tells species apart. What defines a class is told from them by where it cuts, or by leaving hardly any overlap.
 */
export interface PairJump {
  readonly columns: readonly [string, string];
  readonly operation: "a - b" | "a / b" | "a + b" | "a = b";
  /** comparison: which of the two is larger, or that they are equal, gives the class; no measurement cuts just there. separation: nearly no pair of rows lies in the wrong order. */
  readonly by: "comparison" | "separation";
  readonly together: Association;
  readonly alone: number;
  /** It gives the classes before and after the target changed its meaning, and less of all rows together; null: of all rows. */
  readonly beside: BesideChange | null;
}

const MOST_COLUMNS = 30;
/** Points of two parts are added where both tell much. */
const MOST_ADDED = 12;
const ROWS = 2_000;
const TOGETHER = 0.98;
const ALONE = 0.93;
/** AUC of "a is larger than b" alone, a point or two below that of the difference it is a part of. */
const COMPARED = 0.96;
/** Share of pairs in the right order from which classes hardly overlap. */
const SEPARATED = 0.9995;
/** What a pair tells of all rows at least that gives the classes on either side of a change. */
const BEFORE_A_LOOK = 0.85;

/** Differences, ratios and sums of numbers, equality of names, among the 30 features of either kind that tell most alone. */
export async function pairJumps(context: AuditContext): Promise<readonly PairJump[]> {
  const associations = associationsOf(context);
  const { rows, ...labels } = targetView(context.target, context.task, ROWS, context.seed);
  if (rows.length < 50) return [];
  // What two columns make stands by the place of a row among those looked at.
  const view = { ...labels, rows: placesUpTo(rows.length) };
  // Which of an amount that only one class has and of anything else is larger says whether there is an amount.
  const filled = oneSided(context).map(({ column }) => column);
  const offered = columnsNamed(context.frame, context.roles.features)
    .filter(({ name }) => (associations.get(name)?.score ?? 1) < ALONE && !filled.includes(name))
    .sort((a, b) => (associations.get(b.name)?.z ?? 0) - (associations.get(a.name)?.z ?? 0) || (a.name < b.name ? -1 : 1));
  const numbers = offered.filter(({ type }) => type === "number" || type === "date").slice(0, MOST_COLUMNS);
  const names = offered.filter(({ type }) => type === "category" || type === "text").slice(0, MOST_COLUMNS);
  const pairs = [...pairsOf(numbers), ...pairsOf(names)];
  const added = new Set(numbers.slice(0, MOST_ADDED));
  const limit = zThreshold(3 * pairs.length);
  const jumps: PairJump[] = [];
  for (const [a, b] of pairs) {
    const sum = added.has(a) && added.has(b) && a.type === "number" ? (["a + b"] as const) : [];
    jumps.push(...[...operationsOf(a), ...sum].flatMap((operation) => jump(a, b, operation) ?? []));
    await context.pause();
  }
  return jumps.sort((x, y) => y.together.score - x.together.score || (x.columns.join() < y.columns.join() ? -1 : 1));

  function jump(a: Column, b: Column, operation: PairJump["operation"]): PairJump | null {
    const made = combined(a, b, operation, rows);
    const together = associate(made, view);
    const alone = Math.max(associations.get(a.name)?.score ?? 0.5, associations.get(b.name)?.score ?? 0.5);
    if (together.z <= limit) return null;
    if (together.score < TOGETHER) {
      const beside = together.score < BEFORE_A_LOOK ? null : toldBesideChange(context, (some) => combined(a, b, operation, some));
      if (beside === null || Math.min(beside.before, beside.after) < SEPARATED) return null;
      return { columns: [a.name, b.name], operation, by: "separation", together, alone, beside };
    }
    const isCompared =
      operation === "a = b" ||
      (operation !== "a + b" &&
        comparisons(made.values, operation === "a - b" ? 0 : 1).some((one) => associate(one, view).score >= COMPARED));
    if (!isCompared && together.score < SEPARATED) return null;
    return { columns: [a.name, b.name], operation, by: isCompared ? "comparison" : "separation", together, alone, beside: null };
  }
}

function operationsOf(column: Column): readonly PairJump["operation"][] {
  return column.type === "number" ? ["a - b", "a / b"] : column.type === "date" ? ["a - b"] : ["a = b"];
}

function pairsOf(columns: readonly Column[]): readonly [Column, Column][] {
  return columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b): [Column, Column][] => (a.type === b.type || !("values" in a) ? [[a, b]] : [])),
  );
}

/** Whether a value is above, or not below, the point at which the two columns are equal; and which of larger, equal and smaller it is, for more than two classes. */
function comparisons(values: Float64Array, equal: number): readonly Column[] {
  const flag = (is: (value: number) => boolean): Column => ({
    name: "comparison",
    type: "number",
    values: values.map((value) => (Number.isNaN(value) ? value : Number(is(value)))),
  });
  const sides = int32From(values, (value) => (Number.isNaN(value) ? -1 : 1 + Math.sign(value - equal)));
  const which: Column = { name: "comparison", type: "category", codes: sides, levels: ["smaller", "equal", "larger"] };
  return [flag((value) => value > equal), flag((value) => value >= equal), which];
}

function combined(
  a: Column,
  b: Column,
  operation: PairJump["operation"],
  rows: Int32Array,
): { readonly name: string; readonly type: "number"; readonly values: Float64Array } {
  const name = `${a.name} ${operation} ${b.name}`;
  if (operation === "a = b") return { name, type: "number", values: float64From(rows, levelMatch(a, b)) };
  const values = new Float64Array(rows.length).fill(Number.NaN);
  if ("values" in a && "values" in b) combineNumbers(a.values, b.values, operation, rows, values);
  return { name, type: "number", values };
}

function combineNumbers(
  a: Float64Array,
  b: Float64Array,
  operation: Exclude<PairJump["operation"], "a = b">,
  rows: Int32Array,
  values: Float64Array,
): void {
  for (let place = 0; place < rows.length; place++) {
    const [x, y] = [a[rows[place] as number] as number, b[rows[place] as number] as number];
    const made = operation === "a - b" ? x - y : operation === "a + b" ? x + y : x / y;
    if (Number.isFinite(made)) values[place] = made;
  }
}

function levelMatch(a: Column, b: Column): (row: number) => number {
  return (row) => {
    const [x, y] = [textAt(a, row), textAt(b, row)];
    return x === null || y === null ? Number.NaN : Number(x === y);
  };
}
