import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import type { ColumnInfo } from "../../src/core/dataset.ts";
import type { InputField, Scorer } from "../../src/core/scorer.ts";
import { openOnnxSession } from "../../src/engine/onnx/session.ts";
import { exportOnnx } from "../../src/problems/tabular/onnx.ts";
import { loadScorer } from "../../src/problems/tabular/scorer.ts";
import { createServer, type ScoredRows, scoreStream } from "../../src/production/index.ts";
import { recordOf } from "../../src/production/records.ts";
import { onnxTensorsOf, recordsToFrame } from "../../src/recipe/index.ts";
import { BINARY, world } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-same-"));
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
});

type Described = Pick<InputField, "name" | "type"> & Partial<InputField> & { readonly dateFormat?: string };

/** Cells as JSON writes them, so that the digits are those of the text. */
type JsonRow = Readonly<Record<string, string>>;

const objectOf = (row: JsonRow) => `{${Object.entries(row).map(([name, json]) => `${JSON.stringify(name)}:${json}`)}}`;
const sink = { write: () => undefined, close: () => undefined, abort: () => undefined };

/** A model of these columns, which answers 0 and notes the rows that it is given: what each way to it gives it. */
function reader(fields: readonly Described[]) {
  let read: unknown[] = [];
  const inputs = fields.map((one): InputField => ({ levels: null, min: null, max: null, missingShare: 0, example: null, ...one }));
  const none = { why: "", missing: 0, distinct: 9, integer: false, unparsed: [], unparsedCells: 0 };
  const scorer: Scorer = {
    ...{ name: "reader", label: "reader", version: "1", task: { kind: "regression" }, others: [], threshold: null, thresholdWhy: null },
    inputs,
    columns: fields.map(({ name, type, dateFormat = null }, position): ColumnInfo => ({ ...none, name, position, type, dateFormat })),
    score: (frame: Frame) => {
      for (let row = 0; row < frame.rows; row++) read.push(recordOf(frame, row));
      return new Float64Array(frame.rows);
    },
    frameOf: (records) => recordsToFrame(inputs, records),
  };
  const server = createServer(scorer, { log: null });
  closing.push(() => server.close());
  const readBy = async (answer: () => Promise<unknown>) => {
    read = [];
    await answer();
    return read;
  };
  const post = (url: string, payload: string) =>
    server.inject({ method: "POST", url, payload, headers: { "content-type": "application/json" } });
  const predict = async (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return scoreStream(join(folder, name), scorer, sink, { batchRows: 100, memoryBytes: 256e6, threads: 1, keep: [] });
  };
  const tensorsOf = (rows: readonly JsonRow[]) =>
    inputs.map(
      ({ name }) => `{"name":"${name}","shape":[${rows.length}],"datatype":"BYTES","data":[${rows.map((row) => row[name] ?? "null")}]}`,
    );
  return {
    post,
    predict,
    predicted: (name: string, text: string) => readBy(() => predict(name, text)),
    served: (rows: readonly JsonRow[]) => readBy(() => post("/predict", `{"instances":[${rows.map(objectOf)}]}`)),
    inferred: (rows: readonly JsonRow[]) => readBy(() => post("/v2/models/model/infer", `{"inputs":[${tensorsOf(rows)}]}`)),
  };
}

const { post, predicted, served, inferred } = reader([
  { name: "code", type: "category", levels: ["9007199254740992", "9007199254740993", "1000", "007"] },
  { name: "x", type: "number" },
]);

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

test("ISO 8601 dates are one moment in a file of texts, in JSON lines and over HTTP, however the training file wrote its dates", async () => {
  const moments: Readonly<Record<string, string | null>> = {
    "2023-12-15 18:00:00": "2023-12-15T18:00:00.000Z",
    "2023-12-15T18:00:00": "2023-12-15T18:00:00.000Z",
    "2023-12-15T18:00:00Z": "2023-12-15T18:00:00.000Z",
    "2023-12-15T18:00:00.5": "2023-12-15T18:00:00.500Z",
    "2023-12-15 18:00:00.1239999": "2023-12-15T18:00:00.123Z",
    "2023-12-15": "2023-12-15T00:00:00.000Z",
    "2023-12-15T18:00": "2023-12-15T18:00:00.000Z",
    "2023-12-15T18:00:00+02:00": "2023-12-15T16:00:00.000Z",
    "2023-12-15T18:00+02:00": "2023-12-15T16:00:00.000Z",
    "2023-12-15T18:00:00-1130": "2023-12-16T05:30:00.000Z",
    " 2023-12-15\t": "2023-12-15T00:00:00.000Z",
    "0001-01-01": "0001-01-01T00:00:00.000Z",
    "": null,
  };
  const refused = ["2023-02-30", "2023-12-15T25:00", "2023-12-15T18:00:00+24:00", "2023-12-15T18", "epoch"];
  const texts = [...Object.keys(moments), ...refused];
  const wanted = texts.map((at) => ({ at: moments[at] ?? null, x: 1 }));
  const rows = texts.map((at) => ({ at: JSON.stringify(at), x: "1" }));
  for (const dateFormat of ["%Y-%m-%d %H:%M:%S", "%d.%m.%Y"]) {
    const ways = reader([
      { name: "at", type: "date", dateFormat },
      { name: "x", type: "number" },
    ]);
    expect(await ways.predicted("dates.csv", `at,x\n${texts.map((at) => `"${at}",1`).join("\n")}`)).toEqual(wanted);
    expect(await ways.predicted("dates.jsonl", rows.map(objectOf).join("\n"))).toEqual(wanted);
    const readable = Object.keys(moments).length;
    expect(await ways.served(rows.slice(0, readable))).toEqual(wanted.slice(0, readable));
    expect(await ways.inferred(rows.slice(0, readable))).toEqual(wanted.slice(0, readable));
    for (const row of rows.slice(readable)) expect((await ways.post("/predict", objectOf(row))).statusCode).toBe(400);
  }
});

test("true and false are one value however they are written, where training had them alone; 1 and 0 are unseen in both ways, and said to be", async () => {
  const { predict, predicted, served, post } = reader([
    { name: "on", type: "category", levels: ["False", "True"] },
    { name: "x", type: "number" },
  ]);
  const json = ['"TRUE"', '"true"', "true", '"False"', "false", "0", '"1"', "null"];
  const wanted = ["True", "True", "True", "False", "False", "0", "1", null].map((on) => ({ on, x: 1 }));
  const csv = `on,x\n${json.map((text) => `${text === "null" ? "" : text},1`).join("\n")}`;
  const rows = json.map((on) => ({ on, x: "1" }));
  expect(await predicted("truth.csv", csv)).toEqual(wanted);
  expect(await predicted("truth.jsonl", rows.map(objectOf).join("\n"))).toEqual(wanted);
  expect(await served(rows)).toEqual(wanted);
  expect((await predict("truth.csv", csv)).unseen).toEqual([{ column: "on", rows: 2, examples: ["0", "1"] }]);
  const { predictions } = (await post("/predict", `{"instances":[${rows.map(objectOf)}]}`)).json();
  expect(predictions.map((one: { warnings?: { got: unknown }[] }) => one.warnings?.map(({ got }) => got) ?? [])).toEqual([
    ...[[], [], [], [], []],
    ...[[0], ["1"], []],
  ]);
});

test("words for missing, decimal commas, money and dates as the training file wrote them have the same scores in a file, over HTTP and in ONNX", async () => {
  const euros = { decimal: ",", thousands: ["."], units: [{ text: "€", factor: 1, offset: 0, before: true }] } as const;
  const unparsed = ["n.v.", "-", "unknown"].map((value) => ({ value, count: 3 }));
  const { native: plain } = world(BINARY, 200);
  const columns = plain.columns.map((column) => ({
    ...column,
    ...(column.type === "number" || column.type === "date" ? { unparsed } : {}),
    ...(column.name === "income" ? { amount: euros } : {}),
    ...(column.name === "since" ? { dateFormat: "%d.%m.%Y" } : {}),
  }));
  const scorer = loadScorer({ ...plain, columns, decimal: "," });
  const rows = [
    ["41,5", "10.041,50 €", "0,25", "3.12.2016", "nurse"],
    ["n.v.", "€ 90.000", "-1,5", "2016-12-03", "clerk"],
    ["-", "unknown", "-", "n.v.", "-"],
    ["30", "-", "unknown", "29.02.2016", ""],
    ["", "20.000,00 €", "1e-1", "", "student"],
    [" 70 ", "-", "  ", "-", "n.v."],
  ];
  const names = scorer.inputs.map(({ name }) => name);
  expect(names).toEqual(["age", "income", "noise", "since", "job"]);
  writeFileSync(join(folder, "written.csv"), [names, ...rows].map((cells) => cells.join(";")).join("\n"));
  const batches: ScoredRows[] = [];
  const options = { batchRows: 100, memoryBytes: 256e6, threads: 1, keep: [] };
  const { unread } = await scoreStream(join(folder, "written.csv"), scorer, { ...sink, write: (one) => void batches.push(one) }, options);
  expect(unread).toEqual([]);
  const column = batches[0]!.columns.find(({ name }) => name.includes("yes"))!;
  const predicted = Array.from("values" in column ? column.values : []);
  expect(new Set(predicted).size).toBeGreaterThan(3);

  const records = rows.map((cells) => Object.fromEntries(names.map((name, place) => [name, cells[place]])));
  const server = createServer(scorer, { log: null });
  closing.push(() => server.close());
  const ask = async (payload: object) => (await server.inject({ method: "POST", url: "/predict", payload })).json();
  const { predictions } = await ask({ instances: records });
  expect(predictions.map((one: { probabilities: { yes: number } }) => one.probabilities.yes)).toEqual(predicted);
  expect((await ask({ ...records[0], since: "3.12.1816" })).warnings).toMatchObject([{ field: "since", code: "out-of-range" }]);
  const refused = await ask({ ...records[0], age: "old", income: "1,5 $", noise: "1.5,2", since: "12/3/2016" });
  expect(refused.fields).toEqual(["age", "income", "noise", "since"]);

  const { bytes, inputs, output } = exportOnnx({ ...plain, columns });
  const session = await openOnnxSession(bytes);
  const frame = scorer.frameOf(records);
  const money = rows.map((cells) => cells[1] ?? "");
  const asTexts: Frame = {
    ...frame,
    columns: frame.columns.map((one) =>
      one.name === "income" ? { name: one.name, type: "category", levels: money, codes: Int32Array.from(money.keys()) } : one,
    ),
  };
  const exported = Array.from((await session.run(onnxTensorsOf(inputs, asTexts))).get(output)!.values, Number);
  await session.close();
  exported.forEach((value, row) => {
    expect(value).toBeCloseTo(predicted[row]!, 6);
  });
});

/** Each with texts that follow it or nearly do. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  "%d.%m.%Y": ["1.2.2020", " 01.02.20", "31.2.2020", "0.1.2020", "1.2. 2020", "1.02.2020x", "1.13.2020"],
  "%d/%m/%Y|%m/%d/%Y": ["1/2/2020", "13/2/2020", "2/13/2020", "13/13/2020", "2/30/2020", "2020-02-13", "2/13/20"],
  "%m/%d/%y": ["1/2/68", "1/2/69", "1/2/2020", "1/2/5"],
  "%d %b %Y": ["1 jan 2020", "1 DEC 2020", "1 January 2020", "1  feb  2020", "30 feb 2020"],
  "%d/%m/%Y %H:%M": ["1/2/2020 3:4", "1/2/2020 24:00", "1/2/2020  23:59", "1/2/2020 23:60", "2020-02-01 03:04"],
  "%d/%m/%Y %H:%M:%S.%f": ["1/2/2020 03:04:05.5", "1/2/2020 03:04:05.12399", "1/2/2020 03:04:05.1234567", "1/2/2020 03:04:05"],
  "%d/%m/%Y %I:%M %p": [
    "1/2/2020 12:30 AM",
    "1/2/2020 12:30 pm",
    "1/2/2020 3:30 PM",
    "1/2/2020 0:30 PM",
    "1/2/2020 13:30 PM",
    "1/2/2020 1:30PM",
  ],
  "%Y/%m/%d %H:%M:%S %z": ["2020/02/01 03:04:05 +0200", "2020/02/01 03:04:05 -02:30", "2020/02/01 03:04:05 Z", "2020/02/01 03:04:05 +02"],
  "%Y.%m.%dT%H:%M:%SZ": ["2020.02.01T03:04:05Z", "2020.02.01t03:04:05z"],
};

test("dates as the training file wrote them are the same moments in a file and over HTTP, and what is none is refused there", async () => {
  const formats = Object.entries(WRITTEN);
  const { post, predicted, served } = reader(formats.map(([dateFormat], i) => ({ name: `at${i}`, type: "date", dateFormat })));
  const cells = Array.from({ length: 7 }, (_, row) => formats.map(([, texts]) => texts[row] ?? ""));
  const lines = cells.map((texts) => texts.map((text) => `"${text}"`).join(","));
  const read = (await predicted("own.csv", [formats.map((_, i) => `at${i}`).join(","), ...lines].join("\n"))) as Record<string, unknown>[];
  const rows = cells.map((texts, row) =>
    Object.fromEntries(
      texts.map((text, i): [string, string] => [`at${i}`, read[row]?.[`at${i}`] === null ? "null" : JSON.stringify(text)]),
    ),
  );
  expect(await served(rows)).toEqual(read);
  for (const [row, texts] of cells.entries())
    for (const [i, text] of texts.entries()) {
      if (text === "" || read[row]?.[`at${i}`] !== null) continue;
      expect([text, (await post("/predict", objectOf({ ...rows[row], [`at${i}`]: JSON.stringify(text) }))).statusCode]).toEqual([
        text,
        400,
      ]);
    }
});

/** A cell as a file of texts writes it, and as JSON does. */
interface Cell {
  readonly csv: string;
  readonly json: string;
}

const asText = (csv: string): Cell => ({ csv, json: JSON.stringify(csv) });
const asNumber = (csv: string): Cell => ({ csv, json: csv });
const blanks = fc.constantFrom("", " ", "  ", "\t");
const padded = (cell: fc.Arbitrary<string>) => fc.tuple(blanks, cell, blanks).map(([before, text, after]) => `${before}${text}${after}`);
const missing = fc.constantFrom<Cell>({ csv: "", json: "null" }, { csv: "", json: '""' });
const whole = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String);
// A server refuses texts of numbers nearer to 0 than 1e-275 or so (`NUMBER_PATTERN`), which a file may hold.
const double = fc
  .double({ noNaN: true, min: -1e200, max: 1e200 })
  .filter((value) => Math.abs(value) > 1e-200)
  .map(String);
const written = fc.constantFrom("1e3", "1E3", "007", "+5", "-0", "1.50", ".5", "5.", "1000.0", "9007199254740993", "0.1", "1e-7");
const words = fc.string({
  unit: fc.constantFrom("a", "B", "é", "😀", '"', ",", ";", "'", "\\", "\n", "1", " ", "{"),
  minLength: 1,
  maxLength: 8,
});
const moment = fc
  .tuple(
    fc.date({ min: new Date("1600-01-01"), max: new Date("2400-01-01"), noInvalidDate: true }),
    fc.constantFrom(10, 16, 19, 23),
    fc.constantFrom("", "Z", "+02:00", "-0930"),
    fc.constantFrom("T", " "),
  )
  .map(([date, length, zone, gap]) => `${date.toISOString().slice(0, length).replace("T", gap)}${length === 10 ? "" : zone}`);
const truth = fc.constantFrom(
  asText("TRUE"),
  asText("true"),
  asText("False"),
  asText("0"),
  { csv: "true", json: "true" },
  { csv: "false", json: "false" },
);
const numeric = fc.oneof(padded(fc.oneof(whole, double, written)).map(asText), fc.oneof(whole, double).map(asNumber));
const coded = fc.oneof(padded(fc.oneof(words, whole, written)).map(asText), whole.map(asNumber));
const orMissing = (cell: fc.Arbitrary<Cell>) => fc.oneof({ weight: 9, arbitrary: cell }, { weight: 1, arbitrary: missing });

test("the cells of a file of texts and the same cells as JSON are the same to the bit", async () => {
  const ways = reader([
    { name: "x", type: "number" },
    { name: "code", type: "category", levels: ["007", "1000", "+5"] },
    { name: "note", type: "text" },
    { name: "at", type: "date", dateFormat: "%Y-%m-%d %H:%M:%S" },
    { name: "on", type: "category", levels: ["false", "true"] },
  ]);
  const row = fc.record({
    x: orMissing(numeric),
    code: orMissing(coded),
    note: orMissing(padded(words).map(asText)),
    at: orMissing(padded(moment).map(asText)),
    on: orMissing(truth),
  });
  const names = ["x", "code", "note", "at", "on"] as const;
  const check = fc.asyncProperty(fc.array(row, { minLength: 40, maxLength: 60 }), async (rows) => {
    const lines = rows.map((one) =>
      names.map((name) => (one[name].csv === "" ? "" : `"${one[name].csv.replaceAll('"', '""')}"`)).join(","),
    );
    const json = rows.map((one) => Object.fromEntries(names.map((name) => [name, one[name].json])));
    const cells = await ways.predicted("cells.csv", `${[names.join(","), ...lines].join("\n")}\n`);
    expect(cells).toHaveLength(rows.length);
    expect(await ways.served(json)).toEqual(cells);
    expect(await ways.inferred(json)).toEqual(cells);
    expect(await ways.predicted("cells.jsonl", json.map(objectOf).join("\n"))).toEqual(cells);
  });
  await fc.assert(check, { numRuns: 2, seed: 20271, endOnFailure: true });
});
