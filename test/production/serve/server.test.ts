import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scorer } from "../../../src/core/scorer.ts";
import { closeOnSignals, createServer, listenAt, readServed, type ServedRow } from "../../../src/production/index.ts";
import { BINARY, MULTICLASS, REGRESSION, type World, world } from "../world.ts";

const lines: ServedRow[] = [];
const made = world(BINARY, 400);
const server = createServer(made.scorer, { log: (line) => lines.push(line as ServedRow), maxRows: 50, extra: ["customer"] });
let address = "";

beforeAll(async () => {
  address = await listenAt(server, { port: 0, host: "127.0.0.1" });
});
afterAll(() => server.close());

const record = { age: 40, income: 30_000, noise: 0, since: "2016-05-01", job: "nurse" };

async function send(path: string, body?: unknown, init: RequestInit = {}) {
  const options: RequestInit =
    body === undefined
      ? init
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: typeof body === "string" ? body : JSON.stringify(body),
          ...init,
        };
  const response = await fetch(`${address}${path}`, options);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

describe("POST /predict", () => {
  test("one record: class, probability and version, equal to what the model scores", async () => {
    const { status, json } = await send("/predict", record);
    const [expected] = made.scorer.score(made.scorer.frameOf([record]));
    expect(status).toBe(200);
    expect(json()).toEqual({
      prediction: expected! >= 0.4 ? "yes" : "no",
      probabilities: { no: 1 - expected!, yes: expected },
      version: made.scorer.version,
      threshold: 0.4,
    });
  });

  test("several instances keep their order and their ids", async () => {
    const instances = [40, null, "25"].map((age, i) => ({ ...record, age, id: `c${i}`, customer: "not read" }));
    const { status, json } = await send("/predict", { instances });
    const expected = made.scorer.score(made.scorer.frameOf(instances));
    expect(status).toBe(200);
    expect(json().predictions.map((one: { id: string; probabilities: { yes: number } }) => [one.id, one.probabilities.yes])).toEqual(
      [0, 1, 2].map((i) => [`c${i}`, expected[i]]),
    );
  });

  test.each([
    ["an absent field", { ...record, age: undefined }, 400, { code: "schema-mismatch", field: "age" }],
    ["a wrong type", { ...record, age: "old", job: ["nurse"] }, 400, { code: "schema-mismatch", field: "age", fields: ["age", "job"] }],
    ["the row of it", { instances: [record, { ...record, income: {} }] }, 400, { field: "income", where: "record 2 of 2" }],
    ["an unknown field", { ...record, colour: 1 }, 400, { code: "unknown-field", field: "colour" }],
    [
      "a list of records",
      [record],
      400,
      {
        error: "The body is a list, no record.",
        code: "bad-body",
        expected: 'one object with named fields, or {"instances": [...]} of them',
        got: "a list",
        fix: 'Send the list as {"instances": [...]}.',
      },
    ],
    ["null", "null", 400, { code: "bad-body" }],
    ["no instances", { instances: [] }, 400, { code: "bad-body" }],
    ["an instance that is none", { instances: [record, 7] }, 400, { error: "Row 2 of 2 is no record." }],
    ["bad JSON", "{age: 40", 400, { code: "bad-json" }],
    ["an empty body", "", 400, { code: "bad-json" }],
    [
      "too many rows",
      { instances: Array.from({ length: 51 }, () => record) },
      413,
      { code: "too-many-rows", expected: "at most 50", got: "51" },
    ],
  ])("refused: %s", async (_name, body, status, expected) => {
    const answer = await send("/predict", body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(answer.json()).toMatchObject(expected);
    expect(answer.json().error.length).toBeGreaterThan(5);
  });

  test("a misspelt field is refused with the name that was meant", async () => {
    const { age: _age, income: _income, ...rest } = record;
    const { json } = await send("/predict", { ...rest, AGE: 40, incme: 1 });
    expect(json().got).toContain('"incme", did you mean "income"?');
    expect(json().got).toContain('"AGE", did you mean "age"?');
  });

  test("a body that is not JSON by its type is 415, one too large 413", async () => {
    expect(
      (
        await send("/predict", "age=40", {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded" },
          body: "age=40",
        })
      ).status,
    ).toBe(415);
    expect(
      (await send("/predict", "{}", { method: "POST", headers: { "content-type": "application/json" }, body: " ".repeat(17 * 2 ** 20) }))
        .status,
    ).toBe(413);
  });
});

test("unknown paths are 404, wrong methods 405 with what is allowed, all in JSON", async () => {
  expect((await send("/nothing")).json()).toMatchObject({ code: "not-found" });
  for (const path of ["/predict", "/v2/models/boosting/infer"]) {
    const wrong = await send(path);
    expect([wrong.status, wrong.headers.get("allow"), wrong.json().code]).toEqual([405, "POST", "bad-method"]);
  }
  expect((await send("/metadata", {})).status).toBe(405);
  expect((await fetch(`${address}/health/live`, { method: "HEAD" })).status).toBe(200);
});

test("health, metadata and an example that works", async () => {
  expect((await send("/health/live")).json()).toEqual({ live: true });
  expect((await send("/health/ready")).json()).toMatchObject({ ready: true });
  const metadata = (await send("/metadata")).json();
  expect(metadata).toMatchObject({ task: "binary", positive: "yes", threshold: 0.4, maxRows: 50 });
  expect(metadata.decisionRule).toBe('"yes" is predicted from P("yes") = 0.4 on (threshold chosen for the best F1 on made rows)');
  expect(metadata.inputs.map(({ name }: { name: string }) => name)).toEqual(made.scorer.inputs.map(({ name }) => name));
  const answered = await send("/predict", metadata.example);
  expect([answered.status, answered.json().threshold]).toEqual([200, 0.4]);
});

test("OpenAPI 3.1: references resolve, its example is answered, its answer holds what it requires", async () => {
  const api = (await send("/openapi.json")).json();
  expect(api.openapi).toBe("3.1.0");
  const references = [...JSON.stringify(api).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
  expect(references.length).toBeGreaterThan(3);
  for (const name of references) expect(api.components.schemas).toHaveProperty(name);
  expect(api.components.schemas.Record.required).toEqual(made.scorer.inputs.map(({ name }) => name));
  const { json } = await send("/predict", api.paths["/predict"].post.requestBody.content["application/json"].example);
  expect(Object.keys(json())).toEqual(expect.arrayContaining(api.components.schemas.Answer.required));
  for (const path of Object.keys(api.paths).filter((one) => one !== "/predict")) expect((await send(path)).status).toBe(200);
});

test("metrics count requests by status, in histograms whose buckets add up", async () => {
  const count = async (status: number) => {
    const { text } = await send("/metrics");
    return Number(
      new RegExp(
        `duration_seconds_count\\{http_request_method="POST",http_route="/predict",http_response_status_code="${status}"\\} (\\d+)`,
      ).exec(text)?.[1] ?? 0,
    );
  };
  const [good, bad] = [await count(200), await count(400)];
  await send("/predict", record);
  await send("/predict", {});
  expect([await count(200), await count(400)]).toEqual([good + 1, bad + 1]);
  const { text, headers } = await send("/metrics");
  expect(headers.get("content-type")).toContain("version=0.0.4");
  const buckets = [...text.matchAll(/request_predict_seconds_bucket\{.*le="([^"]+)"\} (\d+)/g)].map(([, , n]) => Number(n));
  expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
  expect(buckets.at(-1)).toBe(Number(/request_predict_seconds_count\{[^}]*\} (\d+)/.exec(text)?.[1]));
  for (const line of text.trim().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? [-+0-9.e]+)$/);
});

test("each answered row is logged once, and the log reads back as what was served", async () => {
  lines.length = 0;
  const instances = [20, 40, 60].map((age) => ({ ...record, age, id: age }));
  const { json } = await send("/predict", { instances });
  await send("/predict", {});
  await expect.poll(() => lines.length).toBe(4);
  const refused = lines.pop();
  expect(refused).toMatchObject({ refused: { code: "schema-mismatch", fields: ["age", "income", "noise", "since", "job"] } });
  expect(lines.map(({ id }) => id)).toEqual([20, 40, 60]);
  expect(new Set(lines.map(({ request }) => request)).size).toBe(1);
  const parsed = lines.map((line) => JSON.parse(JSON.stringify(line)));
  const served = readServed(made.scorer, [...parsed, refused, { half: "a line" }, null, { ...parsed[0], input: { age: 1 } }]);
  expect(served).toMatchObject({ left: 3, versions: { [made.scorer.version]: 3 }, refused: { "schema-mismatch": 1 }, warnings: {} });
  expect([...served.outputs]).toEqual(json().predictions.map(({ probabilities }: { probabilities: { yes: number } }) => probabilities.yes));
  expect([...made.scorer.score(served.frame)]).toEqual([...served.outputs]);
});

test("JSON that does not say so is told which header to send", async () => {
  for (const [type, got] of [
    ["application/x-www-form-urlencoded", "content-type: application/x-www-form-urlencoded"], // curl -d
    ["text/plain;charset=UTF-8", "content-type: text/plain;charset=UTF-8"], // fetch
  ] as const) {
    const { status, json } = await send("/predict", record, {
      method: "POST",
      headers: { "content-type": type },
      body: JSON.stringify(record),
    });
    expect([status, json().code, json().got]).toEqual([415, "bad-media-type", got]);
    expect(json().fix).toContain("content-type: application/json");
  }
  const bare = await server.inject({ method: "POST", url: "/predict", payload: Buffer.from(JSON.stringify(record)) });
  expect([bare.statusCode, bare.json().got]).toEqual([415, "no content-type"]);
});

describe("Open Inference Protocol v2", () => {
  const tensors = (rows: number) => [
    { name: "age", shape: [rows], datatype: "FP64", data: Array.from({ length: rows }, (_, i) => 20 + i) },
    { name: "income", shape: [rows, 1], datatype: "FP64", data: Array.from({ length: rows }, () => [30_000]) },
    { name: "noise", shape: [rows], datatype: "FP32", data: Array.from({ length: rows }, () => null) },
    { name: "since", shape: [rows], datatype: "BYTES", data: Array.from({ length: rows }, () => "2016-05-01") },
    { name: "job", shape: [rows], datatype: "BYTES", data: Array.from({ length: rows }, () => "clerk") },
  ];

  test("infer answers as predict does, with the id given back", async () => {
    const { status, json } = await send("/v2/models/model/infer", { id: "x1", inputs: tensors(3) });
    const { predictions } = (
      await send("/predict", { instances: [20, 21, 22].map((age) => ({ ...record, age, noise: null, job: "clerk" })) })
    ).json();
    expect(status).toBe(200);
    expect(json()).toMatchObject({ model_name: "boosting", id: "x1", model_version: made.scorer.version });
    const [said, probability] = json().outputs;
    expect(said).toEqual({
      name: "prediction",
      shape: [3],
      datatype: "BYTES",
      data: predictions.map((one: { prediction: string }) => one.prediction),
    });
    expect(probability.name).toBe("probability_yes");
    expect(probability.data).toEqual(predictions.map((one: { probabilities: { yes: number } }) => one.probabilities.yes));
  });

  test("metadata and health", async () => {
    expect((await send("/v2")).json()).toMatchObject({ name: "oldhand", extensions: [] });
    expect((await send("/v2/health/ready")).json()).toEqual({ ready: true, live: true });
    const model = (await send(`/v2/models/boosting/versions/${made.scorer.version}`)).json();
    expect(model.inputs).toContainEqual({ name: "age", datatype: "FP64", shape: [-1] });
    expect((await send("/v2/models/boosting/ready")).status).toBe(200);
  });

  test.each([
    ["no tensors", {}, 400],
    ["an unknown tensor", { inputs: [...tensors(1), { name: "x", shape: [1], datatype: "FP64", data: [1] }] }, 400],
    ["a wrong shape", { inputs: [{ name: "age", shape: [2], datatype: "FP64", data: [1] }] }, 400],
    ["a wrong datatype", { inputs: [{ name: "age", shape: [1], datatype: "FP128", data: [1] }] }, 400],
    ["different rows", { inputs: [...tensors(2).slice(0, 4), tensors(1)[4]] }, 400],
    ["an absent tensor", { inputs: tensors(1).slice(1) }, 400],
    ["too many rows", { inputs: tensors(51) }, 413],
  ])("refused: %s", async (_name, body, status) => {
    const answer = await send("/v2/models/boosting/infer", body);
    expect([answer.status, typeof answer.json().error]).toEqual([status, "string"]);
  });

  test("another model or version is 404", async () => {
    expect((await send("/v2/models/other")).status).toBe(404);
    expect((await send("/v2/models/boosting/versions/0/infer", { inputs: tensors(1) })).status).toBe(404);
  });
});

describe("other tasks", () => {
  const ask = async (task: World["scorer"]["task"]) => {
    const { scorer } = world(task, 300);
    const other = createServer(scorer, { log: null });
    const { body } = await other.inject({ method: "POST", url: "/predict", payload: record });
    const infer = await other.inject({ method: "GET", url: "/v2/models/model" });
    await other.close();
    return { answer: JSON.parse(body), infer: infer.json(), outputs: scorer.score(scorer.frameOf([record])) };
  };

  test("multiclass: a probability for each class", async () => {
    const { answer, outputs } = await ask(MULTICLASS);
    expect(Object.values(answer.probabilities)).toEqual([...outputs]);
    expect(answer.probabilities[answer.prediction]).toBe(Math.max(...outputs));
  });

  test("regression: the value", async () => {
    const { answer, infer, outputs } = await ask(REGRESSION);
    expect(answer).toMatchObject({ prediction: outputs[0] });
    expect(infer.outputs).toEqual([{ name: "prediction", datatype: "FP64", shape: [-1] }]);
  });
});

const odd = (overrides: Partial<Scorer>): Scorer => ({ ...made.scorer, ...overrides });

test("columns called __proto__, constructor, instances and id are columns", async () => {
  const names = ["__proto__", "constructor", "instances", "id"];
  const inputs = names.map((name) => ({ name, type: "number" as const, levels: null, min: 0, max: 1, missingShare: 0, example: 1 }));
  const scorer = odd({
    inputs,
    frameOf: (records) => ({
      rows: records.length,
      columns: names.map((name) => ({
        name,
        type: "number",
        values: Float64Array.from(records, (one) => Number(Object.hasOwn(one, name) ? one[name] : Number.NaN)),
      })),
      rowNumbers: null,
    }),
    score: ({ columns, rows }) =>
      Float64Array.from(
        { length: rows },
        (_, row) => columns.reduce((sum, column) => sum + ("values" in column ? column.values[row]! : 0), 0) / 10,
      ),
  });
  const other = createServer(scorer, { log: null });
  const body = '{"__proto__": 1, "constructor": 2, "instances": 3, "id": 4}';
  const answer = await other.inject({ method: "POST", url: "/predict", headers: { "content-type": "application/json" }, payload: body });
  expect([answer.statusCode, answer.json()]).toMatchObject([
    200,
    { prediction: "yes", probabilities: { yes: 1, no: 0 }, version: scorer.version },
  ]);
  await other.close();
});

test("a log that fails does not fail the answer, and is counted", async () => {
  const failing = createServer(made.scorer, {
    log: () => {
      throw new Error("disk full");
    },
  });
  const url = await listenAt(failing, { port: 0, host: "127.0.0.1" });
  const response = await fetch(`${url}/predict`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(record),
  });
  expect(response.status).toBe(200);
  await expect.poll(async () => (await fetch(`${url}/metrics`)).text()).toMatch(/oldhand_log_failures_total\{[^}]*\} 1/);
  await failing.close();
});

test("a defect is 500 without its inside; an answer that is no probability is never sent", async () => {
  const crash = createServer(
    odd({
      score: () => {
        throw new TypeError("secret inside");
      },
    }),
    { log: null },
  );
  const crashed = await crash.inject({ method: "POST", url: "/predict", payload: record });
  expect([crashed.statusCode, crashed.body.includes("secret")]).toEqual([500, false]);
  expect((await crash.inject({ method: "GET", url: "/health/ready" })).statusCode).toBe(500);
  const nonsense = createServer(odd({ score: () => Float64Array.of(Number.NaN) }), { log: null });
  expect((await nonsense.inject({ method: "POST", url: "/predict", payload: record })).json()).toMatchObject({ code: "invalid-answer" });
  await Promise.all([crash.close(), nonsense.close()]);
});

test("a taken port is said as such", async () => {
  const port = Number(new URL(address).port);
  const second = createServer(made.scorer, { log: null });
  await expect(listenAt(second, { port, host: "127.0.0.1" })).rejects.toMatchObject({ code: "port-in-use" });
  await second.close();
});

test("on a signal the request under way is answered and logged, and new ones are not taken", async () => {
  const logged: unknown[] = [];
  const closing = createServer(made.scorer, { log: (line) => logged.push(line) });
  const url = new URL(await listenAt(closing, { port: 0, host: "127.0.0.1" }));
  const body = JSON.stringify(record);
  const socket = connect(Number(url.port), url.hostname);
  const answer = new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (part) => {
      text += part;
    });
    socket.on("close", () => resolve(text));
  });
  socket.write(
    `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = new Promise<void>((resolve) => closeOnSignals(closing, resolve));
  process.emit("SIGTERM");
  await expect
    .poll(() =>
      fetch(url).then(
        () => "taken",
        () => "refused",
      ),
    )
    .toBe("refused");
  socket.write(body.slice(10));
  expect(await answer).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*"probabilities":\{"no":/);
  await closed;
  expect(logged).toHaveLength(1);
});
