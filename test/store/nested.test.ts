import { join } from "node:path";
import { expect, test } from "vitest";
import type { Dataset } from "../../src/core/dataset.ts";
import { recordsToFrame } from "../../src/recipe/index.ts";
import { loadFrame, openDataset, scanFrames } from "../../src/store/index.ts";
import { literal, withSession } from "../../src/store/session.ts";
import { LIMITS, openText, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const records = Array.from({ length: 40 }, (_, row) => ({
  y: row % 2,
  profile:
    row === 5
      ? null
      : {
          degree: ["BSc", "MSc", "none"][row % 3],
          years: row / 4,
          code: String(row).padStart(3, "0"),
          tags: [row],
          place: { at: { lat: row / 7 } },
        },
  deep: { a: { b: { c: { d: row } } } },
  "profile.years": row,
  "a/b~": { 'say "x"': row === 3 ? 12.0 : row },
}));
const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
const NAMES = ["y", "profile.degree", "profile.years_", "profile.code", "profile.place.at.lat", "profile.years", 'a/b~.say "x"'];

async function expectFlat(dataset: Dataset): Promise<void> {
  const types = dataset.columns.map(({ name, type }) => [name, type]);
  expect(types).toEqual(NAMES.map((name) => [name, /degree|code/.test(name) ? "category" : "number"]));
  const notes = dataset.notes.map(String).join("\n");
  expect(notes).toContain('"profile.tags" was left out');
  expect(notes).toContain('"deep.a.b.c" was left out');
  const { columns } = await loadFrame(dataset, optionsIn(folder));
  const valuesOf = (name: string) => {
    const column = columns.find((one) => one.name === name);
    if (column === undefined) return [];
    return "values" in column ? [...column.values] : [...column.codes].map((code) => column.levels[code] ?? null);
  };
  expect(valuesOf("profile.degree")).toEqual(records.map(({ profile }) => profile?.degree ?? null));
  expect(valuesOf("profile.code")).toEqual(records.map(({ profile }) => profile?.code ?? null));
  expect(valuesOf("profile.years_")).toEqual(records.map(({ profile }) => profile?.years ?? Number.NaN));
  expect(valuesOf("profile.place.at.lat")).toEqual(records.map(({ profile }) => profile?.place.at.lat ?? Number.NaN));
  expect(valuesOf("profile.years")).toEqual(records.map((record) => record["profile.years"]));
}

test("objects in JSON lines are columns, some levels deep; lists and what lies deeper are left out and told", async () => {
  await expectFlat(await openText(folder, "nested.jsonl", lines(records)));
});

test("so are the structs of a Parquet file", async () => {
  const json = write(folder, "source.jsonl", lines(records));
  const path = join(folder, "nested.parquet");
  await withSession(LIMITS, folder, (session) =>
    session.rows(`COPY (SELECT * FROM read_json(${literal(json)}, sample_size=-1)) TO ${literal(path)} (FORMAT parquet)`),
  );
  await expectFlat(await openDataset(path, optionsIn(folder)));
});

test("new rows are read alike from JSON lines, and from records sent, nested or flat", async () => {
  const dataset = await openText(folder, "known.jsonl", lines(records));
  const needed = dataset.columns.filter(({ name }) => ["profile.degree", "profile.code", "profile.place.at.lat"].includes(name));
  const rows = [
    { profile: { degree: "MSc", code: 7, place: { at: { lat: 1.25 } } } },
    { profile: { degree: null, code: "007", place: { at: { lat: 12.0 } } } },
    { profile: null },
  ];
  const path = write(folder, "new.jsonl", lines(rows));
  const read: unknown[] = [];
  for await (const { columns } of scanFrames(path, needed, { ...LIMITS, batchRows: 10 }))
    for (const column of columns)
      read.push("values" in column ? [...column.values] : [...column.codes].map((code) => column.levels[code] ?? null));
  expect(read).toEqual([
    ["MSc", null, null],
    ["7", "007", null],
    [1.25, 12, Number.NaN],
  ]);
  const inputs = needed.map(({ name, type }) => ({ name, type, levels: null }));
  const flat = [{ "profile.degree": "MSc", "profile.code": 7, "profile.place.at.lat": 1.25 }, ...rows.slice(1)];
  const nested = recordsToFrame(inputs, rows);
  expect(recordsToFrame(inputs, flat)).toEqual(nested);
  expect(
    nested.columns.map((column) =>
      "values" in column ? [...column.values] : [...column.codes].map((code) => column.levels[code] ?? null),
    ),
  ).toEqual(read);
  expect(() => recordsToFrame(inputs, [{ profile: { degree: "MSc", code: 7, place: { at: {} } } }])).toThrow(/lat/);
});

test("an object whose names the database cannot write is left out, not the file", async () => {
  const rows = (inner: object) => lines(Array.from({ length: 40 }, (_, row) => ({ y: row % 2, p: inner, q: { c: row } })));
  for (const [place, inner] of [{ "": 3, b: 7.5 }, { a: { "": 3 } }].entries()) {
    const dataset = await openText(folder, `odd${place}.jsonl`, rows(inner));
    expect(dataset.columns.map(({ name }) => name)).toEqual(expect.arrayContaining(["y", "q.c"]));
  }
  const path = join(folder, "unnamed.parquet");
  await withSession(LIMITS, folder, (session) =>
    session.rows(`COPY (SELECT i % 2 AS y, row(i, 'x') AS p, {'c': i} AS q FROM range(40) t(i)) TO ${literal(path)} (FORMAT parquet)`),
  );
  const dataset = await openDataset(path, optionsIn(folder));
  expect(dataset.columns.map(({ name }) => name)).toEqual(["y", "q.c"]);
  expect(dataset.notes.map(String).join()).toContain('"p" was left out');
});
