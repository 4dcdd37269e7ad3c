import type { Random } from "../../src/core/random.ts";

/** A table as it stands in a file: texts, "" = empty. */
export interface Table {
  readonly name: string;
  readonly target: string;
  readonly task: "binary" | "multiclass" | "regression";
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** Rows of a given test set, of the same columns. */
  readonly test: ReadonlyMap<string, readonly string[]> | null;
  /** Flags of the command beside the target. */
  readonly flags: readonly string[];
  /** How the file is written, when not plainly. */
  readonly write?: (rows: readonly (readonly string[])[]) => string | Uint8Array;
}

export function rowsOf({ columns }: Pick<Table, "columns">): number {
  return columns.values().next().value?.length ?? 0;
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return `${rows.map((cells) => cells.map(quoted).join(",")).join("\n")}\n`;
}

function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Header and rows. */
export function gridOf(columns: ReadonlyMap<string, readonly string[]>): string[][] {
  const rows = columns.values().next().value?.length ?? 0;
  const all = [...columns.values()];
  return [[...columns.keys()], ...Array.from({ length: rows }, (_, row) => all.map((cells) => cells[row] ?? ""))];
}

/** With a column added in front or changed in its place. */
export function withColumn(table: Table, name: string, cells: readonly string[]): Table {
  const columns = table.columns.has(name)
    ? new Map([...table.columns].map(([own, old]) => [own, own === name ? cells : old]))
    : new Map([[name, cells], ...table.columns]);
  return { ...table, columns };
}

/** The rows of these places, in that order; places may stand twice. */
export function takeRows(table: Table, places: readonly number[]): Table {
  return { ...table, columns: new Map([...table.columns].map(([name, cells]) => [name, places.map((place) => cells[place] ?? "")])) };
}

export function cellsOf({ columns }: Pick<Table, "columns">, name: string): readonly string[] {
  const cells = columns.get(name);
  if (cells === undefined) throw new RangeError(`no column ${name}`);
  return cells;
}

/** Names of the features that are numbers, or names. */
export function featuresOf(table: Table, kind: "number" | "name" | "date"): string[] {
  return [...table.columns].flatMap(([name, cells]) => (name !== table.target && kindOf(cells) === kind ? [name] : []));
}

function kindOf(cells: readonly string[]): "number" | "name" | "date" {
  const present = cells.filter((cell) => cell !== "");
  if (present.every((cell) => Number.isFinite(Number(cell)))) return "number";
  return present.every((cell) => /^\d{4}-\d\d-\d\d$/.test(cell)) ? "date" : "name";
}

/** 0..1 by row: the class as 0 or 1 (of more: whether it is the first), or the rank of the value. */
export function outcomeOf(table: Table): number[] {
  const cells = cellsOf(table, table.target);
  if (table.task !== "regression") {
    const first = [...new Set(cells)].sort().at(-1);
    return cells.map((cell) => Number(cell === first));
  }
  const order = cells.map(Number).sort((a, b) => a - b);
  const place = new Map(order.map((value, i) => [value, i / Math.max(1, order.length - 1)]));
  return cells.map((cell) => place.get(Number(cell)) ?? 0.5);
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random.integer(items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

export const written = (value: number, digits = 2): string => String(Number(value.toFixed(digits)));
