import { describe, expect, it } from "vitest";
import { createOnnxGraph } from "../../../src/engine/onnx/graph.ts";
import { openOnnxSession } from "../../../src/engine/onnx/session.ts";
import type { OnnxTensor } from "../../../src/engine/onnx/tensor.ts";
import { openOnnxWorker } from "../../../src/engine/onnx/worker-session.ts";

/** One input and one output of each type. */
function echo() {
  const graph = createOnnxGraph("echo");
  for (const type of ["double", "float", "int64", "string"] as const) {
    graph.output(`${type} out`, graph.input(type, type, ["rows", 1]), type, ["rows", 1]);
  }
  graph.output("odd out", graph.input("__proto__", "double", ["rows", 1]), "double", ["rows", 1]);
  return graph.toBytes();
}

/** rows x rows product, slow enough to see whether the event loop turns. */
function slow() {
  const graph = createOnnxGraph("slow");
  const x = graph.input("x", "double", ["rows", "rows"]);
  const product = [1, 2, 3].reduce((tensor) => graph.node("MatMul", [tensor, x])[0], x);
  graph.output("y", product, "double", ["rows", "rows"]);
  return graph.toBytes();
}

const inputs = new Map<string, OnnxTensor>([
  ["double", { values: Float64Array.of(0.1, Number.NaN), shape: [2, 1] }],
  ["float", { values: Float32Array.of(0.5, -0), shape: [2, 1] }],
  ["int64", { values: BigInt64Array.of(-(2n ** 63n), 7n), shape: [2, 1] }],
  ["string", { values: ["", "grün\u{1F600}"], shape: [2, 1] }],
  ["__proto__", { values: Float64Array.of(1, 2), shape: [2, 1] }],
]);

describe.each([
  ["this thread", openOnnxSession],
  ["a worker thread", openOnnxWorker],
])("onnx session in %s", (_, open) => {
  it("gives back every type under any name", async () => {
    const session = await open(echo(), { threads: 2 });
    expect(session.inputs).toEqual([...inputs.keys()]);
    const results = await session.run(inputs);
    for (const name of ["double", "float", "int64", "string"]) expect(results.get(`${name} out`)).toEqual(inputs.get(name));
    expect(results.get("odd out")).toEqual(inputs.get("__proto__"));
    await session.close();
  });

  it("answers many requests in order", async () => {
    const session = await open(slow());
    const asked = [1, 2, 3, 4].map((value) => session.run(new Map([["x", { values: Float64Array.of(value), shape: [1, 1] }]])));
    const answers = await Promise.all(asked);
    expect(answers.map((tensors) => tensors.get("y")?.values[0])).toEqual([1, 16, 81, 256]);
    await session.close();
  });

  it("rejects what does not fit, and can be used again", async () => {
    const session = await open(slow());
    await expect(session.run(new Map())).rejects.toThrow(/x/);
    await expect(session.run(new Map([["x", { values: ["a"], shape: [1, 1] }]]))).rejects.toThrow(/string|type/i);
    const good = await session.run(new Map([["x", { values: Float64Array.of(2), shape: [1, 1] }]]));
    expect(good.get("y")?.values[0]).toBe(16);
    await session.close();
  });

  it("rejects bytes that are no model", async () => {
    await expect(open(Uint8Array.of(1, 2, 3))).rejects.toThrow();
  });
});

describe("onnx worker", () => {
  it("leaves the event loop free while it computes", async () => {
    const session = await openOnnxWorker(slow());
    const size = 700;
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await session.run(new Map([["x", { values: new Float64Array(size * size).fill(1), shape: [size, size] }]]));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
    await session.close();
  });

  it("rejects what is pending and what comes after it is closed", async () => {
    const session = await openOnnxWorker(slow());
    const size = 500;
    const pending = session.run(new Map([["x", { values: new Float64Array(size * size), shape: [size, size] }]]));
    const rejected = expect(pending).rejects.toThrow(/closed/);
    await session.close();
    await rejected;
    await expect(session.run(new Map())).rejects.toThrow(/closed/);
  });
});
