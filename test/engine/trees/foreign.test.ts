import { expect, test } from "vitest";
import { loadEnsemble, predictRaw, saveEnsemble, type TreeEnsemble } from "../../../src/engine/trees/index.ts";

/** One split of x at `threshold`: 1 on the left, 2 on the right. */
function stump(threshold: number, missingLeft: boolean, more: { zeroIsMissing?: boolean; float32Inputs?: boolean }): TreeEnsemble {
  const { zeroIsMissing, ...rest } = more;
  return {
    link: "identity",
    outputs: 1,
    features: [{ name: "x", kind: "numeric", levels: 0, ...(zeroIsMissing !== undefined && { zeroIsMissing }) }],
    ...rest,
    base: Float64Array.of(0),
    treeStart: Int32Array.of(0, 3),
    treeOutput: Int32Array.of(0),
    leafWidth: 1,
    feature: Int32Array.of(0, -1, -1),
    threshold: Float64Array.of(threshold, 0, 0),
    missingLeft: Uint8Array.of(missingLeft ? 1 : 0, 0, 0),
    subset: Int32Array.of(-1, -1, -1),
    left: Int32Array.of(1, 0, 1),
    right: Int32Array.of(2, 0, 0),
    gain: Float64Array.of(1, 0, 0),
    cover: Float64Array.of(2, 1, 1),
    leafValues: Float64Array.of(1, 2),
    subsets: new Uint32Array(0),
  };
}

function scores(ensemble: TreeEnsemble, values: number[]): number[] {
  const matrix = { rows: values.length, features: [{ name: "x", kind: "numeric" as const, values: Float64Array.from(values) }] };
  const first = Array.from(predictRaw(ensemble, matrix));
  expect(Array.from(predictRaw(loadEnsemble(saveEnsemble(ensemble)), matrix))).toEqual(first);
  return first;
}

test("zero counts as missing where the feature says so", () => {
  const values = [0, -0, 1e-36, 1e-34, -1, Number.NaN, 1];
  expect(scores(stump(0.5, false, {}), values)).toEqual([1, 1, 1, 1, 1, 2, 2]);
  expect(scores(stump(0.5, false, { zeroIsMissing: true }), values)).toEqual([2, 2, 2, 1, 1, 2, 2]);
});

test("inputs are rounded to 32 bits where the ensemble says so", () => {
  const values = [0.1, Math.fround(0.1), 0.1 + 1e-12, 0.2, Number.NaN];
  const threshold = Math.fround(0.1);
  expect(scores(stump(0.1, true, {}), values)).toEqual([1, 2, 2, 2, 1]);
  expect(scores(stump(threshold, true, { float32Inputs: true }), values)).toEqual([1, 1, 1, 2, 1]);
});
