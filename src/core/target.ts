import { type Column, columnOf, type Frame } from "./column.ts";
import type { LabelReading, Task, Unrecorded } from "./task.ts";
import { type AmountWriting, amountOf } from "./written-amount.ts";
import { parseWrittenDate } from "./written-date.ts";
import { periodFormatOf } from "./written-period.ts";

/** Class index or value of every row; NaN without a label or with a label that the task does not know. */
export function targetValues(frame: Frame, target: string, task: Task): Float64Array {
  const column = readLabels(columnOf(frame, target), task.labels, frame.columns);
  if (task.kind === "regression") return numbersOf(column);
  return classIndices(column, new Map(task.classes.map((name, i) => [name, i])));
}

/**
 * The target with its labels as the reading takes them: spellings of a class as that class, what stands for "not known" missing, and what was not recorded, by the columns
 * `beside` it; of those that are not there nothing is told.
 */
export function readLabels(column: Column, labels: LabelReading | undefined, beside: readonly Column[] = []): Column {
  if (labels === undefined) return column;
  const read = readCells(column, labels);
  return (labels.unrecorded ?? []).reduce((one, part) => withoutPart(one, part, beside), read);
}

function withoutPart(target: Column, { column, values, label, by, from, until }: Unrecorded, beside: readonly Column[]): Column {
  const [part, time] = [beside.find(({ name }) => name === column), beside.find(({ name }) => name === by)];
  if (part === undefined || (by !== undefined && time === undefined)) return target;
  const wanted = new Set(values);
  const isPart = (row: number) => {
    const text = textIn(part, row);
    if (text === null || !wanted.has(text)) return false;
    if (time === undefined) return true;
    const at = "values" in time ? (time.values[row] ?? Number.NaN) : Number.NaN;
    return (from !== undefined || until !== undefined) && at >= (from ?? at) && at <= (until ?? at);
  };
  if ("values" in target) {
    const own = label === undefined ? null : Number(label);
    return { ...target, values: target.values.map((value, row) => ((own === null || value === own) && isPart(row) ? Number.NaN : value)) };
  }
  const isLabel = target.levels.map(
    (level) => label === undefined || level === label || (label.trim() !== "" && level.trim() !== "" && Number(level) === Number(label)),
  );
  return { ...target, codes: target.codes.map((code, row) => (code >= 0 && isLabel[code] === true && isPart(row) ? -1 : code)) };
}

function textIn(column: Column, row: number): string | null {
  if ("codes" in column) return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : String(value);
}

function readCells(column: Column, labels: LabelReading): Column {
  const unknown = new Set(labels.unknown);
  if ("values" in column) {
    // Read already.
    if (labels.amount !== undefined) return column;
    const values = new Set(labels.unknown.map(Number));
    return { ...column, values: column.values.map((value) => (values.has(value) ? Number.NaN : value)) };
  }
  if (labels.amount !== undefined) return amountsOf(column, labels.amount, unknown);
  const names = column.levels.map((level) =>
    unknown.has(level) ? null : Object.hasOwn(labels.spelt, level) ? labels.spelt[level] : level,
  );
  const levels = [...new Set(names.filter((name) => typeof name === "string"))];
  const places = new Map(levels.map((level, code) => [level, code]));
  const ofCode = names.map((name) => (typeof name === "string" ? (places.get(name) ?? -1) : -1));
  return { ...column, levels, codes: Int32Array.from(column.codes, (code) => ofCode[code] ?? -1) };
}

function amountsOf(column: Extract<Column, { codes: Int32Array }>, amount: AmountWriting, unknown: ReadonlySet<string>): Column {
  const ofLevel = column.levels.map((level) => (unknown.has(level) ? Number.NaN : (amountOf(level, amount) ?? Number.NaN)));
  return { name: column.name, type: "number", values: Float64Array.from(column.codes, (code) => ofLevel[code] ?? Number.NaN) };
}

function numbersOf(column: Column): Float64Array {
  if ("values" in column) return column.values;
  const ofLevel = column.levels.map((level) => (level.trim() === "" ? Number.NaN : Number(level)));
  return Float64Array.from(column.codes, (code) => ofLevel[code] ?? Number.NaN);
}

/** Classes that are weeks, months or quarters of a column of dates, by their first day. */
function momentsOf(index: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const moments = [...index].map(([name, place]): [string, number] => {
    const format = periodFormatOf(name);
    return [format === null ? name : String(parseWrittenDate(name, format)), place];
  });
  return new Map(moments);
}

function classIndices(column: Column, index: ReadonlyMap<string, number>): Float64Array {
  if (column.type === "date") return classIndices({ ...column, type: "number" }, momentsOf(index));
  if ("values" in column) return Float64Array.from(column.values, (value) => index.get(String(value)) ?? Number.NaN);
  const ofLevel = column.levels.map((level) => index.get(level) ?? Number.NaN);
  return Float64Array.from(column.codes, (code) => ofLevel[code] ?? Number.NaN);
}
