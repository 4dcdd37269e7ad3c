import type { Column, Frame } from "../core/column.ts";
import { ordersOf } from "../core/date-order.ts";
import { OldhandError } from "../core/error.ts";
import { parseIsoDate } from "../core/iso-date.ts";
import type { InputField } from "../core/scorer.ts";
import { sentField } from "../core/sent-field.ts";
import { spellingOf } from "../core/truth-words.ts";
import { amountOf, isPlain, writtenText } from "../core/written-amount.ts";
import { parseWrittenDate } from "../core/written-date.ts";
import { levelsOfDates } from "./convert.ts";
import { writingOf } from "./describe.ts";
import type { ServingOptions } from "./inputs.ts";
import { parseNumber } from "./number-text.ts";

type Field = Pick<InputField, "name" | "type" | "levels" | "amount" | "nulls" | "decimal" | "dateFormat" | "dateFormats">;
export type InputRecord = Readonly<Record<string, unknown>>;

/**
 * Records with named fields as a frame; a field "profile.years" may stand in an object `profile`. Missing: null, undefined, "", and in numbers and dates blanks and what training took as missing (`nulls`). Numbers: JSON
 * numbers or texts of numbers, written as in training where the field has an `amount` or a `decimal` comma. Dates: texts in ISO 8601 (UTC when no zone is given) or
 * as the training file writes them, or Date objects. Categories and texts: strings; numbers and booleans are taken by their text, but for whole numbers beyond 2^53, whose digits are lost. Fields that are no input are
 * ignored.
 * @throws OldhandError schema-mismatch for the first record that does not fit, naming each of its wrong or absent fields.
 */
export function recordsToFrame(inputs: readonly Field[], records: readonly InputRecord[], options: ServingOptions = {}): Frame {
  records.forEach((record, place) => {
    const problems = isRecord(record) ? inputs.flatMap((field) => problemOf(field, record, options)) : ["it is no object with fields"];
    if (problems.length > 0) throw mismatch(problems, place, records.length);
  });
  const columns = inputs.map(
    (field): Column => (field.type === "number" || field.type === "date" ? numbers(field, records) : texts(field, records)),
  );
  return { rows: records.length, columns, rowNumbers: null };
}

function isRecord(value: unknown): value is InputRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mismatch(problems: readonly string[], place: number, count: number): OldhandError {
  const shown = problems.slice(0, 20).join("; ");
  return new OldhandError("schema-mismatch", {
    what: "A record does not fit what the model reads.",
    where: `record ${place + 1} of ${count}`,
    got: problems.length > 20 ? `${shown}; and ${problems.length - 20} more` : shown,
    fix: "Send every field under its name with a value of its type; null stands for missing.",
  });
}

function fieldOf(record: InputRecord, name: string): unknown {
  return sentField(record, name)?.value;
}

const EXPECTED = { number: "a number", date: "an ISO 8601 date", category: "a string", text: "a string" } as const;

function problemOf(field: Field, record: InputRecord, { absent, areDates }: ServingOptions): readonly string[] {
  if (sentField(record, field.name) === null)
    return absent === "missing" ? [] : [`"${field.name}": expected ${expected(field)}, got no such field`];
  const value = fieldOf(record, field.name);
  if (isMissing(field, value)) return [];
  if (fits(field, value) && isReadDate(field, value, areDates)) return [];
  const wanted = isRounded(value) && field.type !== "date" ? "its digits as a string: a number beyond 2^53 has lost some" : expected(field);
  return [`"${field.name}": expected ${wanted}, got ${shown(value)}`];
}

function fits(field: Field, value: unknown): boolean {
  if (field.type === "number" || field.type === "date") return !Number.isNaN(numberOf(field, value));
  const text = textOf(field, value);
  return text !== null && (field.amount === undefined || amountOf(text, field.amount) !== null || field.levels?.includes(text) === true);
}

/** Texts that the model reads as dates: one that it cannot read, and that training had not, would be missing without a word. */
function isReadDate(field: Field, value: unknown, areDates: ServingOptions["areDates"]): boolean {
  const { name, dateFormats, nulls = [] } = field;
  if (dateFormats === undefined || areDates === undefined) return true;
  const text = textOf(field, value) ?? "";
  return text.trim() === "" || nulls.includes(text) || areDates(name, [text])[0] === true;
}

/** Several whole numbers beyond 2^53 are one double, so what was written is not known. */
function isRounded(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
}

function expected({ type, amount, dateFormat, dateFormats }: Field): string {
  if (dateFormats !== undefined) return `a date written as ${dateFormats.join(" or ")}, or in ISO 8601`;
  if (type === "date" && dateFormat !== undefined) return `${EXPECTED.date} or one written as ${ordersOf(dateFormat).join(" or ")}`;
  if (amount === undefined || type === "date") return EXPECTED[type];
  return `a number, or a text of one ${writingOf(amount)}`;
}

function isMissing({ type, nulls = [] }: Field, value: unknown): boolean {
  if (value === null || value === undefined || value === "" || Number.isNaN(value)) return true;
  if (typeof value !== "string" || (type !== "number" && type !== "date")) return false;
  return nulls.includes(value) || value.trim() === "";
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return `${typeof value} ${text.length > 40 ? `${text.slice(0, 40)}...` : text}`;
}

/** NaN for what is no number or date. */
function numberOf(field: Field, value: unknown): number {
  if (field.type === "date") {
    if (value instanceof Date) return value.getTime();
    return typeof value === "string" ? dateOf(field, value) : Number.NaN;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== "string") return Number.NaN;
  if (field.amount !== undefined && !isPlain(field.amount)) return amountOf(value, field.amount) ?? Number.NaN;
  const plain = parseNumber(value);
  return Number.isNaN(plain) && field.decimal === "," && !value.includes(".") ? parseNumber(value.replace(",", ".")) : plain;
}

function dateOf({ dateFormat }: Field, text: string): number {
  const iso = parseIsoDate(text);
  return Number.isNaN(iso) && dateFormat !== undefined ? parseWrittenDate(text, dateFormat) : iso;
}

/** Null for what has no text of its own. A date object is its time in ISO 8601 where the model reads dates. A boolean takes the spelling of the level it is ("True" in training, true in JSON). */
function textOf(field: Field, value: unknown): string | null {
  if (typeof value === "string") return spellingOf(field.levels)(value);
  if (value instanceof Date && field.dateFormats !== undefined) return levelsOfDates(Float64Array.of(value.getTime())).levels[0] ?? null;
  if (isRounded(value)) return null;
  if (typeof value === "number") return field.amount === undefined ? String(value) : writtenText(value, field.amount);
  if (typeof value !== "boolean") return null;
  return field.levels?.find((level) => level.toLowerCase() === String(value)) ?? String(value);
}

function numbers(field: Field, records: readonly InputRecord[]): Column {
  const values = Float64Array.from(records, (record) => {
    const value = fieldOf(record, field.name);
    return isMissing(field, value) ? Number.NaN : numberOf(field, value);
  });
  return { name: field.name, type: field.type === "date" ? "date" : "number", values };
}

function texts(field: Field, records: readonly InputRecord[]): Column {
  const index = new Map<string, number>();
  const codes = Int32Array.from(records, (record) => {
    const value = fieldOf(record, field.name);
    const text = isMissing(field, value) ? null : textOf(field, value);
    if (text === null) return -1;
    if (!index.has(text)) index.set(text, index.size);
    return index.get(text) ?? -1;
  });
  return { name: field.name, type: field.type === "text" ? "text" : "category", codes, levels: [...index.keys()] };
}
