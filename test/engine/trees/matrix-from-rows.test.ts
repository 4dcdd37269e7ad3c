import { expect, test } from "vitest";
import {
  columnsOfRows,
  compileRowReader,
  compileScorer,
  fitBoosting,
  loadEnsemble,
  matrixFromRows,
  predict,
  saveEnsemble,
  type TableColumn,
} from "../../../src/engine/trees/index.ts";

const rows = [
  { age: 61, plan: "basic", paid: true, left: 1 },
  { age: null, plan: "family", paid: false, left: 0 },
  { age: 35, plan: undefined, paid: true, left: 0 },
];

test("numbers, booleans, texts and what is missing", () => {
  const columns = columnsOfRows(rows, { leaveOut: ["left"] });
  expect(columns).toEqual([
    { name: "age", kind: "numeric" },
    { name: "plan", kind: "categorical", levels: ["basic", "family"] },
    { name: "paid", kind: "numeric" },
  ]);
  expect(matrixFromRows(rows, columns)).toEqual({
    rows: 3,
    features: [
      { name: "age", kind: "numeric", values: Float64Array.of(61, Number.NaN, 35) },
      { name: "plan", kind: "categorical", codes: Int32Array.of(0, 1, -1), levels: 2, levelNames: ["basic", "family"] },
      { name: "paid", kind: "numeric", values: Float64Array.of(1, 0, 1) },
    ],
  });
});

test("new rows: a category never seen is missing, other fields are passed over, columns survive JSON", () => {
  const columns = JSON.parse(JSON.stringify(columnsOfRows(rows, { leaveOut: ["left"] }))) as TableColumn[];
  const asked = matrixFromRows([{ plan: "student", age: 20, paid: false, city: "Ulm" }], columns);
  expect(asked.features.map((feature) => (feature.kind === "numeric" ? feature.values[0] : feature.codes[0]))).toEqual([20, -1, 0]);
  const trees = fitBoosting({ matrix: matrixFromRows(rows, columns), target: rows.map(({ left }) => left), loss: "logistic" });
  expect(predict(trees, asked)).toHaveLength(1);
});

test("lists by place, and what the user says of a field", () => {
  const lists = [
    [1, "7", 12],
    [2, "8", 12],
  ];
  expect(() => columnsOfRows(lists)).toThrow('field "1" holds texts that all read as numbers, such as "7"; say numeric: ["1"]');
  const columns = columnsOfRows(lists, { numeric: ["1"], categorical: ["2"] });
  expect(matrixFromRows(lists, columns).features).toEqual([
    { name: "0", kind: "numeric", values: Float64Array.of(1, 2) },
    { name: "1", kind: "numeric", values: Float64Array.of(7, 8) },
    { name: "2", kind: "categorical", codes: Int32Array.of(0, 0), levels: 1, levelNames: ["12"] },
  ]);
});

test("what cannot be read is refused with its field and row", () => {
  const read =
    (given: unknown, options = {}) =>
    () =>
      columnsOfRows(given as object[], options);
  expect(read([])).toThrow("needs at least one row");
  expect(read("age")).toThrow("rows must be a list of objects or lists, got string");
  expect(read([{ age: 1 }, 3])).toThrow("row 1 must be an object or a list, got 3");
  expect(read([{ age: 1 }, { age: "old" }])).toThrow('field "age" holds a number in row 0 and a text in row 1');
  expect(read([{ age: null }])).toThrow('field "age" is missing in every row; leave it out');
  expect(read([{ at: new Date(0) }])).toThrow('field "at" holds a date in row 0; features are numbers, booleans or texts');
  expect(read(rows, { leaveOut: ["lefft"] })).toThrow('no row has a field "lefft"; did you mean "left"?');
  expect(read(rows, { numeric: ["age"], categorical: ["age"] })).toThrow('"age" is given as categorical and as numeric');
  expect(read(rows, { ignore: [] })).toThrow('columnsOfRows has no "ignore"');
  const columns = columnsOfRows(rows);
  expect(() => matrixFromRows([{ agee: 3, plan: "basic", paid: true, left: 0 }], columns)).toThrow(
    'row 0 has no field "age"; did you mean "agee"? (a value that is not known is null)',
  );
  expect(() => matrixFromRows([{ ...rows[0], age: "sixty" }], columns)).toThrow('field "age" is numeric, but row 0 holds "sixty"');
  expect(() => matrixFromRows([{ ...rows[0], plan: {} }], columns)).toThrow('field "plan" is categorical, but row 0 holds an object');
});

test("texts that mostly read as numbers are asked about, all fields at once; what stands for missing is kept with the columns", () => {
  const texts = [
    { age: "29", fare: "1,5", deck: "B5", zip: "80331" },
    { age: "", fare: "7.25", deck: " ", zip: "80333" },
    { age: "NA", fare: "8", deck: "C2", zip: "NA" },
    { age: "31", fare: "9", deck: "7", zip: "80335" },
  ];
  expect(() => columnsOfRows(texts)).toThrow(
    'fields "age", "fare", "zip" hold texts that mostly read as numbers, such as "29"; say numeric: ["age", "fare", "zip"] or categorical: ["age", "fare", "zip"]. Not a number: "NA" in row 2 of "age", "1,5" in row 0 of "fare", "NA" in row 2 of "zip"; say missing: [...] where such a text means not known',
  );
  const columns = columnsOfRows(texts, { numeric: ["age", "fare"], categorical: ["zip"], missing: ["NA", "1,5"] });
  const read = matrixFromRows(texts, JSON.parse(JSON.stringify(columns)) as TableColumn[]).features;
  expect(read.map((feature) => [...(feature.kind === "numeric" ? feature.values : feature.codes)])).toEqual([
    [29, Number.NaN, Number.NaN, 31],
    [Number.NaN, 7.25, 8, 9],
    [1, -1, 2, 0],
    [0, 1, -1, 2],
  ]);
  expect(() => columnsOfRows(texts, { missing: "NA" as never })).toThrow("missing must be a list of texts");
  expect(() => matrixFromRows([{ ...texts[0], age: "old" }], columns)).toThrow('row 0 holds "old"; a missing value is null, or a text');
});

test("each row needs the fields that all rows learned from had, whatever the other rows of the batch have", () => {
  const columns = columnsOfRows([...rows, { age: 3, paid: true, left: 1 }], { leaveOut: ["left"] });
  expect(columns[1]).toMatchObject({ name: "plan", optional: true });
  expect(matrixFromRows([{ age: 3, paid: true }], columns).features[1]).toMatchObject({ codes: Int32Array.of(-1) });
  const both = [{ age: 3, paid: true }, { age: 4 }];
  expect(() => matrixFromRows(both, columns)).toThrow('row 1 has no field "paid"');
  expect(() => matrixFromRows(both.slice(1), columns)).toThrow('row 0 has no field "paid"');
});

test("a matrix made with the columns of other rows is refused, also by trees that were saved; one row is read by the same columns", () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ visits: (i * 7) % 13, plan: ["basic", "family", "student"][i % 3]! }));
  const columns = columnsOfRows(many);
  const trees = fitBoosting({ matrix: matrixFromRows(many, columns), target: many.map((_, i) => (i % 3 === 1 ? 1 : 0)), loss: "logistic" });
  const loaded = loadEnsemble(JSON.parse(JSON.stringify(saveEnsemble(trees))));
  expect(loaded.features).toEqual(trees.features);
  const asked = [many[1]!, many[2]!];
  for (const some of [trees, loaded])
    expect(() => predict(some, matrixFromRows(asked, columnsOfRows(asked)))).toThrow(
      'feature "plan" has other categories than in training: code 0 is "family", the trees learned "basic"; use the columns of the rows that were learned from',
    );
  const [score, read] = [compileScorer(loaded), compileRowReader(loaded, columns)];
  const matrix = matrixFromRows([...many, { visits: null, plan: "new" }], columns);
  const single = [...many, { visits: null, plan: "new" }].map((row) => score(read(row))[0]!);
  expect(single).toEqual([...predict(trees, matrix)]);
  expect(() => read({ visits: 3 })).toThrow('the row has no field "plan"');
  expect(() => compileRowReader(trees, columns.slice(0, 1))).toThrow('no column is named "plan"');
  expect(() => compileRowReader(trees, columnsOfRows(asked))).toThrow(
    'column "plan" is categorical with 2 levels, the trees learned it as categorical with 3',
  );
  const damaged = saveEnsemble(trees);
  const features = trees.features.map((one) => ({ ...one, ...(one.levelNames !== undefined && { levelNames: ["a"] }) }));
  expect(() => loadEnsemble({ ...(damaged as object), features } as never)).toThrow("must name each of its levels");
});
