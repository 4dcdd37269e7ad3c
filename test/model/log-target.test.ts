import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { createOnnxGraph } from "../../src/engine/onnx/graph.ts";
import { openOnnxSession } from "../../src/engine/onnx/session.ts";
import { estimatorNamed, loadModel, modelToOnnx } from "../../src/model/index.ts";

const random = createRandom(2, "log target");
const x = Float64Array.from({ length: 400 }, () => random.normal());
const noise = Float64Array.from({ length: 400 }, () => 0.3 * random.normal());
const matrix = { rows: 400, features: [{ kind: "numeric" as const, name: "x", values: x }] };
const fitTo = (target: Float64Array, params = {}) =>
  estimatorNamed("linear", { strength: 1e-6, logTarget: true, ...params }).fit(
    { task: { kind: "regression" }, matrix, target, weight: null, validation: null },
    1,
  );

test("the mean of values that grow by factors is learned, not the median", () => {
  const answers = fitTo(x.map((value, row) => Math.exp(2 + value + noise[row]!))).predict(matrix);
  answers.forEach((answer, row) => {
    if (Math.abs(x[row]!) < 1) expect(Math.log(answer)).toBeCloseTo(2 + x[row]! + 0.045, 0.5);
  });
  const middle = answers.reduce((sum, answer, row) => sum + Math.log(answer) - 2 - x[row]!, 0) / 400;
  expect(middle).toBeGreaterThan(0.015);
  expect(middle).toBeLessThan(0.075);
});

test("counts with zeros are shifted; values below zero are learned as they are", () => {
  const counts = fitTo(x.map((value) => Math.max(0, Math.round(Math.exp(1 + value)) - 1))).predict(matrix);
  expect(Math.min(...counts)).toBeGreaterThan(-1);
  const negative = x.map((value) => value - 5);
  expect(fitTo(negative).predict(matrix)).toEqual(fitTo(negative, { logTarget: false }).predict(matrix));
});

test("saved and loaded, and as an ONNX graph, it answers the same; far away it stays within what it saw", async () => {
  const target = x.map((value) => Math.exp(value));
  const model = fitTo(target);
  const far = { rows: 3, features: [{ kind: "numeric" as const, name: "x", values: Float64Array.of(-1e3, 0.5, 1e3) }] };
  const answers = model.predict(far);
  expect(Math.max(...answers)).toBeLessThanOrEqual(1.2 * Math.max(...target));
  expect(loadModel(JSON.parse(JSON.stringify(model.save()))).predict(far)).toEqual(answers);
  const graph = createOnnxGraph("test");
  const input = graph.input("x", "double", ["rows", 1]);
  graph.output("out", modelToOnnx(graph, model, matrix.features, [input]), "double", ["rows", 1]);
  const session = await openOnnxSession(graph.toBytes());
  const out = (await session.run(new Map([["x", { shape: [3, 1], values: far.features[0]!.values }]]))).get("out")!.values as Float64Array;
  await session.close();
  out.forEach((value, i) => {
    expect(value).toBeCloseTo(answers[i]!, 9);
  });
});

test("without scaling its columns stay in their own units", () => {
  const columns = [{ name: "x", type: "number" as const, distinct: 400, missing: 0 }];
  const ops = (params: object) =>
    estimatorNamed("linear", { ...params })
      .prepare(columns, { kind: "regression" })
      .map(({ op }) => op);
  expect([ops({}), ops({ scaled: false })]).toEqual([["impute", "scale"], ["impute"]]);
});
