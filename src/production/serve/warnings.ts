import { parseIsoDate } from "../../core/iso-date.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";
import { spellingOf } from "../../core/truth-words.ts";
import { type AmountWriting, amountOf } from "../../core/written-amount.ts";
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

/** Warnings for records as they were sent and the same rows as the model reads them. */
export function warner({ inputs, others }: Pick<Scorer, "inputs" | "others">): (record: SentRecord) => Warning[] {
  const ignored = new Set(others);
  const checks = inputs.map(checkOf).filter((check) => check !== null);
  return (record) => [
    ...checks.flatMap((check) => check(record) ?? []),
    ...Object.keys(record).flatMap((field): Warning[] =>
      ignored.has(field)
        ? [{ field, code: "ignored-field", got: shown(record[field]), expected: "not sent: the model does not read it" }]
        : [],
    ),
  ];
}

type Check = (record: SentRecord) => Warning | null;

function checkOf(input: InputField): Check | null {
  const { name, type, min, max, amount } = input;
  if (type === "number" || type === "date")
    return min === null || max === null ? null : rangeCheck(name, min, max, type === "date" ? "date" : (amount ?? "number"));
  const known = knownLevels(input);
  return known === null ? null : levelCheck(name, known);
}

function rangeCheck(field: string, min: number, max: number, kind: "number" | "date" | AmountWriting): Check {
  const text = (value: number) => (kind === "date" ? new Date(value).toISOString() : String(value));
  const expected = `${text(min)} to ${text(max)}, as in training`;
  return (record) => {
    const sent = sentValue(record, field);
    if (sent === null) return null;
    const value = numberSent(sent, kind);
    return value < min || value > max ? { field, code: "out-of-range", got: shown(sent), expected } : null;
  };
}

function numberSent(sent: unknown, kind: "number" | "date" | AmountWriting): number {
  if (kind === "date") return parseIsoDate(String(sent));
  if (kind === "number" || typeof sent !== "string") return Number(sent);
  return amountOf(sent, kind) ?? Number(sent);
}

function levelCheck(field: string, levels: readonly string[]): Check {
  const known = new Set(levels);
  const ofBoolean = new Set(levels.map((level) => level.toLowerCase()));
  const spelling = spellingOf(levels);
  const more = levels.length > SHOWN_LEVELS ? ` and ${levels.length - SHOWN_LEVELS} more` : "";
  const expected = `a value seen in training: ${levels.slice(0, SHOWN_LEVELS).join(", ")}${more}`;
  return (record) => {
    const sent = sentValue(record, field);
    if (sent === null || known.has(spelling(String(sent))) || (typeof sent === "boolean" && ofBoolean.has(String(sent)))) return null;
    return { field, code: "unknown-category", got: shown(sent), expected };
  };
}

/** null for missing. Own fields only: a column may be called `constructor`. */
function sentValue(record: SentRecord, field: string): unknown {
  const value = Object.hasOwn(record, field) ? record[field] : null;
  return value === undefined || value === "" ? null : value;
}

const MOST_SHOWN = 100;

function shown(value: unknown): string | number | boolean {
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text;
}
