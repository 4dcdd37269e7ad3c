/**
 * A column between steps. As in a frame, plus `encoded`: codes that are final, which models read as a categorical feature.
 * Arrays are never changed in place: a step replaces them.
 */
export type StepColumn = NumberColumn | LevelColumn | EncodedColumn;

/** NaN is missing. Dates are whole milliseconds since 1970 UTC. */
export interface NumberColumn {
  readonly type: "number" | "date";
  readonly values: Float64Array;
}

/** -1 is missing. No level is "". */
export interface LevelColumn {
  readonly type: "category" | "text";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export interface EncodedColumn {
  readonly type: "encoded";
  readonly codes: Int32Array;
  readonly levels: number;
}

/**
 * Columns on their way through a recipe, by name, in order. Private to one call, so steps change it in place: copying it for each step of a
 * recipe with thousands of steps would be quadratic. `origins` names the raw column that each one comes from.
 */
export interface Table<C> {
  readonly columns: Map<string, C>;
  readonly origins: Map<string, string>;
}

export function createTable<C>(columns: Iterable<readonly [string, C]>): Table<C> {
  const map = new Map(columns);
  return { columns: map, origins: new Map(Array.from(map.keys(), (name) => [name, name])) };
}

/** Adds a column made from `source`. */
export function derive<C>(table: Table<C>, name: string, source: string, column: C): void {
  table.columns.set(name, column);
  table.origins.set(name, table.origins.get(source) ?? source);
}

/** `wanted`, or with the first free suffix `_2`, `_3`, ... */
export function freeName(taken: { has(name: string): boolean }, wanted: string): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`;
  return name;
}

export function isLevelColumn(column: StepColumn | undefined): column is LevelColumn {
  return column?.type === "category" || column?.type === "text";
}
