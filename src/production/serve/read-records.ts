import { closest, distance } from "fastest-levenshtein";
import type { InputField } from "../../core/scorer.ts";
import { type KnownNames, knownNames, sentField, sentNames } from "../../core/sent-field.ts";
import { RefusedRequest } from "./refusal.ts";

export type SentRecord = Readonly<Record<string, unknown>>;

export interface Sent {
  readonly records: readonly SentRecord[];
  /** The caller's own name of each row, given back with its answer; null = none. */
  readonly ids: readonly (string | number | null)[];
  /** Whether one record came, and one answer goes back. */
  readonly isSingle: boolean;
}

export interface ReadingRules {
  readonly inputs: readonly InputField[];
  readonly mostRows: number;
  /** Fields that a record may hold besides the inputs; they are not read. */
  readonly extra: ReadonlySet<string>;
}

/** One record, or `{"instances": [...]}`. Every field must be one that the model reads; `id` is allowed and given back. */
export function readRecords(body: unknown, rules: ReadingRules): Sent {
  const instances = isRecord(body) && Object.hasOwn(body, "instances") && Array.isArray(body.instances) ? body.instances : null;
  if (instances === null && !isRecord(body)) {
    throw refused(
      400,
      `The body is ${shape(body)}, no record.`,
      'one object with named fields, or {"instances": [...]} of them',
      shape(body),
      Array.isArray(body) ? 'Send the list as {"instances": [...]}.' : undefined,
    );
  }
  const records: unknown[] = instances ?? [body];
  if (records.length > rules.mostRows) {
    throw refused(
      413,
      "Too many rows in one request.",
      `at most ${rules.mostRows}`,
      `${records.length}`,
      "Send them in several requests, or use oldhand predict.",
    );
  }
  if (records.length === 0) throw refused(400, "There is no row to answer.", "at least one instance", "none");
  const known = knownNames([...rules.inputs.map(({ name }) => name), ...rules.extra, "id"]);
  const read = records.map((record, place) => readRecord(record, place, records.length, rules, known));
  const isInput = rules.inputs.some(({ name }) => name === "id");
  return { records: read, ids: read.map((record) => (isInput ? null : idOf(record))), isSingle: instances === null };
}

function readRecord(record: unknown, place: number, count: number, { inputs }: ReadingRules, known: KnownNames): SentRecord {
  if (!isRecord(record)) throw refused(400, `Row ${place + 1} of ${count} is no record.`, "an object with named fields", shape(record));
  const unknown = sentNames(record, known).filter((name) => !known.names.has(name));
  const [field] = unknown;
  if (field === undefined) return record;
  const shown = unknown.slice(0, 20).map((name) => `"${name}"${meant(name, record, inputs)}`);
  throw new RefusedRequest(400, {
    error:
      unknown.length === 1 ? "A field is not one that the model reads." : `${unknown.length} fields are not ones that the model reads.`,
    code: "unknown-field",
    field,
    fields: unknown,
    where: `record ${place + 1} of ${count}`,
    got: shown.join("; "),
    fix: 'Leave them out, or mend their spelling. GET /metadata lists the fields; "id" is always allowed and given back.',
  });
}

/** The nearest input that the record lacks, when it is near. */
function meant(name: string, record: SentRecord, inputs: readonly InputField[]): string {
  const absent = inputs.map((input) => input.name).filter((input) => sentField(record, input) === null);
  if (absent.length === 0) return "";
  const lower = new Map(absent.map((input) => [input.toLowerCase(), input]));
  const nearest = closest(name.toLowerCase(), [...lower.keys()]);
  const isNear = distance(name.toLowerCase(), nearest) <= Math.max(1, Math.floor(nearest.length / 3));
  return isNear ? `, did you mean "${lower.get(nearest) ?? nearest}"?` : "";
}

function idOf(record: SentRecord): string | number | null {
  const id = Object.hasOwn(record, "id") ? record.id : null;
  return typeof id === "string" || typeof id === "number" ? id : null;
}

function isRecord(value: unknown): value is SentRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shape(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return value === null || value === undefined ? "nothing" : `a ${typeof value}`;
}

function refused(status: number, error: string, expected: string, got: string, fix?: string): RefusedRequest {
  return new RefusedRequest(status, {
    error,
    code: status === 413 ? "too-many-rows" : "bad-body",
    expected,
    got,
    ...(fix === undefined ? {} : { fix }),
  });
}
