import { describe, expect, it, test } from "vitest";
import { loadEnsemble, predict, predictRaw, readLightGbm, saveEnsemble, writeLightGbm } from "../../../../src/engine/trees/index.ts";
import { recordedFiles, recordedText, recording, testMatrix } from "./recorded.ts";

const { cases } = recording("lightgbm");
const text = (name: string) => recordedText(`lightgbm/${name}.txt`);
const OPTIONS: Record<string, Parameters<typeof testMatrix>[1]> = { "large-codes": { factor: 97 }, pandas: { levels: [3, 40] } };
/** Leaves are scaled (see readLightGbm): raw scores are this times LightGBM's (its raw scores of a forest are sums), and not to the bit. */
const SCALED: Record<string, number> = { "binary-sigmoid": 2.5, multiclassova: 0.7, forest: 1 / 6, "forest-classes": 1 / 3 };

function expectClose(got: ArrayLike<number>, wanted: readonly number[], relative: number): void {
  expect(got.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries())
    expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(relative * Math.max(1e-3, Math.abs(value)));
}

describe("a LightGBM text predicts what LightGBM predicted", () => {
  it.each(Object.keys(cases).filter((name) => name !== "linear"))("%s", (name) => {
    const model = readLightGbm(text(name));
    const matrix = testMatrix(model, OPTIONS[name]);
    const { raw, predicted } = cases[name]!;
    const scale = SCALED[name];
    if (scale === undefined) expect(Array.from(predictRaw(model.ensemble, matrix))).toEqual(raw);
    else
      expectClose(
        predictRaw(model.ensemble, matrix),
        raw.map((value) => value * scale),
        4e-15,
      );
    expectClose(predict(model.ensemble, matrix), predicted, 2e-15);
    expect(Array.from(predictRaw(loadEnsemble(saveEnsemble(model.ensemble)), matrix))).toEqual(
      Array.from(predictRaw(model.ensemble, matrix)),
    );
  });

  test("every recorded file has its case", () => {
    expect(recordedFiles("lightgbm")).toEqual(
      Object.keys(cases)
        .map((name) => `${name}.txt`)
        .sort(),
    );
  });
});

describe("what the model knows beside its trees", () => {
  test("objective, names of features and levels", () => {
    const { ensemble, objective, levelNames } = readLightGbm(text("pandas"));
    expect(objective).toBe("binary");
    expect(ensemble.features.map(({ name }) => name)).toEqual(["x/0", "größe_ß", "x(2)%=#", "__proto__", "c1|日本"]);
    expect(levelNames[3]).toEqual(["rot", 'grün "x"', "a,b:[1]"]);
    expect(levelNames[4]?.slice(0, 3)).toEqual([0, 10, 20]);
    expect(levelNames.slice(0, 3)).toEqual([null, null, null]);
  });

  test("cover is rows, gain is gain", () => {
    const { ensemble } = readLightGbm(text("regression"));
    expect(ensemble.cover[0]).toBe(400);
    expect(ensemble.gain[0]).toBeGreaterThan(0);
    for (const [node, place] of ensemble.feature.entries()) {
      if (place >= 0) expect(ensemble.cover[node]).toBe(ensemble.cover[ensemble.left[node]!]! + ensemble.cover[ensemble.right[node]!]!);
    }
  });

  test("a file with Windows line ends, and one without counts", () => {
    const { raw } = cases.regression!;
    for (const changed of [text("regression").replaceAll("\n", "\r\n"), text("regression").replaceAll(/^\w+_count=.*\n/gm, "")]) {
      const model = readLightGbm(changed);
      expect(Array.from(predictRaw(model.ensemble, testMatrix(model)))).toEqual(raw);
    }
  });

  test("a feature whose nodes differ in what is missing stands twice", () => {
    const model = readLightGbm(text("zero-as-missing").replace(/^decision_type=9 4 6 6 9 6 4 /m, "decision_type=9 4 10 6 9 6 4 "));
    expect(model.ensemble.features.length).toBe(6);
    expect(new Set(model.ensemble.features.map(({ name }) => name)).size).toBe(5);
    const values = Array.from(predictRaw(model.ensemble, testMatrix(model)));
    const written = readLightGbm(writeLightGbm(model.ensemble));
    expect(written.ensemble.features.length).toBe(6);
    expect(Array.from(predictRaw(written.ensemble, testMatrix(written)))).toEqual(values);
  });
});

describe("what is refused names its line", () => {
  const regression = text("regression");
  it.each<[string, string, RegExp]>([
    ["linear leaves", text("linear"), /linear leaves .*linear_tree=false/],
    ["another file", '{"learner":{}}', /line 1: .*"tree"/],
    ["an empty file", "", /line 1/],
    ["a cut file", regression.slice(0, 2000), /line \d+: the model is cut off/],
    [
      "an unknown objective",
      regression.replace("objective=regression", "objective=riddle"),
      /objective "riddle" is unknown; known are regression/,
    ],
    ["an unknown version", regression.replace("version=v4", "version=v9"), /version "v9"/],
    ["a list too short", regression.replace(/^leaf_value=\S+ /m, "leaf_value="), /line \d+: leaf_value has 6 values, expected 7/],
    ["a word for a number", regression.replace(/^threshold=\S+/m, "threshold=abc"), /line \d+: threshold holds "abc"/],
    ["a child outside the tree", regression.replace(/^left_child=\S+/m, "left_child=77"), /line \d+: left_child holds 77/],
    ["a circle", regression.replace(/^left_child=\S+ \S+/m, "left_child=1 0"), /tree 0: node 0 has two parents/],
    ["a missing line", regression.replace(/^split_feature=.*\n/m, ""), /line \d+: .*lacks "split_feature"/],
    ["a tree left out", regression.replace(/^Tree=1$/m, "Tree=2"), /line \d+: expected Tree=1, got Tree=2/],
    ["half a round", text("multiclass").replace(/^Tree=11[\s\S]*?(?=end of trees)/m, ""), /11 trees are not whole rounds of 4/],
    ["an endless leaf", regression.replace(/^leaf_value=\S+/m, "leaf_value=inf"), /line \d+: leaf_value holds a value that is not finite/],
    [
      "a set that is not there",
      regression.replace(/^cat_boundaries=.*$/m, "cat_boundaries=0 1").replace(/^num_cat=.*$/m, "num_cat=1"),
      /line|set/,
    ],
    ["more leaves than memory", regression.replace(/^num_leaves=.*$/m, "num_leaves=1000000000"), /line \d+: leaf_value has 7 values/],
  ])("%s", (_, broken, message) => {
    expect(() => readLightGbm(broken)).toThrow(RangeError);
    expect(() => readLightGbm(broken)).toThrow(message);
  });
});
