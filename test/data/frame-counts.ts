import { columnOf, type Frame } from "../../src/core/column.ts";
import type { EqualGroups, HeldValues, WholeCounts } from "../../src/core/whole-counts.ts";

const valueAt = (frame: Frame, name: string, row: number): number | string => {
  const column = columnOf(frame, name);
  return "values" in column ? column.values[row]! : (column.levels[column.codes[row]!] ?? "\u0000missing");
};

/** What the engine counts, row by row over a table in memory. */
export function frameCounts(frame: Frame): WholeCounts {
  const rows = Array.from({ length: frame.rows }, (_, row) => row);
  const holds = (row: number, { column, values }: HeldValues) => values.includes(valueAt(frame, column, row));
  return {
    rowsHolding: async (lists) =>
      lists.map((list) => ({
        any: rows.filter((row) => list.some((held) => holds(row, held))).length,
        each: list.map((held) => rows.filter((row) => holds(row, held)).length),
      })),
    ranges: async (columns) =>
      columns.map((column) => {
        const values = rows.map((row) => valueAt(frame, column, row) as number).filter((value) => !Number.isNaN(value));
        return values.length === 0 ? null : { low: Math.min(...values), high: Math.max(...values) };
      }),
    extremes: async (columns, most) =>
      columns.map((column) => {
        const values = rows.map((row) => valueAt(frame, column, row) as number).filter((value) => !Number.isNaN(value));
        values.sort((a, b) => a - b);
        return { low: values.slice(0, most), high: values.slice(-most) };
      }),
    beyond: async (bounds, most) =>
      bounds.map(({ column, low, high }) => {
        const values = rows.map((row) => valueAt(frame, column, row) as number);
        const beyond = values.filter((value) => (low !== null && value < low) || (high !== null && value > high));
        const different = [...new Set(beyond)].sort((a, b) => a - b).slice(0, most);
        return { rows: beyond.length, values: different.map((value) => ({ value, rows: beyond.filter((one) => one === value).length })) };
      }),
    labelConflicts: async (features, labels) => {
      const labelAt = (row: number): number | undefined => {
        const value = valueAt(frame, labels.column, row);
        if (labels.kind === "classes") return labels.classOf.find((one) => one.value === String(value))?.index;
        return typeof value === "number" && !Number.isNaN(value) && !labels.without.includes(value) ? value : undefined;
      };
      const members = new Map<string, number[]>();
      const labelled = rows.flatMap((row) => labelAt(row) ?? []);
      for (const row of rows) {
        const label = labelAt(row);
        if (label === undefined) continue;
        const key = JSON.stringify(features.map((name) => String(valueAt(frame, name, row))));
        members.set(key, [...(members.get(key) ?? []), label]);
      }
      const squares = (values: readonly number[]) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      };
      const isClasses = labels.kind === "classes";
      const groups = [...members.values()].map((own): EqualGroups => {
        const most = Math.max(...own.map((label) => own.filter((other) => other === label).length));
        return {
          size: own.length,
          positives: isClasses ? own.filter((label) => label === 1).length : 0,
          differ: new Set(own).size > 1,
          groups: 1,
          right: isClasses ? most : 0,
          within: isClasses ? 0 : squares(own),
        };
      });
      return { groups, total: isClasses ? 0 : squares(labelled) };
    },
  };
}
