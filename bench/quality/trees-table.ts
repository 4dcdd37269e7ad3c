import type { Feature, Matrix } from "../../src/core/matrix.ts";
import { cellsOf } from "../csv-line.ts";

/** One entry of trees-tables.json. Without a header, columns are named by their place from 0. */
export interface TableSpec {
  readonly name: string;
  readonly file: string;
  readonly task: "binary" | "multiclass" | "regression";
  readonly target: string;
  readonly positive?: string;
  readonly header: boolean;
  readonly missing: readonly string[];
  readonly drop: readonly string[];
  readonly categorical: readonly string[] | "all";
  /** Each line is one quoted cell that holds a line. */
  readonly nested?: boolean;
  /** Classes that become another: rare ones. */
  readonly merge?: Readonly<Record<string, string>>;
}

export interface Table {
  readonly matrix: Matrix;
  readonly target: Float64Array;
  /** 0 for a number. */
  readonly classes: number;
}

/** Reads a table as bench/peers/quality_trees.py does. */
export function readTable(text: string, spec: TableSpec): Table {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const rows = lines
    .filter((line) => line !== "")
    .map((line) => cellsOf(spec.nested ? cellsOf(line)[0]! : line).map((cell) => cell.trim()));
  const names = spec.header ? rows.shift()! : rows[0]!.map((_, place) => String(place));
  const column = (place: number) => rows.map((row) => row[place] ?? "");
  const features = names.flatMap((name, place) =>
    name === spec.target || spec.drop.includes(name) ? [] : [featureOf(name, column(place), spec)],
  );
  return { matrix: { rows: rows.length, features }, ...targetOf(column(names.indexOf(spec.target)), spec) };
}

function featureOf(name: string, values: readonly string[], { categorical, missing }: TableSpec): Feature {
  if (categorical !== "all" && !categorical.includes(name)) {
    const numbers = Float64Array.from(values, (value) => (value === "" || missing.includes(value) ? Number.NaN : Number(value)));
    return { name, kind: "numeric", values: numbers };
  }
  const codeOf = codes(values.filter((value) => !missing.includes(value)));
  return { name, kind: "categorical", levels: codeOf.size, codes: Int32Array.from(values, (value) => codeOf.get(value) ?? -1) };
}

/** Levels numbered in the order of their code points. */
function codes(values: readonly string[]): Map<string, number> {
  return new Map([...new Set(values)].sort((a, b) => (a < b ? -1 : 1)).map((level, code) => [level, code]));
}

function targetOf(values: readonly string[], { task, positive, merge = {} }: TableSpec): { target: Float64Array; classes: number } {
  if (task === "regression") return { target: Float64Array.from(values, Number), classes: 0 };
  if (task === "binary") return { target: Float64Array.from(values, (value) => (value === positive ? 1 : 0)), classes: 2 };
  const merged = values.map((value) => merge[value] ?? value);
  const codeOf = codes(merged);
  return { target: Float64Array.from(merged, (value) => codeOf.get(value)!), classes: codeOf.size };
}
