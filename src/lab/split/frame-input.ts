import { type Column, columnOf, type Frame } from "../../core/column.ts";
import { targetValues } from "../../core/target.ts";
import type { Task } from "../../core/task.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import type { SplitInput } from "./input.ts";

/** What split policies look at, read from a frame. Keys are computed when a policy asks for them. */
export function splitInputOf(frame: Frame, target: string, task: Task): SplitInput {
  return {
    rows: frame.rows,
    target: targetValues(frame, target, task),
    task,
    groupKeys: (by, cut) => groupKeysOf(frame, by, cut),
    order: (by) => orderOf(frame, by),
  };
}

/** Sort key of every row; by null: the order of the rows. NaN = unknown. */
export function orderOf(frame: Frame, by: string | null): Float64Array {
  return by === null ? Float64Array.from({ length: frame.rows }, (_, row) => row) : sortKeys(columnOf(frame, by));
}

/**
 * One id for each combination of values, of their cut parts if there is a cut. A value that is missing counts as a value, unless all of
 * them are: then the id is -1.
 */
export function groupKeysOf(frame: Frame, by: readonly string[], cut?: string): Int32Array {
  const pattern = cut === undefined ? null : new RegExp(cut, "u");
  const columns = [...new Set(by)]
    .map((name) => columnOf(frame, name))
    .map((column) => (pattern === null ? valueIds(column) : partIds(column, pattern)));
  const keys = new Int32Array(frame.rows).fill(-1);
  for (const ids of columns) mergeIds(keys, ids);
  return numberedByAppearance(keys);
}

/** Different groups among these rows; a row without one (-1) stands alone. */
export function countGroups(keys: Int32Array, rows: Int32Array): number {
  const seen = new Set<number>();
  let alone = 0;
  for (const row of rows) {
    const key = keys[row] ?? -1;
    if (key < 0) alone++;
    else seen.add(key);
  }
  return seen.size + alone;
}

/** Id of each row's value, -1 where it is missing. */
function valueIds(column: Column): Int32Array {
  if ("codes" in column) return column.codes;
  const ids = new Map<number, number>();
  return int32From(column.values, (value) => (Number.isNaN(value) ? -1 : idOf(ids, value)));
}

/** Id of the part of each row's value that the pattern captures; of the whole value where it does not match. */
function partIds(column: Column, pattern: RegExp): Int32Array {
  const ids = new Map<string, number>();
  const idOfText = (text: string) => idOf(ids, pattern.exec(text)?.[1] ?? text);
  if ("values" in column) return int32From(column.values, (value) => (Number.isNaN(value) ? -1 : idOfText(String(value))));
  const ofLevel = column.levels.map(idOfText);
  return int32From(column.codes, (code) => ofLevel[code] ?? -1);
}

/** Refines `keys` by `ids`, in place. (-1, -1) stays -1. */
function mergeIds(keys: Int32Array, ids: Int32Array): void {
  const width = ids.reduce((most, id) => Math.max(most, id), -1) + 2;
  const merged = new Map<number, number>();
  for (let row = 0; row < keys.length; row++) {
    const [key, id] = [keys[row] ?? -1, ids[row] ?? -1];
    keys[row] = key < 0 && id < 0 ? -1 : idOf(merged, (key + 1) * width + id + 1);
  }
}

function numberedByAppearance(keys: Int32Array): Int32Array {
  const ids = new Map<number, number>();
  return keys.map((key) => (key < 0 ? -1 : idOf(ids, key)));
}

function idOf<Key>(ids: Map<Key, number>, key: Key): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, ids.size);
  return ids.size - 1;
}

/** Numbers and dates as they are, names by their rank in code-point order ("2024-01" before "2024-02"). */
function sortKeys(column: Column): Float64Array {
  if ("values" in column) return column.values;
  const ranked = column.levels.map((level, code) => ({ level, code })).sort((a, b) => (a.level < b.level ? -1 : a.level > b.level ? 1 : 0));
  const rank = new Float64Array(column.levels.length);
  ranked.forEach(({ code }, place) => {
    rank[code] = place;
  });
  return float64From(column.codes, (code) => rank[code] ?? Number.NaN);
}
