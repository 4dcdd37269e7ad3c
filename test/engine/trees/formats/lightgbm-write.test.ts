import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import type { ForeignModel, TreeEnsemble } from "../../../../src/engine/trees/index.ts";
import { predict, predictRaw, readLightGbm, writeLightGbm } from "../../../../src/engine/trees/index.ts";
import { FOLDER, type Predictions, recordedFiles, recordedText, recording, testMatrix } from "./recorded.ts";

interface Loaded extends Predictions {
  readonly sha256: string;
  readonly features: readonly string[];
}

const FEATURES: TreeEnsemble["features"] = [
  ...["x0", "x1", "x2"].map((name) => ({ name, kind: "numeric" as const, levels: 0 })),
  { name: "c0", kind: "categorical", levels: 3 },
  { name: "c1", kind: "categorical", levels: 40 },
];

/** Two trees of three splits: a number, a category whose missing rows go left, and one whose go right. */
function handmade(more: Partial<TreeEnsemble>): TreeEnsemble {
  const width = more.leafWidth ?? 1;
  const values = Float64Array.from({ length: 8 * width }, (_, i) => Math.sin(i + 1) / 3);
  const tree = (start: number, leaf: number) => ({
    left: [start + 1, start + 3, start + 5, leaf, leaf + width, leaf + 2 * width, leaf + 3 * width],
    right: [start + 2, start + 4, start + 6, 0, 0, 0, 0],
  });
  const [a, b] = [tree(0, 0), tree(7, 4 * width)];
  return {
    link: "identity",
    outputs: 1,
    features: FEATURES,
    base: Float64Array.of(0.1),
    treeStart: Int32Array.of(0, 7, 14),
    treeOutput: Int32Array.of(0, 0),
    leafWidth: 1,
    feature: Int32Array.of(1, 3, 4, -1, -1, -1, -1, 4, 0, 2, -1, -1, -1, -1),
    threshold: Float64Array.of(0.1, 0, 0, 0, 0, 0, 0, 0, Number.POSITIVE_INFINITY, -0.25, 0, 0, 0, 0),
    missingLeft: Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0),
    subset: Int32Array.of(-1, 0, 1, -1, -1, -1, -1, 3, -1, -1, -1, -1, -1, -1),
    left: Int32Array.from([...a.left, ...b.left]),
    right: Int32Array.from([...a.right, ...b.right]),
    gain: Float64Array.from({ length: 14 }, (_, i) => (i % 7 < 3 ? 5 - (i % 7) : 0)),
    cover: Float64Array.of(40, 20, 20, 12.5, 7.5, 9, 11, 40, 25, 15, 20, 5, 0.2, 14.8),
    leafValues: values,
    subsets: Uint32Array.of(0b010, 0b1011, 0b1, 0xfffffff0, 0xff),
    ...more,
  };
}

const classes = { outputs: 3, leafWidth: 3, base: Float64Array.of(0.1, -0.2, 0.3) };
/** Written once, loaded by LightGBM with `bench/peers/tree_formats.py OUT loaded`. */
const WRITTEN: Readonly<Record<string, () => string>> = {
  identity: () => writeLightGbm(handmade({})),
  logistic: () => writeLightGbm(handmade({ link: "logistic" })),
  exp: () => writeLightGbm(handmade({ link: "exp" })),
  softplus: () => writeLightGbm(handmade({ link: "softplus" })),
  "signed-square": () => writeLightGbm(handmade({ link: "signedSquare" })),
  softmax: () => writeLightGbm(handmade({ link: "softmax", ...classes })),
  "logistic-each": () => writeLightGbm(handmade({ link: "logistic", ...classes })),
  "identity-each": () => writeLightGbm(handmade({ ...classes })),
  share: () => writeLightGbm(handmade({ link: "share", base: Float64Array.of(0.5) })),
  uneven: () => writeLightGbm(handmade({ link: "softmax", outputs: 3, base: classes.base, treeOutput: Int32Array.of(1, 1) })),
  "zero-is-missing": () =>
    writeLightGbm(handmade({ features: FEATURES.map((f) => (f.name === "x2" ? { ...f, zeroIsMissing: true } : f)) })),
  names: () => writeLightGbm(handmade({ features: FEATURES.map((f, i) => ({ ...f, name: ["a b", "a_b", '{"[ü],:}', "", "=="][i]! })) })),
  constant: () => writeLightGbm(handmade({ treeStart: Int32Array.of(0), treeOutput: new Int32Array(0) })),
  ...Object.fromEntries(
    ["binary", "multiclass", "zero-as-missing", "no-missing", "constant-classes"].map((name) => [
      `again-${name}`,
      () => {
        const { ensemble, levelNames } = readLightGbm(recordedText(`lightgbm/${name}.txt`));
        return writeLightGbm(ensemble, { levelNames });
      },
    ]),
  ),
};

if (process.env.UPDATE_WRITTEN !== undefined) {
  mkdirSync(`${FOLDER}written`, { recursive: true });
  for (const [name, write] of Object.entries(WRITTEN)) writeFileSync(`${FOLDER}written/${name}.txt`, write());
}

describe("LightGBM loads what we write, and predicts the same", () => {
  const { cases } = recording<Loaded>("loaded");

  it.each(Object.keys(WRITTEN))("%s", (name) => {
    const text = WRITTEN[name]!();
    const loaded = cases[name]!;
    expect(createHash("sha256").update(text).digest("hex")).toBe(loaded.sha256);
    const model = readLightGbm(text);
    expect(loaded.features).toEqual(model.ensemble.features.map((feature) => feature.name));
    const matrix = testMatrix(model);
    expect(Array.from(predictRaw(model.ensemble, matrix))).toEqual(loaded.raw);
    const predicted = predict(model.ensemble, matrix);
    for (const [i, value] of loaded.predicted.entries())
      expect(Math.abs(predicted[i]! - value)).toBeLessThanOrEqual(2e-15 * Math.max(1, Math.abs(value)));
  });

  test("every file is one of these", () => {
    expect(recordedFiles("written")).toEqual(
      Object.keys(WRITTEN)
        .map((name) => `${name}.txt`)
        .sort(),
    );
  });
});

describe("written and read again", () => {
  const foreign = (ensemble: TreeEnsemble): ForeignModel => ({ ensemble, objective: "", levelNames: [] });

  it.each<[string, Partial<TreeEnsemble>]>([
    ["identity", {}],
    ["softmax", { link: "softmax", ...classes }],
    ["logistic", { link: "logistic" }],
    ["share", { link: "share", base: Float64Array.of(0.5) }],
  ])("%s gives the same raw scores to the bit", (_, more) => {
    const ensemble = handmade(more);
    const again = readLightGbm(writeLightGbm(ensemble));
    const matrix = testMatrix(foreign(ensemble));
    expect(Array.from(predictRaw(again.ensemble, matrix))).toEqual(Array.from(predictRaw(ensemble, matrix)));
  });

  test("names that LightGBM refuses are changed and stay distinct", () => {
    const { ensemble } = readLightGbm(WRITTEN.names!());
    expect(ensemble.features.map(({ name }) => name)).toEqual(["a_b", "a_b_1", "___ü____", "_", "__1"]);
  });

  test("names of levels are kept", () => {
    const text = recordedText("lightgbm/pandas.txt");
    const { ensemble, levelNames } = readLightGbm(text);
    expect(readLightGbm(writeLightGbm(ensemble, { levelNames })).levelNames).toEqual(levelNames);
  });
});
