import type { Column, Frame } from "./column.ts";
import type { InputField } from "./scorer.ts";

/**
 * How a text of a column is written in its training file. Where that had true and false alone, in one spelling each, TRUE, True and true are one value; 1
 * and 0 stay what they are. All other texts are left as they come.
 */
export function spellingOf(levels: readonly string[] | null | undefined): (text: string) => string {
  if (levels?.length !== 2) return same;
  const known = new Map(levels.map((level) => [level.toLowerCase(), level]));
  if (!known.has("true") || !known.has("false")) return same;
  return (text) => (text.length > 5 ? text : (known.get(text.toLowerCase()) ?? text));
}

function same(text: string): string {
  return text;
}

/** The frame of a new table with true and false as the training file writes them. */
export function inTrainingSpelling(frame: Frame, inputs: readonly Pick<InputField, "name" | "levels">[]): Frame {
  const spellings = new Map(inputs.map(({ name, levels }) => [name, spellingOf(levels)]));
  return { ...frame, columns: frame.columns.map((column) => respelt(column, spellings.get(column.name) ?? same)) };
}

function respelt(column: Column, spelling: (text: string) => string): Column {
  if (!("levels" in column) || column.levels.every((level) => spelling(level) === level)) return column;
  const levels = [...new Set(column.levels.map(spelling))];
  const places = column.levels.map((level) => levels.indexOf(spelling(level)));
  return { ...column, levels, codes: column.codes.map((code) => places[code] ?? -1) };
}
