import type { Column, Frame } from "../../src/core/column.ts";
import type { Feature, Matrix } from "../../src/core/matrix.ts";

export const numbers = (name: string, values: readonly number[]): Column => ({ name, type: "number", values: Float64Array.from(values) });

/** Dates from ISO texts; "" is missing. */
export const dates = (name: string, texts: readonly string[]): Column => ({
  name,
  type: "date",
  values: Float64Array.from(texts, (text) => (text === "" ? Number.NaN : Date.parse(text))),
});

/** Levels from texts; null is missing. `dictionary`: levels known beforehand, used or not. */
export function texts(
  name: string,
  values: readonly (string | null)[],
  type: "category" | "text" = "category",
  dictionary: readonly string[] = [],
): Column {
  const levels = [...new Set([...dictionary, ...values.filter((value) => value !== null)])];
  const index = new Map(levels.map((level, code) => [level, code]));
  return { name, type, codes: Int32Array.from(values, (value) => (value === null ? -1 : index.get(value)!)), levels };
}

export function frameOf(...columns: readonly Column[]): Frame {
  const [first] = columns;
  const rows = first === undefined ? 0 : "values" in first ? first.values.length : first.codes.length;
  return { rows, columns, rowNumbers: null };
}

export const allRows = (frame: Frame) => Int32Array.from({ length: frame.rows }, (_, row) => row);

/** Plain arrays by feature name, for readable expectations. -0 counts as 0. */
export function plain(matrix: Matrix): Record<string, number[]> {
  return Object.fromEntries(matrix.features.map((feature) => [feature.name, cells(feature)]));
}

export function cells(feature: Feature): number[] {
  return Array.from(feature.kind === "numeric" ? feature.values : feature.codes, (value) => value + 0);
}
