import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { columnOf } from "../../src/core/column.ts";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { mayRunPostgres, type PostgresServer, startPostgres } from "./servers/postgres.ts";
import { errorOf, optionsIn, temporaryFolder } from "./temporary.ts";

const options = optionsIn(temporaryFolder());

describe.skipIf(!mayRunPostgres())("Postgres", () => {
  let server: PostgresServer;
  let shown: string;

  beforeAll(async () => {
    server = await startPostgres();
    shown = server.url.replace(`:${server.password}`, "");
    server.run(`
      CREATE TYPE mood AS ENUM ('sad', 'glad');
      CREATE DOMAIN amount AS numeric(12, 2);
      CREATE TABLE types AS SELECT i AS id, i::int8 AS big, 9007199254740993 + i AS code, (i + 0.25)::amount AS price, i / 2::float8 AS half,
        i % 2 = 0 AS even, DATE '2020-01-31' + i AS day, TIMESTAMPTZ '2020-01-31 12:00:00+02' AS moment, 'sad'::mood AS mood, ('0' || i)::text AS digits,
        'word ' || i || ' of a sentence that goes on for a while' AS sentence, ARRAY[i] AS list, '{}'::jsonb AS record, interval '90 minutes' AS span,
        CASE WHEN i = 1 THEN 'nan'::float8 ELSE 1 END AS broken, E'a "quote",\\nand a line' AS quoted,
        CASE WHEN i = 1 THEN 'infinity'::timestamp ELSE '2020-02-01 00:00:00.5' END AS ever, '12.50'::money AS money
        FROM generate_series(2, 0, -1) i;
      ALTER TABLE types ADD PRIMARY KEY (id);
      CREATE TABLE "Odd ""name""" (a int, "__proto__" int);
      INSERT INTO "Odd ""name""" VALUES (1, 2), (3, 4);
      CREATE SCHEMA other; CREATE TABLE other.types (a int, b int); INSERT INTO other.types VALUES (1, 2);
      CREATE TABLE hollow (a int, b int);
      CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS 'INSERT INTO hollow VALUES (1, 1) RETURNING a';
      CREATE USER guest PASSWORD 'guest-word';
    `);
  });

  afterAll(async () => {
    await server.stop();
  });

  test("the types of a table are kept, its rows come in the order of its key", async () => {
    const dataset = await openDataset(`${server.url}#types`, options);
    expect(dataset.source).toMatchObject({ name: `${shown}#types`, format: "postgres" });
    expect(dataset.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "id number",
      "big number",
      "code category",
      "price number",
      "half number",
      "even category",
      "day date",
      "moment date",
      "mood category",
      "digits category",
      "sentence text",
      "span number",
      "broken number",
      "quoted category",
      "ever date",
      "money number",
    ]);
    expect(dataset.notes.join("\n")).toMatch(/"list" was left out[\s\S]*"record" was left out[\s\S]*"span" is an interval/);
    const frame = await loadFrame(dataset, options);
    const values = (name: string) => columnOf(frame, name);
    expect(values("id")).toMatchObject({ values: Float64Array.of(0, 1, 2) });
    expect(values("code")).toMatchObject({ levels: ["9007199254740993", "9007199254740994", "9007199254740995"] });
    expect(values("price")).toMatchObject({ values: Float64Array.of(0.25, 1.25, 2.25) });
    expect(values("even")).toMatchObject({ levels: ["false", "true"], codes: Int32Array.of(1, 0, 1) });
    expect(values("day")).toMatchObject({ values: Float64Array.of(0, 1, 2).map((day) => Date.UTC(2020, 0, 31 + day)) });
    expect(values("moment")).toMatchObject({ values: new Float64Array(3).fill(Date.UTC(2020, 0, 31, 10)) });
    expect(values("digits")).toMatchObject({ levels: ["00", "01", "02"] });
    expect(values("span")).toMatchObject({ values: new Float64Array(3).fill(5400) });
    expect(values("broken")).toMatchObject({ values: Float64Array.of(1, Number.NaN, 1) });
    expect(values("quoted")).toMatchObject({ levels: ['a "quote",\nand a line'] });
    expect(values("ever")).toMatchObject({ values: Float64Array.of(0, Number.NaN, 0).map((x) => x + Date.UTC(2020, 1, 1, 0, 0, 0, 500)) });
    expect(values("money")).toMatchObject({ values: new Float64Array(3).fill(12.5) });
  });

  test("the same rows give the same version", async () => {
    const [first, again] = [await openDataset(`${server.url}#types`, options), await openDataset(`${server.url}#public.types`, options)];
    expect(again.version).toBe(first.version);
  });

  test("a query, a quoted name, another schema", async () => {
    const query = await openDataset(`${server.url}#SELECT id, half AS "a;b", even FROM types WHERE id > 0 ORDER BY id DESC; `, options);
    expect(query.columns.map(({ name }) => name)).toEqual(["id", "a;b", "even"]);
    expect(columnOf(await loadFrame(query, options), "id")).toMatchObject({ values: Float64Array.of(2, 1) });
    expect(query.notes.join()).toContain("SELECT id, half");
    const odd = await openDataset(`${server.url}#Odd "name"`, options);
    expect([odd.rows, ...odd.columns.map(({ name }) => name)]).toEqual([2, "a", "__proto__"]);
    expect((await openDataset(`${server.url}#other.types`, options)).rows).toBe(1);
  });

  test("the password may come from the environment", async () => {
    process.env.PGPASSWORD = server.password;
    try {
      expect((await openDataset(`${shown}#types`, options)).rows).toBe(3);
    } finally {
      delete process.env.PGPASSWORD;
    }
  });

  const refusals: readonly (readonly [string, (url: string) => string, string, RegExp])[] = [
    ["several tables", (url) => url, "table-choice", /There are 4 tables[\s\S]*"hollow"[\s\S]*"other.types"/],
    ["no such table", (url) => `${url}#typs`, "table-missing", /Did you mean "postgres:\/\/owner@[^"]*#types"/],
    ["a wrong password", (url) => url.replace("s3cret", "wr0ng"), "access-denied", /password authentication failed/],
    ["a forbidden table", (url) => `${url.replace(/owner:[^@]*/, "guest:guest-word")}#types`, "access-denied", /permission denied/],
    ["no such database", (url) => url.replace(/postgres$/, "nowhere"), "connection-failed", /nowhere/],
    ["no server", (url) => url.replace(/:\d+\//, ":9/"), "connection-failed", /ECONNREFUSED/],
    ["a statement that deletes", (url) => `${url}#DELETE FROM types`, "not-a-query", /only reads/],
    ["a hidden delete", (url) => `${url}#WITH gone AS (DELETE FROM types RETURNING *) SELECT * FROM gone`, "not-a-query", /only reads/],
    ["a function that writes", (url) => `${url}#SELECT writes() AS a, 1 AS b`, "not-a-query", /read-only transaction/],
    ["two statements", (url) => `${url}#SELECT 1 AS a, 2 AS b; DROP TABLE types`, "not-a-query", /./],
    ["a closed parenthesis", (url) => `${url}#SELECT 1 AS a, 2 AS b) TO PROGRAM 'touch /tmp/x' --`, "not-a-query", /./],
    [
      "statements between parentheses",
      (url) => `${url}#SELECT 1 AS a, 2 AS b) AS x; COMMIT; DROP TABLE hollow; SELECT * FROM (SELECT 1 AS a, 2 AS b`,
      "not-a-query",
      /multiple commands/,
    ],
    ["a wrong column", (url) => `${url}#SELECT nope FROM types`, "not-a-query", /column "nope" does not exist/],
    ["no rows", (url) => `${url}#hollow`, "header-only", /no rows/],
    ["one column", (url) => `${url}#SELECT id FROM types`, "one-column", /fewer than two/],
    ["twice the same name", (url) => `${url}#SELECT id, half AS id FROM types`, "duplicate-column", /"id" at positions 1, 2/],
    ["no URL", () => "postgres://u:p w@:x/#t", "bad-option", /URL of a Postgres/],
  ];

  test.each(refusals)("%s is refused", async (_, place, code, message) => {
    const error = await errorOf(() => openDataset(place(server.url), options));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/s3cret|wr0ng|guest-word/);
  });

  test("a refused statement changed nothing, and nothing is left", async () => {
    expect((await openDataset(`${server.url}#types`, options)).rows).toBe(3);
    expect((await errorOf(() => openDataset(`${server.url}#hollow`, options))).code).toBe("header-only");
    expect(existsSync("/tmp/x")).toBe(false);
    const files = readdirSync(options.dataFolder);
    expect(files.filter((name) => name.startsWith("."))).toEqual([]);
    for (const name of files) expect(readFileSync(join(options.dataFolder, name), "latin1")).not.toContain(server.password);
  });
});
