import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { writeXlsx } from "hucre/xlsx";
import sqlite from "node-sqlite3-wasm";
import { beforeAll, describe, expect, test } from "vitest";
import { inferRoles } from "../../src/data/index.ts";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { mayRunPostgres, startPostgres } from "./servers/postgres.ts";
import { S3_KEY, S3_SECRET, startS3 } from "./servers/s3.ts";
import { optionsIn, temporaryFolder, write } from "./temporary.ts";

// One table with every kind of value, written by each source's own writer, must come out as one dataset.

interface Row {
  readonly id: number;
  readonly account: bigint;
  readonly amount: number | null;
  readonly day: string;
  readonly moment: string;
  readonly paid: boolean | null;
  readonly town: string;
  readonly note: string;
  readonly churned: string;
}

const TOWNS = ["Köln", 'a "quoted" town', "New, York", "line\nbreak", "Ålesund"];

const ROWS: readonly Row[] = Array.from({ length: 60 }, (_, i) => ({
  id: i + 1,
  account: 9007199254740993n + BigInt(i % 7),
  amount: i % 11 === 3 ? null : (i * 37 - 400) / 100,
  day: `2024-0${1 + (i % 9)}-1${i % 10}`,
  moment: `2024-03-${String(1 + (i % 28)).padStart(2, "0")} ${String(i % 24).padStart(2, "0")}:30:15`,
  paid: i % 13 === 5 ? null : i % 3 === 0,
  town: TOWNS[i % 5] ?? "",
  note: `customer number ${i} wrote a long letter about the delivery`,
  churned: i % 2 === 0 ? "yes" : "no",
}));

const NAMES = ["id", "account", "amount", "day", "moment", "paid", "town", "note", "churned"] as const;
const folder = temporaryFolder();
const options = optionsIn(folder);

function delimited(delimiter: string, rows = ROWS): string {
  const cell = (value: unknown) =>
    value === null ? "" : /["\n,;\t]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return `${[NAMES, ...rows.map((row) => NAMES.map((name) => row[name]))].map((cells) => cells.map(cell).join(delimiter)).join("\n")}\n`;
}

async function contentOf(place: string) {
  const dataset = await openDataset(place, options);
  const frame = await loadFrame(dataset, options);
  const cells = frame.columns.map((column) => {
    if ("values" in column) return [column.name, column.type, ...column.values];
    return [column.name, column.type, ...Array.from(column.codes, (code) => column.levels[code] ?? null)];
  });
  return {
    rows: dataset.rows,
    cells,
    missing: dataset.columns.map(({ missing }) => missing),
    roles: inferRoles(dataset, frame, { target: "churned" }),
  };
}

let expected: Awaited<ReturnType<typeof contentOf>>;

beforeAll(async () => {
  expected = await contentOf(write(folder, "table.csv", delimited(",")));
});

test("the table is what it was made to be", () => {
  const types = Object.fromEntries(expected.cells.map(([name, type]) => [name, type]));
  expect(types).toEqual({
    id: "number",
    account: "category",
    amount: "number",
    day: "date",
    moment: "date",
    paid: "category",
    town: "category",
    note: "text",
    churned: "category",
  });
  expect(expected.cells[1]?.slice(2, 4)).toEqual(["9007199254740993", "9007199254740994"]);
  expect(expected.roles.ids).toContain("id");
  expect(expected.missing).toEqual([0, 0, 6, 0, 0, 5, 0, 0, 0]);
});

const WRITERS: Readonly<Record<string, () => Promise<string> | string>> = {
  TSV: () => write(folder, "table.tsv", delimited("\t")),
  semicolons: () => write(folder, "semicolons.csv", delimited(";")),
  "CSV in gzip": () => write(folder, "table.csv.gz", gzipSync(delimited(","))),
  "CSV in zstd": async () => {
    const path = join(folder, "table.csv.zst");
    const plain = { delim: "\u0001", quote: "" };
    const from = `read_csv('${join(folder, "table.csv")}', auto_detect=false, header=false, columns={'line':'VARCHAR'}, delim='${plain.delim}', quote='', escape='')`;
    await sql(
      `COPY (SELECT * FROM ${from}) TO '${path}' (FORMAT csv, HEADER false, DELIMITER '${plain.delim}', QUOTE '', ESCAPE '', COMPRESSION zstd)`,
    );
    return path;
  },
  JSONL: () => write(folder, "table.jsonl", jsonLines()),
  "JSONL in gzip": () => write(folder, "table.jsonl.gz", gzipSync(jsonLines())),
  Parquet: async () => {
    const path = join(folder, "table.parquet");
    const from = `read_json('${write(folder, "for-parquet.jsonl", jsonLines())}', columns={${NAMES.map((name) => `'${name}': '${TYPES[name]}'`).join(", ")}})`;
    await sql(`COPY (SELECT * FROM ${from}) TO '${path}' (FORMAT parquet)`);
    return path;
  },
  ARFF: () => {
    const cell = (value: unknown) => (value === null ? "?" : `'${String(value).replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'`);
    const head = NAMES.map((name) => `@attribute ${name} string`).join("\n");
    return write(
      folder,
      "table.arff",
      `@relation t\n${head}\n@data\n${ROWS.map((row) => NAMES.map((name) => cell(row[name])).join(",")).join("\n")}\n`,
    );
  },
  Excel: async () => {
    const cells = ROWS.map((row) => {
      const dates = {
        day: new Date(`${row.day}T00:00:00Z`),
        moment: new Date(`${row.moment.replace(" ", "T")}Z`),
        account: String(row.account),
      };
      return NAMES.map((name) => ({ ...row, ...dates })[name]);
    });
    const book = await writeXlsx({
      sheets: [
        { name: "Orders", rows: [[...NAMES], ...cells] },
        { name: "Other", rows: [["a"], [1]] },
      ],
    });
    return `${write(folder, "table.xlsx", book)}#Orders`;
  },
  SQLite: () => {
    const database = new sqlite.Database(join(folder, "table.db"));
    database.exec(
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, account INTEGER, amount REAL, day DATE, moment TEXT, paid BOOLEAN, town TEXT, note TEXT, churned TEXT)",
    );
    for (const row of ROWS)
      database.run(
        `INSERT INTO orders VALUES (${NAMES.map(() => "?").join(", ")})`,
        NAMES.map((name) => row[name]),
      );
    database.close();
    return join(folder, "table.db#orders");
  },
  "a query of SQLite": () => join(folder, "table.db#SELECT * FROM orders ORDER BY id"),
  "several files": () => {
    write(folder, "part-1.csv", delimited(",", ROWS.slice(0, 20)));
    write(folder, "part-2.csv", delimited(";", ROWS.slice(20, 50)));
    write(folder, "part-3.csv.gz", gzipSync(delimited(",", ROWS.slice(50))));
    return join(folder, "part-*");
  },
  S3: async () => {
    const server = await startS3(temporaryFolder(), "shop");
    stops.push(server.stop);
    await server.put("table.csv.gz", gzipSync(delimited(",")));
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: S3_KEY, AWS_SECRET_ACCESS_KEY: S3_SECRET, AWS_ENDPOINT_URL_S3: server.endpoint });
    return "s3://shop/table.csv.gz";
  },
};

const TYPES = {
  id: "INTEGER",
  account: "BIGINT",
  amount: "DECIMAL(8,2)",
  day: "DATE",
  moment: "TIMESTAMP",
  paid: "BOOLEAN",
  town: "VARCHAR",
  note: "VARCHAR",
  churned: "VARCHAR",
} as const;

const stops: (() => Promise<void>)[] = [];

describe("the same table", () => {
  test.each(Object.keys(WRITERS))("from %s", async (name) => {
    try {
      expect(await contentOf((await WRITERS[name]?.()) ?? "")).toEqual(expected);
    } finally {
      for (const stop of stops.splice(0)) await stop();
    }
  });

  test.skipIf(!mayRunPostgres())("from Postgres", async () => {
    const server = await startPostgres();
    try {
      const cell = (value: unknown) => (value === null ? "NULL" : `'${String(value).replaceAll("'", "''")}'`);
      const values = ROWS.map((row) => `(${NAMES.map((name) => cell(row[name])).join(", ")})`).reverse();
      server.run(
        `CREATE TABLE orders (id int PRIMARY KEY, account bigint, amount numeric(8,2), day date, moment timestamp, paid boolean, town varchar(40), note text, churned text);
         INSERT INTO orders VALUES ${values.join(", ")};`,
      );
      expect(await contentOf(server.url)).toEqual(expected);
      expect(await contentOf(`${server.url}#SELECT * FROM orders ORDER BY id`)).toEqual(expected);
    } finally {
      await server.stop();
    }
  });
});

function jsonLines(): string {
  const number = (value: unknown) => (typeof value === "bigint" ? String(value) : JSON.stringify(value));
  return ROWS.map((row) => `{${NAMES.map((name) => `"${name}": ${number(row[name])}`).join(", ")}}\n`).join("");
}

async function sql(text: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(text);
  connection.closeSync();
  instance.closeSync();
}
