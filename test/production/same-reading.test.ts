import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import type { ColumnInfo } from "../../src/core/dataset.ts";
import type { InputField, Scorer } from "../../src/core/scorer.ts";
import { createServer, scoreStream } from "../../src/production/index.ts";
import { recordOf } from "../../src/production/records.ts";
import { recordsToFrame } from "../../src/recipe/index.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-same-"));
const field = { levels: null, min: null, max: null, missingShare: 0, example: null };
const inputs: InputField[] = [
  { ...field, name: "code", type: "category", levels: ["9007199254740992", "9007199254740993", "1000", "007"] },
  { ...field, name: "x", type: "number" },
];
const columns = inputs.map(
  ({ name, type }, position): ColumnInfo => ({
    name,
    position,
    type,
    why: "",
    missing: 0,
    distinct: 9,
    integer: false,
    unparsed: [],
    unparsedCells: 0,
    dateFormat: null,
  }),
);

/** What the model is given, row by row: the model here answers 0 and notes its rows. */
let read: unknown[] = [];
const scorer: Scorer = {
  name: "reader",
  label: "reader",
  version: "1",
  task: { kind: "regression" },
  inputs,
  columns,
  others: [],
  threshold: null,
  thresholdWhy: null,
  score: (frame: Frame) => {
    for (let row = 0; row < frame.rows; row++) read.push(recordOf(frame, row));
    return new Float64Array(frame.rows);
  },
  frameOf: (records) => recordsToFrame(inputs, records),
};
const server = createServer(scorer, { log: null });
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function readBy(answer: () => Promise<unknown>): Promise<unknown[]> {
  read = [];
  await answer();
  return read;
}

const sink = { write: () => undefined, close: () => undefined, abort: () => undefined };

function predicted(name: string, text: string): Promise<unknown[]> {
  writeFileSync(join(folder, name), text);
  return readBy(() => scoreStream(join(folder, name), scorer, sink, { batchRows: 100, memoryBytes: 256e6, threads: 1, keep: [] }));
}

function post(url: string, payload: string) {
  return server.inject({ method: "POST", url, payload, headers: { "content-type": "application/json" } });
}

/** Cells as JSON writes them, so that the digits are those of the text. */
type JsonRow = Readonly<Record<string, string>>;

const objectOf = (row: JsonRow) => `{${Object.entries(row).map(([name, json]) => `${JSON.stringify(name)}:${json}`)}}`;
const served = (rows: readonly JsonRow[]) => readBy(() => post("/predict", `{"instances":[${rows.map(objectOf)}]}`));
const inferred = (rows: readonly JsonRow[]) =>
  readBy(() => {
    const tensors = inputs.map(
      ({ name }) => `{"name":"${name}","shape":[${rows.length}],"datatype":"BYTES","data":[${rows.map((row) => row[name] ?? "null")}]}`,
    );
    return post("/v2/models/model/infer", `{"inputs":[${tensors}]}`);
  });

test("whole numbers beyond 2^53 keep the digits that were sent, in a file and over HTTP", async () => {
  const codes = ["9007199254740993", "9007199254740992", "-9007199254740993", "1000", "1.5", "123456789012345678901234567890"];
  const rows = codes.map((code) => ({ code, x: code }));
  const wanted = codes.map((code) => ({ code, x: Number(code) }));
  expect(await predicted("codes.csv", ["code,x", ...codes.map((code) => `${code},${code}`)].join("\n"))).toEqual(wanted);
  expect(await predicted("codes.jsonl", rows.map(objectOf).join("\n"))).toEqual(wanted);
  expect(await served(rows)).toEqual(wanted);
  expect(await inferred(rows)).toEqual(wanted);
});

test("a number whose digits are lost is no code; what only looks like one stays as it was sent", async () => {
  const refusal = (await post("/predict", '{"code":1e17,"x":1e17}')).json();
  expect([refusal.code, refusal.fields]).toEqual(["schema-mismatch", ["code"]]);
  expect(refusal.got).toContain('"code": expected its digits as a string');
  const code = 'say "9007199254740993" \\ 9007199254740993';
  expect(await served([{ code: JSON.stringify(code), x: "0.12345678901234567890" }])).toEqual([{ code, x: 0.12345678901234568 }]);
  for (const broken of ["{9007199254740993: 1}", '{"code": 09007199254740993}'])
    expect((await post("/predict", broken)).json().code).toBe("bad-json");
});

test("in JSON lines a cell is read by itself: another column's or row's type changes none, nor do names that differ in case alone", async () => {
  const lines = [
    '{"code":1000.0,"x":"7"}',
    '{"code":"2020-01-01T10:00:00Z","x":1e3}',
    '{"code":true,"x":null,"C1":3}',
    '{"code":null,"C1":1}',
  ];
  const wanted = [
    { code: "1000", x: 7 },
    { code: "2020-01-01T10:00:00Z", x: 1000 },
    { code: "true", x: null },
    { code: null, x: null },
  ];
  expect(await predicted("cells.jsonl", lines.join("\n"))).toEqual(wanted);
  expect(await predicted("case.jsonl", lines.map((line) => line.replace('"C1"', '"Code"')).join("\n"))).toEqual(wanted);
});
