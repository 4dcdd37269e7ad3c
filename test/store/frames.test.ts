import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { columnOf, type Frame } from "../../src/core/column.ts";
import { concatDatasets, duckdbEngine, duplicateGroups, loadFrame, openDataset, openWriter, scanFrames } from "../../src/store/index.ts";
import { errorOf, openText, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);
const ROWS = 25_000;

/** Row number, a level that is missing in every 11th row, a text that is always new, a date. */
function longText(): string {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const level = row % 11 === 0 ? "" : `level ${(row * 7919) % 101}`;
    return `${row},${level},id${(row * 7919) % 1_000_003},${new Date(row * 86_400_000).toISOString().slice(0, 10)}`;
  });
  return `row,level,id,day\n${rows.join("\n")}\n`;
}

const long = write(folder, "long.csv", longText());

function levelsOf(frame: Frame, name: string): (string | null)[] {
  const column = columnOf(frame, name);
  if (!("codes" in column)) throw new Error("no category");
  return [...column.codes].map((code) => column.levels[code] ?? null);
}

function valuesOf(frame: Frame, name: string): number[] {
  const column = columnOf(frame, name);
  if (!("values" in column)) throw new Error("no numbers");
  return [...column.values];
}

async function collect(frames: AsyncIterable<Frame>): Promise<Frame[]> {
  const all: Frame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

test("row i of the version is row i of the file, on shared memory, with levels sorted", async () => {
  const dataset = await openDataset(long, options);
  const frame = await loadFrame(dataset, options);
  expect(frame.rowNumbers).toBeNull();
  expect(valuesOf(frame, "row")).toEqual(Array.from({ length: ROWS }, (_, row) => row));
  expect(valuesOf(frame, "day").slice(0, 2)).toEqual([0, 86_400_000]);
  expect(levelsOf(frame, "level")).toEqual(
    Array.from({ length: ROWS }, (_, row) => (row % 11 === 0 ? null : `level ${(row * 7919) % 101}`)),
  );
  const level = columnOf(frame, "level");
  expect("levels" in level && level.levels).toEqual("levels" in level && [...level.levels].sort());
  for (const column of frame.columns) {
    expect(("values" in column ? column.values : column.codes).buffer).toBeInstanceOf(SharedArrayBuffer);
  }
});

test("a sample is uniform rows in order, the same for the same seed, with the values of those rows", async () => {
  const dataset = await openDataset(long, options);
  const frame = await loadFrame(dataset, { ...options, maxRows: 2000, columns: ["level", "row"] });
  expect(frame.columns.map((column) => column.name)).toEqual(["level", "row"]);
  expect(frame.rows).toBe(2000);
  const numbers = [...frame.rowNumbers!];
  expect(valuesOf(frame, "row")).toEqual(numbers);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(levelsOf(frame, "level")).toEqual(numbers.map((row) => (row % 11 === 0 ? null : `level ${(row * 7919) % 101}`)));
  // Mean of a uniform sample: standard error = ROWS / sqrt(12 * 2000) = 161.
  expect(Math.abs(numbers.reduce((sum, row) => sum + row, 0) / 2000 - ROWS / 2)).toBeLessThan(4 * 161);
  const same = await loadFrame(dataset, { ...options, maxRows: 2000, threads: 2 });
  expect([...same.rowNumbers!]).toEqual(numbers);
  const other = await loadFrame(dataset, { ...options, maxRows: 2000, seed: 2 });
  expect([...other.rowNumbers!]).not.toEqual(numbers);
});

test("one thread and two give the same version, manifest and frame", async () => {
  const one = await openDataset(long, { ...options, threads: 1, dataFolder: join(folder, "one") });
  const two = await openDataset(long, { ...options, threads: 2, dataFolder: join(folder, "two"), memoryBytes: 1e9, seed: 9 });
  expect(two).toEqual(one);
  const a = await loadFrame(one, { ...options, threads: 1, dataFolder: join(folder, "one") });
  const b = await loadFrame(two, { ...options, threads: 2, dataFolder: join(folder, "two") });
  expect(b).toEqual(a);
});

test("the same bytes under another name are the same version and are not written again", async () => {
  const first = await openText(folder, "name-1.csv", "a,b\n1,x\n2,y\n");
  const before = readdirSync(options.dataFolder).sort();
  const second = await openText(folder, "name-2.csv", "a,b\n1,x\n2,y\n");
  expect(second.version).toBe(first.version);
  expect(second.source.name).toBe("name-2.csv");
  expect(readdirSync(options.dataFolder).sort()).toEqual(before);
  expect((await openText(folder, "name-3.csv", "a,b\n1,x\n2,z\n")).version).not.toBe(first.version);
});

test("a scan gives all rows in batches with the types of the dataset", async () => {
  const dataset = await openDataset(long, options);
  const notes: string[] = [];
  let rows = 0;
  const wanted = dataset.columns.filter((column) => column.name !== "id");
  for await (const batch of scanFrames(long, wanted, { ...options, batchRows: 3000, onNote: (note) => notes.push(note) })) {
    expect(batch.columns.map((column) => column.name)).toEqual(["row", "level", "day"]);
    expect(batch.rows).toBe(Math.min(3000, ROWS - rows));
    const numbers = Array.from({ length: batch.rows }, (_, row) => rows + row);
    expect(valuesOf(batch, "row")).toEqual(numbers);
    expect([...batch.rowNumbers!]).toEqual(numbers);
    expect(levelsOf(batch, "level")).toEqual(numbers.map((row) => (row % 11 === 0 ? null : `level ${(row * 7919) % 101}`)));
    rows += batch.rows;
  }
  expect(rows).toBe(ROWS);
  expect(notes.join()).toMatch(/1 column unknown to the training data left out: "id"/);
});

test("a scan reads columns as in training whatever they look like, in any order", async () => {
  const train = await openText(folder, "train.csv", "n,code,day\n1,x1,31/12/2020\n2,7,01/02/2021\n3,x3,05/02/2021\n");
  const path = write(folder, "new.csv", "day;code;n\n01/02/2021;12;one\n02/02/2021;13;2,5\n");
  const batches = await collect(scanFrames(path, train.columns, { ...options, batchRows: 10 }));
  expect(batches).toHaveLength(1);
  expect(valuesOf(batches[0]!, "n")).toEqual([Number.NaN, 2.5]);
  expect(levelsOf(batches[0]!, "code")).toEqual(["12", "13"]);
  expect(valuesOf(batches[0]!, "day")).toEqual([Date.UTC(2021, 1, 1), Date.UTC(2021, 1, 2)]);
  const lines = write(folder, "new.jsonl", '{"n":1,"code":5,"day":"01/02/2021"}\n{"n":"2","code":6,"day":null}\n');
  const [fromJson] = await collect(scanFrames(lines, train.columns, { ...options, batchRows: 10 }));
  expect(valuesOf(fromJson!, "n")).toEqual([1, 2]);
  expect(levelsOf(fromJson!, "code")).toEqual(["5", "6"]);
  expect(valuesOf(fromJson!, "day")).toEqual([Date.UTC(2021, 1, 1), Number.NaN]);
});

test("a scan reads a table of one column, if it is one that is wanted: a model of one text is asked with it alone", async () => {
  const train = await openText(folder, "train-5.csv", 'note,z\n"so, good",1\nbad,2\n');
  const [note] = train.columns;
  const scan = (path: string) => collect(scanFrames(path, [note!], { ...options, batchRows: 10 }));
  const [fromCsv] = await scan(write(folder, "note.csv", 'note\n"a, b; c"\nd e\n"""quoted"" | f"\n'));
  expect(levelsOf(fromCsv!, "note")).toEqual(["a, b; c", "d e", '"quoted" | f']);
  const [fromJson] = await scan(write(folder, "note.jsonl", '{"note":"a, b"}\n{"note":null}\n'));
  expect(levelsOf(fromJson!, "note")).toEqual(["a, b", null]);
  expect((await errorOf(() => scan(write(folder, "other.csv", "other\na\nb\n")))).code).toBe("one-column");
});

test("a scan names the missing columns", async () => {
  const train = await openText(folder, "train-2.csv", "amount,kind,z\n1,x,4\n2,y,5\n");
  const path = write(folder, "new-2.csv", "Amount,z\n1,x\n2,y\n");
  const error = await errorOf(() => collect(scanFrames(path, train.columns, { ...options, batchRows: 10 })));
  expect(error.code).toBe("schema-mismatch");
  expect(error.parts.expected).toBe('"amount" (number), "kind" (category)');
  expect(error.parts.fix).toContain('"Amount" to "amount"');
});

test("a near name is offered only when nobody else needs it and its values could be the missing ones", async () => {
  const train = await openText(folder, "train-4.csv", "rate,rates,kind,z\n1,9,x,4\n2,8,y,5\n");
  const known = [
    { name: "rate", levels: null, min: 1, max: 2 },
    { name: "kind", levels: ["x", "y"], min: null, max: null },
  ];
  const fixOf = async (header: string, row: string) => {
    const path = write(folder, "new-4.csv", `${header}\n${row}\n${row}\n`);
    return (await errorOf(() => collect(scanFrames(path, train.columns, { ...options, batchRows: 10, known })))).parts.fix;
  };
  expect(await fixOf("Rate,rates,Kind,z", "1.5,8,y,4")).toMatch(/^Rename "Rate" to "rate", "Kind" to "kind": their values fit\.$/);
  expect(await fixOf("Rate,rates,Kind,z", "1900,8,blue,4")).not.toContain("Rename");
  expect(await fixOf("Rate,rates,kind,z", "many,8,y,4")).not.toContain("Rename");
  expect(await fixOf("rates,kind,z", "1.5,y,4")).not.toContain("Rename");
});

test("a test file is appended with the types of the training data", async () => {
  const train = await openText(folder, "train-3.csv", "n,code,y\n1,x,a\n2,7,b\n3,z,a\n");
  const path = write(folder, "test-3.csv", "y,extra,n,code\nb,0,4,8\na,1,five,9\n");
  const both = await concatDatasets(train, path, options);
  expect([both.rows, both.parent]).toEqual([5, train.version]);
  expect(both.columns.map(({ name, type, missing, distinct }) => [name, type, missing, distinct])).toEqual([
    ["n", "number", 1, 4],
    ["code", "category", 0, 5],
    ["y", "category", 0, 2],
  ]);
  expect(both.columns[0]!.unparsed).toEqual([{ value: "five", count: 1 }]);
  expect(both.notes.join()).toContain('"extra"');
  const frame = await loadFrame(both, options);
  expect(valuesOf(frame, "n")).toEqual([1, 2, 3, 4, Number.NaN]);
  expect(levelsOf(frame, "code")).toEqual(["x", "7", "z", "8", "9"]);
  expect(levelsOf(frame, "y")).toEqual(["a", "b", "a", "b", "a"]);
  expect(await concatDatasets(train, path, options)).toEqual(both);
  const without = write(folder, "test-4.csv", "n,code\n4,8\n5,9\n");
  expect((await errorOf(() => concatDatasets(train, without, options))).code).toBe("schema-mismatch");
});

test("statistics count the whole table whatever is loaded", async () => {
  const dataset = await openDataset(long, options);
  const engine = duckdbEngine(dataset, options);
  expect(await engine.countMissing(["level", "id"])).toEqual(
    new Map([
      ["level", Math.ceil(ROWS / 11)],
      ["id", 0],
    ]),
  );
  expect(await engine.exactDistinct(["level", "row"])).toEqual(
    new Map([
      ["row", ROWS],
      ["level", 101],
    ]),
  );
});

test("equal rows are found exactly, missing equal to missing", async () => {
  const text = "a,b,id\n1,x,1\n2,,2\n1,x,3\n1,y,4\n2,,5\n2,,6\n";
  const dataset = await openText(folder, "equal.csv", text);
  expect(await duplicateGroups(dataset, ["id"], options)).toEqual({
    rows: 3,
    groups: 2,
    sample: [2, 4, 5],
    repeats: Int32Array.of(2, 4, 5),
  });
  expect((await duplicateGroups(dataset, [], options)).rows).toBe(0);
});

test("equal rows of a table in several files are compared over all files", async () => {
  const header = Array.from({ length: 1001 }, (_, column) => `c${column}`);
  const row = (first: number, last: number) =>
    header.map((_, column) => (column === 0 ? first : column === 1000 ? last : column % 7)).join(",");
  const dataset = await openText(
    folder,
    "wide.csv",
    `${header.join(",")}\n${[row(1, 1), row(1, 2), row(2, 1), row(1, 1), row(2, 1)].join("\n")}\n`,
  );
  expect((await duplicateGroups(dataset, [], options)).repeats).toEqual(Int32Array.of(3, 4));
  const frame = await loadFrame(dataset, { ...options, maxRows: 3, columns: ["c1000", "c0"] });
  expect(valuesOf(frame, "c1000")).toEqual([...frame.rowNumbers!].map((number) => [1, 2, 1, 1, 1][number]));
});

test("an abandoned writer leaves nothing, and a wrong ending is refused", async () => {
  const path = join(folder, "out.csv");
  const writer = openWriter(path);
  writer.write({ rows: 1, columns: [{ name: "a", type: "number", values: Float64Array.of(1) }] });
  expect(existsSync(path)).toBe(false);
  writer.abort();
  expect(readdirSync(folder).filter((name) => name.includes(".tmp-"))).toEqual([]);
  expect((await errorOf(() => openWriter(join(folder, "out.xls")))).code).toBe("bad-option");
});
