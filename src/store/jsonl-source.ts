import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { OldhandError } from "../core/error.ts";
import { LONGEST_LINE_BYTES, scanBytes, textSink } from "./byte-scan.ts";
import { readNative } from "./parquet-source.ts";
import { literal } from "./session.ts";
import type { Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";

/** One JSON object per line. Numbers, booleans and dates are kept; columns of mixed types are typed like text cells. */
export async function openJsonLines(file: SourceFile): Promise<Source> {
  const contentHash = await scanBytes(file.path, [textSink(file.path)]);
  const relation = `read_json(${literal(file.path)}, format='newline_delimited', sample_size=-1, maximum_depth=2, maximum_object_size=${LONGEST_LINE_BYTES})`;
  return {
    name: file.name,
    bytes: file.bytes,
    format: "jsonl",
    dialect: null,
    names: null,
    contentHash,
    how: { format: "jsonl" },
    table: async (session) => {
      try {
        const { columns, notes } = await readNative(session, relation, file, "JSONL");
        return { raw: { columns, decimal: ".", relation, partRelation: null, rows: null }, notes };
      } catch (error) {
        throw (await brokenLine(file.path)) ?? error;
      }
    },
    close: () => undefined,
  };
}

/** Looked for only after reading failed. */
async function brokenLine(path: string): Promise<OldhandError | null> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    const got = complaint(number === 1 ? line.replace(/^\uFEFF/, "") : line);
    if (got !== null)
      return new OldhandError("file-format", {
        what: "A line is not a JSON object.",
        where: `${path}, line ${number}`,
        expected: "one JSON object in each line",
        got,
      });
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
