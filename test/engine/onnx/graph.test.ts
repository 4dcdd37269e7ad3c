import ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { createOnnxGraph } from "../../../src/engine/onnx/graph.ts";
import { decodeModel } from "../../../src/engine/onnx/schema.ts";

function affine() {
  const graph = createOnnxGraph("affine", { producer: { name: "oldhand", version: "1.2.3" }, metadata: { task: "regression" } });
  const x = graph.input("x", "double", ["rows", 1]);
  const [scaled] = graph.node("Mul", [x, graph.constant(Float64Array.of(0.1), [])]);
  const [moved] = graph.node("Add", [scaled, graph.constant(Float64Array.of(1 / 3), [], "offset")]);
  graph.output("y", moved, "double", ["rows", 1]);
  return graph;
}

const rows = (values: readonly number[]) => new ort.Tensor("float64", Float64Array.from(values), [values.length, 1]);

describe("onnx graph", () => {
  it("runs in onnxruntime in full double precision", async () => {
    const session = await ort.InferenceSession.create(affine().toBytes());
    const { y } = await session.run({ x: rows([1, -2.5, 1e17]) });
    expect(y?.dims).toEqual([3, 1]);
    expect(Array.from(y?.data as Float64Array)).toEqual([1 * 0.1 + 1 / 3, -2.5 * 0.1 + 1 / 3, 1e17 * 0.1 + 1 / 3]);
  });

  it("gives equal bytes for equal calls", () => {
    expect(Buffer.from(affine().toBytes()).equals(affine().toBytes())).toBe(true);
  });

  it("writes opsets, producer, metadata and named dimensions", () => {
    const model = decodeModel(affine().toBytes());
    expect(model.opsetImport).toEqual([{ version: 20 }, { domain: "ai.onnx.ml", version: 4 }]);
    expect([model.irVersion, model.producerName, model.producerVersion]).toEqual([9, "oldhand", "1.2.3"]);
    expect(model.metadataProps).toEqual([{ key: "task", value: "regression" }]);
    expect(model.graph.input[0]?.type.tensorType.shape.dim).toEqual([{ dimParam: "rows" }, { dimValue: 1 }]);
  });

  it("gives another name when one is taken or empty", () => {
    const graph = createOnnxGraph("names");
    expect(graph.input("label", "double", ["rows", 1])).toBe("label");
    expect(graph.input("", "double", ["rows", 1])).toBe("unnamed");
    expect(graph.input("__proto__", "double", ["rows", 1])).toBe("__proto__");
    expect(graph.output("label", "label", "double", ["rows", 1])).toBe("label_1");
  });

  it("copies constants, and stores equal small ones once", () => {
    const graph = createOnnxGraph("constants");
    const values = Float64Array.of(7);
    const first = graph.constant(values, [1]);
    expect(graph.constant(Float64Array.of(7), [1])).toBe(first);
    expect(graph.constant(Float64Array.of(7), [])).not.toBe(first);
    values[0] = 8;
    const [initializer] = decodeModel(graph.toBytes()).graph.initializer;
    expect(Buffer.from(initializer!.rawData!).readDoubleLE(0)).toBe(7);
  });

  it("carries every kind of attribute", async () => {
    const graph = createOnnxGraph("attributes");
    const text = graph.input("text", "string", ["rows", 1]);
    const ml = { domain: "ai.onnx.ml" };
    const table = { keys_strings: { strings: ["a", "ü"] }, values_int64s: { ints: [5, -6] }, default_int64: { int: 0 } };
    const [code] = graph.node("LabelEncoder", [text], table, ml);
    const keys = { keys_tensor: { tensor: { values: ["a"], shape: [1] } } };
    const values = { values_tensor: { tensor: { values: Float64Array.of(0.1), shape: [1] } } };
    const other = { default_tensor: { tensor: { values: Float64Array.of(Number.NaN), shape: [1] } } };
    const [number] = graph.node("LabelEncoder", [text], { ...keys, ...values, ...other }, ml);
    const floats = { keys_strings: { strings: ["a"] }, values_floats: { floats: Float32Array.of(0.5) }, default_float: { float: -0.25 } };
    const [float] = graph.node("LabelEncoder", [text], floats, ml);
    const [matched] = graph.node("RegexFullMatch", [text], { pattern: { string: "[a-z]" } });
    graph.output("code", code, "int64", ["rows", 1]);
    graph.output("number", number, "double", ["rows", 1]);
    graph.output("float", float, "float", ["rows", 1]);
    graph.output("matched", graph.node("Cast", [matched], { to: { int: 7 } })[0], "int64", ["rows", 1]);
    const session = await ort.InferenceSession.create(graph.toBytes());
    const out = await session.run({ text: new ort.Tensor("string", ["ü", "a", ""], [3, 1]) });
    expect(Array.from(out.code?.data as BigInt64Array)).toEqual([-6n, 5n, 0n]);
    expect(Array.from(out.number?.data as Float64Array)).toEqual([Number.NaN, 0.1, Number.NaN]);
    expect(Array.from(out.float?.data as Float32Array)).toEqual([-0.25, 0.5, -0.25]);
    expect(Array.from(out.matched?.data as BigInt64Array)).toEqual([0n, 1n, 0n]);
  });

  it("refuses a shape that does not hold the values", () => {
    expect(() => createOnnxGraph("bad").constant(Float64Array.of(1, 2), [3])).toThrow(RangeError);
  });
});
