import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { OldhandError } from "../core/error.ts";
import { LONGEST_LINE_BYTES, scanBytes, textSink } from "./byte-scan.ts";
import { membersOf } from "./json-file.ts";
import { jsonFieldSql, jsonNumber, jsonText, MOST_NESTED, type NativeColumn } from "./native-columns.ts";
import { readNative } from "./parquet-source.ts";
import type { RawTable } from "./raw-table.ts";
import { literal, type Session } from "./session.ts";
import type { Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";

/** One JSON object per line; objects in it are flattened ("profile.years"). Numbers, booleans and dates are kept; columns of mixed types are typed like text cells. */
export async function openJsonLines(file: SourceFile, expected: readonly string[] | null): Promise<Source> {
  const contentHash = await scanBytes(file.path, [textSink(file.path)]);
  const relation = `read_json(${literal(file.path)}, compression='uncompressed', format='newline_delimited', sample_size=-1, maximum_depth=${MOST_NESTED + 1}, maximum_object_size=${LONGEST_LINE_BYTES})`;
  return {
    name: file.name,
    bytes: file.bytes,
    format: "jsonl",
    dialect: null,
    names: null,
    contentHash,
    how: { format: "jsonl" },
    table: async (session, cells) => {
      try {
        const { columns, notes } = await readNative(session, relation, { file, format: "JSONL", expected });
        const typed = { columns, relation };
        const raw = cells === "written" ? await asWritten(session, typed, file.path) : typed;
        return { raw: { ...raw, decimal: ".", partRelation: null, rows: null }, notes };
      } catch (error) {
        throw (await brokenLine(file.path)) ?? error;
      }
    },
    // A name that every line has twice is found when the rows are read.
    explain: () => brokenLine(file.path),
    close: () => undefined,
  };
}

/**
 * The cells as JSON instead of the one type that fits a whole column: beside a fraction whole numbers would be doubles and lose digits beyond 2^53, and a text
 * that looks like a date would come back in another spelling.
 */
async function asWritten(session: Session, typed: Typed, path: string): Promise<Cellular> {
  const written = jsonCells(typed.columns, path);
  const doubtful = typed.columns.flatMap((column, place) => (column.path.some((name) => RENAMED.test(name)) ? [place] : []));
  if (doubtful.length === 0) return written;
  const [own, others] = await Promise.all([typed, written].map((table) => countCells(session, table, doubtful)));
  return own?.every((count, place) => count === others?.[place]) ? written : typed;
}

type Cellular = Pick<RawTable, "columns" | "relation">;
type Typed = Pick<RawTable, "relation"> & { readonly columns: readonly NativeColumn[] };

/** What DuckDB calls a second "a" and a column without a name; under these names the file has nothing, unless they are its own. */
const RENAMED = /_\d+$|^C\d+$/;

async function countCells(session: Session, { columns, relation }: Cellular, places: readonly number[]): Promise<number[]> {
  const [row = []] = await session.rows(`SELECT ${places.map((place) => `count(${columns[place]?.text})`).join(", ")} FROM ${relation}`);
  return row.map(Number);
}

function jsonCells(columns: readonly NativeColumn[], path: string): Cellular {
  const outer = new Set(columns.map((column) => column.path[0] ?? column.name));
  const types = [...outer].map((name) => `${literal(name)}: 'JSON'`).join(", ");
  return {
    columns: columns.map((column) => {
      const cell = jsonFieldSql(column.path);
      const text = jsonText(cell);
      return { name: column.name, kind: "text", sql: text, text, number: jsonNumber(cell) };
    }),
    relation: `read_json(${literal(path)}, compression='uncompressed', format='newline_delimited', columns={${types}}, maximum_object_size=${LONGEST_LINE_BYTES})`,
  };
}

/** Looked for only after reading failed. */
async function brokenLine(path: string): Promise<OldhandError | null> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    const text = number === 1 ? line.replace(/^\uFEFF/, "") : line;
    const got = complaint(text);
    if (got !== null)
      return new OldhandError("file-format", {
        what: "A line is not a JSON object.",
        where: `${path}, line ${number}`,
        expected: "one JSON object in each line",
        got,
        fix: 'Write each row as one line such as {"a": 1, "b": "text"}, or take the line away.',
      });
    const twice = repeatedName(text);
    if (twice !== null)
      return new OldhandError("duplicate-column", {
        what: "A JSON object has one name twice.",
        where: `${path}, line ${number}`,
        expected: "a different name for each value",
        got: `"${twice}" more than once`,
        fix: "Rename or remove the repeated names.",
      });
  }
  return null;
}

function repeatedName(line: string): string | null {
  const seen = new Set<string>();
  for (const [name] of line.trim() === "" ? [] : membersOf(line)) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}

function complaint(line: string): string | null {
  if (line.trim() === "") return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? null : line.slice(0, 80);
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : line.slice(0, 80);
  }
}
