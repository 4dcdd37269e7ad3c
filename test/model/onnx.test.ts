import { describe, expect, test } from "vitest";
import type { Json } from "../../src/core/json.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { createRandom } from "../../src/core/random.ts";
import { outputsOf } from "../../src/core/task.ts";
import { createOnnxGraph, type OnnxGraph } from "../../src/engine/onnx/graph.ts";
import { openOnnxSession } from "../../src/engine/onnx/session.ts";
import type { OnnxTensor } from "../../src/engine/onnx/tensor.ts";
import { calibrate, calibratorToOnnx, estimatorNamed, FAMILIES, fitCalibrator, loadModel, modelToOnnx } from "../../src/model/index.ts";
import { makeTraining, TASKS, withoutGaps } from "../contracts/training.ts";

const SMALL = { boosting: { rounds: 40 }, forest: { trees: 20 } } as Record<string, Record<string, number>>;

/** Feature i is the input "in i" of the graph. */
function featureInputs(graph: OnnxGraph, matrix: Matrix): string[] {
  return matrix.features.map(({ kind }, i) => graph.input(`in ${i}`, kind === "numeric" ? "double" : "int64", ["rows", 1]));
}

function featureTensors(matrix: Matrix): Map<string, OnnxTensor> {
  const shape = [matrix.rows, 1];
  return new Map(
    matrix.features.map((feature, i) => [
      `in ${i}`,
      { shape, values: feature.kind === "numeric" ? feature.values : BigInt64Array.from(feature.codes, BigInt) },
    ]),
  );
}

async function runGraph(graph: OnnxGraph, output: string, width: number, inputs: Map<string, OnnxTensor>): Promise<Float64Array> {
  graph.output("out", output, "double", ["rows", width]);
  const session = await openOnnxSession(graph.toBytes());
  try {
    return (await session.run(inputs)).get("out")!.values as Float64Array;
  } finally {
    await session.close();
  }
}

function expectNear(a: ArrayLike<number>, b: ArrayLike<number>): void {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(b[i]!)));
}

const cases = FAMILIES.flatMap((family) => family.tasks.map((kind) => ({ family, task: TASKS.find((task) => task.kind === kind)! })));

describe.each(cases)("$family.name, $task.kind", ({ family, task }) => {
  test("the ONNX graph answers as the model does, for missing and unseen values too", async () => {
    const suit = family.name === "linear" ? withoutGaps : <T>(training: T) => training;
    const training = suit(makeTraining(task, 300, 21));
    const model = estimatorNamed(family.name, SMALL[family.name] ?? {}).fit(training, 3);
    const { matrix } = suit(makeTraining(task, 500, 22));
    const odd: Matrix = {
      rows: 500,
      features: matrix.features.map((feature) =>
        feature.kind === "numeric"
          ? feature
          : { ...feature, codes: feature.codes.map((code, row) => (row % 50 === 0 ? feature.levels + 3 : code)) },
      ),
    };
    const graph = createOnnxGraph("test");
    const output = modelToOnnx(graph, model, matrix.features, featureInputs(graph, matrix));
    expectNear(await runGraph(graph, output, outputsOf(task), featureTensors(odd)), model.predict(odd));
  });
});

describe.each([
  ["linear", {}],
  ["boosting", { rounds: 100, learningRate: 0.5 }],
] as const)("%s where no training target is negative", (name, params) => {
  const whole = withoutGaps(makeTraining({ kind: "regression" }, 300, 21));
  const counts = { ...whole, target: whole.target.map((value) => Math.max(0, Math.round(value))) };
  const { matrix } = withoutGaps(makeTraining({ kind: "regression" }, 500, 22));
  const trainedOn = (target: Float64Array) => estimatorNamed(name, params).fit({ ...counts, target }, 3);
  const model = trainedOn(counts.target);

  test("no answer is, though the line or the trees alone would give some, and the others stay", () => {
    const { least, ...raw } = model.save();
    const alone = loadModel(raw as Json).predict(matrix);
    expect(least).toBe(0);
    expect(alone.some((value) => value < 0)).toBe(true);
    expect(model.predict(matrix)).toEqual(alone.map((value) => Math.max(0, value)));
  });

  test("nor in what is saved and loaded, nor in the graph", async () => {
    const loaded = loadModel(JSON.parse(JSON.stringify(model.save())));
    expect(loaded.predict(matrix)).toEqual(model.predict(matrix));
    expect(loaded.save()).toEqual(model.save());
    const graph = createOnnxGraph("test");
    const output = modelToOnnx(graph, loaded, matrix.features, featureInputs(graph, matrix));
    const answers = await runGraph(graph, output, 1, featureTensors(matrix));
    expect(answers.every((value) => value >= 0)).toBe(true);
    expectNear(answers, model.predict(matrix));
  });

  test("with targets below 0 it answers as it is", () => {
    const other = trainedOn(whole.target);
    expect(other.save()).not.toHaveProperty("least");
    expect(other.predict(matrix).some((value) => value < 0)).toBe(true);
  });
});

describe.each(["platt", "isotonic"] as const)("calibrator, %s", (method) => {
  test.each([1, 3])("%i outputs", async (width) => {
    const random = createRandom(4, "calibrator");
    const rows = 1200;
    const outputs = new Float64Array(rows * width).map(() => random.next() ** 3);
    const truth = Float64Array.from({ length: rows }, (_, row) =>
      width === 1 ? Number(random.next() < outputs[row]! / 2 + 0.2) : random.integer(3),
    );
    const task =
      width === 1 ? ({ kind: "binary", classes: ["n", "y"] } as const) : ({ kind: "multiclass", classes: ["a", "b", "c"] } as const);
    const calibrator = fitCalibrator(method, task, truth, outputs, null);
    const graph = createOnnxGraph("test");
    const meant = calibratorToOnnx(graph, calibrator, graph.input("p", "double", ["rows", width]));
    const probes = Float64Array.from([0, 1, 1e-9, 0.5, ...outputs, 1 - 1e-9, 1, 0, 0.3, 0.9, 0.2, 1e-5, 0.01]);
    const asked = probes.slice(0, probes.length - (probes.length % width));
    const answers = await runGraph(graph, meant, width, new Map([["p", { values: asked, shape: [asked.length / width, width] }]]));
    expectNear(answers, calibrate(calibrator, asked));
  });
});

test("a constant curve and a single knot survive the export", async () => {
  const calibrator = { method: "isotonic", curves: [{ kind: "isotonic", x: [0.4], y: [0.7] }] } as const;
  const graph = createOnnxGraph("test");
  const meant = calibratorToOnnx(graph, calibrator, graph.input("p", "double", ["rows", 1]));
  const asked = Float64Array.of(0, 0.4, 1);
  expect([...(await runGraph(graph, meant, 1, new Map([["p", { values: asked, shape: [3, 1] }]])))]).toEqual([
    ...calibrate(calibrator, asked),
  ]);
});
