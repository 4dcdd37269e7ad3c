import type { Column, Frame } from "../core/column.ts";
import { OldhandError } from "../core/error.ts";
import type { InputField } from "../core/scorer.ts";
import { datesOfLevels, levelsOfDates, levelsOfNumbers, numbersOfLevels } from "./convert.ts";
import { byText, countLevels } from "./levels.ts";
import { rawColumn } from "./raw-column.ts";
import { isLevelColumn, type LevelColumn, type NumberColumn } from "./table.ts";

const MAX_LISTED_LEVELS = 200;

/** No text of a training row goes into a model file. */
export const TEXT_EXAMPLE = "some words";

/** What serving must know of a raw column, from its training rows. */
export function describeInput(name: string, column: NumberColumn | LevelColumn): InputField {
  if (isLevelColumn(column)) {
    const counts = countLevels(column);
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || byText(a[0], b[0])).map(([level]) => level);
    const missing = column.codes.reduce((count, code) => count + Number(code < 0), 0);
    const levels = column.type === "category" ? ranked.slice(0, MAX_LISTED_LEVELS).sort(byText) : null;
    const example = column.type === "category" ? (ranked[0] ?? null) : TEXT_EXAMPLE;
    return {
      name,
      type: column.type,
      levels,
      min: null,
      max: null,
      missingShare: share(missing, column.codes),
      example,
    };
  }
  const present = column.values.filter((value) => Number.isFinite(value)).map((value) => value + 0); // -0 is lost in JSON
  const missing = column.values.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  const [first = null] = present;
  const example = first !== null && column.type === "date" ? isoText(first) : first;
  const bound = (pick: (a: number, b: number) => number) => (first === null ? null : present.reduce(pick));
  const [min, max] = [bound((a, b) => (a < b ? a : b)), bound((a, b) => (a > b ? a : b))];
  return { name, type: column.type, levels: null, min, max, missingShare: share(missing, column.values), example };
}

function share(part: number, whole: { readonly length: number }): number {
  return whole.length === 0 ? 0 : part / whole.length;
}

function isoText(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

export interface ServingOptions {
  /** What to do when the data lacks a column that the model reads: refuse it (default), or take the column as missing in every row. */
  readonly absent?: "refuse" | "missing";
  /** Of texts of an input with `dateFormats`, whether each is read as a date; absent: none is refused. */
  readonly areDates?: (input: string, texts: readonly string[]) => readonly boolean[];
}

/**
 * The model's raw columns out of a frame that came from elsewhere: other columns are ignored, order does not matter, and a column that was
 * typed otherwise on reading (numbers for codes, texts for numbers) is converted.
 * @throws OldhandError schema-mismatch that names the columns that are absent or hold something else.
 */
export function readInputs(
  inputs: readonly Pick<InputField, "name" | "type" | "amount" | "dateFormats">[],
  frame: Frame,
  rows: Int32Array | null,
  options: ServingOptions = {},
): Map<string, NumberColumn | LevelColumn> {
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  if (options.absent !== "missing") refuseAbsent(inputs, byName);
  const problems: string[] = [];
  const read = inputs.map(({ name, type, amount, dateFormats }): readonly [string, NumberColumn | LevelColumn] => {
    const column = byName.get(name);
    if (column === undefined) return [name, allMissing(type, rows?.length ?? frame.rows)];
    const raw = rawColumn(column, rows);
    const isDate = dateFormats !== undefined && raw.type === "date";
    const converted = convert(isDate ? levelsOfDates(raw.values) : raw, type, amount);
    if (converted !== null) return [name, converted];
    problems.push(`"${name}": expected ${type}, got ${column.type}`);
    return [name, allMissing(type, 0)];
  });
  if (problems.length > 0) {
    throw new OldhandError("schema-mismatch", {
      what: "The data does not hold what the model was trained on.",
      expected: `${problems.length} of ${inputs.length} columns to be of another type`,
      got: listed(problems, "; "),
      fix: "Give each column the type that it had in training.",
    });
  }
  return new Map(read);
}

function refuseAbsent(inputs: readonly Pick<InputField, "name">[], byName: ReadonlyMap<string, Column>): void {
  const absent = inputs.filter(({ name }) => !byName.has(name)).map(({ name }) => `"${name}"`);
  if (absent.length === 0) return;
  throw new OldhandError("schema-mismatch", {
    what: `The data lacks ${absent.length === 1 ? "a column" : `${absent.length} columns`} that the model reads.`,
    expected: listed(absent),
    got: byName.size === 0 ? "no columns" : listed(Array.from(byName.keys(), (name) => `"${name}"`)),
    fix: "Add the columns under these names; empty cells are allowed.",
  });
}

/** Null when the column holds something that cannot be the type wanted: a date for a number, or texts of which none parses. */
function convert(
  column: NumberColumn | LevelColumn,
  wanted: InputField["type"],
  amount: InputField["amount"],
): NumberColumn | LevelColumn | null {
  if (column.type === wanted) return column;
  if (isLevelColumn(column)) {
    if (wanted === "category" || wanted === "text") return { ...column, type: wanted };
    const parsed = wanted === "number" ? numbersOfLevels(column, amount) : datesOfLevels(column);
    const useless = column.codes.some((code) => code >= 0) && parsed.values.every(Number.isNaN);
    return useless ? null : parsed;
  }
  const empty = column.values.every(Number.isNaN);
  if (wanted === "number" || wanted === "date") return empty ? { ...column, type: wanted } : null;
  return column.type === "number" || empty ? { ...levelsOfNumbers(column.values, amount), type: wanted } : null;
}

function allMissing(type: InputField["type"], rows: number): NumberColumn | LevelColumn {
  if (type === "number" || type === "date") return { type, values: new Float64Array(rows).fill(Number.NaN) };
  return { type, codes: new Int32Array(rows).fill(-1), levels: [] };
}

/** At most 20 of them. */
function listed(items: readonly string[], separator = ", "): string {
  const shown = items.slice(0, 20).join(separator);
  return items.length > 20 ? `${shown} and ${items.length - 20} more` : shown;
}
