import type { Column } from "../../core/column.ts";
import { int32From } from "../../core/typed-from.ts";
import { chiSquareUpperTail, entropy } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, textAt, valueAt } from "../columns/column-facts.ts";
import { targetView } from "../columns/target-view.ts";
import { type Association, associate, associationsOf } from "../signal/associations.ts";

/** Two columns of few values whose pairs of values go with one class each, though either alone tells little of it: one or the other, but not both. */
export interface PairCells {
  readonly columns: readonly [string, string];
  /** Share of the entropy of the classes that only both columns together tell. */
  readonly onlyTogether: number;
  readonly together: Association;
  readonly alone: number;
  /** The pairs of values with the most rows. */
  readonly cells: readonly { readonly values: readonly [string, string]; readonly classIndex: number; readonly share: number }[];
}

/** Columns with the fewest values, of so many at most; and rows. */
const MOST_COLUMNS = 60;
const MOST_VALUES = 8;
const ROWS = 5_000;
const LEAST_ROWS = 50;
/** Expected rows of a cell, on average. */
const LEAST_PER_CELL = 5;
/** Columns that honestly act together tell a few hundredths of the entropy only together; a class that was made of them is told nearly whole. */
const ONLY_TOGETHER = 0.5;
/** Chance of one such pair among all that are looked at (Bonferroni). */
const BY_CHANCE = 1e-6;
const SHOWN = 4;

interface Coded {
  readonly column: Column;
  readonly codes: Int32Array;
  readonly values: number;
  /** What the column tells of the class, in nats. */
  readonly told: number;
}

/**
 * Interaction information of two columns and the class (McGill 1954), I(a,b; y) - I(a; y) - I(b; y), less its mean by chance (Miller and Madow): twice that times the
 * rows is chi-square with (a - 1)(b - 1)(classes - 1) degrees of freedom where the columns are independent and neither tells of the class; columns that tell the same make it smaller. All pairs of columns of few values; a gap is a value. The strongest first.
 */
export async function pairCells(context: AuditContext): Promise<readonly PairCells[]> {
  const { task, target, seed, frame, roles } = context;
  const view = targetView(target, task, ROWS, seed);
  if (task.kind === "regression" || view.rows.length < LEAST_ROWS) return [];
  const labels = int32From(view.rows, (row) => target[row] ?? 0);
  const classes = task.classes.length;
  const whole = entropy(countsOf(labels, classes));
  const columns = columnsNamed(frame, roles.features)
    .flatMap((column) => codedOf(column, view.rows, labels, classes))
    .sort((a, b) => a.values - b.values || (a.column.name < b.column.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b] as const));
  const found: PairCells[] = [];
  for (const [place, [a, b]] of pairs.entries()) {
    if (place % 100 === 0) await context.pause();
    if (a.values * b.values * LEAST_PER_CELL > labels.length) continue;
    const codes = a.codes.map((code, i) => code * b.values + (b.codes[i] ?? 0));
    const freedom = (a.values - 1) * (b.values - 1) * (classes - 1);
    const extra = toldBy(codes, a.values * b.values, labels, classes) - a.told - b.told;
    const onlyTogether = (extra - freedom / (2 * labels.length)) / whole;
    if (!(onlyTogether >= ONLY_TOGETHER) || !(chiSquareUpperTail(2 * labels.length * extra, freedom) * pairs.length < BY_CHANCE)) continue;
    found.push({ ...described(a, b, codes), onlyTogether });
  }
  return found.sort((x, y) => y.onlyTogether - x.onlyTogether);

  function described(a: Coded, b: Coded, codes: Int32Array): Omit<PairCells, "onlyTogether"> {
    const score = (one: Coded) => associationsOf(context).get(one.column.name)?.score ?? 0.5;
    const made = new Int32Array(frame.rows).fill(-1);
    view.rows.forEach((row, i) => {
      made[row] = codes[i] ?? -1;
    });
    const levels = Array.from({ length: a.values * b.values }, (_, code) => String(code));
    return {
      columns: [a.column.name, b.column.name],
      together: associate({ name: "both", type: "category", codes: made, levels }, view),
      alone: Math.max(score(a), score(b)),
      cells: cellsOf(a.column, b.column, view.rows, codes, labels, classes),
    };
  }
}

function countsOf(codes: Int32Array, values: number): Float64Array {
  const counts = new Float64Array(values);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Mutual information of codes and labels, in nats. */
function toldBy(codes: Int32Array, values: number, labels: Int32Array, classes: number): number {
  const both = codes.map((code, i) => code * classes + (labels[i] ?? 0));
  return entropy(countsOf(codes, values)) + entropy(countsOf(labels, classes)) - entropy(countsOf(both, values * classes));
}

function codedOf(column: Column, rows: Int32Array, labels: Int32Array, classes: number): readonly Coded[] {
  if (column.type === "date") return [];
  const places = new Map<number, number>();
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const cell = valueAt(column, rows[i] ?? 0);
    const code = places.get(cell) ?? places.size;
    if (code >= MOST_VALUES) return [];
    places.set(cell, code);
    codes[i] = code;
  }
  return places.size < 2 ? [] : [{ column, codes, values: places.size, told: toldBy(codes, places.size, labels, classes) }];
}

function cellsOf(a: Column, b: Column, rows: Int32Array, codes: Int32Array, labels: Int32Array, classes: number): PairCells["cells"] {
  const cells = new Map<number, { first: number; counts: Float64Array; rows: number }>();
  codes.forEach((code, i) => {
    const cell = cells.get(code) ?? { first: rows[i] ?? 0, counts: new Float64Array(classes), rows: 0 };
    cell.counts[labels[i] ?? 0] = (cell.counts[labels[i] ?? 0] ?? 0) + 1;
    cell.rows++;
    cells.set(code, cell);
  });
  return [...cells.values()]
    .sort((x, y) => y.rows - x.rows || x.first - y.first)
    .slice(0, SHOWN)
    .map(({ first, counts, rows: held }) => {
      const classIndex = counts.indexOf(Math.max(...counts));
      return { values: [textAt(a, first) ?? "", textAt(b, first) ?? ""], classIndex, share: (counts[classIndex] ?? 0) / held };
    });
}
