import { describe, expect, test } from "vitest";
import { type Frame, takeRows } from "../../../src/core/column.ts";
import type { Task } from "../../../src/core/task.ts";
import { openOnnxSession } from "../../../src/engine/onnx/session.ts";
import { exportOnnx } from "../../../src/problems/tabular/onnx.ts";
import type { NativeModel } from "../../../src/problems/tabular/scorer.ts";
import { parity } from "../../../src/production/gates/parity.ts";
import { onnxTensorsOf } from "../../../src/recipe/index.ts";
import { BINARY, contextOf, MULTICLASS, REGRESSION, type World, world } from "../world.ts";

async function answersOfExport(native: NativeModel, frame: Frame): Promise<Float64Array> {
  const { bytes, inputs } = exportOnnx(native);
  const session = await openOnnxSession(bytes);
  try {
    const [first] = (await session.run(onnxTensorsOf(inputs, frame))).values();
    return first?.values as Float64Array;
  } finally {
    await session.close();
  }
}

/** The gate's verdict of a model and the ONNX export of another one (or its own). */
async function judged({ scorer, frame, ...made }: World, exported: NativeModel) {
  const rows = takeRows(
    frame,
    Int32Array.from({ length: 200 }, (_, row) => row),
  );
  const context = contextOf({ scorer, frame: rows, ...made }, { frame: rows });
  const other = await answersOfExport(exported, rows);
  return parity.run({ ...context, parity: async () => ({ native: scorer.score(rows), other, rows: rows.rows }) });
}

const made = (task: Task, scaled?: (value: number) => number) => world(task, 400, 7, "boosting", scaled);
const large = made(REGRESSION, (value) => 5000 * value);

describe("parity of a model with its own ONNX graph", () => {
  const cases: [string, World][] = [
    ["binary", made(BINARY)],
    ["three classes", made(MULTICLASS)],
    ["a target of 250,000 to 750,000", large],
    ["a large target that goes through 0", made(REGRESSION, (value) => 1e6 * (value - 100))],
  ];
  test.each(cases)("%s passes", async (_name, own) => {
    const found = await judged(own, own.native);
    expect([found.status, found.evidence.tolerance]).toEqual(["passed", 1e-6]);
    expect(Number(found.evidence.exported)).toBeGreaterThanOrEqual(0);
  });
});

test("an ONNX graph that is truly off fails, also where answers are large", async () => {
  const half = await judged(large, made(REGRESSION, (value) => 2500 * value).native);
  expect([half.status, Number(half.evidence.exported) > 0.1]).toEqual(["failed", true]);
  const slight = await judged(large, made(REGRESSION, (value) => 5000 * value * (1 + 1e-5)).native);
  expect(slight.status).toBe("failed");
  const native = large.scorer.score(large.frame);
  const same = native.map((value, row) => (row === 17 ? value * 1.5 : value));
  const one = await parity.run(contextOf(large, { parity: async () => ({ native, other: same, rows: native.length }) }));
  expect(one.status).toBe("failed");
});
