import { expect, test } from "vitest";
import { columnsOfRows, fitBoosting, matrixFromRows, predict, type TableColumn } from "../../../src/engine/trees/index.ts";

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
      { name: "plan", kind: "categorical", codes: Int32Array.of(0, 1, -1), levels: 2 },
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
    { name: "2", kind: "categorical", codes: Int32Array.of(0, 0), levels: 1 },
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
    'no row has a field "age"; did you mean "agee"?',
  );
  expect(() => matrixFromRows([{ ...rows[0], age: "sixty" }], columns)).toThrow('field "age" is numeric, but row 0 holds "sixty"');
  expect(() => matrixFromRows([{ ...rows[0], plan: {} }], columns)).toThrow('field "plan" is categorical, but row 0 holds an object');
});
