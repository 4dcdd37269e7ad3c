import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";
import { targetView } from "../columns/target-view.ts";
import { type Association, associate, associationsOf, zThreshold } from "../signal/associations.ts";

/** Two columns that together give the classes although neither does alone. */
export interface PairJump {
  readonly columns: readonly [string, string];
  readonly operation: "a - b" | "a / b" | "a = b";
  readonly together: Association;
  readonly alone: number;
}

const MOST_COLUMNS = 30;
const ROWS = 2_000;
const TOGETHER = 0.98;
const ALONE = 0.93;

/** Differences and ratios of numbers, equality of names, among the 30 features of either kind that tell most alone. */
export async function pairJumps(context: AuditContext): Promise<readonly PairJump[]> {
  const associations = associationsOf(context);
  const view = targetView(context.target, context.task, ROWS, context.seed);
  if (view.rows.length < 50) return [];
  const offered = columnsNamed(context.frame, context.roles.features)
    .filter(({ name }) => (associations.get(name)?.score ?? 1) < ALONE)
    .sort((a, b) => (associations.get(b.name)?.z ?? 0) - (associations.get(a.name)?.z ?? 0) || (a.name < b.name ? -1 : 1));
  const numbers = offered.filter(({ type }) => type === "number" || type === "date").slice(0, MOST_COLUMNS);
  const names = offered.filter(({ type }) => type === "category" || type === "text").slice(0, MOST_COLUMNS);
  const pairs = [...pairsOf(numbers), ...pairsOf(names)];
  const limit = zThreshold(2 * pairs.length);
  const jumps: PairJump[] = [];
  for (const [a, b] of pairs) {
    jumps.push(...operationsOf(a).map((operation) => jump(a, b, operation)));
    await context.pause();
  }
  return jumps
    .filter(({ together }) => together.score >= TOGETHER && together.z > limit)
    .sort((x, y) => y.together.score - x.together.score || (x.columns.join() < y.columns.join() ? -1 : 1));

  function jump(a: Column, b: Column, operation: PairJump["operation"]): PairJump {
    const together = associate(combined(a, b, operation, view.rows, context.frame.rows), view);
    const alone = Math.max(associations.get(a.name)?.score ?? 0.5, associations.get(b.name)?.score ?? 0.5);
    return { columns: [a.name, b.name], operation, together, alone };
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

function combined(a: Column, b: Column, operation: PairJump["operation"], rows: Int32Array, length: number): Column {
  const values = new Float64Array(length).fill(Number.NaN);
  const same = operation === "a = b" ? levelMatch(a, b) : null;
  for (const row of rows) {
    if (same !== null) values[row] = same(row);
    else if ("values" in a && "values" in b) {
      const [x, y] = [a.values[row] ?? Number.NaN, b.values[row] ?? Number.NaN];
      const made = operation === "a - b" ? x - y : x / y;
      values[row] = Number.isFinite(made) ? made : Number.NaN;
    }
  }
  return { name: `${a.name} ${operation} ${b.name}`, type: "number", values };
}

function levelMatch(a: Column, b: Column): (row: number) => number {
  return (row) => {
    const [x, y] = [textAt(a, row), textAt(b, row)];
    return x === null || y === null ? Number.NaN : Number(x === y);
  };
}
