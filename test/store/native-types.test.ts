import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { columnOf } from "../../src/core/column.ts";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { errorOf, optionsIn, temporaryFolder } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);

async function parquet(name: string, select: string): Promise<string> {
  const path = join(folder, name);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

test("the types of a Parquet file are kept", async () => {
  const path = await parquet(
    "types.parquet",
    `SELECT i::BIGINT AS big, 9007199254740993 + i AS code, (i + 0.25)::DECIMAL(10, 2) AS money, (i / 2)::FLOAT AS half,
       i % 2 = 0 AS even, DATE '2020-01-31' + i::INTEGER AS day, TIMESTAMPTZ '2020-01-31 12:00:00+02' AS moment,
       (CASE WHEN i = 0 THEN 'a' ELSE 'b' END)::ENUM('b', 'a') AS level, i::VARCHAR AS digits, [i] AS list, {'x': i} AS record,
       CASE WHEN i = 1 THEN 'nan'::DOUBLE ELSE 1 END AS broken
     FROM range(3) t(i)`,
  );
  const dataset = await openDataset(path, options);
  expect(dataset.source.format).toBe("parquet");
  expect(dataset.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "big number",
    "code category",
    "money number",
    "half number",
    "even category",
    "day date",
    "moment date",
    "level category",
    "digits category",
    "record.x number",
    "broken number",
  ]);
  expect(dataset.notes.join("\n")).toMatch(/"list" was left out/);
  const frame = await loadFrame(dataset, options);
  expect(columnOf(frame, "money")).toMatchObject({ values: Float64Array.of(0.25, 1.25, 2.25) });
  expect(columnOf(frame, "code")).toMatchObject({ levels: ["9007199254740993", "9007199254740994", "9007199254740995"] });
  expect(columnOf(frame, "even")).toMatchObject({ levels: ["false", "true"], codes: Int32Array.of(1, 0, 1) });
  expect(columnOf(frame, "day")).toMatchObject({ values: Float64Array.of(0, 1, 2).map((day) => Date.UTC(2020, 0, 31 + day)) });
  expect(columnOf(frame, "moment")).toMatchObject({ values: new Float64Array(3).fill(Date.UTC(2020, 0, 31, 10)) });
  expect(columnOf(frame, "level")).toMatchObject({ levels: ["a", "b"], codes: Int32Array.of(0, 1, 1) });
  expect(columnOf(frame, "broken")).toMatchObject({ values: Float64Array.of(1, Number.NaN, 1) });
});

test("a Parquet file without rows, or with one column, is said so", async () => {
  const empty = await parquet("empty.parquet", "SELECT 1 AS a, 2 AS b WHERE false");
  expect((await errorOf(() => openDataset(empty, options))).code).toBe("header-only");
  const one = await parquet("one.parquet", "SELECT 1 AS a");
  expect((await errorOf(() => openDataset(one, options))).code).toBe("one-column");
});

test("dates that no calendar here reaches are missing: infinite ones, and years of millions, as damaged files hold them", async () => {
  const dates = ["DATE '2020-01-31'", "DATE '5000000-01-01'", "DATE 'infinity'", "DATE '290000-01-01'"];
  const rows = dates.map((date) => `SELECT ${date} AS day, CAST(${date} AS VARCHAR) AS written`).join(" UNION ALL ");
  const dataset = await openDataset(await parquet("far-dates.parquet", rows), options);
  expect(dataset.columns[0]).toMatchObject({ type: "date", missing: 3 });
  const frame = await loadFrame(dataset, options);
  expect(columnOf(frame, "day")).toMatchObject({ values: Float64Array.of(Date.UTC(2020, 0, 31), Number.NaN, Number.NaN, Number.NaN) });
});

describe("texts of a file with types that are dates", () => {
  const rowsOf = (cell: (row: number) => string | null) =>
    `SELECT * FROM (VALUES ${Array.from({ length: 40 }, (_, row) => `(${row}, ${cell(row) === null ? "NULL" : `'${cell(row)}'`})`).join(", ")}) t(n, seen)`;
  const day = (row: number) => `2023-${String(1 + (row % 12)).padStart(2, "0")}-${String(1 + (row % 28)).padStart(2, "0")}`;
  const read = async (name: string, cell: (row: number) => string | null) => {
    const dataset = await openDataset(await parquet(`${name}.parquet`, rowsOf(cell)), options);
    const column = columnOf(await loadFrame(dataset, options), "seen");
    return { info: dataset.columns[1], column };
  };

  test("are dates as they are in a CSV file, signs for none beside them", async () => {
    const { info, column } = await read("iso", (row) => (row % 10 === 7 ? "n/a" : row % 10 === 3 ? null : day(row)));
    expect(info).toMatchObject({ type: "date", dateFormat: "%Y-%m-%d", missing: 8, unparsedCells: 4 });
    expect(column).toMatchObject({ type: "date" });
    expect("values" in column ? Array.from(column.values.slice(0, 4)) : []).toEqual([
      ...[0, 1, 2].map((row) => Date.parse(day(row))),
      Number.NaN,
    ]);
  });

  test("other texts stay what they were: names, short texts, and dates in half of the cells", async () => {
    expect((await read("names", (row) => `plant ${row % 4}`)).info?.type).toBe("category");
    expect((await read("short", (row) => `${row % 9}`)).info?.type).not.toBe("date");
    expect((await read("half", (row) => (row % 2 === 0 ? day(row) : `plant ${row % 4}`))).info?.type).toBe("category");
  });
});
