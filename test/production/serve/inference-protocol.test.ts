import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createServer, listenAt } from "../../../src/production/index.ts";
import { MULTICLASS, REGRESSION, type World, world } from "../world.ts";

const CLASSES = MULTICLASS.kind === "multiclass" ? MULTICLASS.classes : [];

interface Tensor {
  readonly name: string;
  readonly shape: readonly unknown[];
  readonly datatype: string;
  readonly data: readonly unknown[];
  readonly parameters?: { readonly classes: string };
}

/** A model of three classes, called over HTTP. */
const made: World = world(MULTICLASS, 300);
const server = createServer(made.scorer, { log: null, maxRows: 20 });
let address = "";

beforeAll(async () => {
  address = await listenAt(server, { port: 0, host: "127.0.0.1" });
});
afterAll(() => server.close());

async function get(path: string) {
  const response = await fetch(`${address}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

async function infer(body: unknown, path = "/v2/models/model/infer") {
  const response = await fetch(`${address}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { outputs: Tensor[]; error?: string; code?: string; field?: string; expected?: string };
  return { status: response.status, answer };
}

const AGES = [20, 41, 63];
const tensor = (name: string, datatype: string, data: readonly unknown[], shape: readonly unknown[] = [data.length]): Tensor => ({
  name,
  shape,
  datatype,
  data,
});
const inputs = (ages: readonly number[] = AGES): Tensor[] => [
  tensor("age", "INT32", ages),
  tensor(
    "income",
    "FP64",
    ages.map(() => [30_000]),
    [ages.length, 1],
  ),
  tensor(
    "noise",
    "FP32",
    ages.map(() => null),
  ),
  tensor(
    "since",
    "BYTES",
    ages.map(() => "2016-05-01"),
  ),
  tensor(
    "job",
    "BYTES",
    ages.map(() => "clerk"),
  ),
];
const scored = () =>
  made.scorer.score(made.scorer.frameOf(AGES.map((age) => ({ age, income: 30_000, noise: null, since: "2016-05-01", job: "clerk" }))));
const replaced = (name: string, by: Partial<Tensor>) => inputs().map((one) => (one.name === name ? { ...one, ...by } : one));

describe("metadata", () => {
  test("of the server, and that it lives and is ready", async () => {
    expect((await get("/v2")).body).toEqual({ name: "oldhand", version: expect.stringMatching(/^\d+\.\d+\.\d+/), extensions: [] });
    expect((await get("/v2/health/live")).body).toEqual({ live: true });
    expect((await get("/v2/health/ready")).body).toMatchObject({ ready: true });
    expect((await get("/v2/models/model/ready")).body).toEqual({ name: made.scorer.name, ready: true });
  });

  test("of the model: every input and output by name, datatype and shape, and the classes as JSON text", async () => {
    const { body } = await get("/v2/models/model");
    expect(body).toMatchObject({ name: made.scorer.name, versions: [made.scorer.version], platform: "oldhand" });
    expect(body.inputs).toEqual(
      [
        ["age", "FP64"],
        ["income", "FP64"],
        ["noise", "FP64"],
        ["since", "BYTES"],
        ["job", "BYTES"],
      ].map(([name, datatype]) => ({ name, datatype, shape: [-1] })),
    );
    expect(body.outputs).toEqual([
      { name: "prediction", datatype: "BYTES", shape: [-1] },
      { name: "probability", datatype: "FP64", shape: [-1, 3], parameters: { classes: JSON.stringify(CLASSES) } },
    ]);
    expect((await get(`/v2/models/model/versions/${made.scorer.version}`)).body).toEqual(body);
  });
});

describe("infer", () => {
  test("tensors in any order give the model's probabilities row by row, their classes as JSON text", async () => {
    const { status, answer } = await infer({ id: "a", inputs: inputs().toReversed() });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ id: "a", model_name: made.scorer.name, model_version: made.scorer.version });
    const [said, shares] = answer.outputs as [Tensor, Tensor];
    const expected = scored();
    expect(shares).toEqual({
      name: "probability",
      datatype: "FP64",
      shape: [3, 3],
      data: [...expected],
      parameters: { classes: expect.any(String) },
    });
    const classes = JSON.parse(shares.parameters?.classes ?? "") as string[];
    expect(classes).toEqual(CLASSES);
    const best = AGES.map((_, row) => {
      const ofRow = [...expected.subarray(3 * row, 3 * row + 3)];
      return classes[ofRow.indexOf(Math.max(...ofRow))];
    });
    expect(said).toEqual({ name: "prediction", datatype: "BYTES", shape: [3], data: best });
  });

  test("what it says of its outputs is what it sends", async () => {
    const { outputs } = (await get("/v2/models/model")).body as unknown as { outputs: Tensor[] };
    const { answer } = await infer({ inputs: inputs() });
    const declared = answer.outputs.map(({ name, datatype, shape, parameters }) => ({
      name,
      datatype,
      shape: [-1, ...shape.slice(1)],
      ...(parameters && { parameters }),
    }));
    expect(declared).toEqual(outputs);
    for (const { shape, data } of answer.outputs) expect(data.length).toBe((shape as number[]).reduce((a, b) => a * b, 1));
  });

  test("only the outputs that were asked for are sent", async () => {
    const only = await infer({ inputs: inputs(), outputs: [{ name: "probability" }] });
    expect(only.answer.outputs.map(({ name }) => name)).toEqual(["probability"]);
    expect((await infer({ inputs: inputs(), outputs: [] })).answer.outputs).toHaveLength(2);
  });

  test("by its version, too", async () => {
    const { answer } = await infer({ inputs: inputs() }, `/v2/models/model/versions/${made.scorer.version}/infer`);
    expect(answer.outputs[1]?.data).toEqual([...scored()]);
  });

  test.each([
    ["a shape of two columns", replaced("age", { shape: [3, 2], data: [1, 2, 3, 4, 5, 6] }), "age"],
    ["a shape without rows", replaced("age", { shape: [0], data: [] }), "age"],
    ["a shape of none", replaced("age", { shape: [] }), "age"],
    ["a shape of texts", replaced("age", { shape: ["3"] }), "age"],
    ["a shape that is no whole number", replaced("age", { shape: [2.5] }), "age"],
    ["fewer values than the shape says", replaced("income", { data: [1, 2] }), "income"],
    ["more values than the shape says", replaced("income", { data: [1, 2, 3, 4] }), "income"],
    ["values nested deeper than the shape", replaced("income", { data: [[[1]], [[2]], [[3]]] }), "income"],
    ["values nested in another form than the shape", replaced("income", { shape: [3, 1], data: [[1, 2, 3]] }), "income"],
    ["other rows than the first", [...inputs().slice(0, 4), tensor("job", "BYTES", ["clerk"])], "job"],
    ["a datatype that is none", replaced("age", { datatype: "FP128" }), "age"],
    ["a tensor twice", [...inputs(), tensor("age", "FP64", [1, 2, 3])], "age"],
  ])("refused, and says which tensor: %s", async (_what, sent, field) => {
    const { status, answer } = await infer({ inputs: sent });
    expect([status, answer.field, answer.code]).toEqual([400, field, "bad-tensor"]);
    expect([answer.error?.includes(`"${field}"`), typeof answer.expected]).toEqual([true, "string"]);
  });

  test.each([
    ["an output that there is not", [{ name: "probabilities" }], '"prediction" or "probability"'],
    ["outputs without names", ["probability"], '"outputs": [{"name"}]'],
    ["outputs that are no list", { name: "probability" }, '"outputs": [{"name"}]'],
  ])("refused: %s", async (_what, outputs, expected) => {
    const { status, answer } = await infer({ inputs: inputs(), outputs });
    expect([status, answer.code, answer.expected]).toEqual([400, "bad-tensor", expected]);
  });
});

test("a model of numbers has one output, a number for each row", async () => {
  const { scorer } = world(REGRESSION, 300);
  const other = createServer(scorer, { log: null });
  const { body } = await other.inject({ method: "POST", url: "/v2/models/model/infer", payload: { inputs: inputs() } });
  await other.close();
  expect((JSON.parse(body) as { outputs: Tensor[] }).outputs).toEqual([
    { name: "prediction", datatype: "FP64", shape: [3], data: expect.arrayContaining([expect.any(Number)]) },
  ]);
});
