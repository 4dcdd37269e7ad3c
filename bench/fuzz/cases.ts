import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { createRandom, type Random } from "../../src/core/random.ts";
import { arffText, csvText, jsonText } from "./grammars.ts";
import { mutate, rubbish } from "./mutate.ts";
import { unzip, zip } from "./zip.ts";

/** One file that a user might bring. */
export interface FuzzCase {
  readonly kind: string;
  /** Name of the file. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Files to begin with, by ending. */
export type Sources = ReadonlyMap<string, readonly Uint8Array[]>;

const FOLDER = "test/store/cases";

/** The files that tests read, and Parquet files of many types. */
export async function sourcesOf(): Promise<Sources> {
  const found = new Map<string, Uint8Array[]>();
  for (const file of readdirSync(FOLDER).filter((name) => !name.endsWith(".expected.json"))) {
    const bytes = readFileSync(join(FOLDER, file));
    if (bytes.length > 0 && bytes.length < 300_000) found.set(extname(file), [...(found.get(extname(file)) ?? []), bytes]);
  }
  return found.set(".parquet", [...(found.get(".parquet") ?? []), ...(await parquetFiles())]);
}

async function parquetFiles(): Promise<Uint8Array[]> {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-fuzz-parquet-"));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const columns =
    "i AS n, i / 3.0 AS x, 'k' || (i % 5) AS word, DATE '2020-01-01' + CAST(i AS INTEGER) AS day, TIMESTAMP '2020-01-01' + INTERVAL 1 HOUR * i AS at, i % 2 = 0 AS flag, CAST(i AS DECIMAL(9, 2)) AS money, CASE WHEN i % 7 = 0 THEN NULL ELSE i END AS gap, [i, i + 1] AS list, {'a': i} AS inner";
  const files: Uint8Array[] = [];
  for (const [rows, packing] of [
    [5, "snappy"],
    [200, "zstd"],
    [200, "gzip"],
    [3000, "uncompressed"],
  ] as const) {
    const path = join(folder, `${rows}-${packing}.parquet`);
    await connection.run(`COPY (SELECT ${columns} FROM range(${rows}) t(i)) TO '${path}' (FORMAT parquet, COMPRESSION ${packing})`);
    files.push(readFileSync(path));
  }
  connection.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
  return files;
}

type Maker = (random: Random, sources: Sources) => Omit<FuzzCase, "kind">;

const ENDINGS = [".csv", ".tsv", ".parquet", ".jsonl", ".json", ".xlsx", ".db", ".arff", ".csv.gz", ".csv.zst", ""];
const text = (value: string) => Uint8Array.from(Buffer.from(value));

function sourceOf(random: Random, sources: Sources, ...endings: readonly string[]): Uint8Array {
  const all = endings.flatMap((ending) => sources.get(ending) ?? []);
  const found = all[random.integer(all.length)];
  if (found === undefined) throw new Error(`no file with ${endings.join(", ")}`);
  return found;
}

/** Kinds of cases with their share. */
const MAKERS: readonly (readonly [kind: string, share: number, make: Maker])[] = [
  ["random bytes", 10, (random) => ({ name: `t${ENDINGS[random.integer(ENDINGS.length)]}`, bytes: rubbish(random) })],
  ["CSV of a random grammar", 30, (random) => ({ name: random.next() < 0.9 ? "t.csv" : "t.tsv", bytes: text(csvText(random)) })],
  [
    "mutated CSV",
    12,
    (random, sources) => ({
      name: "t.csv",
      bytes: mutate(random.next() < 0.5 ? sourceOf(random, sources, ".csv", ".tsv") : text(csvText(random)), random),
    }),
  ],
  ["mutated Parquet", 15, (random, sources) => ({ name: "t.parquet", bytes: mutate(sourceOf(random, sources, ".parquet"), random) })],
  ["gzip", 5, (random, sources) => packed(random, sources)],
  ["mutated zstd", 4, (random, sources) => ({ name: "t.csv.zst", bytes: mutate(sourceOf(random, sources, ".zst"), random) })],
  [
    "JSON",
    9,
    (random, sources) => ({
      name: random.next() < 0.7 ? "t.jsonl" : "t.json",
      bytes: random.next() < 0.7 ? text(jsonText(random)) : mutate(sourceOf(random, sources, ".jsonl", ".json"), random),
    }),
  ],
  [
    "ARFF",
    5,
    (random, sources) => ({
      name: "t.arff",
      bytes: random.next() < 0.6 ? text(arffText(random)) : mutate(sourceOf(random, sources, ".arff"), random),
    }),
  ],
  ["workbook", 5, (random, sources) => ({ name: "t.xlsx", bytes: workbook(random, sources) })],
  ["SQLite", 5, (random, sources) => ({ name: "t.db", bytes: mutate(sourceOf(random, sources, ".db"), random, 20) })],
];

function packed(random: Random, sources: Sources): Omit<FuzzCase, "kind"> {
  const inner = random.next() < 0.5 ? text(csvText(random)) : sourceOf(random, sources, ".csv");
  const bytes = gzipSync(random.next() < 0.3 ? mutate(inner, random) : inner);
  return { name: "t.csv.gz", bytes: random.next() < 0.7 ? mutate(bytes, random) : bytes };
}

/** A workbook with damaged bytes, or whole again around a damaged part of it. */
function workbook(random: Random, sources: Sources): Uint8Array {
  const whole = sourceOf(random, sources, ".xlsx");
  if (random.next() < 0.4) return mutate(whole, random);
  try {
    const entries = unzip(Buffer.from(whole));
    const damaged = random.integer(entries.length);
    return zip(entries.map((entry, place) => (place === damaged ? { ...entry, content: mutate(entry.content, random) } : entry)));
  } catch {
    // One of the files is damaged already.
    return mutate(whole, random);
  }
}

/** Case number `index` of a seed: the same bytes wherever it is made. */
export function fuzzCase(seed: number, index: number, sources: Sources): FuzzCase {
  const random = createRandom(seed, "fuzz", index);
  const total = MAKERS.reduce((sum, [, share]) => sum + share, 0);
  let at = random.integer(total);
  for (const [kind, share, make] of MAKERS) {
    if (at < share) return { kind, ...make(random, sources) };
    at -= share;
  }
  throw new RangeError("the shares do not add up");
}
