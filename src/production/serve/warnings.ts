import type { Column, Frame } from "../../core/column.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";
import { knownNames, sentField, sentNames } from "../../core/sent-field.ts";
import { spellingOf } from "../../core/truth-words.ts";
import { knownLevels } from "../unseen.ts";
import type { SentRecord } from "./read-records.ts";

/** Something that an answered row should make its sender think of. It is no error: the answer stands. */
export interface Warning {
  readonly field: string;
  /** Outside of what training saw; a level that training never saw; a field that the model does not read. */
  readonly code: "out-of-range" | "unknown-category" | "ignored-field";
  readonly got: string | number | boolean;
  readonly expected: string;
}

const SHOWN_LEVELS = 10;

/** Warnings for records as they were sent, each with its row of the same records as the model reads them. */
export function warner({
  inputs,
  others,
}: Pick<Scorer, "inputs" | "others">): (records: readonly SentRecord[], frame: Frame) => Warning[][] {
  const ignored = new Set(others);
  const names = knownNames([...inputs.map(({ name }) => name), ...ignored]);
  const checks = inputs.map(checkOf).filter((check) => check !== null);
  return (records, { columns }) => {
    const byName = new Map(columns.map((column) => [column.name, column]));
    return records.map((record, row) => [
      ...checks.flatMap(({ field, check }) => check(record, byName.get(field), row) ?? []),
      ...sentNames(record, names).flatMap((field): Warning[] =>
        ignored.has(field)
          ? [{ field, code: "ignored-field", got: shown(sentValue(record, field)), expected: "not sent: the model does not read it" }]
          : [],
      ),
    ]);
  };
}

interface FieldCheck {
  readonly field: string;
  check(record: SentRecord, read: Column | undefined, row: number): Warning | null;
}

function checkOf(input: InputField): FieldCheck | null {
  const { name, type, min, max } = input;
  if (type === "number" || type === "date") return min === null || max === null ? null : rangeCheck(name, min, max, type);
  const known = knownLevels(input);
  return known === null ? null : levelCheck(name, known, input.renamed ?? []);
}

function rangeCheck(field: string, min: number, max: number, type: "number" | "date"): FieldCheck {
  const text = (value: number) => (type === "date" ? new Date(value).toISOString() : String(value));
  const expected = `${text(min)} to ${text(max)}, as in training`;
  return {
    field,
    check: (record, read, row) => {
      const value = read !== undefined && "values" in read ? (read.values[row] ?? Number.NaN) : Number.NaN;
      return value < min || value > max ? { field, code: "out-of-range", got: shown(sentValue(record, field)), expected } : null;
    },
  };
}

function levelCheck(field: string, levels: readonly string[], renamed: readonly string[]): FieldCheck {
  const known = new Set([...levels, ...renamed]);
  const ofBoolean = new Set(levels.map((level) => level.toLowerCase()));
  const spelling = spellingOf(levels);
  const more = levels.length > SHOWN_LEVELS ? ` and ${levels.length - SHOWN_LEVELS} more` : "";
  const expected = `a value seen in training: ${levels.slice(0, SHOWN_LEVELS).join(", ")}${more}`;
  return {
    field,
    check: (record) => {
      const sent = sentValue(record, field);
      if (sent === null || known.has(spelling(String(sent))) || (typeof sent === "boolean" && ofBoolean.has(String(sent)))) return null;
      return { field, code: "unknown-category", got: shown(sent), expected };
    },
  };
}

/** null for missing. */
function sentValue(record: SentRecord, field: string): unknown {
  const value = sentField(record, field)?.value;
  return value === undefined || value === "" ? null : value;
}

const MOST_SHOWN = 100;

function shown(value: unknown): string | number | boolean {
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text;
}
