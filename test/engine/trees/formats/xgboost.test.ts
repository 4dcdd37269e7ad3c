import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { largestBelow } from "../../../../src/engine/trees/formats/float32.ts";
import { compileScorer, loadEnsemble, predict, predictRaw, readXgboost, saveEnsemble } from "../../../../src/engine/trees/index.ts";
import { takeRows } from "../data.ts";
import { type Predictions, recordedBytes, recordedFiles, recordedText, recording, testMatrix } from "./recorded.ts";

interface Forest {
  trees?: Record<"default_left" | "split_indices" | "left_children" | "split_conditions", (number | string | null)[]>[];
  readonly tree_info: number[];
}

interface Model {
  readonly learner: {
    readonly gradient_booster: { readonly model: Forest };
    readonly learner_model_param: { base_score: string };
  };
}

const VERSIONS = ["1.7", "2.1", "3.2"];
const recorded = VERSIONS.flatMap((version) =>
  Object.entries(recording(`xgboost-${version}`).cases).map(([name, values]): [string, Predictions] => [
    `xgboost-${version}/${name}`,
    values,
  ]),
);
const REFUSED: Record<string, RegExp> = { hinge: /objective "binary:hinge" is not supported/, linear: /booster "gblinear" has no trees/ };
const isRefused = (file: string) => file.split("/")[1]! in REFUSED;
const read = (file: string) => readXgboost(recordedText(`${file}.json`));

/** XGBoost adds leaves in 32 bits: a few roundings of 2^-24. */
function expectClose(got: ArrayLike<number>, wanted: readonly number[]): void {
  expect(got.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
}

function classOf(probabilities: Float64Array, row: number, classes: number): number {
  const own = probabilities.subarray(row * classes, (row + 1) * classes);
  return own.indexOf(Math.max(...own));
}

describe("an XGBoost file predicts what XGBoost predicted", () => {
  it.each(recorded.filter(([file]) => !isRefused(file)))("%s", (file, { raw, predicted }) => {
    const model = read(file);
    const matrix = testMatrix(model, file.endsWith("pandas") ? { levels: [3, 40] } : {});
    expectClose(predictRaw(model.ensemble, matrix), raw);
    const ours = predict(model.ensemble, matrix);
    if (model.objective === "multi:softmax") expect(predicted.map((_, row) => classOf(ours, row, 4))).toEqual(predicted);
    else expectClose(ours, predicted);
    expect(Array.from(predict(loadEnsemble(saveEnsemble(model.ensemble)), matrix))).toEqual(Array.from(ours));
  });

  test("many rows, and rows one by one, take the way of few: codes that no split names go left", () => {
    const { ensemble } = read("xgboost-3.2/one-hot");
    const rows = testMatrix(read("xgboost-3.2/one-hot"));
    const few = predictRaw(ensemble, rows);
    const many = takeRows(
      rows,
      Array.from({ length: 200 * rows.rows }, (_, i) => i % rows.rows),
    );
    expect(Array.from(predictRaw(ensemble, many).slice(-few.length))).toEqual(Array.from(few));
    const score = compileScorer(ensemble, { raw: true });
    for (let row = 0; row < rows.rows; row++) {
      const values = rows.features.map((feature) => (feature.kind === "numeric" ? feature.values[row]! : feature.codes[row]!));
      expect(score(Float64Array.from(values))[0]).toBe(few[row]);
    }
  });

  test("every recorded file has its case", () => {
    const files = VERSIONS.flatMap((version) => recordedFiles(`xgboost-${version}`).map((name) => `xgboost-${version}/${name}`));
    const names = files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
    expect(names.sort()).toEqual(recorded.map(([file]) => file).sort());
  });

  it.each(recordedFiles("xgboost-3.2").filter((file) => file.endsWith(".ubj")))("UBJSON is the same model: %s", (file) => {
    const binary = readXgboost(recordedBytes(`xgboost-3.2/${file}`));
    expect(binary).toEqual(readXgboost(recordedText(`xgboost-3.2/${file.replace(".ubj", ".json")}`)));
    expect(readXgboost(recordedBytes(`xgboost-3.2/${file.replace(".ubj", ".json")}`))).toEqual(binary);
  });
});

describe("what the model knows beside its trees", () => {
  test("objective, cover, names of levels", () => {
    const { ensemble, objective, levelNames } = read("xgboost-3.2/pandas");
    expect(objective).toBe("binary:logistic");
    expect(ensemble.cover[0]).toBeGreaterThan(90);
    expect(levelNames[3]).toEqual(["rot", 'green "x"', "a,b:[1]"]);
    expect(levelNames[4]?.slice(0, 3)).toEqual([0, 10, 20]);
    expect(levelNames.slice(0, 3)).toEqual([null, null, null]);
    const cut = recordedText("xgboost-3.2/pandas.json").replace('"values":[114,111,', '"values":[114,-61,');
    expect(readXgboost(cut).levelNames[3]).toBeNull();
  });
});

describe("largestBelow is the comparison of 32-bit numbers", () => {
  const next = (x: number, step: bigint) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x);
    view.setBigInt64(0, view.getBigInt64(0) + step);
    return view.getFloat64(0);
  };
  const float = fc.integer({ min: -0x80000000, max: 0x7fffffff }).map((bits) => new Float32Array(Int32Array.of(bits).buffer)[0]!);

  test("for thresholds of every size, and doubles around them", () => {
    fc.assert(
      fc.property(float, fc.double(), (t, x) => {
        fc.pre(!Number.isNaN(t));
        const below = largestBelow(t);
        for (const value of [x, t, below, next(below, 1n), next(below, -1n), Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0]) {
          if (!Number.isNaN(value)) expect(value <= below).toBe(Math.fround(value) < t);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("around zero and at the ends", () => {
    const smallest = 2 ** -149;
    for (const t of [0, -0, smallest, -smallest, 3.4028234663852886e38, -3.4028234663852886e38, Number.POSITIVE_INFINITY]) {
      const below = largestBelow(t);
      const away = below > 0 ? 1n : -1n;
      expect(Math.fround(below)).toBeLessThan(t);
      expect(Math.fround(next(below, away)) < t).toBe(false);
    }
    expect(largestBelow(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("what is refused names its path", () => {
  const text = recordedText("xgboost-3.2/squared.json");
  const changed = (change: (model: Model) => void): string => {
    const model = JSON.parse(text) as Model;
    change(model);
    return JSON.stringify(model);
  };
  const tree = (model: Model) => model.learner.gradient_booster.model.trees![1]!;

  test.each(Object.entries(REFUSED))("%s", (name, message) => {
    expect(() => read(`xgboost-3.2/${name}`)).toThrow(message);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ["another text", "tree\nversion=v4", /not JSON/],
    ["another document", "[1]", /the document must be an object, got a list/],
    ["nothing inside", "{}", /the document lacks "learner"/],
    ["a cut file", text.slice(0, 3000), /not JSON/],
    ["no tree list", changed((m) => delete m.learner.gradient_booster.model.trees), /\.learner\.gradient_booster\.model lacks "trees"/],
    ["a list too short", changed((m) => tree(m).default_left.pop()), /\.trees\[1\]\.default_left has \d+ values, expected \d+/],
    ["a word for a number", changed((m) => (tree(m).split_indices[0] = "x")), /\.trees\[1\]\.split_indices\[0\] must be a number, got "x"/],
    [
      "a feature that is not there",
      changed((m) => (tree(m).split_indices[0] = 9)),
      /\.trees\[1\]\.split_indices\[0\] is 9, the model has 5 features/,
    ],
    ["a child outside the tree", changed((m) => (tree(m).left_children[0] = 900)), /tree 1: child 900 is not one of/],
    ["a circle", changed((m) => (tree(m).left_children[1] = 0)), /tree 1: node 0 has two parents/],
    [
      "an output that is not there",
      changed((m) => (m.learner.gradient_booster.model.tree_info[1] = 3)),
      /tree_info\[1\] must be a whole number from 0 to 0/,
    ],
    [
      "a broken base",
      changed((m) => (m.learner.learner_model_param.base_score = "[1,2]")),
      /base_score must be one number or 1, got "\[1,2\]"/,
    ],
    ["a leaf without number", changed((m) => tree(m).split_conditions.fill(null)), /tree 1, node \d+: /],
    ["cut UBJSON", recordedBytes("xgboost-3.2/logistic.ubj").subarray(0, 900), /byte \d+: the file ends/],
    ["bytes of no kind", Uint8Array.of(7, 7, 7), /byte 0: ".*" is no kind of number/],
    ["nested without end", new Uint8Array(10000).fill(0x5b), /byte \d+: more than 64 lists/],
  ])("%s", (_, broken, message) => {
    expect(() => readXgboost(broken)).toThrow(RangeError);
    expect(() => readXgboost(broken)).toThrow(message);
  });
});
