import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, expect, test } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import type { ColumnInfo } from "../../src/core/dataset.ts";
import type { Scorer } from "../../src/core/scorer.ts";
import { type ScoredRows, type Sink, scoreStream, unreadWarning } from "../../src/production/index.ts";
import { fitRecipe, recordsToFrame } from "../../src/recipe/index.ts";
import { scanFrames } from "../../src/store/index.ts";
import { allRows, cells, dates, frameOf, numbers, texts } from "../recipe/frames.ts";
import { REGRESSION, world } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-dates-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const limits = { batchRows: 2, memoryBytes: 256e6, threads: 1 };
const columnOf = (name: string, type: ColumnInfo["type"]): ColumnInfo => ({
  name,
  type,
  position: 0,
  why: "",
  missing: 0,
  distinct: 0,
  integer: false,
  unparsed: [],
  unparsedCells: 0,
  dateFormat: null,
});

const signups = ["05/08/2022", "2022-08-21", "17/03/2021", "unknown"];
const training = frameOf(
  texts(
    "signup",
    Array.from({ length: 60 }, (_, row) => signups[row % 4]!),
  ),
  numbers(
    "age",
    Array.from({ length: 60 }, (_, row) => row % 7),
  ),
);
const recipe = fitRecipe([{ op: "to-date", column: "signup", formats: ["%d/%m/%Y", "%Y-%m-%d"] }], training, allRows(training), null, 1);
const daysOf = (frame: Frame) => cells(recipe.transform(frame, null).features.find(({ name }) => name === "signup.days")!);
/** Answers with the day, -1 where it is missing. */
const scorer: Scorer = {
  ...world(REGRESSION, 300).scorer,
  others: [],
  inputs: recipe.inputs,
  columns: [columnOf("signup", "category"), columnOf("age", "number")],
  areDates: recipe.areDates,
  score: (frame) => Float64Array.from(daysOf(frame), (day) => (Number.isNaN(day) ? -1 : day)),
};
const DAY = Date.UTC(2022, 7, 5) / 86_400_000;

async function scored(path: string) {
  const batches: ScoredRows[] = [];
  const sink: Sink = { write: (batch) => void batches.push(batch), close: () => undefined, abort: () => undefined };
  const { unread } = await scoreStream(path, scorer, sink, { ...limits, keep: [] });
  return { unread, values: batches.flatMap(({ columns }) => [...(columns[0] as Extract<Column, { values: Float64Array }>).values]) };
}

function csv(name: string, cells: readonly string[]): string {
  writeFileSync(join(folder, name), ["signup,age", ...cells.map((cell, row) => `${cell},${row}`)].join("\n"));
  return join(folder, name);
}

const written = ["2022/08/05", "05.08.2022", "2022-08-05T00:00:00Z", "05-08-2022", "20220805", "2022-08-05 00:00:00"];

test("dates that new rows write otherwise give the same answer as the plain ones", async () => {
  expect(await scored(csv("ways.csv", written))).toEqual({ unread: [], values: written.map(() => DAY) });
});

test("cells that are no dates are counted, those of training not; a column without a date is refused", async () => {
  const strays = await scored(csv("strays.csv", ["05/08/2022", "unknown", "", "soon", "31.02.2022", "08-25-2022"]));
  expect(strays).toEqual({
    unread: [{ column: "signup", type: "date", count: 3, read: 1, example: "soon", row: 4 }],
    values: [DAY, -1, -1, -1, -1, -1],
  });
  expect(unreadWarning(strays.unread[0]!)).toBe(
    'Column "signup": 3 cells are no date and were taken as missing, e.g. "soon" in row 4. Write dates as the training file does, and leave the cell empty where the value is not known.',
  );
  await expect(scored(csv("none.csv", ["soon", "later", "soon"]))).rejects.toMatchObject({ code: "schema-mismatch" });
  expect((await scored(csv("known.csv", ["unknown", "unknown"]))).unread).toEqual([]);
});

test("a record is read in the same way, and refused where a file would be warned of", () => {
  const sent = (signup: unknown) => recordsToFrame(recipe.inputs, [{ signup, age: 1 }], { areDates: recipe.areDates });
  for (const signup of [...written, new Date("2022-08-05")]) expect(daysOf(sent(signup)), String(signup)).toEqual([DAY]);
  for (const signup of ["unknown", "", null]) expect(daysOf(sent(signup))).toEqual([Number.NaN]);
  for (const signup of ["soon", "31.02.2022"]) expect(() => sent(signup), signup).toThrow(/does not fit/);
});

test("times of a Parquet file, a workbook and a frame reach a model that learned texts", async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run("SET TimeZone = 'UTC'");
  const paths: string[] = [];
  for (const type of ["DATE", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMPTZ"]) {
    const path = join(folder, `${type}.parquet`);
    const rows = "(VALUES ('2022-08-05'), ('2022-08-06 13:30:00.25'), (NULL)) t(x)";
    await connection.run(`COPY (SELECT CAST(x AS ${type}) AS signup, 1 AS age FROM ${rows}) TO '${path}' (FORMAT parquet)`);
    paths.push(path);
  }
  const rows = [
    ["signup", "age"],
    [new Date("2022-08-05"), 1],
    [new Date("2022-08-06T13:30:00.250Z"), 1],
    [null, 1],
  ];
  paths.push(join(folder, "book.xlsx"));
  writeFileSync(paths.at(-1)!, await writeXlsx({ sheets: [{ name: "S", rows }] }));
  for (const path of paths) expect(await scored(path), path).toEqual({ unread: [], values: [DAY, DAY + 1, -1] });
  expect(daysOf(frameOf(dates("signup", ["2022-08-05", ""]), numbers("age", [1, 2])))).toEqual([DAY, Number.NaN]);
});

test("a column that is copied keeps the text of the file", async () => {
  const kept: Column[] = [];
  for await (const { columns } of scanFrames(join(folder, "TIMESTAMP.parquet"), [{ ...columnOf("signup", "text"), why: "kept" }], limits))
    kept.push(...columns);
  expect("levels" in kept[0]! ? kept[0].levels : []).toContain("2022-08-05 00:00:00");
});
