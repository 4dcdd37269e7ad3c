import { expect, test } from "vitest";
import {
  columnsOfRows,
  compileRowReader,
  compileScorer,
  createTreeDataset,
  dumpTree,
  firstRounds,
  fitBoosting,
  fitForest,
  importanceOf,
  loadEnsemble,
  matrixFromRows,
  openTreeDataset,
  permutationImportance,
  predict,
  readLightGbm,
  readXgboost,
  saveEnsemble,
  shapInteractions,
  toOnnx,
  writeLightGbm,
} from "../../../src/engine/trees/index.ts";

const rows = 300;
const x = Float64Array.from({ length: rows }, (_, row) => ((row * 7919) % 301) / 301);
const w = Float64Array.from({ length: rows }, (_, row) => ((row * 104_729) % 97) / 97);
const numeric = (name: string, values: Float64Array) => ({ name, kind: "numeric" as const, values });
const matrix = { rows, features: [numeric("x", x), numeric("w", w)] };
const few = { numIterations: 5, numThreads: 1 };

test("no rounds are the constant; 0 as a number of rounds is refused, for it is read in two ways", () => {
  const trees = fitBoosting({ matrix, target: w, loss: "squared" }, few);
  expect(new Set(predict(firstRounds(trees, 0), matrix))).toEqual(new Set(trees.base));
  expect(() => predict(trees, matrix, { numIterations: 0 })).toThrow(/firstRounds\(trees, 0\) is the constant/);
  expect(predict(trees, matrix, { ntree_limit: 0 })).toEqual(predict(trees, matrix));
  expect(() => firstRounds(fitForest({ matrix, target: w, loss: "squared" }, { numTrees: 2 }), 0)).toThrow("a forest without trees");
});

test("a dataset that is closed is closed for all who opened it", () => {
  const first = createTreeDataset(matrix, { numThreads: 1 });
  const second = openTreeDataset(first.share());
  fitBoosting({ matrix: second, target: w, loss: "squared" }, few);
  first.close();
  expect(() => fitBoosting({ matrix: second, target: w, loss: "squared" }, few)).toThrow("this dataset is closed");
  expect(() => openTreeDataset(second.share())).toThrow("this dataset is closed");
  second.close();
});

test("interaction sets without a feature constrain nothing", () => {
  const target = x.map((value, row) => value * w[row]!);
  const constrained = (interactionConstraints: readonly number[][] | null) =>
    fitBoosting({ matrix, target, loss: "squared" }, { ...few, interactionConstraints });
  const free = constrained(null);
  expect(constrained([])).toEqual(free);
  expect(constrained([[]])).toEqual(free);
  expect(constrained([[0], [1]])).not.toEqual(free);
});

test("a judge that is infinite in every round is refused, and an answer that comes later", () => {
  const training = { matrix, target: w, loss: "squared" as const, validation: [0, 1, 2, 3] };
  const endless = { name: "endless", higherIsBetter: false, score: () => Number.POSITIVE_INFINITY };
  expect(() => fitBoosting(training, { ...few, metric: endless, earlyStoppingRounds: 3 })).toThrow("is no finite number in any round");
  const late = (async () => false) as unknown as () => boolean;
  expect(() => fitBoosting(training, { ...few, onRound: late })).toThrow("onRound gave a promise");
});

test("of a code its whole part counts", () => {
  const codes = Int32Array.from({ length: 100 }, (_, row) => row % 5);
  const kinds = { rows: 100, features: [{ name: "c", kind: "categorical" as const, codes, levels: 5 }] };
  const training = { matrix: kinds, target: Float64Array.from(codes, (code) => code ** 2), loss: "squared" as const };
  for (const trees of [fitForest(training, { numTrees: 5 }), fitBoosting(training, { ...few, minDataPerGroup: 1 })]) {
    const score = compileScorer(trees);
    expect(score(Float64Array.of(2.5)).slice()).toEqual(score(Float64Array.of(2)).slice());
  }
});

test("columns that are damaged and levels beyond measure are refused with a code", () => {
  const list = [{ a: "x" }, { a: "y" }];
  expect(matrixFromRows(list, columnsOfRows(list)).features).toHaveLength(1);
  for (const column of [{ name: "a", kind: "categorical" }, { name: "a" }, { name: "a", kind: "foo" }, null, "a", { kind: "numeric" }]) {
    expect(() => matrixFromRows(list, [column] as never)).toThrow(expect.objectContaining({ code: "bad-matrix" }));
  }
  const feature = { name: "c", kind: "categorical" as const, codes: new Int32Array(rows), levels: 1e8 };
  expect(() => fitBoosting({ matrix: { rows, features: [feature] }, target: w, loss: "squared" }, few)).toThrow(/from 0 to 16,777,216/);
});

test("a score that is no number is refused", () => {
  const trees = fitBoosting({ matrix, target: w, loss: "squared" }, few);
  for (const odd of ["1", Number.NaN, undefined])
    expect(() => permutationImportance(trees, matrix, (() => odd) as never)).toThrow(expect.objectContaining({ code: "bad-option" }));
});

test("targets, rows, queries of other types: what makes them fit", () => {
  const fitting = (field: object) => () => fitBoosting({ matrix, target: w, loss: "squared", ...field } as never, few);
  const all = Array.from({ length: rows }, (_, row) => row);
  const cases: [object, string][] = [
    [{ target: all.map(() => "yes") }, 'got "yes" at place 0; number the classes from 0, as in labels.map'],
    [{ target: all.map(() => "1") }, 'got "1" at place 0; target.map(Number) makes numbers of them'],
    [{ target: all.map(() => true) }, "got true at place 0; target.map(Number)"],
    [{ target: all.map((row) => (row === 3 ? null : row)) }, "got null at place 3; rows without a target are NaN there, and `rows` names"],
    [
      { target: w.map((value, row) => (row === 3 ? Number.NaN : value)) },
      "must be a finite number; of rows without a target, `rows` names",
    ],
    [{ target: new BigInt64Array(rows) }, "Array.from(target, Number) makes one of it"],
    [{ validation: all.map((row) => row > 9) }, "numbers of rows, not a mask: [...mask.keys()].filter"],
    [{ validation: 0.2 }, "got 0.2; no share is drawn: name the rows"],
    [{ validation: all }, "no row to learn from: all are validation rows"],
    [{ weight: all.map(() => 0) }, "no row to learn from: all weights are 0"],
    [{ rows: [] }, "no row to learn from: `rows` is empty"],
    [{ query: all.map(String) }, "query.map(Number) makes numbers of them"],
    [{ query: all.map((row) => `q${row}`) }, 'got "q0" at place 0; number the groups'],
    [{ query: [100, 200] }, "gives each row the number of its group, not each group its size"],
    [{ loss: "lambdarank", query: all, target: all }, "whole labels from 0 to 30, got 31 in row 31; with gains"],
    [{ loss: "multiclass", target: all.map((row) => 2 * row + 0.5) }, "whole numbers from 0, got 0.5; squared is for numbers"],
    [
      { loss: "multiclass", target: all.map((row) => (row === 0 ? 0.5 : 2 * row)) },
      "whole numbers from 0, got 0.5; squared is for numbers",
    ],
    [{ loss: "mape" }, 'loss "mape" is not built: absolute with weights of 1 / |target| is the same'],
    [{ loss: { name: "huber" } }, 'as { loss: "quantile", alpha: 0.9 }; got {"name":"huber"}'],
  ];
  for (const [field, message] of cases) expect(fitting(field)).toThrow(message);
});

test("arrays of features: the way that is told keeps what is missing", () => {
  const of = (feature: object) => () =>
    fitBoosting({ matrix: { rows: 3, features: [feature as never] }, target: [1, 2, 3], loss: "squared" });
  const values = (list: unknown) => of({ name: "x", kind: "numeric", values: list });
  const codes = (list: unknown) => of({ name: "c", kind: "categorical", codes: list, levels: 3 });
  expect(values([1, null, 2])).toThrow("with null; Float64Array.from(values, (value) => value ?? NaN) makes one of it");
  expect(values(new BigInt64Array(3))).toThrow("Float64Array.from(values, Number) makes one of it");
  expect(values([1, 2, 3])).toThrow("Float64Array.from(values) makes one of it");
  expect(codes([1, Number.NaN, 2])).toThrow("with NaN; Int32Array.from(codes, (code) => (Number.isInteger(code) ? code : -1))");
  expect(codes([1, undefined, 2])).toThrow("with undefined; Int32Array.from(codes, (code)");
  expect(codes(Float64Array.of(1, 2, 0))).toThrow("Int32Array.from(codes) makes one of it");
});

test("options where there are none, and of a dataset, files instead of their content", () => {
  const trees = fitBoosting({ matrix, target: w, loss: "squared" }, few);
  expect(() => shapInteractions(trees, matrix, { background: matrix } as never)).toThrow("shapInteractions has no options");
  expect(() => toOnnx(trees, { opset: 15 } as never)).toThrow("the file is of opset 20");
  expect(() => importanceOf(trees, "gain" as never)).toThrow('got "gain": it gives gain, cover and splits');
  expect([trees].map(toOnnx as never)).toHaveLength(1);
  expect(() => dumpTree(trees, "0" as never)).toThrow('no tree "0"');
  expect(() => createTreeDataset(matrix, { foo: 1 } as never)).toThrow('no option "foo"; known are maxBin, minDataInBin');
  expect(() => createTreeDataset(matrix, { max_bims: 9 } as never)).toThrow('did you mean "maxBin"?');
  expect(() => createTreeDataset(matrix, w as never)).toThrow("dataset options must be an object");
  expect(() => permutationImportance(trees, matrix, w as never, { scoring: "r2" } as never)).toThrow("as in (trees, matrix, (predictions)");
  expect(() => readLightGbm("model.txt")).toThrow("opens no files");
  expect(() => readLightGbm('{"name":"tree"}')).toThrow("readXgboost reads XGBoost's");
  expect(() => readLightGbm(Buffer.from("tree") as never)).toThrow('readFileSync(path, "utf8"); got a Buffer');
  expect(() => readXgboost("/tmp/model.json")).toThrow("opens no files");
  expect(() => readXgboost(writeLightGbm(trees))).toThrow("readLightGbm reads it");
  expect(() => compileScorer(trees)([1, 2] as never)).toThrow("got a list");
});

test("a split that asks only whether there is a value says so", () => {
  const seen = {
    rows,
    features: [
      numeric(
        "x",
        Float64Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? 1 : Number.NaN)),
      ),
    ],
  };
  const trees = fitBoosting({ matrix: seen, target: w.map((_, row) => row % 2), loss: "squared" }, { ...few, numIterations: 1 });
  expect(dumpTree(trees, 0)).toMatch(/^x, missing right .*\n {2}known: .*\n {2}not known: /);
});

test("forests take target statistics of categories with more than 32 levels, where sets would be found by chance", () => {
  const target = x.map((value) => Number(value > 0.5));
  const of = (levels: number) => ({
    rows,
    features: [{ name: "c", kind: "categorical" as const, codes: Int32Array.from(x, (_, row) => (row * 31) % levels), levels }],
  });
  const grown = (levels: number, options: object) =>
    fitForest({ matrix: of(levels), target, loss: "logistic" }, { numTrees: 3, ...options });
  expect(grown(33, {})).toEqual(grown(33, { categoricalEncoding: "ordered-target" }));
  expect(grown(33, {})).not.toEqual(grown(33, { categoricalEncoding: "subsets" }));
  expect(grown(32, {})).toEqual(grown(32, { categoricalEncoding: "subsets" }));
  const dataset = createTreeDataset(of(33), {});
  const shared = fitForest({ matrix: dataset, target, loss: "logistic" }, { numTrees: 3 });
  expect(predict(shared, of(33))).toEqual(predict(grown(33, { categoricalEncoding: "subsets" }), of(33)));
  dataset.close();
});

test("a row reader refuses the columns of other rows, as a matrix is refused: codes would mean other levels", () => {
  const of = (names: readonly string[]) => Array.from({ length: 60 }, (_, row) => ({ plan: names[row % 2]! }));
  const columns = columnsOfRows(of(["a", "b"]));
  const trees = fitBoosting({ matrix: matrixFromRows(of(["a", "b"]), columns), target: w.subarray(0, 60), loss: "squared" }, few);
  expect(() => compileRowReader(trees, columnsOfRows(of(["b", "c"])))).toThrow('code 0 is "b", the trees learned "a"; use the columns');
  expect(compileRowReader(trees, columns)({ plan: "b" })).toEqual(Float64Array.of(1));
});

test("what a loss of one's own and saved trees of another version hold", () => {
  const fitting = (loss: object) => () => fitBoosting({ matrix, target: w, loss: { loss: "custom", ...loss } } as never, few);
  const gradient = (scores: Float64Array) => ({ gradient: scores, hessian: scores.map(() => 1) });
  expect(fitting({ gradient: () => [1, 2] })).toThrow("{ gradient, hessian }, two lists of numbers, got [1,2]");
  expect(fitting({ gradient: async () => {} })).toThrow("got a Promise");
  expect(fitting({ gradient: () => ({ gradient: w, hessian: w.map(() => -1) }) })).toThrow("hessian -1 for row 0; it must be at least 0");
  expect(fitting({ gradient: () => ({ gradient: Array(rows).fill("1"), hessian: w }) })).toThrow(
    'gradient "1" for row 0; it must be a finite',
  );
  expect(fitting({ gradient, value: 3 })).toThrow("is a function, (scores, target, weight) => the mean loss; got 3");
  const saved = { ...(saveEnsemble(fitBoosting({ matrix, target: w, loss: "squared" }, few)) as object), format: "oldhand/trees/2" };
  expect(() => loadEnsemble(saved as never)).toThrow('are of format "oldhand/trees/2", which another version wrote; this one reads');
});

test("options of permutation importance under scikit-learn's names", () => {
  const trees = fitBoosting({ matrix, target: w, loss: "squared" }, few);
  const score = (predictions: Float64Array) => -predictions.reduce((sum, p, row) => sum + (p - w[row]!) ** 2, 0);
  const own = permutationImportance(trees, matrix, score, { repeats: 5, seed: 3 });
  expect(permutationImportance(trees, matrix, score, { n_repeats: 5, random_state: 3 })).toEqual(own);
});
