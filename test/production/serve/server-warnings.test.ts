import { afterAll, expect, test } from "vitest";
import { createServer, readServed, type ServedRow } from "../../../src/production/index.ts";
import { countUnseen } from "../../../src/production/unseen.ts";
import { BINARY, world } from "../world.ts";

const lines: ServedRow[] = [];
const made = world(BINARY, 400);
const record = { age: 40, income: 30_000, noise: 0, since: "2016-05-01", job: "nurse" };
const withOthers = createServer({ ...made.scorer, others: ["duration"] }, { log: (line) => lines.push(line as ServedRow) });
const odd = { ...record, age: 180, since: "1999-01-01", job: "astronaut", duration: 12 };
afterAll(() => withOthers.close());

test("values unlike training and fields that are not read are answered, named and logged", async () => {
  lines.length = 0;
  const { statusCode, json } = await withOthers.inject({ method: "POST", url: "/predict", payload: odd });
  expect(statusCode).toBe(200);
  expect(json().warnings).toMatchObject([
    { field: "age", code: "out-of-range", got: 180, expected: expect.stringMatching(/^1\d to 7\d, as in training$/) },
    { field: "since", code: "out-of-range", got: "1999-01-01" },
    { field: "job", code: "unknown-category", got: "astronaut", expected: expect.stringContaining("nurse") },
    { field: "duration", code: "ignored-field", got: 12 },
  ]);
  expect(lines[0]?.warnings).toEqual(json().warnings);
  const served = readServed(made.scorer, lines);
  expect(served.warnings).toEqual({
    "age out-of-range": 1,
    "since out-of-range": 1,
    "job unknown-category": 1,
    "duration ignored-field": 1,
  });
});

test("a field beside the inputs comes back as a column of names where rows carry it, numbers and texts alike; the model's own stay its own", async () => {
  lines.length = 0;
  const instances = [12, "12", "A", null, ""].map((duration) => ({ ...record, duration }));
  await withOthers.inject({ method: "POST", url: "/predict", payload: { instances: [...instances, record] } });
  await expect.poll(() => lines.length).toBe(6);
  const { frame } = readServed(made.scorer, lines, ["duration", "age", "nowhere"]);
  const codes = Int32Array.of(0, 0, 1, -1, -1, -1);
  expect(frame.columns.filter(({ name }) => name === "duration")).toMatchObject([{ type: "category", codes, levels: ["12", "A"] }]);
  expect(frame.columns.filter(({ name }) => name === "age")).toMatchObject([{ type: "number" }]);
  expect(frame.columns.some(({ name }) => name === "nowhere")).toBe(false);
  expect(readServed(made.scorer, lines).frame.columns).toHaveLength(5);
});

test("stand at their row, and are absent where nothing is odd or a value is missing", async () => {
  const instances = [record, odd, { ...record, age: null, job: "" }];
  const { json } = await withOthers.inject({ method: "POST", url: "/predict", payload: { instances } });
  expect(json().predictions.map((one: object) => "warnings" in one)).toEqual([false, true, false]);
});

test("a name that a rename of the recipe knows is no unknown category", async () => {
  const inputs = made.scorer.inputs.map((input) => (input.name === "job" ? { ...input, renamed: ["astronaut"] } : input));
  const server = createServer({ ...made.scorer, inputs }, { log: null });
  const { json } = await server.inject({ method: "POST", url: "/predict", payload: { ...record, job: "astronaut" } });
  await server.close();
  expect("warnings" in json()).toBe(false);
  const codes = Int32Array.of(0);
  const unseen = countUnseen({ inputs });
  unseen.add({ columns: [{ name: "job", type: "category", codes, levels: ["astronaut"] }] });
  expect(unseen.found()).toEqual([]);
});

test("in the Open Inference Protocol they are parameters; a column that is not read may be sent there too, and an unknown one is named in the log", async () => {
  const tensor = (name: string, value: unknown) => ({
    name,
    shape: [1],
    datatype: typeof value === "number" ? "FP64" : "BYTES",
    data: [value],
  });
  const inputs = Object.entries({ ...record, age: 180, duration: 12 }).map(([name, value]) => tensor(name, value));
  const infer = (sent: unknown) => withOthers.inject({ method: "POST", url: "/v2/models/model/infer", payload: { inputs: sent } });
  expect(JSON.parse((await infer(inputs)).json().parameters.warnings)).toMatchObject([
    { row: 0, field: "age", code: "out-of-range" },
    { row: 0, field: "duration", code: "ignored-field" },
  ]);
  lines.length = 0;
  expect((await infer([...inputs, tensor("salary", 1)])).json()).toMatchObject({ code: "bad-tensor", field: "salary", fields: ["salary"] });
  expect(lines).toMatchObject([{ refused: { code: "bad-tensor", fields: ["salary"] } }]);
});
