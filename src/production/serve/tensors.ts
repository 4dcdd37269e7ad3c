import type { ReadingRules, SentRecord } from "./read-records.ts";
import { RefusedRequest } from "./refusal.ts";

interface SentTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly unknown[];
}

const DATATYPES = new Set([
  "BOOL",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
  "INT8",
  "INT16",
  "INT32",
  "INT64",
  "FP16",
  "FP32",
  "FP64",
  "BYTES",
]);

/** Records out of a request of the Open Inference Protocol: one tensor per input, all of the same number of rows. `asked`: the outputs to answer with; null = all. */
export function readTensors(
  body: unknown,
  { inputs, mostRows, extra }: ReadingRules,
): { id: string | null; records: readonly SentRecord[]; asked: readonly string[] | null } {
  const { id, inputs: sent, outputs } = (typeof body === "object" && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(sent) || sent.length === 0)
    throw wrongTensor("The request has no input tensors.", '"inputs": [{"name", "shape", "datatype", "data"}]');
  const tensors = sent.map(readTensor);
  const known = new Set([...inputs.map(({ name }) => name), ...extra]);
  const unknown = tensors.find(({ name }) => !known.has(name));
  if (unknown !== undefined)
    throw wrongTensor(
      `The tensor "${unknown.name}" is not one that the model reads.`,
      "the names that GET /v2/models/model lists",
      unknown.name,
    );
  const first = new Map(tensors.map((one) => [one.name, one] as const).toReversed());
  const twice = tensors.find((one) => first.get(one.name) !== one);
  if (twice !== undefined) throw wrongTensor(`The tensor "${twice.name}" is there twice.`, "each input once", twice.name);
  const rows = tensors[0]?.shape[0] ?? 0;
  const other = tensors.find(({ shape }) => shape[0] !== rows);
  if (other !== undefined) throw wrongTensor(`The tensor "${other.name}" has another number of rows.`, `${rows}`, other.name);
  if (rows > mostRows)
    throw new RefusedRequest(413, {
      error: "Too many rows in one request.",
      code: "too-many-rows",
      expected: `at most ${mostRows}`,
      got: `${rows}`,
    });
  const columns = tensors.map(({ name, data }): readonly [string, readonly unknown[]] => [name, data]);
  const records = Array.from({ length: rows }, (_, row) => Object.fromEntries(columns.map(([name, data]) => [name, data[row]])));
  return { id: typeof id === "string" ? id : null, records, asked: readAsked(outputs) };
}

/** Flat, or each value in a list of its own where there are two dimensions; null when it is neither. */
function valuesOf(data: readonly unknown[], isColumn: boolean): readonly unknown[] | null {
  if (!data.some(Array.isArray)) return data;
  const isNested = isColumn && data.every((one) => Array.isArray(one) && one.length === 1 && !Array.isArray(one[0]));
  return isNested ? data.flat() : null;
}

/** None named: all of them. */
function readAsked(outputs: unknown): readonly string[] | null {
  if (outputs === undefined || (Array.isArray(outputs) && outputs.length === 0)) return null;
  const names = Array.isArray(outputs) ? outputs.map((one: { name?: unknown } | null) => one?.name) : [undefined];
  if (!names.every((name) => typeof name === "string")) throw wrongTensor("What is asked for has no names.", '"outputs": [{"name"}]');
  return names;
}

function readTensor(given: unknown): SentTensor {
  const { name, shape, datatype, data } = (typeof given === "object" && given !== null ? given : {}) as Partial<SentTensor>;
  if (typeof name !== "string") throw wrongTensor("A tensor has no name.", '"name": a text');
  if (typeof datatype !== "string" || !DATATYPES.has(datatype))
    throw wrongTensor(`The tensor "${name}" has no known datatype.`, [...DATATYPES].join(", "), name);
  const isShape =
    Array.isArray(shape) && (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) && Number.isInteger(shape[0]) && shape[0] > 0;
  if (!isShape) throw wrongTensor(`The tensor "${name}" has no fitting shape.`, "[rows] or [rows, 1]", name);
  const values = Array.isArray(data) ? valuesOf(data, shape.length === 2) : null;
  if (values === null || values.length !== shape[0])
    throw wrongTensor(
      `The tensor "${name}" does not hold its values as its shape says.`,
      shape.length === 1 ? `${shape[0]} values` : `${shape[0]} values, each in a list of its own or none`,
      name,
    );
  return { name, shape, datatype, data: values };
}

export function wrongTensor(error: string, expected: string, field?: string): RefusedRequest {
  return new RefusedRequest(400, { error, code: "bad-tensor", expected, ...(field === undefined ? {} : { field, fields: [field] }) });
}
