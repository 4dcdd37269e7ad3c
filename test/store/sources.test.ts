import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeXlsx } from "hucre/xlsx";
import sqlite from "node-sqlite3-wasm";
import { expect, onTestFinished, test } from "vitest";
import { columnOf } from "../../src/core/column.ts";
import { concatDatasets, loadFrame, openDataset, scanFrames } from "../../src/store/index.ts";
import { built } from "../built.ts";
import { errorOf, LIMITS, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);
const MARKED = /\.(lock|journal)$|-(wal|shm|journal)$/;

function database(name: string, sql: string): string {
  const path = join(folder, name);
  const made = new sqlite.Database(path);
  made.exec(sql);
  made.close();
  return path;
}

test("of several tables of a database, one that has the columns in question is proposed", async () => {
  const path = database(
    "calls.db",
    "CREATE TABLE agents (agent, since); CREATE TABLE calls (agent, resolved); CREATE VIEW lost AS SELECT * FROM gone",
  );
  const error = (wanted?: readonly string[]) => errorOf(() => openDataset(path, wanted === undefined ? options : { ...options, wanted }));
  expect((await error(["resolved"])).message).toContain(`"${path}#calls"`);
  expect((await error(["nowhere"])).message).toContain(`"${path}#agents"`);
  expect((await error()).message).toContain(`"${path}#agents"`);
});

test("what is called a database and is none is refused as that", async () => {
  const error = await errorOf(() => openDataset(write(folder, "none.sqlite", "this is no database\n"), options));
  expect(error.code).toBe("file-format");
  expect(error.message).toContain("called SQLite but is not written so");
});

test("files of one table need the same columns, in any order", async () => {
  mkdirSync(join(folder, "parts", "deep"), { recursive: true });
  write(folder, "parts/1.csv", "a,b\n1,x\n");
  write(folder, "parts/2.csv", "b,a\ny,2\n");
  write(folder, "parts/3.tsv", "a\tb\n3\tz\n");
  write(folder, "parts/deep/4.csv", "a,b\n4,w\n");
  const frame = async (pattern: string) => loadFrame(await openDataset(join(folder, pattern), options), options);
  expect(columnOf(await frame("parts/*"), "a")).toMatchObject({ values: Float64Array.of(1, 2, 3) });
  expect(columnOf(await frame("parts/**/*.csv"), "a")).toMatchObject({ values: Float64Array.of(1, 2, 4) });
  expect(columnOf(await frame("parts/[13].*"), "b")).toMatchObject({ levels: ["x", "z"] });
  write(folder, "parts/5.csv", "a,c\n5,v\n");
  const error = await errorOf(() => openDataset(join(folder, "parts/*"), options));
  expect([error.code, error.parts.where, error.parts.got]).toEqual([
    "schema-mismatch",
    join(folder, "parts/5.csv"),
    'without "b"; with "c"',
  ]);
});

test("files that write numbers differently are refused, those of different types are read as text", async () => {
  write(folder, "mixed-dot.csv", "a;b\n1.5;2.5\n2.5;3.5\n");
  write(folder, "mixed-comma.csv", "a;b\n1,5;2,5\n2,5;3,5\n");
  expect((await errorOf(() => openDataset(join(folder, "mixed-*.csv"), options))).message).toMatch(/decimal/);
  write(folder, "kind-1.jsonl", '{"a": 1, "b": 1}\n{"a": 2, "b": 2}\n');
  write(folder, "kind-2.jsonl", '{"a": "x", "b": 3}\n{"a": "y", "b": 4}\n{"a": "z", "b": 5}\n');
  const dataset = await openDataset(join(folder, "kind-*.jsonl"), options);
  expect(dataset.columns.map(({ name, type }) => `${name} ${type}`)).toEqual(["a category", "b number"]);
});

test("semicolons win over decimal commas that are as many in each row, with a header and without", async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `${1 + i},${10 + (i % 80)};x${i % 7};${1000 + i},1${i % 10}`);
  write(folder, "german.csv", ["a;b;preis", ...rows].join("\n"));
  write(folder, "german-bare.csv", rows.join("\n"));
  write(folder, "lists.csv", ["a,b,c", ...rows.map((_, i) => `${i},one ${i % 5}; two,x${i % 3}`)].join("\n"));
  const dataset = await openDataset(join(folder, "german.csv"), options);
  expect(dataset.columns.map(({ name, type }) => `${name} ${type}`)).toEqual(["a number", "b category", "preis number"]);
  const preis = columnOf(await loadFrame(dataset, options), "preis");
  expect("values" in preis && [...preis.values.slice(0, 2)]).toEqual([1000.1, 1001.11]);
  expect((await openDataset(join(folder, "german-bare.csv"), options)).columns.map(({ type }) => type)).toEqual([
    "number",
    "category",
    "number",
  ]);
  expect((await openDataset(join(folder, "lists.csv"), options)).columns).toHaveLength(3);
});

test("files without a header are read without one, all of them", async () => {
  write(folder, "bare-1.csv", "1,x\n2,y\n3,x\n4,y\n");
  write(folder, "bare-2.csv", "5,x\n6,y\n7,x\n8,y\n");
  expect((await openDataset(join(folder, "bare-*.csv"), options)).rows).toBe(8);
});

test("a table of an SQLite database that is being written to is read as it is", async () => {
  const path = join(folder, "live.db");
  const script = `const {Database} = require("node-sqlite3-wasm"); const d = new Database(${JSON.stringify(path)});
    d.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 'x'), (2, 'y')");
    console.log("ready"); setInterval(() => {}, 1000);`;
  const writer = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await new Promise((resolve) => writer.stdout.once("data", resolve));
    expect(readdirSync(folder)).toContain("live.db-wal");
    const before = readdirSync(folder).sort();
    expect((await openDataset(path, options)).rows).toBe(2);
    expect(
      readdirSync(folder)
        .filter((name) => name !== "data")
        .sort(),
    ).toEqual(before.filter((name) => name !== "data"));
  } finally {
    writer.kill();
  }
});

test("reading an SQLite database changes and leaves nothing", async () => {
  const path = database("plain.db", 'CREATE TABLE t("1" INTEGER, "b c" TEXT, "1:1" REAL); INSERT INTO t VALUES (1, 2, 3.5), (2, 3, 4.5)');
  const bytes = readFileSync(path);
  const dataset = await openDataset(path, options);
  expect(dataset.columns.map(({ name }) => name)).toEqual(["1", "b c", "1:1"]);
  for (const query of [
    "WITH x AS (SELECT 1) DELETE FROM t",
    "select 1 a, 2 b; drop table t",
    "select 1 a, 2 b) as t; drop table t; --",
    "drop table t",
  ]) {
    expect((await errorOf(() => openDataset(`${path}#${query}`, options))).code).toBe("not-a-query");
  }
  expect((await openDataset(`${path}#SELECT "1", ';' AS semicolon FROM t -- a ; here`, options)).rows).toBe(2);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.startsWith("plain") && MARKED.test(name))).toEqual([]);
  expect(readdirSync(options.dataFolder).filter((name) => name.startsWith("."))).toEqual([]);
});

test("a query of SQLite keeps its order and its names", async () => {
  const path = database("order.db", "CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 'x'), (3, 'y'), (2, 'z')");
  const dataset = await openDataset(`${path}#SELECT b, a * 2 AS twice FROM t ORDER BY a DESC;`, options);
  expect(columnOf(await loadFrame(dataset, options), "twice")).toMatchObject({ values: Float64Array.of(6, 4, 2) });
  expect((await errorOf(() => openDataset(`${path}#tt`, options))).message).toMatch(/Did you mean "[^"]*order\.db#t"/);
});

test("a workbook that does not fit into the memory is refused before it is read", async () => {
  const path = write(
    folder,
    "big.xlsx",
    await writeXlsx({
      sheets: [
        {
          name: "S",
          rows: [
            ["a", "b"],
            [1, 2],
          ],
        },
      ],
    }),
  );
  const error = await errorOf(() => openDataset(path, { ...options, memoryBytes: 1000 }));
  expect([error.code, error.message]).toEqual(["out-of-memory", expect.stringContaining("--memory")]);
});

test("hundreds of columns of a sheet, in several parts", async () => {
  const rows = [
    Array.from({ length: 600 }, (_, c) => `c${c}`),
    ...Array.from({ length: 30 }, (_, r) => Array.from({ length: 600 }, (_, c) => r * c)),
  ];
  const dataset = await openDataset(write(folder, "wide.xlsx", await writeXlsx({ sheets: [{ name: "S", rows }] })), options);
  expect(dataset.columns.length).toBe(600);
  const frame = await loadFrame(dataset, options);
  expect(columnOf(frame, "c599")).toMatchObject({ values: Float64Array.from({ length: 30 }, (_, r) => r * 599) });
});

test("a sheet without a header, with blank rows", async () => {
  const rows = [
    [1, "x"],
    [null, null],
    [2, "y"],
    [3, "x"],
    [4, "y"],
    [5, "x"],
  ];
  const dataset = await openDataset(write(folder, "bare.xlsx", await writeXlsx({ sheets: [{ name: "S", rows }] })), options);
  expect([dataset.rows, ...dataset.columns.map(({ name }) => name)]).toEqual([5, "column_1", "column_2"]);
});

test("a part is refused of a file that has none", async () => {
  const path = write(folder, "plain.csv", "a,b\n1,x\n2,y\n");
  expect((await errorOf(() => openDataset(`${path}#b`, options))).code).toBe("table-missing");
  expect((await errorOf(() => openDataset(join(folder, "nothing.xlsx#S"), options))).message).toMatch(/nothing\.xlsx$/m);
  expect((await errorOf(() => openDataset(join(folder, "nothing-*.csv"), options))).code).toBe("file-not-found");
});

test("a test set and new rows come from every source too", async () => {
  const path = database(
    "both.db",
    "CREATE TABLE train(a, b); INSERT INTO train VALUES (1, 'x'), (2, 'y'); CREATE TABLE test(b, a); INSERT INTO test VALUES ('x', 3)",
  );
  const train = await openDataset(`${path}#train`, options);
  const both = await concatDatasets(train, `${path}#test`, options);
  expect(columnOf(await loadFrame(both, options), "a")).toMatchObject({ values: Float64Array.of(1, 2, 3) });
  const frames = [];
  for await (const frame of scanFrames(`${path}#test`, train.columns, { ...LIMITS, batchRows: 10, workFolder: folder })) frames.push(frame);
  expect(frames.map(({ rows }) => rows)).toEqual([1]);
});

test("a wrong byte in a zstd file is seen when it changes what is read", async () => {
  const whole = join(import.meta.dirname, "cases", "packed-zstd.csv.zst");
  const frame = readFileSync(whole);
  const { version } = await openDataset(whole, options);
  const found: string[] = [];
  // The head before says whether there is a checksum at all.
  for (let at = 9; at < frame.length; at++) {
    const bytes = Buffer.from(frame);
    bytes[at] = (bytes[at] ?? 0) ^ 0x01;
    const path = write(folder, "flipped.csv.zst", bytes);
    found.push(
      await openDataset(path, options).then(
        (dataset) => dataset.version,
        (error: { code?: string }) => error.code ?? String(error),
      ),
    );
  }
  expect(new Set(found)).toEqual(new Set([version, "file-format"]));
  expect(found.filter((one) => one === "file-format").length).toBeGreaterThan(0.9 * found.length);
  // Two frames are one file. Its first line comes again further down, so it is no header.
  const twice = write(folder, "twice.csv.zst", Buffer.concat([frame, frame]));
  expect((await openDataset(twice, options)).rows).toBe(2 * 41);
});

test("a CSV file loads none of the libraries of the other sources", async () => {
  const record = write(folder, "modules.txt", "");
  const script = await built(new URL("child/open-dataset.js", import.meta.url));
  onTestFinished(script.remove);
  const recorder = pathToFileURL(join(import.meta.dirname, "../cli/record-modules.js"));
  const env = { ...process.env, NODE_OPTIONS: `--import ${recorder}`, RECORD_MODULES: record };
  execFileSync(process.execPath, [script.file, join(folder, "plain.csv"), JSON.stringify(options)], { env });
  const packages = [...readFileSync(record, "utf8").matchAll(/node_modules\/(@[^/]+\/[^/]+|[^/]+)\//g)].map(([, name]) => name);
  expect(packages).toContain("@duckdb/node-api");
  const others = ["pg", "pg-copy-streams", "hucre", "node-sqlite3-wasm", "aws4fetch", "fzstd", "xxhash-wasm", "picomatch"];
  expect(packages.filter((name) => others.includes(name ?? ""))).toEqual([]);
});

test("a source says when no line end follows its last row", async () => {
  const endOf = async (name: string, text: string) => (await openDataset(write(folder, name, text), options)).source.endsOpen;
  const rows = ["town,day,sold", ...Array.from({ length: 12 }, (_, row) => `Rome,${row},${2 * row}`)].join("\n");
  expect(await endOf("open.csv", rows)).toBe(true);
  expect(await endOf("shut.csv", `${rows}\n`)).toBeUndefined();
  expect(await endOf("shut-old.csv", `${rows}\r`.replaceAll("\n", "\r"))).toBeUndefined();
  expect(await endOf("titled.csv", `Sales of towns,,\n${rows}`)).toBe(true);
  expect(await endOf("totals.csv", `Sales of towns,,\n${rows}\nTotal,,132`)).toBeUndefined();
  const train = await openDataset(join(folder, "shut.csv"), options);
  expect((await concatDatasets(train, join(folder, "open.csv"), options)).source).toMatchObject({ format: "csv", endsOpen: true });
  const open = await openDataset(join(folder, "open.csv"), options);
  expect((await concatDatasets(open, join(folder, "shut.csv"), options)).source.endsOpen).toBeUndefined();
  expect((await openDataset(join(folder, "{open,shut}.csv"), options)).source.endsOpen).toBeUndefined();
  expect((await openDataset(join(folder, "{shut,titled}.csv"), options)).source).toMatchObject({ endsOpen: true });
});
