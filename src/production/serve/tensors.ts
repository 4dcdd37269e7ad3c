import type { InputField } from "../../core/scorer.ts";
import type { SentRecord } from "./read-records.ts";
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

/** Records out of a request of the Open Inference Protocol: one tensor per input, all of the same number of rows. */
export function readTensors(
  body: unknown,
  inputs: readonly InputField[],
  mostRows: number,
): { id: string | null; records: readonly SentRecord[] } {
  const { id, inputs: sent } = (typeof body === "object" && body !== null ? body : {}) as { id?: unknown; inputs?: unknown };
  if (!Array.isArray(sent) || sent.length === 0)
    throw wrong("The request has no input tensors.", '"inputs": [{"name", "shape", "datatype", "data"}]');
  const tensors = sent.map(readTensor);
  const known = new Set(inputs.map(({ name }) => name));
  const unknown = tensors.find(({ name }) => !known.has(name));
  if (unknown !== undefined)
    throw wrong(`The tensor "${unknown.name}" is not one that the model reads.`, "the names that GET /v2/models/model lists", unknown.name);
  const rows = tensors[0]?.shape[0] ?? 0;
  const other = tensors.find(({ shape }) => shape[0] !== rows);
  if (other !== undefined) throw wrong(`The tensor "${other.name}" has another number of rows.`, `${rows}`, other.name);
  if (rows > mostRows)
    throw new RefusedRequest(413, {
      error: "Too many rows in one request.",
      code: "too-many-rows",
      expected: `at most ${mostRows}`,
      got: `${rows}`,
    });
  const columns = tensors.map(({ name, data }): readonly [string, readonly unknown[]] => [name, data.flat()]);
  const records = Array.from({ length: rows }, (_, row) => Object.fromEntries(columns.map(([name, data]) => [name, data[row]])));
  return { id: typeof id === "string" ? id : null, records };
}

function readTensor(given: unknown): SentTensor {
  const { name, shape, datatype, data } = (typeof given === "object" && given !== null ? given : {}) as Partial<SentTensor>;
  if (typeof name !== "string") throw wrong("A tensor has no name.", '"name": a text');
  if (typeof datatype !== "string" || !DATATYPES.has(datatype))
    throw wrong(`The tensor "${name}" has no known datatype.`, [...DATATYPES].join(", "), name);
  const isShape =
    Array.isArray(shape) && (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) && Number.isInteger(shape[0]) && shape[0] > 0;
  if (!isShape) throw wrong(`The tensor "${name}" has no fitting shape.`, "[rows] or [rows, 1]", name);
  if (!Array.isArray(data) || data.flat().length !== shape[0])
    throw wrong(`The tensor "${name}" does not hold as many values as its shape says.`, `${shape[0]} values`, name);
  return { name, shape, datatype, data };
}

function wrong(error: string, expected: string, field?: string): RefusedRequest {
  return new RefusedRequest(400, { error, code: "bad-tensor", expected, ...(field === undefined ? {} : { field }) });
}
